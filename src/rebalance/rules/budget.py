"""Budget (财政保障): what the county's own positions cost in a year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Annotated, ClassVar

from rebalance.county.columns import Within
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _


@dataclass(frozen=True)
class Budget:
    """The positions the county itself owns cost at most `at_most` a year, at the yearly cost of each category.

    For every year, over all holders of the county's own:

        Σ owned × cost of the category ≤ max(at_most, the same today)

    Costs stand in `categories.cost`, in yuan a year; a category without one costs nothing here. Positions of units of
    a level above are paid from there.

    Attributes:
        at_most: the most that all positions cost in a year, in yuan

    References:
        财政保障: positions and budget must check each other.
    """

    at_most: Annotated[Fraction, Within(0)] | None = None
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ()

    @staticmethod
    def about() -> AboutRule:
        """The title."""
        return AboutRule(_("Budget"))

    def post(self, model: Model) -> None:
        """Costs in whole multiples of their smallest step."""
        problem = model.problem
        if self.at_most is None:
            return
        step = lcm(*(cost.denominator for cost in _costs(problem).values()), 1)
        price = {category: int(cost * step) for category, cost in _costs(problem).items()}
        own = [(h, c) for h, c in problem.accounts if c in price and not problem.is_above(h)]
        today = sum(problem.authorised(h, c) * price[c] for h, c in own)
        most = max(self.at_most * step // 1, today)
        for year in problem.years:
            cost = total(model.owned(h, c, year) * price[c] for h, c in own)
            model.add(cost <= int(most), Place(year=year))

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every year's cost in yuan, or in the largest fraction of one that makes all costs whole."""
        if self.at_most is None:
            return
        problem = plan.problem
        years = {year: _cost(plan, year) for year in (problem.today, *problem.years)}
        today = years.pop(problem.today)
        over = today > self.at_most
        step = lcm(*(number.denominator for number in (today, self.at_most, *_costs(problem).values())))
        for year, cost in years.items():
            most = today if over else self.at_most
            yield Finding(Place(year=year), int(cost * step), None, int(most * step), over)

    def explain(self, problem: Problem, place: Place) -> str:
        """The sum."""
        return _("{year}: the county's own positions cost at most {sum} yuan.").format(
            year=place.year, sum=f"{int(self.at_most or 0):,}"
        )


def _costs(problem: Problem) -> dict[str, Fraction]:
    return {row.category: Fraction(row.cost) for row in problem.county.categories if row.cost is not None}


def _cost(plan: Plan, year: int) -> Fraction:
    costs = _costs(plan.problem)
    own = ((h, c) for h, c in plan.problem.accounts if c in costs and not plan.problem.is_above(h))
    return sum((plan.owned(h, c, year) * costs[c] for h, c in own), Fraction(0))
