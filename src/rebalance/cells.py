"""The cells of a plan: every number that is decided, and the largest that makes sense for it (the least is 0)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rebalance.county.organisations import RESERVE
from rebalance.problem import Problem

Cell = tuple[str, *tuple[str | int, ...]]
"""One decided number: the verb, then the ids and the year, such as ("cut", "U012", "institution_full", 2025)."""

Bounded = tuple[Cell, int]


def cells(problem: Problem) -> Iterator[Bounded]:
    """Every cell that is decided, in a fixed order, with the largest number that makes sense."""
    everything = {c: sum(problem.authorised(h, k) for h, k in problem.accounts if k == c) for c in problem.categories}
    for year in problem.years:
        yield from _positions(problem, everything, year)
        yield from _people(problem, everything, year)
        yield from _staffing(problem, year)
        yield from _matters(problem, year)
        yield from _agencies(problem, everything, year)


def _positions(problem: Problem, everything: Mapping[str, int], year: int) -> Iterator[Bounded]:
    for holder, category in problem.accounts:
        if holder in problem.unit:
            yield ("cut", holder, category, year), problem.authorised(holder, category)
        elif holder in problem.township:
            yield ("added", holder, category, year), everything[category]
        else:
            yield ("reserve", category, year), everything[category]


def _people(problem: Problem, everything: Mapping[str, int], year: int) -> Iterator[Bounded]:
    for holder, category in problem.accounts:
        if holder in problem.unit and problem.position[holder, category].willing:
            yield ("moved_out", holder, category, year), problem.in_post(holder, category)
        elif holder in problem.township and category in problem.movable:
            yield ("moved_in", holder, category, year), everything[category]
        if holder != RESERVE and {"", holder} & set(problem.hiring.get((category, year), ())):
            yield ("hired", holder, category, year), everything[category]


def _staffing(problem: Problem, year: int) -> Iterator[Bounded]:
    for station in problem.county.stations:
        yield ("handed", station.station, year), 1
    for row in problem.county.dispatched:
        key = (row.unit, row.township, row.agency, row.category)
        yield ("dispatched", *key, year), max(row.staff, row.most or 0)
    for lent in problem.county.borrowed:
        yield ("borrowed", lent.township, lent.unit, lent.category, year), lent.staff


def _matters(problem: Problem, year: int) -> Iterator[Bounded]:
    for matter in problem.delegation.matters:
        for township in problem.townships:
            yield ("delegated", matter, township, year), 1


def _agencies(problem: Problem, everything: Mapping[str, int], year: int) -> Iterator[Bounded]:
    for township in problem.townships:
        for agency in problem.agencies:
            yield ("open", township, agency, year), 1
            for category in problem.categories:
                most = everything[category] + problem.excess(township, category)
                yield ("placed", township, agency, category, year), most
