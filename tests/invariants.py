"""What holds of the two ledgers in every lawful plan, added up from the decided cells alone."""

from __future__ import annotations

from collections.abc import Iterator

from rebalance.county.holders import RESERVE
from rebalance.model.plan import Plan


def uneven(plan: Plan) -> list[str]:
    """Where the ledger of what is owned changes its total, or differs from what is used by more than is dispatched."""
    return [*_totals(plan), *_dispatched(plan)]


def _totals(plan: Plan) -> Iterator[str]:
    problem = plan.problem
    for category in problem.categories:
        holders = (*problem.units, *problem.townships, RESERVE)
        years = (problem.today, *problem.years)
        sums = {year: sum(plan.owned(holder, category, year) for holder in holders) for year in years}
        if len(set(sums.values())) > 1:
            yield f"{category}: owned in all {sums}"


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
