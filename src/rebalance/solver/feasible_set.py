"""The door for further questions: which plans remain when goals are held, and how far a goal can go among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from rebalance.goals.goal import Aim, Least, Value, WorstFirst
from rebalance.model.linear import Linear, Statement
from rebalance.model.model import Draft
from rebalance.model.plan import Plan
from rebalance.scenario.scenario import Scenario
from rebalance.solver import held as standing
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Answer, Clock, Engine, Status
from rebalance.solver.lexicographic import drafted
from rebalance.solver.leximin import CLOSE, NOTHING, Cut, gap, shares, thresholds, tops

Mark = int | Fraction
"""One number of a goal: the whole of an amount (the less the better), the worst share of a leximin goal (the more)."""


EXACTLY = Fraction(0)


@dataclass(frozen=True, slots=True)
class Room:
    """The plans that a draft leaves open; `second` must agree before it is said that there are none."""

    draft: Draft
    engine: Engine
    second: Engine

    def narrowed(self, *statements: Statement) -> Room:
        """The plans of which some statements are true besides; what is said there is not said here."""
        fork = self.draft.fork()
        for one in statements:
            fork.require(one)
        return replace(self, draft=fork)

    def solve(self, amount: Linear | None = None, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """The plan with the least of an amount (none given: any plan), down to `enough`."""
        answer = self.engine.solve(self.draft, amount or Linear(), hint, enough)
        if answer.status is Status.INFEASIBLE:
            return self.second.solve(self.draft, amount or Linear(), enough=enough)
        return answer

    def values(self, plan: Plan) -> list[int] | None:
        """One value per variable for a plan that is known, to start from; None where the room does not hold it."""
        cells = self.draft.values(plan.decided)
        return self.engine.solve(
            self.narrowed(*(Linear({i: 1}).equals(n) for i, n in cells.items())).draft, Linear()
        ).values

    def bring(self, aim: Least | WorstFirst, values: list[int], top: Fraction | None = None) -> tuple[list[int], bool]:
        """A plan with the best mark of a goal, from a plan there is, and whether that is proven; nothing is held.

        `top` is a share that the worst is known not to exceed.
        """
        if isinstance(aim, WorstFirst):
            return self._highest(aim, values, top)
        answer = self.engine.solve(self.draft, aim.amount, values)
        return answer.values or values, answer.status is Status.OPTIMAL

    def hold(self, aim: Aim, value: Value | Fraction, lower: Fraction = EXACTLY) -> None:
        """From here on only plans in which a goal is no worse than this; a profile's levels may be lower by a share."""
        hold(self.draft, aim, value, lower)

    def _highest(self, aim: WorstFirst, values: list[int], known: Fraction | None) -> tuple[list[int], bool]:
        """Close in on the highest worst share from both sides; a plan found jumps to the level it reaches."""
        top = aim.enough if aim.enough is not None else max(tops(self.draft, aim.keys), default=Fraction(0))
        top = top if known is None else min(top, known)
        while (low := mark(aim, values)) < top:
            cut = Cut((low + top) / 2) if top - low > CLOSE else Cut(Fraction(low), beyond=True)
            answer = self.engine.solve(self.narrowed(*reaching(aim, cut)).draft, Linear(), values)
            if answer.values is not None:
                values = answer.values
            elif answer.status is Status.INFEASIBLE:
                top = cut.level
            else:
                return values, False
        return values, True


def room(scenario: Scenario, clock: Clock, workers: int = 1, seed: int = 0) -> Room:
    """All lawful plans of a scenario."""
    engine = CpSat(clock, workers, seed)
    return Room(drafted(scenario), engine, engine.second_setting())


def hold(draft: Draft, aim: Aim, value: Value | Fraction, lower: Fraction = EXACTLY) -> None:
    """Require that a goal is no worse than this.

    Of a leximin goal a fraction holds every share at least there; a profile holds, going up from the worst, every
    share at least where the profile has it, or `lower` by a share of that.
    """
    match aim, value:
        case Least(), int():
            standing.hold(draft, aim, value)
        case WorstFirst(), tuple():
            standing.hold(draft, aim, value, 1 - lower)
        case WorstFirst(), int() | Fraction():
            for one in reaching(aim, Cut(Fraction(value))):
                draft.require(one)
        case _:
            raise TypeError(f"{value!r} is no value of {type(aim).__name__}")


def better(aim: Least | WorstFirst, than: Mark) -> Iterator[Statement]:
    """What is true of plans whose mark is better than another."""
    if isinstance(aim, Least):
        yield aim.amount <= int(than) - 1
    else:
        yield from reaching(aim, Cut(Fraction(than), beyond=True))


def reaching(aim: WorstFirst, cut: Cut) -> Iterator[Statement]:
    """What is true of plans in which no share lies below a cut."""
    for key in aim.keys:
        if cut == NOTHING:
            continue
        if key.active.terms:
            yield key.active >= 1
        if key.moving.terms:
            yield gap(key, cut) >= 0
            continue
        for case, (_whole, present) in enumerate(key.wholes):
            yield key.amount >= present * thresholds(key, cut)[case]


def mark(aim: Least | WorstFirst, values: list[int]) -> Mark:
    """The mark of the plan that one value per variable stands for."""
    if isinstance(aim, Least):
        return aim.amount.value(values)
    worst = min(shares(aim.keys, values), default=enough(aim))
    return worst if aim.enough is None else min(worst, aim.enough)


def enough(aim: WorstFirst) -> Fraction:
    """The mark of a leximin goal where nobody falls short, or nobody is there to do so."""
    return Fraction(1) if aim.enough is None else aim.enough
