"""Tables for programs: one row a fact, exact, their columns described once, where their rows are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from rebalance.plans.columns import (
    CaseName,
    Category,
    Coverage,
    Figure,
    FigureId,
    GoalName,
    Holder,
    PlanNumber,
    Proven,
    Rank,
    Rule,
    Said,
    Seconds,
    Today,
    Township,
    Value,
)
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
