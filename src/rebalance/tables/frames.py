"""Tables for programs: one row a fact, exact, their columns described once, where their rows are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from rebalance.frame import DataFrame, described
from rebalance.plans import rows as plan
from rebalance.plans.audit import MeasuredRow
from rebalance.plans.columns import (
    AgencyId,
    AtLeast,
    AtMost,
    Better,
    CaseName,
    Category,
    Coverage,
    Figure,
    FigureId,
    Found,
    GoalName,
    Holder,
    Is,
    PlanNumber,
    Proven,
    Rank,
    Rule,
    Said,
    Says,
    Seconds,
    Today,
    Township,
    Value,
    Was,
)
from rebalance.plans.outcome import LevelRow, ReachedRow
from rebalance.scenario.inputs import AskedRow
from rebalance.table import Fact, Unit

ScenarioName = Annotated[str, Fact("The scenario.", Unit.TEXT)]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """What a goal comes to in the plan of a scenario."""

    scenario: ScenarioName
    goal: GoalName
    value: Value
    said: Said


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of a plan, or of a holder in it."""

    scenario: ScenarioName
    holder: Annotated[str, Fact("A unit or a township; empty: the whole plan.", Unit.ID)]
    figure: FigureId
    value: Figure


@dataclass(frozen=True, slots=True)
class SweptRow:
    """What a goal comes to in a case."""

    case: CaseName
    goal: GoalName
    value: Value
    said: Said


@dataclass(frozen=True, slots=True)
class CaseFigureRow:
    """A figure of the plan of a case."""

    case: CaseName
    figure: FigureId
    value: Figure


@dataclass(frozen=True, slots=True)
class PointRow:
    """Where a point of a trade-off stands in one of the goals."""

    point: Annotated[int, Fact("The point, from the best in the first goal on.", Unit.RANK)]
    goal: GoalName
    value: Annotated[object, Fact("What the goal comes to; of one that looks at the worst first, the worst.", Unit.OWN)]
    proven: Proven
    seconds: Seconds
    said: Said


@dataclass(frozen=True, slots=True)
class PlanGoalRow:
    """What a goal comes to in one of several plans."""

    plan: PlanNumber
    rank: Rank
    goal: GoalName
    value: Value
    said: Said


@dataclass(frozen=True, slots=True)
class PlanHolderRow:
    """What a holder owns at the end in one of several plans."""

    plan: PlanNumber
    holder: Holder
    category: Category
    today: Today
    after: Annotated[int, Fact("Positions owned at the end.", Unit.POSITIONS)]


