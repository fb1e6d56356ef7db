"""What solving led to: a plan with its proof, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rebalance.goals.goal import Value
from rebalance.model.finding import Place
from rebalance.model.plan import Plan
from rebalance.scenario.scenario import Scenario
from rebalance.text import _


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

    @property
    def best(self) -> Value | None:
        """The best it was brought to, before any slack is used."""
        return self.bound if self.slack else self.value

    @property
    def held(self) -> Value | None:
        """What the goals after it may not worsen it beyond: its best, with the slack."""
        return self.bound + self.slack if self.slack and isinstance(self.bound, int) else self.value


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules, at places, that cannot hold together; `confirmed` when a second setting of the solver says so of them too.

    `law` are the limits marked as law that stand against them: nobody is blamed for those.
    """

    members: tuple[tuple[str, Place], ...]
    confirmed: bool
    law: tuple[tuple[str, Place], ...] = ()


class Opinion(StrEnum):
    """What a second solver, of another kind, says of a proof."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    OPEN = "not certified"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An opinion on one goal (its rank from 1), or on there being no plan (rank 0, no goal)."""

    rank: int
    goal: str
    opinion: Opinion


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a second solver says of every proof it was asked about."""

    verdicts: tuple[Verdict, ...]

    @property
    def certified(self) -> bool:
        """Whether everything asked about was agreed to."""
        return bool(self.verdicts) and all(one.opinion is Opinion.AGREES for one in self.verdicts)

    @property
    def disagreements(self) -> tuple[Verdict, ...]:
        """Where the solvers differ."""
        return tuple(one for one in self.verdicts if one.opinion is Opinion.DISAGREES)


@dataclass(frozen=True)
class Outcome:
    """A scenario with the best plan found for it, and what is proven about that plan."""

    scenario: Scenario
    ending: Ending
    plan: Plan | None
    goals: tuple[GoalResult, ...]
    unique: bool = False
    clash: Conflict | None = None
    seconds: float = 0.0
    certificate: Certificate | None = None

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
        """Whether no other plan is as good even before the fixed rule chooses among equals."""
        return self.unique and not any(last.freedom for last in self.goals[-1:])

    @property
    def disputed(self) -> bool:
        """Whether a second solver has found a proof to be wrong."""
        return self.certificate is not None and bool(self.certificate.disagreements)

    def opinion(self, rank: int) -> Opinion | None:
        """What the second solver says of a goal; None where it was not asked."""
        verdicts = self.certificate.verdicts if self.certificate else ()
        return next((one.opinion for one in verdicts if one.rank == rank), None)
