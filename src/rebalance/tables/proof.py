"""Why to believe the plan: goals with their proof, rules with what they found, approvals needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table as RichTable

from rebalance.county.holders import Approval, HolderKind, Route
from rebalance.goals.goal import about, value
from rebalance.model.finding import Finding
from rebalance.model.plan import Plan
from rebalance.plans.audit import Audit
from rebalance.plans.outcome import Conflict, GoalResult, Opinion, Outcome, Verdict
from rebalance.scenario.scenario import Scenario, goal_name
from rebalance.screen import add, line, number, table, words
from rebalance.table import Cell, Table, code, count, figure, table_of, text_column
from rebalance.tables.words import approval_name, kind_name, label, limits, parameters
from rebalance.text import NOTHING, _

MOST = 4
"""So many findings of each sort and rule are shown, the others counted (but all that is broken is shown)."""

Found = tuple[str, Finding]


def findings(checks: Audit) -> Iterator[RenderableType]:
    """A table for each sort of finding of which there is any."""
    yield from broken(checks)
    yield from _shown(checks, _("Inherited: broken today, and not made worse"), once(checks.inherited))
    yield from _shown(checks, _("No room: figures that sit on a limit"), _biting(checks))


def broken(checks: Audit) -> Iterator[RenderableType]:
    """What is broken, in full."""
    if checks.broken:
        yield listed(checks, _("BROKEN"), checks.broken, "red")


def broken_today(checks: Audit) -> Iterator[RenderableType]:
    """What is wrong with a plan that changes nothing: what may stay, and what any plan has to mend."""
    for title, found in (
        (_("Broken today: may stay, but not get worse"), once(checks.inherited)),
        (_("Broken today: a plan has to mend it"), once(checks.broken)),
    ):
        if found:
            yield listed(checks, title, found)


def once(found: Iterable[Found]) -> list[Found]:
    """The first year of what is said about the same place in several."""
    seen: dict[tuple[str, ...], Found] = {}
    for rule, finding in found:
        place = finding.place
        seen.setdefault((rule, place.holder, place.agency, place.category, place.aspect, place.item), (rule, finding))
    return list(seen.values())


def listed(checks: Audit, title: str, found: Sequence[Found], style: str = "") -> RichTable:
    """A table of findings, each in the words of its rule."""
    made = table(title, words(_("rule")), words(_("what it asks")), number(_("found")), words(_("limits")))
    for rule, finding in found:
        sentence = checks.scenario.rules[rule].explain(checks.plan.problem, finding.place)
        add(made, rule, sentence, finding.found, limits(finding), style=style)
    return made


def _biting(checks: Audit) -> list[Found]:
    """Limits that may keep the plan from being better: those of the books are only book-keeping."""
    return once((rule, finding) for rule, finding in checks.tight if not checks.scenario.about(rule).bookkeeping)


def _shown(checks: Audit, title: str, found: Sequence[Found]) -> Iterator[RenderableType]:
    ranks: Counter[str] = Counter()
    shown = []
    for rule, finding in found:
        ranks[rule] += 1
        if ranks[rule] <= MOST:
            shown.append((rule, finding))
    if shown:
        yield listed(checks, title, shown)
    if more := len(found) - len(shown):
        yield line(_("… and {count} more: `rebalance audit --json` lists all.").format(count=more))


DISAGREEMENT = "disagreement"
"""The folder, beside the plan, with the models of both solvers."""


def opinions(outcome: Outcome) -> Iterator[RenderableType]:
    """Disagreements first; then what is not certified; or that all is. Nothing where no second solver was asked."""
    found = outcome.certificate
    if found is None:
        return
    for one in found.disagreements:
        text = _(
            "THE SOLVERS DISAGREE: {what}. Nothing of this is proven. Both models were saved where the plan was to"
            " go, in {folder}: please report them."
        )
        yield line(text.format(what=_what(one), folder=DISAGREEMENT), "bold red")
    left = [one for one in found.verdicts if one.opinion is Opinion.OPEN]
    if left:
        text = _("Not certified, for the second solver did not know in time: {what}.")
        yield line(text.format(what=", ".join(map(_about, left))), "yellow")
    if found.certified:
        yield line(_("Certified: a second solver, of another kind, agrees with every proof."), "green")


def proof(result: GoalResult) -> str:
    """How sure a goal's value is, and whether there was anything left to decide."""
    if not result.proven:
        return _("NOT PROVEN")
    if result.conditional:
        return _("proven, given the goals above")
    return _("proven") if result.freedom else _("proven; settled by the goals above")


