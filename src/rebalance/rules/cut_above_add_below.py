"""Cut above, add below (减上补下): units only give, townships only receive, up to a share of each unit and a total."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from rebalance.county.columns import Share
from rebalance.county.holders import HolderKind
from rebalance.model.finding import Finding, Place, between
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Account, Problem
from rebalance.rules.rule import AboutRule, Range
from rebalance.text import _


@dataclass(frozen=True)
class CutAboveAddBelow:
    """Units only give and townships only receive.

    A unit gives at most a `share` of today's size, all units together between the two numbers of `total`. For every
    unit, over all categories and years:

        Σ cut ≤ ⌊share × today's positions⌋        (or one, with `at_least_one` and a share above nothing)
        total.at_least ≤ Σ cut of all units + positions of stations handed down ≤ total.at_most
        Σ cut of a category = 0 for a unit under vertical management, unless a row of `routes` opens a way for it

    A cap is a cap: the share rounds down, so that nobody gives more of what they have than is said. Units under
    vertical management (`units.kind` vertical or `units.level` above) give through their stations only: the rest is not
    the county's to move, unless a row of the table `routes` says so for their kind and the category (`routes.from`).
    Stations handed down count towards the total, not towards a unit's share. What units give counts wherever it goes:
    to townships, into the reserve, or back to where it came from (`hold_total`). How many go down is for the commission
    to say: without a total, a goal such as `worst_off_first` takes all the other rules allow.

    Attributes:
        share: the largest share of its positions of today that any unit gives, in all years together, rounded down
        total: the fewest and the most positions that all units together give
        at_least_one: whether every unit may give one position even where the share comes to less

    References:
        The reform's formula 控总量、减上补下 ("hold the total, cut above, add below"). A uniform percentage
        (按比例统一核减) is one of the measures of 中央编办发〔2017〕56号. Vertical management: 垂直管理, positions are
        managed by the level above.
    """

    share: Share | None = None
    total: Range = field(default_factory=Range)
    at_least_one: bool = False
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
                most = max(p * problem.size(unit), q if p and self.at_least_one else 0)
                model.add(q * _given(model, unit) <= most, Place(holder=unit, aspect="share"))
        for unit, category in _not_ours(problem):
            for year in problem.years:
                place = Place(unit, "", category, year, "vertical")
                model.add(model.cut(unit, category, year) <= 0, place)
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
            most = None if self.share is None else int(self.share * problem.size(unit))
            if self.share and self.at_least_one:
                most = max(most or 0, 1)
            lost += problem.size(unit) - sum(plan.owned(unit, c, problem.last) for c in problem.held.get(unit, ()))
            yield Finding(Place(holder=unit, aspect="share"), found, at_least=0, at_most=most)
        yield Finding(Place(aspect="total"), lost, self.total.at_least, self.total.at_most)
        yield from _one_way(plan)
        opened = {(row.from_, row.category) for row in problem.county.routes}
        for row in problem.county.units:
            closed = [c for c in problem.held.get(row.unit, ()) if (HolderKind.VERTICAL, c) not in opened]
            for category in closed if row.above else ():
                for year in problem.years:
                    found = plan.cut(row.unit, category, year)
                    yield Finding(Place(row.unit, "", category, year, "vertical"), found, at_most=0)

    def explain(self, problem: Problem, place: Place) -> str:
        """How much a unit, or all of them, may give."""
        if place.aspect == "total":
            limits = between(self.total.at_least, self.total.at_most)
            return _("All units together give {limits} positions.").format(limits=limits)
        name = problem.name(place.holder)
        if place.aspect == "vertical":
            return _(
                "{unit} is under vertical management: it gives positions ({category}) with its stations only,"
                " for no row of routes opens another way."
            ).format(unit=name, category=problem.name(place.category))
        if place.aspect == "receives":
            return _("{township} only receives positions.").format(township=name)
        if place.aspect == "gives" or self.share is None:
            return _("{unit} only gives positions.").format(unit=name)
        text = _("{unit} gives at most {share} % of its {size} positions, rounded down.")
        if self.at_least_one and self.share:
            text = _("{unit} gives at most {share} % of its {size} positions, rounded down, or one.")
        return text.format(unit=name, share=f"{float(self.share * 100):g}", size=problem.size(place.holder))


def _not_ours(problem: Problem) -> Iterator[Account]:
    """The units and categories under vertical management from which no route leads."""
    opened = {row.category for row in problem.county.routes if row.from_ is HolderKind.VERTICAL}
    for unit, category in problem.accounts:
        if problem.is_above(unit) and category not in opened:
            yield unit, category


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
