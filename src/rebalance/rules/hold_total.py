"""Hold the total (控总量): per category the sum over all holders never changes and never passes the ceiling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rebalance.draft import Draft
from rebalance.finding import Finding, Place
from rebalance.linear import total
from rebalance.plan import Plan
from rebalance.problem import Problem
from rebalance.words import _


@dataclass(frozen=True)
class HoldTotal:
    """Per category the positions of all holders together are the same every year.

    And never above the ceiling set from above.

    Regulation on Local Institutions and Staffing (State Council Order 486, 2007), articles
    16 and 18; in the reform, 控总量.
    """

    source: str = ""
    law: bool = True
    tables: ClassVar[tuple[str, ...]] = ()

    def post(self, draft: Draft) -> None:
        """The sum of every year is today's."""
        problem = draft.problem
        for category in problem.categories:
            holders = [h for h, c in problem.accounts if c == category]
            today = sum(problem.authorised(h, category) for h in holders)
            ceiling = problem.ceiling[category]
            for year in problem.years:
                owned = total(draft.owned(h, category, year) for h in holders)
                draft.require(owned.equals(today), Place(category=category, year=year, aspect="total"))
                if ceiling is not None:
                    draft.require(owned <= max(ceiling, today), Place(category=category, year=year, aspect="ceiling"))

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Add up every holder again, against the sum of the year before and the ceiling."""
        problem = plan.problem
        for category in problem.categories:
            sums = {year: _sum(plan, category, year) for year in (problem.today, *problem.years)}
            today, ceiling = sums[problem.today], problem.ceiling[category]
            for year in problem.years:
                yield Finding(Place(category=category, year=year, aspect="total"), sums[year], today, today)
                if ceiling is not None:
                    most, broken = (today, True) if today > ceiling else (ceiling, False)
                    place = Place(category=category, year=year, aspect="ceiling")
                    yield Finding(place, sums[year], at_most=most, inherited=broken)

    def explain(self, problem: Problem, place: Place) -> str:
        """The total, or the ceiling, of a category."""
        category = problem.name(place.category)
        if place.aspect == "ceiling":
            ceiling = problem.ceiling[place.category]
            return _("{category}: the county may have at most {ceiling} positions.").format(
                category=category, ceiling=ceiling
            )
        return _("{category}, {year}: all holders together own exactly as many positions as today.").format(
            category=category, year=place.year
        )


def _sum(plan: Plan, category: str, year: int) -> int:
    return sum(count for (_h, c, y), count in plan.owned_.items() if (c, y) == (category, year))