def certified(outcome: Outcome, rank: int) -> str:
    """How sure a goal's value is, with what the second solver says of it."""
    result = outcome.goals[rank - 1]
    match outcome.opinion(rank):
        case Opinion.DISAGREES:
            return _("DISPUTED by a second solver")
        case Opinion.AGREES:
            return _("{proof}; certified").format(proof=proof(result))
        case _:
            return proof(result)


def _what(one: Verdict) -> str:
    if not one.rank:
        return _("one says that there is no plan, and the other has found one")
    text = _("goal {rank}, {goal}, is said to be at its best, and the other solver has found a better plan")
    return text.format(rank=one.rank, goal=one.goal)


def _about(one: Verdict) -> str:
    return _("goal {rank}").format(rank=one.rank) if one.rank else _("that there is no plan")


FindingCells = tuple[str, Finding]


def goal_table(outcome: Outcome) -> Table:
    """Each goal in order of rank: what it aims at, what it came to, how sure that is."""
    rows: list[tuple[Cell, ...]] = []
    for rank, (goal, result) in enumerate(zip(outcome.scenario.goals, outcome.goals, strict=False), 1):
        bound = "=" if result.bound == result.value else value(goal, result.bound)
        names = (" ".join(label(goal).split()), about(goal, goal_name(goal)).title, goal.explain())
        rows.append((rank, *names, value(goal, result.value), bound, certified(outcome, rank)))
    return table_of(
        "goals",
        _("Goals, in order of rank"),
        (
            figure("rank", _("No.")),
            code("name", _("In the scenario")),
            text_column("goal", _("Goal")),
            text_column("aims", _("Aims at")),
            text_column("value", _("Value")),
            text_column("bound", _("Bound")),
            text_column("proof", _("Proof")),
        ),
        rows,
        _("Bound: the best value not ruled out; “=” says that nothing better exists."),
    )


def finding_table(checks: Audit) -> Table:
    """Every place that is broken, inherited or without room, in the words of its rule."""
    sorts = (
        (_("broken"), checks.broken),
        (_("inherited"), once(checks.inherited)),
        (_("no room"), _biting(checks)),
    )
    rows = [(state, *_said(checks, rule, finding)) for state, found in sorts for rule, finding in found]
    return table_of(
        "findings",
        _("Findings: broken, inherited, without room"),
        (
            text_column("state", _("State")),
            text_column("rule", _("Rule")),
            text_column("says", _("What it asks")),
            figure("found", _("Found")),
            text_column("limits", _("Limits")),
        ),
        rows,
        _("Inherited: today's figures already break the limit; the plan does not make it worse."),
    )


def _said(checks: Audit, rule: str, finding: Finding) -> tuple[str, str, int, str]:
    sentence = checks.scenario.rules[rule].explain(checks.plan.problem, finding.place)
    return checks.scenario.about(rule).title, sentence, finding.found, limits(finding)


def rules(checks: Audit) -> Table:
    """Every rule: its parameters, where it comes from, how many places it looked at and what it found."""
    sorts = [[rule for rule, _finding in found] for found in (checks.broken, checks.inherited, checks.tight)]
    silent = checks.scenario.silent()
    rows: list[tuple[Cell, ...]] = []
    for name, rule in checks.scenario.rules.items():
        says = "; ".join(parameters(rule, resolved=False)) or NOTHING
        state = _("nothing to say: its tables are absent") if name in silent else ""
        figures = (len(checks.findings[name]), *(sort.count(name) for sort in sorts))
        rows.append((name, checks.scenario.about(name).title, says, checks.scenario.source(name), *figures, state))
    return table_of(
        "rules",
        _("Rules"),
        (
            code("name", _("In the scenario")),
            text_column("rule", _("Rule")),
            text_column("parameters", _("Parameters")),
            text_column("source", _("Source")),
            count("places", _("Places checked")),
            count("broken", _("Broken"), alarm=True),
            count("inherited", _("Inherited")),
            count("tight", _("No room")),
            text_column("remark", _("Remark")),
        ),
        rows,
    )


