"""How many positions a township needs at the least to serve a given amount of work.

Serving is concave in whole positions once it is known which agencies are open: whole positions of work come first, a hundred hundredths each, then the
remainders, largest first. The smallest number over all ways of opening agencies is a bound that no plan can beat, whatever the rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import accumulate, product

from rebalance.problem import HUNDRED, WHOLE, Problem

MANY = 8
"""With more optional agencies than this, the simpler bound (a hundred hundredths a position) has to do."""


def positions_needed(problem: Problem, township: str, work: int) -> int:
    """The fewest positions with which `work` hundredths can be served in the township."""
    return min(_fewest(whole, rests, work) for whole, rests in _ways(problem, township))


def _fewest(whole: int, rests: tuple[int, ...], work: int) -> int:
    """Positions for `work` where `whole` positions are served in full and then, best first, the remainders (given as running sums)."""
    if work <= HUNDRED * whole:
        return -(-work // HUNDRED)
    missing = work - HUNDRED * whole
    return whole + sum(1 for so_far in rests[:-1] if so_far < missing) + 1


@cache
def _ways(problem: Problem, township: str) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """For every way of opening the optional agencies: the whole positions of work, and the running sums of the remainders."""
    return tuple({_split(demands): None for demands in _demands(problem, township)})


def _split(demands: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    rests = sorted((demand % HUNDRED for demand in demands), reverse=True)
    return sum(demand // HUNDRED for demand in demands), tuple(accumulate(rests))


def _demands(problem: Problem, township: str) -> Iterator[tuple[int, ...]]:
    places = problem.workplaces[township]
    work = {place: problem.demand.get((township, place), 0) for place in places}
    optional = [place for place in places if place != WHOLE and problem.agency[place].else_]
    if len(optional) > MANY:
        yield (-(-problem.work(township) // HUNDRED) * HUNDRED,)
        return
    for closed in product((False, True), repeat=len(optional)):
        now = dict(work)
        for place, out in zip(optional, closed, strict=True):
            if out:
                now[problem.agency[place].else_] += now.pop(place)
        yield tuple(now.values())
