"""The least and the most each of many amounts can be in a model, asked about together.

Every solution found shows for all amounts at once how far they can go. At last one question is asked of all of them:
can any go further? A no is the proof for all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.solver.engine import Answer, Engine, Status

HANDFUL = 4
"""A solution that takes one in so many a step further is good enough to go on from."""

Steps = Callable[[int, int], None]
"""Called with how many steps are done, of how many."""


def _ends(model: Model, amount: Linear, values: list[int]) -> tuple[Extreme, Extreme]:
    least, most = model.tight_bounds(amount)
    now = amount.value(values)
    return Extreme(amount, -1, now, least), Extreme(amount, 1, now, most)


def _step(copy: Model, number: int, end: Extreme) -> tuple[Linear, Linear]:
    """A 0/1 that is 1 only where the amount goes further than it has been, and by how much."""
    gap = abs(end.limit - end.reached)
    goes, far = copy.variable(("goes", number), 0, 1), copy.variable(("far", number), 0, gap)
    beyond = end.amount * end.sign - end.reached * end.sign
    least = copy.bounds(beyond)[0]
    copy.define(far >= goes)
    copy.define(far <= gap * goes)
    copy.define(beyond >= least - least * goes + far)
    return goes, far


@dataclass(frozen=True, slots=True)
class Extremes:
    """The least and the most of an amount, and whether each is proven; unproven ones are as far as was found."""

    least: int
    most: int
    least_proven: bool
    most_proven: bool


@dataclass(slots=True)
class Extreme:
    """An amount on its way to one of its ends: `sign` 1 upwards, -1 downwards."""

    amount: Linear
    sign: int
    reached: int
    limit: int
    proven: bool = False

    @property
    def open(self) -> bool:
        """Whether it may still go further."""
        return not self.proven and self.reached * self.sign < self.limit * self.sign

    def see(self, values: list[int]) -> None:
        """Take note of how far the amount goes in a solution."""
        found = self.amount.value(values)
        if found * self.sign > self.reached * self.sign:
            self.reached, self.proven = found, False


@dataclass(frozen=True, slots=True)
class VariabilityAnalysis:
    """A search for the ends of amounts in a model.

    The `quick` engine sends one amount after the other to its end, and may give up; another one, made when its time
    has come, then asks whether any can go further than that.
    """

    quick: Engine
    confirming: Callable[[], Engine]
    model: Model
    progress: Steps

    def ends(self, amounts: Sequence[Linear], values: list[int]) -> list[Extremes]:
        """Both ends of every amount, from a solution there is."""
        pairs = [_ends(self.model, amount, values) for amount in amounts]
        ends = [end for pair in pairs for end in pair]
        for end in ends:
            self.progress(sum(not one.open for one in ends), len(ends))
            if end.open:
                values = self._send(end, ends, values)
        self._confirm(ends, values)
        self.progress(len(ends), len(ends))
        return [Extremes(low.reached, high.reached, not low.open, not high.open) for low, high in pairs]

    def _send(self, end: Extreme, ends: Sequence[Extreme], values: list[int]) -> list[int]:
        """Send an amount as far as it goes; what is found shows for all others too."""
        answer = self.quick.solve(self.model, -(end.amount * end.sign), values)
        if answer.values is None:
            return values
        for one in ends:
            one.see(answer.values)
        end.proven = answer.status is Status.OPTIMAL
        return answer.values

    def _confirm(self, ends: Sequence[Extreme], values: list[int]) -> None:
        """Ask of all at once whether any can go further, until none can, or nobody knows."""
        engine = self.confirming()
        while still := [end for end in ends if end.reached != end.limit]:
            answer = self._further(engine, still, values)
            if answer.values is None:
                for end in still if answer.status is Status.INFEASIBLE else ():
                    end.proven = True
                return
            values = answer.values[: len(self.model.variables)]
            for end in ends:
                end.see(values)

    def _further(self, engine: Engine, still: Sequence[Extreme], values: list[int]) -> Answer:
        """A solution in which some end goes further than it has been, if there is any."""
        copy = self.model.copy()
        steps = [_step(copy, number, end) for number, end in enumerate(still)]
        copy.add(total(goes for goes, _far in steps) >= 1)
        amount = -total(far for _goes, far in steps)
        return engine.solve(copy, amount, values, enough=-(len(still) // HANDFUL or 1))
