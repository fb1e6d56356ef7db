"""What columns of several tables for programs have in common, and the rows of some: one row a fact, exact."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from rebalance.plans.rows import AgencyId, Category, Holder
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


Found = Annotated[int, Fact("What is there.", Unit.OWN)]
AtLeast = Annotated[int | None, Fact("The least there may be; empty: no limit.", Unit.OWN)]
AtMost = Annotated[int | None, Fact("The most there may be; empty: no limit.", Unit.OWN)]
Says = Annotated[str, Fact("What the rule asks there, in a sentence.", Unit.TEXT)]
Better = Annotated[bool, Fact("The goal gains.", Unit.TRUTH)]
Was = Annotated[object, Fact("What it came to before.", Unit.OWN)]
Is = Annotated[object, Fact("What it comes to then.", Unit.OWN)]


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
