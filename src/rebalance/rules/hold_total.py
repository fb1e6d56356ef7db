"""Hold the total (控总量): per category the sum over all holders never changes and never passes the ceiling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rebalance.county.holders import Level
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _


@dataclass(frozen=True)
class HoldTotal:
    """Per category the positions of all holders together are the same every year.

    And what the county owns itself never passes the ceiling set from above, which rises by exactly what units under
    vertical management hand down. For every category c and year y, summed over all holders h:

        Σ owned(h, c, y) = Σ authorised(h, c)
        Σ owned by the county's own ≤ max(ceiling, the same today) + handed down from above

    The ceiling stands in `categories.ceiling`; units of a level above are marked in `units.level`. Law: a scenario
    cannot leave this rule out.

    References:
        Regulation on Local Institutions and Staffing (地方各级人民政府机构设置和编制管理条例, State Council Order 486,
        2007), articles 16 and 18; in the reform, 控总量.
    """

    source: str = ""
    law: bool = True
    tables: ClassVar[tuple[str, ...]] = ()

    @staticmethod
    def about() -> AboutRule:
        """The title, and that one position more is past it."""
        return AboutRule(_("Hold the total"), fixes_total=True)

    def post(self, model: Model) -> None:
        """The sum of every year is today's."""
        problem = model.problem
        for category in problem.categories:
            holders = [h for h, c in problem.accounts if c == category]
            today = sum(problem.authorised(h, category) for h in holders)
            ceiling = problem.ceiling[category]
            lent = sum(problem.authorised(h, category) for h in holders if problem.is_above(h))
            for year in problem.years:
                owned = total(model.owned(h, category, year) for h in holders)
                model.add(owned.equals(today), Place(category=category, year=year, aspect="total"))
                if ceiling is not None:
                    most = max(ceiling, today - lent) + lent
                    model.add(owned <= most, Place(category=category, year=year, aspect="ceiling"))

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Add up every holder again, against the sum of the year before and the ceiling."""
        problem = plan.problem
        for category in problem.categories:
            years = (problem.today, *problem.years)
            own = {year: _sum(plan, category, year, above=False) for year in years}
            above = {year: _sum(plan, category, year, above=True) for year in years}
            before, ceiling = own[problem.today], problem.ceiling[category]
            today = before + above[problem.today]
            for year in problem.years:
                yield Finding(
                    Place(category=category, year=year, aspect="total"), own[year] + above[year], today, today
                )
                if ceiling is not None:
                    most, broken = (before, True) if before > ceiling else (ceiling, False)
                    place = Place(category=category, year=year, aspect="ceiling")
                    risen = most + above[problem.today] - above[year]
                    yield Finding(place, own[year], at_most=risen, inherited=broken)

    def explain(self, problem: Problem, place: Place) -> str:
        """The total, or the ceiling, of a category."""
        category = problem.name(place.category)
        if place.aspect == "ceiling":
            ceiling = problem.ceiling[place.category]
            return _(
                "{category}: the county may have at most {ceiling} positions, and what is handed down to it from above."
            ).format(category=category, ceiling=ceiling)
        return _("{category}, {year}: all holders together own exactly as many positions as today.").format(
            category=category, year=place.year
        )


def _sum(plan: Plan, category: str, year: int, *, above: bool) -> int:
    """What the county's own holders own, or the units that belong to a level above it."""
    level = {row.unit for row in plan.problem.county.units if row.level is Level.ABOVE}
    accounts = ((h, count) for (h, c, y), count in plan.owned_.items() if (c, y) == (category, year))
    return sum(count for holder, count in accounts if (holder in level) is above)