@dataclass(frozen=True, slots=True)
class StressRow:
    """How a township fares in a case."""

    case: CaseName
    township: Township
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """How a township fares over all cases."""

    township: Township
    percent: Annotated[int, Fact("In so many of a hundred cases it is no better; 0: the worst.", Unit.COUNT)]
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class BreakingRow:
    """A rule that a plan breaks in a case."""

    case: CaseName
    rule: Rule


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Something that cannot hold together with the others of the same clash."""

    clash: Annotated[int, Fact("The clash.", Unit.RANK)]
    rule: Rule
    holder: Holder
    agency: AgencyId
    category: Category
    year: Annotated[int, Fact("The calendar year; 0: all years.", Unit.YEAR)]
    aspect: Annotated[str, Fact("Which of several things the rule says there.", Unit.ID)]
    item: Annotated[str, Fact("A station, matter, platform or other holder it is about.", Unit.ID)]
    says: Says


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A change that, with the others of the same repair, makes a scenario possible."""

    repair: Annotated[int, Fact("The repair, the cheapest first.", Unit.RANK)]
    name: Annotated[str, Fact("The number or rule that is changed.", Unit.ID)]
    stands: Annotated[str, Fact("Where it stands, and what it is now.", Unit.TEXT)]
    after: Annotated[object, Fact("What it becomes; empty: the rule is left out.", Unit.OWN)]
    verified: Annotated[bool, Fact("The changed scenario has been solved.", Unit.TRUTH)]


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A limit that leaves a place no room."""

    scope: Annotated[str, Fact("`here`, or `everywhere` in the county.", Unit.ID)]
    rule: Rule
    holder: Holder
    agency: AgencyId
    category: Category
    year: Annotated[int, Fact("The calendar year; 0: all years.", Unit.YEAR)]
    found: Found
    at_least: AtLeast
    at_most: AtMost
    says: Says


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A goal that comes to something else."""

    rank: Rank
    goal: GoalName
    better: Better
    before: Was
    after: Is


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A place that has more or fewer at the end."""

    of: Annotated[str, Fact("`positions` owned, or the `strength` of an agency.", Unit.ID)]
    holder: Holder
    agency: AgencyId
    category: Category
    before: Annotated[int, Fact("What it had.", Unit.POSITIONS)]
    after: Annotated[int, Fact("What it has then.", Unit.POSITIONS)]


@dataclass(frozen=True, slots=True)
class SpanRow:
    """How far a number can move while no goal gets worse."""

    holder: Holder
    agency: AgencyId
    category: Category
    now: Annotated[int, Fact("What it is in the plan.", Unit.POSITIONS)]
    least: Annotated[int, Fact("The least it could be.", Unit.POSITIONS)]
    most: Annotated[int, Fact("The most it could be.", Unit.POSITIONS)]
    least_proven: Annotated[bool, Fact("That it could not be less is proven.", Unit.TRUTH)]
    most_proven: Annotated[bool, Fact("That it could not be more is proven.", Unit.TRUTH)]
    forced: Annotated[bool, Fact("It can be no other, which is proven.", Unit.TRUTH)]


@dataclass(frozen=True, slots=True)
class PriceRow:
    """What a goal gains by one step of something; a row without a goal where none gains."""

    kind: Annotated[str, Fact("One `position` more, or one step of a `limit`.", Unit.ID)]
    of: Annotated[str, Fact("The category, or where the limit stands.", Unit.TEXT)]
    settled: Annotated[bool, Fact("What the goals come to then is proven.", Unit.TRUTH)]
    rank: Annotated[int | None, Fact("Which goal gains, in the order of the scenario.", Unit.RANK)]
    goal: GoalName
    before: Was
    after: Is


TABLES: Mapping[str, type] = {
    "positions": plan.PositionRow,
    "people": plan.PeopleRow,
    "agencies": plan.AgencyRow,
    "placed": plan.PlacedRow,
    "stations": plan.StationRow,
    "dispatched": plan.DispatchedRow,
    "borrowed": plan.BorrowedRow,
    "matters": plan.MatterRow,
    "coverage": plan.CoverageRow,
    "findings": plan.FindingRow,
    "reached": ReachedRow,
    "levels": LevelRow,
    "audit.reached": MeasuredRow,
    "comparison.asked": AskedRow,
    "comparison.reached": ComparedRow,
    "comparison.figures": FigureRow,
    "sweep.reached": SweptRow,
    "sweep.figures": CaseFigureRow,
    "frontier.reached": PointRow,
    "alternatives.reached": PlanGoalRow,
    "alternatives.positions": PlanHolderRow,
    "stress.by_case": StressRow,
    "stress.spreads": SpreadRow,
    "stress.breaking": BreakingRow,
    "explanation.members": MemberRow,
    "explanation.changes": MoveRow,
    "reasons": ReasonRow,
    "changes": ChangeRow,
    "shifts": ShiftRow,
    "ranges.numbers": SpanRow,
    "prices.worth": PriceRow,
}


def columns(table: str | None = None) -> DataFrame:
    """What the columns of a table mean, or those of all tables: a row a column, with its unit and a note.

    The tables of an outcome are named like those of plan.json; those of an answer like the answer and its method,
    such as `comparison.figures`. Every column is exact: whole numbers, work in hundredths of positions, `Fraction`s.
    Beside fractions, and values of any sort, stands a column with `_float` at the end of its name, for pictures.

    Raises:
        ValueError: there is no such table.
    """
    return described(TABLES, table)