def approvals(plan: Plan) -> Table:
    """Along which routes positions move, and who must approve that."""
    return table_of(
        "approvals",
        _("Approvals needed"),
        (
            text_column("category", _("Category")),
            text_column("from", _("From")),
            figure("given", _("Given")),
            text_column("to", _("To")),
            figure("received", _("Received")),
            text_column("approval", _("Approval by")),
        ),
        [
            (plan.problem.name(row.category), kind_name(row.from_), given, kind_name(row.to), taken, _level(row))
            for row, given, taken in _moves(plan)
        ],
        _(
            "Given and received: by all holders of the kind together, over all years, stations included. Who gives to"
            " whom is not decided: positions go through the county's pool."
        ),
    )


def levels(plan: Plan) -> tuple[Approval, ...]:
    """Every level that must approve something, the lowest first."""
    found = {row.approval for row, _given, _taken in _moves(plan)}
    return tuple(level for level in Approval if level in found)


def above_the_county(plan: Plan) -> tuple[str, ...]:
    """Names of the categories of which something moves that a level above the county must approve."""
    found = {row.category for row, _given, _taken in _moves(plan) if row.approval is not Approval.COUNTY}
    return tuple(plan.problem.name(category) for category in plan.problem.categories if category in found)


def _level(row: Route) -> str:
    return approval_name(row.approval)


def _moves(plan: Plan) -> Iterator[tuple[Route, int, int]]:
    """Open routes between kinds of holder that really give and receive."""
    for row in plan.problem.county.routes:
        given, taken = _changed(plan, row.category, row.from_, -1), _changed(plan, row.category, row.to, 1)
        if given and taken:
            yield row, given, taken


def _changed(plan: Plan, category: str, kind: HolderKind, sign: int) -> int:
    """By how much the holders of a kind gain (1) or lose (-1), counting only those that do."""
    problem = plan.problem
    those = [h for h, c in problem.accounts if c == category and problem.kind(h) == kind]
    steps = ((plan.owned(h, category, y) - plan.owned(h, category, y - 1)) * sign for h in those for y in problem.years)
    return sum(step for step in steps if step > 0)


def goals(outcome: Outcome, *, timed: bool = True) -> Iterator[RenderableType]:
    """A row for each goal, in order of rank; `timed`, with how long it took."""
    if not outcome.goals:
        return
    made = table(
        _("Goals, in order of rank"),
        number("#"),
        words(_("goal")),
        words(_("value")),
        words(_("bound")),
        words(_("proof")),
        *([number(_("seconds"))] if timed else []),
    )
    for rank, (goal, result) in enumerate(zip(outcome.scenario.goals, outcome.goals, strict=False), 1):
        bound = "=" if result.bound == result.value else value(goal, result.bound)
        style = "" if result.proven and not result.conditional else "yellow"
        seconds = [f"{result.seconds:.1f}"] if timed else []
        add(made, rank, label(goal), value(goal, result.value), bound, certified(outcome, rank), *seconds, style=style)
    yield made


MOST_PLACES = 40
"""So many statements are shown; the others are counted."""


def clash(scenario: Scenario, found: Conflict) -> Iterator[RenderableType]:
    """The statements that cannot all be true; without any of them the rest could be."""
    if not found.members:
        yield line(_("What is law cannot hold together in this county, whatever else is asked."), "red")
        yield from law(scenario, found)
    else:
        yield _members(scenario, found)
        if len(found.members) > MOST_PLACES:
            yield line(_("… and {count} more.").format(count=len(found.members) - MOST_PLACES))
        yield from law(scenario, found)
        yield line(_("Loosen any one of these, and the others can hold; then solve again."))
    if not found.confirmed:
        yield line(_("A second setting of the solver has not confirmed it in the time there was."), "yellow")


def law(scenario: Scenario, found: Conflict) -> Iterator[RenderableType]:
    """The limits that are law and stand against the others."""
    for rule, place in found.law[:MOST_PLACES]:
        sentence = scenario.rules[rule].explain(scenario.problem, place)
        yield line(_("Law, and taken as given: {sentence}").format(sentence=sentence))


def _members(scenario: Scenario, found: Conflict) -> RenderableType:
    made = table(_("These cannot hold together"), words(_("rule")), words(_("what it asks")))
    for rule, place in found.members[:MOST_PLACES]:
        add(made, rule, scenario.rules[rule].explain(scenario.problem, place))
    return made
