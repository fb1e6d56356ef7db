"""How many positions a township needs at the least to serve a given amount of work.

Serving is concave in whole positions once it is known which agencies are open: whole positions of work come first, a
hundred hundredths each, then the remainders, largest first. The smallest number over all ways of opening agencies is
a bound that no plan can beat, whatever the rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, product

from rebalance.problem.problem import Problem
from rebalance.problem.work import WHOLE
from rebalance.problem.working import HUNDRED

MANY = 8
"""With more optional agencies than this, the simpler bound (a hundred hundredths a position) has to do.

Each may be open or not, so their ways double with every one: 256 are looked through in no time.
"""


@dataclass(frozen=True)
class Reach:
    """The best any plan can do in one township with so many positions."""

    problem: Problem
    township: str
    work: tuple[int, ...]
    """Hundredths of positions of work at each of the township's workplaces, in their order."""

    def needs(self, numerator: int) -> int:
        """The fewest positions with which so many hundredths of work can be served.

        Of more work than there is, one more than serve all of it.
        """
        return min(_fewest(whole, rests, numerator) for whole, rests in self._ways)

    def serves(self, amount: int) -> int:
        """The most hundredths of work that so many positions can serve."""
        return max(_most(whole, rests, amount) for whole, rests in self._ways)

    @cached_property
    def _ways(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """The whole positions of work and the running sums of the remainders, for each way of opening agencies."""
        return tuple({_split(demands): None for demands in _demands(self.problem, self.township, self.work)})


def _fewest(whole: int, rests: tuple[int, ...], work: int) -> int:
    """Positions for `work` where `whole` positions are served in full and then, best first, the remainders.

    The remainders are given as running sums.
    """
    if work <= HUNDRED * whole:
        return -(-work // HUNDRED)
    return whole + 1 + sum(1 for so_far in rests if so_far < work - HUNDRED * whole)


def _most(whole: int, rests: tuple[int, ...], positions: int) -> int:
    """Work for so many positions, likewise."""
    extra = min(positions - whole, len(rests))
    return HUNDRED * min(positions, whole) + (rests[extra - 1] if extra > 0 else 0)


def _split(demands: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    rests = sorted((rest for demand in demands if (rest := demand % HUNDRED)), reverse=True)
    return sum(demand // HUNDRED for demand in demands), tuple(accumulate(rests))


def _demands(problem: Problem, township: str, works: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    places = problem.work.places[township]
    work = dict(zip(places, works, strict=True))
    optional = [place for place in places if place != WHOLE and problem.agency[place].else_]
    if len(optional) > MANY:
        yield (-(-sum(works) // HUNDRED) * HUNDRED,)
        return
    for closed in product((False, True), repeat=len(optional)):
        now = dict(work)
        for place, out in zip(optional, closed, strict=True):
            if out:
                now[problem.agency[place].else_] += now.pop(place)
        yield tuple(now.values())
