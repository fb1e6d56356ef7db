"""What solving led to: a plan with its proof, or the reason why there is none; and how that shows itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Annotated

from rich.console import RenderableType

from rebalance.county.county import made_up
from rebalance.frame import DataFrame, frame, named, shows
from rebalance.goals.goal import about, value
from rebalance.model.plan import Plan
from rebalance.plans.approval import Trail, steps
from rebalance.plans.audit import Audit, audit
from rebalance.plans.check import remarks_in_short
from rebalance.plans.columns import GoalName, Proven, Rank, Said, Seconds
from rebalance.plans.columns import Value as GoalValue
from rebalance.plans.conflict import Conflict
from rebalance.plans.reached import Certificate, Effort, GoalResult, Opinion
from rebalance.plans.rows import (
    AgencyRow,
    BorrowedRow,
    CoverageRow,
    DispatchedRow,
    FindingRow,
    MatterRow,
    PeopleRow,
    PlacedRow,
    PositionRow,
    StationRow,
    Tables,
    finding_rows,
    tables_of,
)
from rebalance.plans.timings import TimingRow, timing_table
from rebalance.rules.leadership import Leadership
from rebalance.scenario.parts import goal_name
from rebalance.scenario.scenario import Scenario
from rebalance.scenario.settings import label, titled
from rebalance.screen import Shown, line, parts_of
from rebalance.table import Cell, Fact, Figure, Kind, Look, Table, Unit, code, figure, table_of, text_column
from rebalance.tables.agencies import natures_in_short, openings, platforms, posts_in_short
from rebalance.tables.coverage import coverage_by_year, said_of_falls
from rebalance.tables.hires import hires
from rebalance.tables.matters import delegation
from rebalance.tables.people import elsewhere, handed_down
from rebalance.tables.positions import schedule
from rebalance.tables.summary import movement
from rebalance.tables.townships import townships
from rebalance.tables.units import givers, leadership, surplus_in_short
from rebalance.text import _, clean


class Ending(StrEnum):
    """How a solve ended."""

    DONE = "done"
    IMPOSSIBLE = "impossible"
    OUT_OF_TIME = "out of time"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class ReachedRow:
    """What a goal of a plan came to."""

    rank: Rank
    goal: GoalName
    value: GoalValue
    bound: Annotated[object, Fact("The best value not ruled out; empty: nothing is known.", Unit.OWN)]
    proven: Proven
    conditional: Annotated[bool, Fact("Proven only given the values of goals before, which are not.", Unit.TRUTH)]
    freedom: Annotated[bool, Fact("The goals before had left it something to decide.", Unit.TRUTH)]
    slack: Annotated[int, Fact("How much worse the goals after it may have made it.", Unit.OWN)]
    seconds: Seconds
    said: Said


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level of a goal that looks at the worst first."""

    rank: Rank
    goal: GoalName
    level: Annotated[Fraction, Fact("The share.", Unit.SHARE)]
    count: Annotated[int, Fact("How many stand exactly there.", Unit.COUNT)]


