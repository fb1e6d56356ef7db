"""What holds of the two ledgers in every lawful plan, added up from the decided cells alone."""

from __future__ import annotations

from collections.abc import Iterator

from rebalance.county.holders import RESERVE, Level, UnitKind
from rebalance.model.plan import Plan


def uneven(plan: Plan) -> list[str]:
    """Where the total of what is owned moves but towards its ceiling, or owned and used differ by more than is sent."""
    return [*_totals(plan), *_dispatched(plan)]


def _totals(plan: Plan) -> Iterator[str]:
    problem = plan.problem
    for category in problem.categories:
        holders = (*problem.units, *problem.townships, RESERVE)
        years = (problem.today, *problem.years)
        sums = {year: sum(plan.owned(holder, category, year) for holder in holders) for year in years}
        room = _room(plan, category)
        steps = list(sums.values())
        lawful = sorted(steps, reverse=room < 0) == steps and abs(steps[-1] - steps[0]) <= abs(room)
        if not lawful:
            yield f"{category}: owned in all {sums}, with room for {room}"


def _room(plan: Plan, category: str) -> int:
    """How far what counts lies below the ceiling today; below zero: above it."""
    county = plan.problem.county
    (ceiling,) = (row.ceiling for row in county.categories if row.category == category)
    above = {row.unit for row in county.units if row.kind is UnitKind.VERTICAL or row.level is Level.ABOVE}
    rows = (row for row in county.positions if row.category == category and row.holder not in above)
    return 0 if ceiling is None else ceiling - sum(row.authorised for row in rows)


def _dispatched(plan: Plan) -> Iterator[str]:
    problem = plan.problem
    sent = [(*map(str, cell), str(number)) for cell, number in plan.decided.items() if cell[0] == "dispatched"]
    for year in problem.years:
        for holder, category in problem.accounts:
            rows = [row for row in sent if row[-3:-1] == (category, str(year))]
            come = sum(int(row[-1]) for row in rows if row[2] == holder)
            gone = sum(int(row[-1]) for row in rows if row[1] == holder)
            gap = plan.used(holder, category, year) - plan.owned(holder, category, year)
            if gap != (come if holder in problem.township else -gone):
                yield f"{holder}, {category}, {year}: used less owned is {gap}, {come} come, {gone} go"
