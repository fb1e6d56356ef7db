"""What solving led to: a plan with its proof, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rebalance.finding import Place
from rebalance.goals.goal import Value
from rebalance.plan import Plan
from rebalance.scenario import Scenario
from rebalance.words import _


class Ending(StrEnum):
    """How a solve ended."""

    DONE = "done"
    IMPOSSIBLE = "impossible"
    OUT_OF_TIME = "out of time"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class GoalResult:
    """What one goal came to.

    `bound` is the best value not yet ruled out (equal to `value` when proven; None: nothing known). `freedom` is
    False when the goals before had already settled this one. `conditional` is True when a goal of higher rank is not
    proven, so that this proof holds only given its value. The goals after it may have used up to `slack`: then `value`
    lies that much above `bound`, its proven best.
    """

    name: str
    value: Value | None
    bound: Value | None
    proven: bool
    seconds: float
    conditional: bool = False
    freedom: bool = True
    slack: int = 0


@dataclass(frozen=True, slots=True)
class Clash:
    """Rules, at places, that cannot hold together; `confirmed` when a second setting of the solver has agreed."""

    members: tuple[tuple[str, Place], ...]
    confirmed: bool


@dataclass(frozen=True)
class Outcome:
    """A scenario with the best plan found for it, and what is proven about that plan."""

    scenario: Scenario
    ending: Ending
    plan: Plan | None
    goals: tuple[GoalResult, ...]
    unique: bool = False
    clash: Clash | None = None
    seconds: float = 0.0

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
        return f"Outcome({self})"

    @property
    def proven(self) -> bool:
        """Whether every goal is proven to be at its best."""
        return self.plan is not None and all(goal.proven for goal in self.goals)
