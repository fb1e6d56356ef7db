"""Tables for programs: one row a fact, exact, their columns described once, where their rows are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from rebalance.analysis.measures import Input
from rebalance.plans.rows import Category, Holder, Township
from rebalance.table import Fact, Unit

Rank = Annotated[int, Fact("Which goal it is, in the order of the scenario.", Unit.RANK)]
GoalName = Annotated[str, Fact("The goal.", Unit.ID)]
Value = Annotated[object, Fact("What it comes to: a number, or levels from the worst up, with counts.", Unit.OWN)]
Said = Annotated[str, Fact("The same as people read it.", Unit.TEXT)]
Figure = Annotated[object, Fact("What the figure comes to.", Unit.OWN)]
FigureId = Annotated[str, Fact("Which figure it is.", Unit.ID)]
ScenarioName = Annotated[str, Fact("The scenario.", Unit.TEXT)]
CaseName = Annotated[str, Fact("The case.", Unit.TEXT)]
Rule = Annotated[str, Fact("The rule.", Unit.ID)]
Says = Annotated[str, Fact("What the rule asks there, in a sentence.", Unit.TEXT)]
Proven = Annotated[bool, Fact("That nothing better exists is proven.", Unit.TRUTH)]
Seconds = Annotated[float, Fact("How long it took.", Unit.SECONDS)]
Today = Annotated[int, Fact("What there is today.", Unit.POSITIONS)]
PlanNumber = Annotated[int, Fact("The plan; 0 is the best.", Unit.COUNT)]
Coverage = Annotated[Fraction, Fact("Work done over work to do, at the end.", Unit.SHARE)]


@dataclass(frozen=True, slots=True)
class ReachedRow:
    """What a goal of a plan came to."""

    rank: Rank
    goal: GoalName
    value: Value
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


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """A goal measured again, beside what was claimed of it."""

    rank: Rank
    goal: GoalName
    measured: Annotated[object, Fact("What it comes to, measured without the solver.", Unit.OWN)]
    differs: Annotated[bool, Fact("Something else was claimed.", Unit.TRUTH)]


@dataclass(frozen=True, slots=True)
class AskedRow:
    """Something that a scenario says."""

    scenario: ScenarioName
    path: Annotated[str, Fact("Where it stands, as in a scenario file.", Unit.ID)]
    value: Annotated[object, Fact("What stands there; empty: nothing.", Unit.OWN)]


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


def asked_rows(names: Sequence[str], inputs: Iterable[Input]) -> Iterator[AskedRow]:
    """What scenarios of these names say, place by place."""
    for one in inputs:
        yield from (AskedRow(name, one.path, said) for name, said in zip(names, one.values, strict=True))