@dataclass(frozen=True)
class Outcome(Shown):
    """A scenario with the best plan found for it, and what is proven about that plan.

    `trail` is its way through the commission, where a plan.json or a store has one. The tables hold what plan.json
    holds, a row a fact, under the same names; `columns()` says what each means.
    """

    scenario: Scenario
    ending: Ending
    plan: Plan | None
    goals: tuple[GoalResult, ...]
    unique: bool | None = None
    clash: Conflict | None = None
    seconds: float = 0.0
    certificate: Certificate | None = None
    trail: Trail = ()
    before: tuple[Effort, ...] = ()

    def __str__(self) -> str:
        """The scenario, how much is proven, and the plan; or that there is none."""
        if self.plan is None:
            impossible = self.ending is Ending.IMPOSSIBLE
            text = _("{scenario}: no plan exists") if impossible else _("{scenario}: ended before any plan was found")
            return text.format(scenario=self.scenario)
        proven = sum(goal.proven for goal in self.goals)
        return _("{scenario}: goals proven: {proven} of {goals}, positions going down: {count}").format(
            scenario=self.scenario, proven=proven, goals=len(self.goals), count=self.plan.down
        )

    def __repr__(self) -> str:
        """The same; `goals`, `plan` and `clash` have the rest."""
        return clean(f"Outcome({self})")

    @property
    def found(self) -> Plan:
        """The plan.

        Raises:
            ValueError: there is none.
        """
        if self.plan is None:
            raise ValueError(_("{outcome}. There is no plan to look at.").format(outcome=self))
        return self.plan

    @property
    def proven(self) -> bool:
        """Whether every goal is proven to be at its best."""
        return self.plan is not None and all(goal.proven for goal in self.goals)

    @property
    def unrivalled(self) -> bool:
        """Whether no other plan is as good; in earlier files `unique` could be true where a rule chose among equals."""
        return self.unique is True and not any(last.freedom for last in self.goals[-1:])

    @property
    def disputed(self) -> bool:
        """Whether a second solver has found a proof to be wrong."""
        return self.certificate is not None and bool(self.certificate.disagreements)

    def opinion(self, rank: int) -> Opinion | None:
        """What the second solver says of a goal; None where it was not asked."""
        verdicts = self.certificate.verdicts if self.certificate else ()
        return next((one.opinion for one in verdicts if one.rank == rank), None)

    def certainty(self, rank: int) -> str:
        """How sure a goal's value is, with what the second solver says of it."""
        proof = self.goals[rank - 1].certainty
        match self.opinion(rank):
            case Opinion.DISAGREES:
                return _("DISPUTED by a second solver")
            case Opinion.AGREES:
                return _("{proof}; certified").format(proof=proof)
            case _:
                return proof

    @cached_property
    def checks(self) -> Audit:
        """The audit of the plan, which knows nothing of the solver."""
        return audit(self.scenario, self.found, self.goals, self.certificate)

    def parts(self) -> Iterator[RenderableType]:
        """Everything, from the most important down."""
        if self.certificate is not None:
            yield from self.certificate.lines()
        yield from self.summary()
        if self.clash is not None:
            yield from self.clash.lines(self.scenario)
        elif self.ending is Ending.IMPOSSIBLE:
            yield line(_("There was no time to find out which of them."))
        if self.plan is None:
            return
        yield self.checks.confirmed()
        yield from self._goals()
        yield from parts_of(townships(self.plan))
        yield from parts_of(coverage_by_year(self.plan))
        yield from parts_of(platforms(self.plan))
        yield from map(line, (*natures_in_short(self.plan), *posts_in_short(self.plan)))
        yield from parts_of(delegation(self.plan))
        yield from parts_of(givers(self.plan))
        yield from parts_of(leadership(self.plan, *self.checks.of(Leadership)))
        for subject in (schedule, hires, handed_down, elsewhere, openings):
            yield from parts_of(subject(self.plan))
        yield from self.checks.findings_on_screen()

    def brief(self) -> Iterator[RenderableType]:
        """The answer, the goals and the townships; `show()` has the rest, `reached()` how long each goal took."""
        if self.plan is None:
            yield from self.parts()
            return
        yield from self.summary()
        yield self.checks.confirmed()
        yield from self._goals(timed=False)
        yield from parts_of(townships(self.plan))

    def summary(self) -> Iterator[RenderableType]:
        """The county and scenario, the state of the proof, and how much moves."""
        yield line(f"{self.scenario.county} · {self.scenario}", "bold")
        yield from made_up(self.scenario.county)
        yield from steps(self.trail)
        for sentence in self.state():
            yield line(sentence, "green" if self.proven else "yellow")
        if self.plan is not None:
            for sentence in said_of_falls(self.plan):
                yield line(sentence, "yellow")
            yield from movement(self.plan)
            yield from remarks_in_short(self.scenario)
            yield from (line(said, "yellow") for said in surplus_in_short(self.plan, self.checks.of(Leadership)[1]))

    def state(self) -> Iterator[str]:
        """What is proven, in a sentence or two."""
        if self.plan is None:
            yield _no_plan(self.ending)
        elif self.proven and self.unrivalled:
            yield _("Every goal is proven, and no other plan is as good.")
        elif self.proven and self.unique is None:
            yield _("Every goal is proven. Whether another plan is as good has not been settled.")
        elif self.proven:
            yield _("Every goal is proven. Of the plans that are equally good, a fixed rule chose this one.")
        else:
            yield _why(self.ending)
            ranks = ", ".join(str(rank) for rank, goal in enumerate(self.goals, 1) if not goal.proven)
            yield _("NOT PROVEN to be the best: goals {ranks}.").format(ranks=ranks)

    def goal_table(self) -> Table:
        """Each goal in order of rank: what it aims at, what it came to, how sure that is, how long it took."""
        rows: list[tuple[Cell, ...]] = []
        open_ = {rank for rank, one in enumerate(self.goals, 1) if not one.proven or one.conditional}
        for rank, (goal, result) in enumerate(zip(self.scenario.goals, self.goals, strict=False), 1):
            bound = "=" if result.bound == result.value else value(goal, result.bound)
            name = Figure(" ".join(label(goal).split()), label(goal))
            seconds = Figure(f"{result.seconds:.3f}", f"{result.seconds:.1f}")
            said = (value(goal, result.value), bound, self.certainty(rank), seconds)
            rows.append((rank, name, Figure(about(goal, goal_name(goal)).title, titled(goal)), goal.explain(), *said))
        return table_of(
            "goals",
            _("Goals, in order of rank"),
            (
                figure("rank", _("No."), Kind.PLAIN).means(_("Which goal it is."), Unit.RANK).short("#"),
                code("name", _("In the scenario")).means(_("Its name, with its options.")),
                text_column("goal", _("Goal")).means(_("What it is called.")).short(_("goal")),
                text_column("aims", _("Aims at")).means(_("What it aims at, in a sentence.")).off_screen(),
                text_column("value", _("Value")).means(_("What it came to.")).short(_("value")),
                text_column("bound", _("Bound")).means(_("The best value not ruled out.")).short(_("bound")),
                text_column("proof", _("Proof")).means(_("How sure that is.")).short(_("proof")),
                figure("seconds", _("seconds"), Kind.PLAIN).means(_("How long it took."), Unit.SECONDS).off_paper(),
            ),
            rows,
            _("Bound: the best value not ruled out; “=” says that nothing better exists."),
            look=Look(style=lambda row: "yellow" if row["rank"] in open_ else ""),
        )

    @cached_property
    def _efforts(self) -> tuple[TimingRow, ...]:
        """What every step took, in the order of time."""
        before = (TimingRow(0, one.step.value, one.questions, one.seconds) for one in self.before)
        both = enumerate(zip(self.scenario.goals, self.goals, strict=False), 1)
        goals = (
            TimingRow(rank, " ".join(label(goal).split()), one.questions, one.seconds) for rank, (goal, one) in both
        )
        return (*before, *goals)

    def timing_table(self, name: str = "") -> Table:
        """Where the time went: what building the model, a first plan and each goal took (`name`: of which plan)."""
        return timing_table(name, self._efforts, self.seconds)

    def _goals(self, *, timed: bool = True) -> Iterator[RenderableType]:
        """A row for each goal; `timed`, with how long it took."""
        keys = ("rank", "name", "value", "bound", "proof", "seconds")
        return parts_of(self.goal_table().only(*(keys if timed else keys[:-1])))

    def named(self, table: DataFrame) -> DataFrame:
        """A table with the name beside every id, in the language spoken: `holder`, then `holder_name`."""
        return named(self.scenario.problem, table)

    @shows(PositionRow)
    def positions(self) -> DataFrame:
        """What every holder owns of every category, year by year."""
        return frame(PositionRow, self._tables.positions)

    @shows(PeopleRow)
    def people(self) -> DataFrame:
        """Who retires, moves and is hired, where anybody does."""
        return frame(PeopleRow, self._tables.people)

    @shows(AgencyRow)
    def agencies(self) -> DataFrame:
        """Every agency of every township, year by year."""
        return frame(AgencyRow, self._tables.agencies)

    @shows(PlacedRow)
    def placed(self) -> DataFrame:
        """Where positions are placed, year by year."""
        return frame(PlacedRow, self._tables.placed)

    @shows(StationRow)
    def stations(self) -> DataFrame:
        """Stations that have been handed down, year by year."""
        return frame(StationRow, self._tables.stations)

    @shows(DispatchedRow)
    def dispatched(self) -> DataFrame:
        """Staff dispatched to townships, year by year."""
        return frame(DispatchedRow, self._tables.dispatched)

    @shows(BorrowedRow)
    def borrowed(self) -> DataFrame:
        """Staff borrowed from townships, year by year."""
        return frame(BorrowedRow, self._tables.borrowed)

    @shows(MatterRow)
    def matters(self) -> DataFrame:
        """Matters that townships have taken on, year by year."""
        return frame(MatterRow, self._tables.matters)

    @shows(CoverageRow)
    def coverage(self) -> DataFrame:
        """How much of every township's work is covered, year by year."""
        return frame(CoverageRow, self._tables.coverage)

    @shows(FindingRow)
    def findings(self, *, everything: bool = False) -> DataFrame:
        """What is broken, inherited or without room; or `everything` that the rules have looked at."""
        return frame(FindingRow, finding_rows(self.checks.findings, everything=everything))

    @shows(ReachedRow)
    def reached(self) -> DataFrame:
        """What every goal came to, and how sure that is."""
        both = enumerate(zip(self.scenario.goals, self.goals, strict=False), 1)
        rows = (
            ReachedRow(
                rank,
                one.name,
                one.value,
                one.bound,
                one.proven,
                one.conditional,
                one.freedom,
                one.slack,
                one.seconds,
                value(goal, one.value),
            )
            for rank, (goal, one) in both
        )
        return frame(ReachedRow, rows)

    @shows(TimingRow)
    def timings(self) -> DataFrame:
        """What building the model, a first plan and every goal took."""
        return frame(TimingRow, self._efforts)

    @shows(LevelRow)
    def levels(self) -> DataFrame:
        """The levels of every goal that looks at the worst first, from the worst up."""
        vectors = [(rank, one.name, one.value) for rank, one in enumerate(self.goals, 1)]
        found = ((rank, name, levels) for rank, name, levels in vectors if isinstance(levels, tuple))
        return frame(LevelRow, (LevelRow(rank, name, *level) for rank, name, levels in found for level in levels))

    @cached_property
    def _tables(self) -> Tables:
        return tables_of(self.found)


def _no_plan(ending: Ending) -> str:
    match ending:
        case Ending.IMPOSSIBLE:
            return _("There is no such plan: rules of the scenario cannot hold together.")
        case Ending.OUT_OF_TIME:
            return _("Out of time before any plan was found. Allow more with --time-limit.")
        case _stopped:
            return _("Stopped before any plan was found.")


def _why(ending: Ending) -> str:
    match ending:
        case Ending.OUT_OF_TIME:
            return _("Out of time; this is the best plan found so far.")
        case Ending.INTERRUPTED:
            return _("Stopped; this is the best plan found so far.")
        case _done:
            return _("This is the best plan found.")


def scenario_of(one: Scenario | Outcome) -> Scenario:
    """What was asked."""
    return one.scenario if isinstance(one, Outcome) else one
