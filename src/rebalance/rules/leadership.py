"""Leadership (领导职数): posts follow a unit's size and surplus leaders are worked off, or leaders hold the size."""

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
    """Leadership posts fall with the size that a cut leaves, and surplus leaders are worked off (消化).

    For every unit whose `units.leaders_authorised` is known, and every year:

        posts = min(leaders authorised, the most leaders of the band that the unit's size lies in)
        surplus = max(0, leaders in post − posts)

    Nothing is forbidden by that: surplus leaders protect nobody, they are reported, today's and new ones alike. Where
    `units.leaders_in_post` is not known, as many are taken to be there as are authorised. With `follow = false` it is
    the other way round, and no cut takes a unit below the size that its leaders need:

        Σ owned ≥ min(today's size, smallest size whose band allows so many leaders as are authorised)

    Leaders are data, not decided. The bands are the rows of the table `bands` for leadership (`bands.up_to`,
    `bands.most`), each with source, place and year; a size beyond the last counts as the last.

    Attributes:
        kinds: the kinds of unit the bands are for; none named: all
        follow: whether posts follow the size; if not, leaders hold their unit to its size

    References:
        领导职数. The bands shipped with Langxi are a provincial rule of another province, quoted in the table.
    """

    kinds: tuple[UnitKind, ...] = ()
    follow: bool = True
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ("bands",)

    @staticmethod
    def about() -> AboutRule:
        """The title, and how telling its limits are."""
        return AboutRule(_("Leadership posts"), telling=5)

    def post(self, model: Model) -> None:
        """The size of each unit against its bands, or today's size; nothing where posts follow the size."""
        problem = model.problem
        for unit in () if self.follow else self._led(problem):
            least = min(self.smallest(problem, unit), problem.size(unit))
            for year in problem.years:
                size = total(model.owned(unit, category, year) for category in problem.held.get(unit, ()))
                model.add(size >= least, Place(unit, year=year))

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every unit whose leaders are known, every year."""
        problem = plan.problem
        for unit in self._led(problem):
            if self.follow:
                yield from self._check_followed(plan, unit)
                continue
            least, today = self._enough(problem, unit), problem.size(unit)
            small = today < least
            for year in problem.years:
                size = sum(plan.owned(unit, category, year) for category in problem.categories)
                bound = today if small else least
                yield Finding(Place(unit, year=year), size, at_least=bound, inherited=small, asked=least)

    def _check_followed(self, plan: Plan, unit: str) -> Iterator[Finding]:
        """Figures without limits: the posts that the size leaves, and the leaders beyond them."""
        problem = plan.problem
        leaders = self.leaders(problem, unit)
        today = max(0, leaders - self.posts(problem, unit, problem.size(unit)))
        for year in problem.years:
            posts = self.posts(problem, unit, sum(plan.owned(unit, category, year) for category in problem.categories))
            surplus = max(0, leaders - posts)
            yield Finding(Place(unit, year=year, aspect="posts"), posts)
            yield Finding(Place(unit, year=year, aspect="surplus"), surplus, inherited=0 < surplus <= today)

    def explain(self, problem: Problem, place: Place) -> str:
        """The size the leaders of a unit need, or what its size means for its leaders."""
        words = {"unit": problem.name(place.holder), "year": place.year}
        if place.aspect == "posts":
            return _("{unit}, {year}: leadership posts follow the size that is left.").format(**words)
        if place.aspect == "surplus":
            return _("{unit}, {year}: of {leaders} leaders, those beyond the posts that its size allows.").format(
                **words, leaders=self.leaders(problem, place.holder)
            )
        return _("{unit} keeps at least {size} positions, as its {leaders} leaders need.").format(
            unit=problem.name(place.holder),
            size=self.smallest(problem, place.holder),
            leaders=problem.unit[place.holder].leaders_authorised,
        )

    def leaders(self, problem: Problem, unit: str) -> int:
        """The leaders a unit has; as many as it is authorised where that is not known."""
        row = problem.unit[unit]
        return (row.leaders_authorised or 0) if row.leaders_in_post is None else row.leaders_in_post

    def posts(self, problem: Problem, unit: str, size: int) -> int:
        """The leadership posts of a unit at a size: those it is authorised, as far as the band allows them."""
        bands = sorted((row.up_to, row.most) for row in problem.county.bands if row.applies_to is BandUse.LEADERSHIP)
        most = next((most for up_to, most in bands if size <= up_to), bands[-1][1])
        return min(most, problem.unit[unit].leaders_authorised or 0)

    def smallest(self, problem: Problem, unit: str) -> int:
        """The smallest size at which a band allows the unit's leaders; that of the largest band where none does."""
        bands = sorted((row.up_to, row.most) for row in problem.county.bands if row.applies_to is BandUse.LEADERSHIP)
        leaders = problem.unit[unit].leaders_authorised or 0
        starts = [0, *(up_to + 1 for (up_to, _most), _next in pairwise(bands))]
        fit = (start for start, (_up_to, most) in zip(starts, bands, strict=True) if most >= leaders)
        return next(fit, starts[-1])

    def _enough(self, problem: Problem, unit: str) -> int:
        """The same for the check, size by size; a band begins where the one before ends."""
        starts = {0} | {row.up_to + 1 for row in problem.county.bands if row.applies_to is BandUse.LEADERSHIP}
        *sizes, _beyond = sorted(starts)
        leaders = problem.unit[unit].leaders_authorised or 0
        return min((size for size in sizes if self.posts(problem, unit, size) == leaders), default=sizes[-1])

    def _led(self, problem: Problem) -> Iterator[str]:
        known = any(row.applies_to is BandUse.LEADERSHIP for row in problem.county.bands)
        for row in problem.county.units if known else ():
            if row.leaders_authorised is not None and (not self.kinds or row.kind in self.kinds):
                yield row.unit
