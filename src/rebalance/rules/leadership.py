"""Leadership (领导职数): a unit keeps the size that its leaders need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from rebalance.county.holders import UnitKind
from rebalance.county.norms import BandUse
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _


@dataclass(frozen=True)
class Leadership:
    """No cut takes a unit below the smallest size at which the bands allow as many leaders as it is authorised.

    For every unit whose `units.leaders_authorised` is known, and every year:

        Σ owned ≥ min(today's size, smallest size whose band allows so many leaders)

    Leaders are data, not decided. The bands are the rows of the table `bands` for leadership (`bands.up_to`,
    `bands.most`), each with source, place and year.

    Attributes:
        kinds: the kinds of unit the bands are for; none named: all

    References:
        领导职数. The bands shipped with Langxi are a provincial rule of another province, quoted in the table.
    """

    kinds: tuple[UnitKind, ...] = ()
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ("bands",)

    @staticmethod
    def about() -> AboutRule:
        """The title, and how telling its limits are."""
        return AboutRule(_("Leadership posts"), telling=5)

    def post(self, model: Model) -> None:
        """The size of each unit against its bands, or today's size."""
        problem = model.problem
        for unit in self._led(problem):
            least = min(self.smallest(problem, unit), problem.size(unit))
            for year in problem.years:
                size = total(model.owned(unit, category, year) for category in problem.held.get(unit, ()))
                model.add(size >= least, Place(unit, year=year))

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every unit whose leaders are known, every year."""
        problem = plan.problem
        for unit in self._led(problem):
            least, today = self.smallest(problem, unit), problem.size(unit)
            small = today < least
            for year in problem.years:
                size = sum(plan.owned(unit, category, year) for category in problem.categories)
                bound = today if small else least
                yield Finding(Place(unit, year=year), size, at_least=bound, inherited=small, asked=least)

    def explain(self, problem: Problem, place: Place) -> str:
        """The size the leaders of a unit need."""
        return _("{unit} keeps at least {size} positions, as its {leaders} leaders need.").format(
            unit=problem.name(place.holder),
            size=self.smallest(problem, place.holder),
            leaders=problem.unit[place.holder].leaders_authorised,
        )

    def smallest(self, problem: Problem, unit: str) -> int:
        """The smallest size at which a band allows the unit's leaders; that of the largest band where none does."""
        bands = sorted((row.up_to, row.most) for row in problem.county.bands if row.applies_to is BandUse.LEADERSHIP)
        leaders = problem.unit[unit].leaders_authorised or 0
        starts = [0, *(up_to + 1 for (up_to, _most), _next in pairwise(bands))]
        fit = (start for start, (_up_to, most) in zip(starts, bands, strict=True) if most >= leaders)
        return next(fit, starts[-1])

    def _led(self, problem: Problem) -> Iterator[str]:
        known = any(row.applies_to is BandUse.LEADERSHIP for row in problem.county.bands)
        for row in problem.county.units if known else ():
            if row.leaders_authorised is not None and (not self.kinds or row.kind in self.kinds):
                yield row.unit
