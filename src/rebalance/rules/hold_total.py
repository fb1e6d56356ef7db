"""Hold the total (控总量): per category all holders together own the same every year, but for what is granted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, ClassVar

from rebalance.county.columns import Count, Ref
from rebalance.county.holders import RESERVE
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

    And what counts against the ceiling set from above never passes it: all positions but those of units under vertical
    management. What these hand down raises both alike, so it leaves the count as it is. For every category c and year
    y, summed over all holders h:

        Σ owned(h, c, y) = Σ authorised(h, c) + granted − given back, up to y
        Σ owned(h, c, y) − Σ authorised by units under vertical management ≤ max(ceiling, the same today)
        of a frozen category no township receives any, and the reserve does not rise

    Without parameters nothing is granted or given back. With `back_to_ceiling` a category above its ceiling is down to
    it by then; the positions are given back by units and the reserve, and arrive nowhere. With `headroom` a category
    below its ceiling may be granted positions, which townships receive. A station of a frozen category may be handed
    down: it comes whole, with its people and positions, and nobody has more for it.

    The ceiling stands in `categories.ceiling`, what is frozen in `categories.frozen`; units under vertical management
    are marked in `units.level` or `units.kind`. Law: a scenario cannot leave this rule out.

    Attributes:
        back_to_ceiling: the year by whose end a category above its ceiling is down to it; without it, it may stay above
        headroom: whether positions may be granted up to the ceiling; a number: at most so many of each category

    References:
        Regulation on Local Institutions and Staffing (地方各级人民政府机构设置和编制管理条例, State Council Order 486,
        2007), articles 16 and 18; in the reform, 控总量. 只减不增: since 2013 those paid from the budget may only
        become fewer, and in most places support workers are frozen.
    """

    back_to_ceiling: Annotated[int | None, Ref("year")] = None
    headroom: bool | Count = False
    source: str = ""
    law: bool = True
    tables: ClassVar[tuple[str, ...]] = ()

    @staticmethod
    def about() -> AboutRule:
        """The title, and that one position more is past it."""
        return AboutRule(_("Hold the total"), fixes_total=True)

    def post(self, model: Model) -> None:
        """The sum of every year is today's, or lies between today's and the ceiling where that is asked."""
        for category in model.problem.categories:
            self._post_total(model, category)
            self._post_ceiling(model, category)
            if category in model.problem.frozen:
                _post_frozen(model, category)

    def _post_total(self, model: Model, category: str) -> None:
        problem, today = model.problem, model.problem.everything[category]
        come, gone = self._may_come(problem, category), self._may_go(problem, category)
        for year in problem.years:
            held, granted = model.held(category, year), model.granted(category, year)
            if come:
                model.add(held <= today + come, _place(category, year, "granted"))
                model.add(granted >= 0, _place(category, year, "one way"))
                received = total(model.added(township, category, year) for township in problem.townships)
                model.add(granted <= received, _place(category, year, "arrives"))
            elif gone:
                model.add(held >= today - gone, _place(category, year, "given back"))
                model.add(granted <= 0, _place(category, year, "one way"))
            else:
                model.add(held.equals(today), _place(category, year, "total"))

    def _post_ceiling(self, model: Model, category: str) -> None:
        problem, ceiling = model.problem, model.problem.ceiling[category]
        if ceiling is None:
            return
        own = problem.county.counted(category)
        above = problem.everything[category] - own
        for year in problem.years:
            most = ceiling if self.back_to_ceiling and year >= self.back_to_ceiling else max(ceiling, own)
            model.add(model.held(category, year) <= most + above, _place(category, year, "ceiling"))

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Add up every holder again, against today's sum, the year before, and the ceiling."""
        problem = plan.problem
        for category in problem.categories:
            sums = {year: _sum(plan, category, year) for year in (problem.today, *problem.years)}
            above = sum(problem.authorised(row.unit, category) for row in problem.county.units if row.above)
            yield from self._check_total(plan, category, sums, above)
            yield from self._check_ceiling(problem, category, sums, above)
            if category in problem.frozen:
                yield from _check_frozen(plan, category)

    def _check_total(self, plan: Plan, category: str, sums: Mapping[int, int], above: int) -> Iterator[Finding]:
        problem, today = plan.problem, sums[plan.problem.today]
        ceiling, frozen = problem.ceiling[category], category in problem.frozen
        room = 0 if ceiling is None else ceiling + above - today
        for before, year in pairwise(sums):
            rise = sums[year] - sums[before]
            if room > 0 and self.headroom and not frozen:
                most = room if self.headroom is True else min(self.headroom, room)
                yield Finding(_place(category, year, "granted"), sums[year] - today, at_most=most)
                yield Finding(_place(category, year, "one way"), max(0, -rise), at_most=0)
                received = sum(plan.added(township, category, year) for township in problem.townships)
                yield Finding(_place(category, year, "arrives"), max(0, rise - received), at_most=0)
            elif room < 0 and self.back_to_ceiling is not None:
                yield Finding(_place(category, year, "given back"), today - sums[year], at_most=-room)
                yield Finding(_place(category, year, "one way"), max(0, rise), at_most=0)
            else:
                yield Finding(_place(category, year, "total"), sums[year], today, today)

    def _check_ceiling(self, problem: Problem, category: str, sums: Mapping[int, int], above: int) -> Iterator[Finding]:
        ceiling, today = problem.ceiling[category], sums[problem.today] - above
        for year in problem.years if ceiling is not None else ():
            due = self.back_to_ceiling is not None and year >= self.back_to_ceiling
            stays = today > (ceiling or 0) and not due
            place, found = _place(category, year, "ceiling"), sums[year] - above
            yield Finding(place, found, at_most=today if stays else ceiling, inherited=stays, asked=ceiling)

    def explain(self, problem: Problem, place: Place) -> str:
        """The total, the ceiling, or what may be granted or given back, of a category."""
        texts = {
            "total": _("{category}, {year}: all holders together own exactly as many positions as today."),
            "ceiling": _(
                "{category}: at most {ceiling} positions count against the ceiling;"
                " what is handed down from above raises it by as much."
            ),
            "granted": _("{category}, {year}: up to {come} positions may be granted, within the ceiling."),
            "arrives": _("{category}, {year}: positions that are granted go to townships."),
            "given back": _("{category}, {year}: up to {gone} positions are given back, those above the ceiling."),
            "one way": _("{category}, {year}: what is granted stays, what is given back is gone."),
            "frozen": _("{category}, {year}: {holder} gains none, for the category is frozen."),
        }
        return texts[place.aspect].format(
            category=problem.name(place.category),
            year=place.year,
            holder=_("the reserve") if place.holder == RESERVE else problem.name(place.holder),
            ceiling=problem.ceiling[place.category],
            come=self._may_come(problem, place.category),
            gone=self._may_go(problem, place.category),
        )

    def _may_come(self, problem: Problem, category: str) -> int:
        """How many positions may be granted in all; none of a frozen category."""
        room = 0 if category in problem.frozen else max(0, problem.headroom[category])
        return room if self.headroom is True else min(room, self.headroom)

    def _may_go(self, problem: Problem, category: str) -> int:
        """How many positions may be given back in all: those above the ceiling."""
        return max(0, -problem.headroom[category]) if self.back_to_ceiling is not None else 0


def _place(category: str, year: int, aspect: str) -> Place:
    return Place(category=category, year=year, aspect=aspect)


def _post_frozen(model: Model, category: str) -> None:
    for year in model.problem.years:
        for township in model.problem.townships:
            place = Place(township, "", category, year, "frozen")
            model.add(model.added(township, category, year) <= 0, place)
        risen = model.reserve(category, year) - model.reserve(category, year - 1)
        model.add(risen <= 0, Place(RESERVE, "", category, year, "frozen"))


def _check_frozen(plan: Plan, category: str) -> Iterator[Finding]:
    """What every holder but the units, which only give, gains beside stations."""
    for year in plan.problem.years:
        for holder in (*plan.problem.townships, RESERVE):
            gained = plan.owned(holder, category, year) - plan.owned(holder, category, year - 1)
            gained -= plan.sunk(holder, category, year)
            yield Finding(Place(holder, "", category, year, "frozen"), gained, at_most=0)


def _sum(plan: Plan, category: str, year: int) -> int:
    """What everybody owns, those whom nobody knows included."""
    return sum(count for (_h, c, y), count in plan.owned_.items() if (c, y) == (category, year))
