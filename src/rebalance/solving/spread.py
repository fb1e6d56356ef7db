"""The least and the most each of many amounts can be in a draft, asked about together.

Every solution found shows for all amounts at once how far they can go. And one question settles the rest of them:
can any of those still open go further? A no is the proof for all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rebalance.draft import Draft
from rebalance.linear import Linear, total
from rebalance.solving.engine import Engine, Status

Told = Callable[[int, int], None]
"""Told how many ends are settled, of how many."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The least and the most of an amount, and whether each is proven; unproven ones are as far as was found."""

    least: int
    most: int
    least_proven: bool
    most_proven: bool


@dataclass(slots=True)
class End:
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
            self.reached = found


def spread(
    engine: Engine, draft: Draft, amounts: Sequence[Linear], values: list[int], told: Told = lambda _done, _of: None
) -> list[Ends]:
    """Both ends of every amount.

    Args:
        engine: the solver.
        draft: within which they lie.
        amounts: what is asked about.
        values: a solution there is.
        told: of how many ends are settled, as it goes on.
    """
    pairs = [_ends(draft, amount, values) for amount in amounts]
    ends = [end for pair in pairs for end in pair]
    going = True
    while going and (still := [end for end in ends if end.open]):
        told(len(ends) - len(still), len(ends))
        going, values = _further(engine, draft, still, ends, values)
    told(len(ends), len(ends))
    return [Ends(low.reached, high.reached, not low.open, not high.open) for low, high in pairs]


def _ends(draft: Draft, amount: Linear, values: list[int]) -> tuple[End, End]:
    least, most = draft.tight_bounds(amount)
    now = amount.value(values)
    return End(amount, -1, now, least), End(amount, 1, now, most)


def _further(
    engine: Engine, draft: Draft, still: Sequence[End], ends: Sequence[End], values: list[int]
) -> tuple[bool, list[int]]:
    """Send as many ends as can be further than they have been; whether there is any use in going on."""
    fork = draft.fork()
    steps = [_step(fork, number, end) for number, end in enumerate(still)]
    moved = total(steps)
    fork.require(moved >= 1)
    answer = engine.solve(fork, -moved, values)
    if answer.values is None:
        for end in still if answer.status is Status.INFEASIBLE else ():
            end.proven = True
        return False, values
    for end in ends:
        end.see(answer.values)
    return True, answer.values[: len(draft.variables)]


def _step(fork: Draft, number: int, end: End) -> Linear:
    """A 0/1 that is 1 only where the amount goes further than it has been."""
    goes = fork.variable(("further", number), 0, 1)
    beyond = end.amount * end.sign - end.reached * end.sign
    least = fork.bounds(beyond)[0]
    fork.define(beyond >= least + (1 - least) * goes)
    return goes
