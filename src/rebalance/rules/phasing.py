"""Phasing (逐年): at most a share of all moves in one year."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from rebalance.county.columns import Share
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _


@dataclass(frozen=True)
class Phasing:
    """In no year do units give more than a `share` of what they give in all years, rounded up to a whole position.

    For every year y:

        Σ cut in y ≤ ⌈share × Σ cut in all years⌉

    Stations, which come down whole, are not counted.

    Attributes:
        share: the largest share of all moves that falls in one year

    References:
        Moves are spread over the years (逐年), as retirements free positions and as the yearly plan for the use of
        positions (用编计划) allows.
    """

    share: Share = Fraction(1)
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ()

    @staticmethod
    def about() -> AboutRule:
        """The title."""
        return AboutRule(_("Year by year"))

    def post(self, model: Model) -> None:
        """Denominator times the year's moves against numerator times all moves."""
        problem = model.problem
        numerator, denominator = self.share.as_integer_ratio()
        cuts = [(u, c) for u in problem.units for c in problem.held.get(u, ())]
        everything = total(model.cut(u, c, y) for u, c in cuts for y in problem.years)
        for year in problem.years:
            moved = total(model.cut(u, c, year) for u, c in cuts)
            model.add(denominator * moved <= numerator * everything + (denominator - 1), Place(year=year))

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Each year's moves, as the units' ledgers show them."""
        problem = plan.problem
        units = [(h, c) for h, c in problem.accounts if h in problem.unit]
        moved = {
            year: sum(plan.owned(u, c, year - 1) - plan.owned(u, c, year) + plan.sunk(u, c, year) for u, c in units)
            for year in problem.years
        }
        most = math.ceil(self.share * sum(moved.values()))
        for year, count in moved.items():
            yield Finding(Place(year=year), count, at_most=most)

    def explain(self, problem: Problem, place: Place) -> str:  # the same sentence in every county
        """The share of a year."""
        share = f"{float(self.share * 100):g}"
        return _("{year}: units give at most {share} % of all they give, rounded up.").format(
            year=place.year, share=share
        )
