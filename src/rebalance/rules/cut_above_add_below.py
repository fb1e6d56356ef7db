"""Cut above, add below (减上补下): units only give, townships only receive, up to a share of each unit and a total."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from rebalance.county.columns import Share
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule, Range
from rebalance.text import _


@dataclass(frozen=True)
class CutAboveAddBelow:
    """Units only give and townships only receive.

    A unit gives at most a `share` of today's size, all units together between the two numbers of `total`. For every
    unit, over all categories and years:

        Σ cut ≤ ⌈share × today's positions⌉
        total.at_least ≤ Σ cut of all units + positions of stations handed down ≤ total.at_most

    A share of a whole number rounds up, so that one position at "40 %" is possible. Stations handed down count towards
    the total, not towards a unit's share. How many go down is for the commission to say: without a total, a goal such
    as `worst_off_first` takes all the other rules allow.

    Attributes:
        share: the largest share of its positions of today that any unit gives, in all years together
        total: the fewest and the most positions that all units together give

    References:
        The reform's formula 控总量、减上补下 ("hold the total, cut above, add below"). A uniform percentage
        (按比例统一核减) is one of the measures of 中央编办发〔2017〕56号.
    """

    share: Share | None = None
    total: Range = field(default_factory=Range)
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ()

    @staticmethod
    def about() -> AboutRule:
        """The title, and how telling its limits are."""
        return AboutRule(_("Cut above, add below"), telling=3)

    def post(self, model: Model) -> None:
        """Cuts and additions are never negative by their domain; the share and the total are sums of cuts."""
        problem = model.problem
        for unit in problem.units:
            if self.share is not None:
                p, q = self.share.as_integer_ratio()
                constraint = q * _given(model, unit) <= p * problem.size(unit) + q - 1
                model.add(constraint, Place(holder=unit, aspect="share"))
        given = total((*(_given(model, unit) for unit in problem.units), _handed(model)))
        if self.total.at_least is not None:
            model.add(given >= self.total.at_least, Place(aspect="total"))
        if self.total.at_most is not None:
            model.add(given <= self.total.at_most, Place(aspect="total"))

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Each unit's loss and each township's gain from today to the last year, and their sum."""
        problem, lost = plan.problem, 0
        for unit in problem.units:
            found = sum(plan.cut(unit, c, y) for c in problem.held.get(unit, ()) for y in problem.years)
            most = None if self.share is None else math.ceil(self.share * problem.size(unit))
            lost += problem.size(unit) - sum(plan.owned(unit, c, problem.last) for c in problem.held.get(unit, ()))
            yield Finding(Place(holder=unit, aspect="share"), found, at_least=0, at_most=most)
        yield Finding(Place(aspect="total"), lost, self.total.at_least, self.total.at_most)
        yield from _one_way(plan)

    def explain(self, problem: Problem, place: Place) -> str:
        """How much a unit, or all of them, may give."""
        if place.aspect == "total":
            least = "–" if self.total.at_least is None else self.total.at_least
            most = "–" if self.total.at_most is None else self.total.at_most
            return _("All units together give at least {least} and at most {most} positions.").format(
                least=least, most=most
            )
        name = problem.name(place.holder)
        if place.aspect == "receives":
            return _("{township} only receives positions.").format(township=name)
        if place.aspect == "gives" or self.share is None:
            return _("{unit} only gives positions.").format(unit=name)
        return _("{unit} gives at most {share} % of its {size} positions, rounded up.").format(
            unit=name, share=f"{float(self.share * 100):g}", size=problem.size(place.holder)
        )


def _given(model: Model, unit: str) -> Linear:
    problem = model.problem
    return total(model.cut(unit, c, y) for c in problem.held.get(unit, ()) for y in problem.years)


def _handed(model: Model) -> Linear:
    """Positions that are handed down with stations by the last year."""
    problem = model.problem
    return total(model.handed(row.station, problem.last) * row.authorised for row in problem.county.stations)


def _one_way(plan: Plan) -> Iterator[Finding]:
    """The worst single year and category of each holder; below zero it went the wrong way."""
    problem = plan.problem
    for unit in problem.units:
        cuts = [plan.cut(unit, c, y) for c in problem.held.get(unit, ()) for y in problem.years]
        yield Finding(Place(holder=unit, aspect="gives"), min(cuts, default=0), at_least=0)
    for township in problem.townships:
        gains = [plan.added(township, c, y) for c in problem.categories for y in problem.years]
        yield Finding(Place(holder=township, aspect="receives"), min(gains, default=0), at_least=0)
