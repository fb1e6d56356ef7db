"""Every rule's verdict on any plan, ours or typed by hand, and every goal measured again; no solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from typing import Annotated

from rich.console import RenderableType

from rebalance.county.county import County, made_up
from rebalance.frame import DataFrame, frame, shows
from rebalance.goals.goal import Value, value
from rebalance.model.finding import Finding
from rebalance.model.plan import Plan, status_quo
from rebalance.plans.columns import GoalName, Rank
from rebalance.plans.reached import Certificate, GoalResult
from rebalance.plans.rows import FindingRow, finding_rows
from rebalance.plans.stated import COUNTY, Stated, stated_on_screen
from rebalance.problem.problem import Problem
from rebalance.rules import RULES, Rule
from rebalance.scenario.parts import goal_name, rule_name
from rebalance.scenario.scenario import Scenario
from rebalance.scenario.settings import parameters, titled
from rebalance.screen import Answer, add, line, number, on_screen, table, words
from rebalance.table import Cell, Fact, Figure, Kind, Look, Table, Unit, code, count, figure, table_of, text_column
from rebalance.tables.summary import movement
from rebalance.tables.words import limits
from rebalance.text import NOTHING, _


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A goal whose value was claimed to be one thing and is measured to be another.

    `number` is the goal's rank, from 1 (a goal may be named twice). A value is None where there is none: the
    claim is missing, or is about a goal that the scenario does not have.
    """

    number: int
    goal: str
    claimed: Value | None
    measured: Value | None


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """A goal measured again, beside what was claimed of it."""

    rank: Rank
    goal: GoalName
    measured: Annotated[object, Fact("What it comes to, measured without the solver.", Unit.OWN)]
    differs: Annotated[bool, Fact("Something else was claimed.", Unit.TRUTH)]


Found = tuple[str, Finding]
"""A rule, and what it has found at a place."""

MOST = 4
"""So many findings of each sort and rule are shown, the others counted (but all that is broken is shown)."""


