"""The plans that are left when goals are held, and how far a goal can go among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from rebalance.goals.goal import Leximin, Mark, Minimise, Objective, Value
from rebalance.model.linear import Constraint, Linear
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.scenario.scenario import Scenario
from rebalance.solver import fixed as standing
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Answer, Clock, Engine, Status
from rebalance.solver.lexicographic import model_of
from rebalance.solver.leximin import NOTHING, Threshold, gap, least_amounts, shares, tops
from rebalance.solver.portfolio import Agreed, second_setting

EXACTLY = Fraction(0)

CLOSE = Fraction(1, 2000)
"""So near to the highest worst share bisecting ends, and it is asked whether there is anything beyond."""


@dataclass(frozen=True, slots=True)
class FeasibleSet:
    """The plans that a model leaves open; `second` must agree before it is said that there are none."""

    model: Model
    engine: Engine
    second: Engine

    def narrowed(self, *constraints: Constraint) -> FeasibleSet:
        """The plans of which some constraints are true besides; what is said there is not said here."""
        copy = self.model.copy()
        for one in constraints:
            copy.add(one)
        return replace(self, model=copy)

    def solve(self, amount: Linear | None = None, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """The plan with the least of an amount (none given: any plan), down to `enough`."""
        return Agreed(self.engine, self.second).solve(self.model, amount or Linear(), hint, enough)

    def values(self, plan: Plan) -> list[int] | None:
        """One value per variable for a plan that is known, to start from; None where the room does not hold it."""
        cells = self.model.values(plan.decided)
        return self.engine.solve(
            self.narrowed(*(Linear({i: 1}).equals(n) for i, n in cells.items())).model, Linear()
        ).values

    def bring(self, aim: Minimise | Leximin, values: list[int], top: Fraction | None = None) -> tuple[list[int], bool]:
        """A plan with the best mark of a goal, from a plan there is, and whether that is proven; nothing is held.

        `top` is a share that the worst is known not to exceed.
        """
        if isinstance(aim, Leximin):
            return self._highest(aim, values, top)
        answer = self.engine.solve(self.model, aim.amount, values)
        return answer.values or values, answer.status is Status.OPTIMAL

    def hold(self, aim: Objective, value: Value | Fraction, lower: Fraction = EXACTLY) -> None:
        """From here on only plans in which a goal is no worse than this; a profile's levels may be lower by a share."""
        bound(self.model, aim, value, lower)

    def _highest(self, aim: Leximin, values: list[int], known: Fraction | None) -> tuple[list[int], bool]:
        """Close in on the highest worst share from both sides; a plan found jumps to the level it reaches."""
        top = aim.enough if aim.enough is not None else max(tops(self.model, aim.ratios), default=Fraction(0))
        top = top if known is None else min(top, known)
        while (low := mark(aim, values)) < top:
            threshold = Threshold((low + top) / 2) if top - low > CLOSE else Threshold(Fraction(low), beyond=True)
            answer = self.engine.solve(self.narrowed(*reaching(aim, threshold)).model, Linear(), values)
            if answer.values is not None:
                values = answer.values
            elif answer.status is Status.INFEASIBLE:
                top = threshold.level
            else:
                return values, False
        return values, True


def feasible_set(scenario: Scenario, clock: Clock, workers: int = 1, seed: int = 0) -> FeasibleSet:
    """All lawful plans of a scenario."""
    engine = CpSat(clock, workers, seed)
    return FeasibleSet(model_of(scenario), engine, second_setting(engine))


def bound(model: Model, aim: Objective, value: Value | Fraction, lower: Fraction = EXACTLY) -> None:
    """Require that a goal is no worse than this.

    Of a leximin goal a fraction holds every share at least there; a profile holds, going up from the worst, every
    share at least where the profile has it, or `lower` by a share of that.
    """
    match aim, value:
        case Minimise(), int():
            standing.hold(model, aim, value)
        case Leximin(), tuple():
            standing.hold(model, aim, value, 1 - lower)
        case Leximin(), int() | Fraction():
            for one in reaching(aim, Threshold(Fraction(value))):
                model.add(one)
        case _:
            raise TypeError(f"{value!r} is no value of {type(aim).__name__}")


def better(aim: Minimise | Leximin, than: Mark) -> Iterator[Constraint]:
    """What is true of plans whose mark is better than another."""
    if isinstance(aim, Minimise):
        yield aim.amount <= int(than) - 1
    else:
        yield from reaching(aim, Threshold(Fraction(than), beyond=True))


def reaching(aim: Leximin, threshold: Threshold) -> Iterator[Constraint]:
    """What is true of plans in which no share lies below a cut."""
    for ratio in aim.ratios:
        if threshold == NOTHING:
            continue
        if ratio.active.terms:
            yield ratio.active >= 1
        if ratio.moving.terms:
            yield gap(ratio, threshold) >= 0
            continue
        for case, (_whole, present) in enumerate(ratio.wholes):
            yield ratio.amount >= present * least_amounts(ratio, threshold)[case]


def mark(aim: Minimise | Leximin, values: list[int]) -> Mark:
    """The mark of the plan that one value per variable stands for."""
    if isinstance(aim, Minimise):
        return aim.amount.value(values)
    worst = min(shares(aim.ratios, values), default=cut_off(aim))
    return worst if aim.enough is None else min(worst, aim.enough)


def cut_off(aim: Leximin) -> Fraction:
    """The mark of a leximin goal where nobody falls short, or nobody is there to do so."""
    return Fraction(1) if aim.enough is None else aim.enough
