"""Why to believe the plan: goals with their proof, rules with what they found, approvals needed."""

from __future__ import annotations

from collections.abc import Iterator

from rebalance.audit import Audit
from rebalance.county.positions import Approval, HolderKind, Route
from rebalance.finding import Finding
from rebalance.outcome import Outcome
from rebalance.papers.named import approval_name, kind_name
from rebalance.papers.table import Cell, Table, code, count, figure, table, words
from rebalance.plan import Plan
from rebalance.scenario import goal_name
from rebalance.words import _
from rebalance.writing.certificate import certified
from rebalance.writing.findings import once
from rebalance.writing.numbers import NOTHING, limits, value
from rebalance.writing.parameters import label, parameters
from rebalance.writing.rule_names import goal_title, rule_title

Found = tuple[str, Finding]


def goals(outcome: Outcome) -> Table:
    """Each goal in order of rank: what it aims at, what it came to, how sure that is."""
    rows: list[tuple[Cell, ...]] = []
    for rank, (goal, result) in enumerate(zip(outcome.scenario.goals, outcome.goals, strict=False), 1):
        bound = "=" if result.bound == result.value else value(goal, result.bound)
        names = (" ".join(label(goal).split()), goal_title(goal_name(goal)), goal.explain())
        rows.append((rank, *names, value(goal, result.value), bound, certified(outcome, rank)))
    return table(
        "goals",
        _("Goals, in order of rank"),
        (
            figure("rank", _("No.")),
            code("name", _("In the scenario")),
            words("goal", _("Goal")),
            words("aims", _("Aims at")),
            words("value", _("Value")),
            words("bound", _("Bound")),
            words("proof", _("Proof")),
        ),
        rows,
        _("Bound: the best value not ruled out; “=” says that nothing better exists."),
    )


def findings(checks: Audit) -> Table:
    """Every place that is broken, inherited or without room, in the words of its rule."""
    sorts = (
        (_("broken"), checks.broken),
        (_("inherited"), once(checks.inherited)),
        (_("no room"), once(found for found in checks.tight if found[0] != "ledgers")),
    )
    rows = [(state, *_said(checks, rule, finding)) for state, found in sorts for rule, finding in found]
    return table(
        "findings",
        _("Findings: broken, inherited, without room"),
        (
            words("state", _("State")),
            words("rule", _("Rule")),
            words("says", _("What it asks")),
            figure("found", _("Found")),
            words("limits", _("Limits")),
        ),
        rows,
        _("Inherited: today's figures already break the limit; the plan does not make it worse."),
    )


def _said(checks: Audit, rule: str, finding: Finding) -> tuple[str, str, int, str]:
    sentence = checks.scenario.rules[rule].explain(checks.plan.problem, finding.place)
    return rule_title(rule), sentence, finding.found, limits(finding)


def rules(checks: Audit) -> Table:
    """Every rule: its parameters, where it comes from, how many places it looked at and what it found."""
    sorts = [[rule for rule, _finding in found] for found in (checks.broken, checks.inherited, checks.tight)]
    silent = checks.scenario.silent()
    rows: list[tuple[Cell, ...]] = []
    for name, rule in checks.scenario.rules.items():
        says = "; ".join(parameters(rule, resolved=False)) or NOTHING
        state = _("nothing to say: its tables are absent") if name in silent else ""
        figures = (len(checks.findings[name]), *(sort.count(name) for sort in sorts))
        rows.append((name, rule_title(name), says, checks.scenario.source(name), *figures, state))
    return table(
        "rules",
        _("Rules"),
        (
            code("name", _("In the scenario")),
            words("rule", _("Rule")),
            words("parameters", _("Parameters")),
            words("source", _("Source")),
            count("places", _("Places checked")),
            count("broken", _("Broken"), alarm=True),
            count("inherited", _("Inherited")),
            count("tight", _("No room")),
            words("remark", _("Remark")),
        ),
        rows,
    )


def approvals(plan: Plan) -> Table:
    """Along which routes positions move, and who must approve that."""
    return table(
        "approvals",
        _("Approvals needed"),
        (
            words("category", _("Category")),
            words("from", _("From")),
            figure("given", _("Given")),
            words("to", _("To")),
            figure("received", _("Received")),
            words("approval", _("Approval by")),
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