@dataclass(frozen=True, repr=False)
class Audit(Answer):
    """What the rules found on a plan, and what its goals come to: `lawful`, `broken`, `inherited`, `mismatches`.

    `findings` has the verdicts rule by rule, `values` the goals as measured; `claims` and `certificate` are what was
    said of them.
    """

    scenario: Scenario
    plan: Plan
    findings: Mapping[str, tuple[Finding, ...]]
    values: tuple[tuple[str, Value], ...]
    mismatches: tuple[Mismatch, ...] = ()
    claims: tuple[GoalResult, ...] = ()
    certificate: Certificate | None = None

    def __str__(self) -> str:
        """The scenario, and how much is wrong."""
        return _("{scenario}: broken: {broken}, inherited: {inherited}, goals that differ: {goals}").format(
            scenario=self.scenario,
            broken=len(self.broken),
            inherited=len(self.inherited),
            goals=len(self.mismatches),
        )

    @cached_property
    def broken(self) -> tuple[tuple[str, Finding], ...]:
        """Every figure outside its limits, with the rule that says so."""
        return self._those(lambda finding: finding.broken)

    @cached_property
    def inherited(self) -> tuple[tuple[str, Finding], ...]:
        """Every place where today's ledgers already break a limit, and the plan does not make it worse."""
        return self._those(lambda finding: finding.inherited and not finding.broken)

    @cached_property
    def tight(self) -> tuple[tuple[str, Finding], ...]:
        """Every limit that leaves no room; equations, and nothing out of nothing, are left out."""
        return self._those(lambda finding: finding.notable and not (finding.broken or finding.inherited))

    @property
    def lawful(self) -> bool:
        """Whether no rule is broken."""
        return not self.broken

    def of(self, kind: type[Rule]) -> tuple[Rule | None, tuple[Finding, ...]]:
        """A rule of a class, if it is on, and what it has found."""
        name = rule_name(kind)
        return self.scenario.rules.get(name), self.findings.get(name, ())

    @property
    def sound(self) -> bool:
        """Whether no rule is broken and every goal is what it is claimed to be."""
        return self.lawful and not self.mismatches

    def _those(self, wanted: Callable[[Finding], bool]) -> tuple[Found, ...]:
        found = ((rule, finding) for rule, findings in self.findings.items() for finding in findings)
        return tuple((rule, finding) for rule, finding in found if wanted(finding))

    def parts(self, stated: Sequence[Stated] = ()) -> Iterator[RenderableType]:
        """The verdict, rule by rule and goal by goal, then everything that is wrong.

        Args:
            stated: figures that a file states and that do not follow from its plan.
        """
        yield line(f"{self.scenario.county} · {self.scenario}", "bold")
        yield from made_up(self.scenario.county)
        if self.certificate is not None:
            yield from self.certificate.lines()
        yield from self._verdict(stated)
        yield from movement(self.plan)
        yield on_screen(self.rules())
        yield self._goals_on_screen()
        yield from self.broken_on_screen()
        yield from stated_on_screen([one for one in stated if one.where != COUNTY])

    def _verdict(self, stated: Sequence[Stated]) -> Iterator[RenderableType]:
        if any(one.where == COUNTY for one in stated):
            yield line(_("The county's data has changed since: this audit judges by the data as it is now."), "red")
        if self.broken:
            yield line(_("Rules are broken, at {count} places.").format(count=len(self.broken)), "red")
        if self.mismatches:
            text = _("Goals that do not come to what is claimed: {count}.")
            yield line(text.format(count=len(self.mismatches)), "red")
        if stated:
            yield line(_("Figures that do not follow from the plan: {count}.").format(count=len(stated)), "red")
        if self.sound and not stated:
            text = _(
                "Every rule holds, every goal comes to what is claimed, and every figure worked out again follows."
            )
            yield line(text, "green")

    def confirmed(self) -> RenderableType:
        """Whether the audit, which knows nothing of the solver, agrees; in a line."""
        if self.sound:
            return line(_("Audited without the solver: every rule holds, every goal is what it claims to be."), "green")
        text = _("THE AUDIT DOES NOT AGREE: places where rules are broken: {places}; goals that differ: {goals}.")
        return line(text.format(places=len(self.broken), goals=len(self.mismatches)), "red")

    def rules(self) -> Table:
        """Every rule: its parameters, where it comes from, how many places it looked at and what it found."""
        sorts = [[rule for rule, _finding in found] for found in (self.broken, self.inherited, self.tight)]
        silent = self.scenario.silent()
        rows: list[tuple[Cell, ...]] = []
        for name, rule in self.scenario.rules.items():
            says = "; ".join(parameters(rule, resolved=False)) or NOTHING
            state = _("nothing to say: its tables are absent") if name in silent else ""
            figures = (len(self.findings[name]), *(sort.count(name) for sort in sorts))
            rows.append((name, self.scenario.about(name).title, says, self.scenario.source(name), *figures, state))
        return table_of(
            "rules",
            _("Rules"),
            (
                replace(code("name", _("In the scenario")), screen=_("rule")).means(_("Its name.")),
                text_column("rule", _("Rule")).means(_("What it is called.")).off_screen(),
                text_column("parameters", _("Parameters")).means(_("What is set of it.")).off_screen(),
                text_column("source", _("Source")).means(_("Where it comes from.")).off_screen(),
                count("places", _("Places checked")).means(_("Places it looked at."), Unit.COUNT).short(_("places")),
                count("broken", _("Broken"), alarm=True)
                .means(_("Places where it is broken."), Unit.COUNT)
                .short(_("broken")),
                count("inherited", _("Inherited"))
                .means(_("Places where today already breaks it."), Unit.COUNT)
                .short(_("inherited")),
                count("tight", _("No room")).means(_("Places without room."), Unit.COUNT).short(_("no room")),
                text_column("remark", _("Remark")).means(_("Whether it has nothing to say.")).off_screen(),
            ),
            rows,
            look=Look(style=lambda row: "red" if row["broken"] else ""),
        )

    def _goals_on_screen(self) -> RenderableType:
        """Each goal as claimed and as measured; whether it is proven only the solver knows, so it is repeated."""
        wrong = {mismatch.number for mismatch in self.mismatches}
        headers = (_("goal"), _("claimed"), _("measured"), _("claimed proof"))
        made = table(_("Goals"), number("#"), *map(words, headers))
        claims = dict(enumerate(self.claims, 1))
        for rank, (goal, (_name, found)) in enumerate(zip(self.scenario.goals, self.values, strict=True), 1):
            claim = claims.get(rank)
            said = value(goal, claim.value) if claim else NOTHING
            proof = _("proven") if claim and claim.proven else _("NOT PROVEN")
            style = "red" if rank in wrong else ""
            add(made, rank, titled(goal), said, value(goal, found), proof, style=style)
        return made

    def notable(self) -> Table:
        """Every place that is broken, inherited or without room, in the words of its rule."""
        sorts = ((_("broken"), self.broken), (_("inherited"), once(self.inherited)), (_("no room"), self.biting()))
        return self.table(
            _("Findings: broken, inherited, without room"),
            [(state, one) for state, found in sorts for one in found],
            _("Inherited: today's figures already break the limit; the plan does not make it worse."),
        )

    def table(self, title: str, found: Iterable[tuple[str, Found]], *notes: str) -> Table:
        """Findings, each with its state, in the words of its rule."""
        rows: list[tuple[Cell, ...]] = []
        for state, (rule, finding) in found:
            says = self.scenario.rules[rule].explain(self.plan.problem, finding.place)
            about, there = self.scenario.about(rule), finding.found
            figure_there = there if about.written is str else Figure(there, about.written(there))
            rows.append((state, rule, about.title, says, figure_there, limits(finding, about.written)))
        columns = (
            text_column("state", _("State")).means(_("Broken, inherited, or without room.")).off_screen(),
            code("name", _("In the scenario")).means(_("The rule's name.")).off_paper(),
            text_column("rule", _("Rule")).means(_("What the rule is called.")).short(_("rule")),
            text_column("says", _("What it asks"))
            .means(_("What it asks there, in a sentence."))
            .short(_("what it asks")),
            figure("found", _("Found"), Kind.PLAIN).means(_("What is there."), Unit.OWN).short(_("found")),
            text_column("limits", _("Limits")).means(_("Between what it has to lie.")).short(_("limits")),
        )
        broken = _("broken")
        look = Look(style=lambda row: "red" if row["state"] == broken else "")
        return table_of("findings", title, columns, rows, *notes, look=look)

    def biting(self) -> list[Found]:
        """Limits that may keep the plan from being better: those of the books are only book-keeping."""
        return once(found for found in self.tight if not self.scenario.about(found[0]).bookkeeping)

    def findings_on_screen(self) -> Iterator[RenderableType]:
        """A table for each sort of finding of which there is any."""
        yield from self.broken_on_screen()
        yield from self._some(_("Inherited: broken today, and not made worse"), once(self.inherited))
        yield from self._some(_("No room: figures that sit on a limit"), self.biting())

    def broken_on_screen(self) -> Iterator[RenderableType]:
        """What is broken, in full."""
        if self.broken:
            yield on_screen(self.table(_("BROKEN"), [(_("broken"), one) for one in self.broken]))

    def _some(self, title: str, found: Sequence[Found]) -> Iterator[RenderableType]:
        ranks: Counter[str] = Counter()
        chosen = []
        for one in found:
            ranks[one[0]] += 1
            if ranks[one[0]] <= MOST:
                chosen.append(("", one))
        if chosen:
            yield on_screen(self.table(title, chosen))
        if more := len(found) - len(chosen):
            yield line(_("… and {count} more: `rebalance audit --json` lists all.").format(count=more))

    @shows(FindingRow)
    def verdicts(self, *, everything: bool = False) -> DataFrame:
        """What is broken, inherited or without room; or `everything` that the rules have looked at."""
        return frame(FindingRow, finding_rows(self.findings, everything=everything))

    @shows(MeasuredRow)
    def reached(self) -> DataFrame:
        """What every goal comes to, measured again."""
        wrong = {one.number for one in self.mismatches}
        return frame(MeasuredRow, (MeasuredRow(rank, *one, rank in wrong) for rank, one in enumerate(self.values, 1)))


def once(found: Iterable[Found]) -> list[Found]:
    """The first year of what is said about the same place in several."""
    seen: dict[tuple[str, ...], Found] = {}
    for rule, finding in found:
        place = finding.place
        seen.setdefault((rule, place.holder, place.agency, place.category, place.aspect, place.item), (rule, finding))
    return list(seen.values())


def audit(
    scenario: Scenario, plan: Plan, claims: Sequence[GoalResult] = (), certificate: Certificate | None = None
) -> Audit:
    """Check a plan against every rule of a scenario, and its goals against what is claimed of them.

    Args:
        scenario: the rules and goals.
        plan: any plan for the scenario's problem.
        claims: what solving, or a file, says the goals come to, in the scenario's order (none: not compared).
        certificate: what a second solver says of that.
    """
    findings = {name: tuple(rule.check(plan)) for name, rule in scenario.rules.items()}
    values = tuple((goal_name(goal), goal.measure(plan)) for goal in scenario.goals)
    mismatches = tuple(_mismatches(values, claims))
    return Audit(scenario, plan, findings, values, mismatches, tuple(claims), certificate)


def today(county: County) -> Audit:
    """What today's state comes to under every rule with its defaults: nothing happens, nobody retires.

    Where nobody has said what is placed in agencies today, the rules about agencies are left out.
    """
    problem = Problem(replace(county, retirements=()))
    unknown = county.agencies and not county.placed
    rules = {n: kind() for n, kind in RULES.items() if not (unknown and "agencies" in kind.tables)}
    return audit(Scenario("", problem, rules, ()), status_quo(problem))


def _mismatches(values: Sequence[tuple[str, Value]], claims: Sequence[GoalResult]) -> Iterator[Mismatch]:
    """Every claim that differs from what is measured; with any claims, one for every goal is expected."""
    for rank, (measured, claim) in enumerate(zip_longest(values, claims) if claims else (), 1):
        if measured is None:
            yield Mismatch(rank, claim.name, claim.value, None)
        elif claim is None or claim.name != measured[0]:
            yield Mismatch(rank, measured[0], None, measured[1])
        elif claim.value != measured[1]:
            yield Mismatch(rank, measured[0], claim.value, measured[1])
