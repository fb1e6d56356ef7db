"""One brigade for enforcement (一支队伍管执法) in each township, drawn from the forces of the county."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from rebalance.county.agencies import Role
from rebalance.county.columns import Count, Ref
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _


@dataclass(frozen=True)
class EnforcementBrigade:
    """Each township has one brigade, of at least `least` strength from the end of year `by` on.

    A brigade is an agency whose `agencies.role` is brigade. For every township and year:

        1 ≤ brigades open ≤ max(1, number open today)
        strength ≥ least                          from year `by` on
        strength ≥ min(least, today's strength)   every year, without `by`

    And where `forces` are named, for every year:

        Σ strength of all brigades − the same today
            ≤ given by units of these forces + dispatched by them to brigades beyond today

    Which force a unit belongs to stands in `units.force`.

    Attributes:
        least: the least strength of a brigade
        by: the first year at whose end it must be there
        forces: the forces that brigades are drawn from; none named: from anywhere

    References:
        The reform's document: one 综合行政执法大队, out of urban management, market supervision, public security,
        transport, ecology and justice (一支队伍管执法).
    """

    least: Count = 0
    by: Annotated[int | None, Ref("year")] = None
    forces: tuple[Annotated[str, Ref("units.force")], ...] = ()
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ("agencies",)

    @staticmethod
    def about() -> AboutRule:
        """The title."""
        return AboutRule(_("One brigade enforces"))

    def post(self, model: Model) -> None:
        """One open, strong enough, and drawn from the forces."""
        problem = model.problem
        brigades = [row.agency for row in problem.county.agencies if row.role is Role.BRIGADE]
        if not brigades:
            return
        for township in problem.townships:
            today = sum(problem.strength(township, agency) for agency in brigades)
            several = sum(problem.open_today(township, agency) for agency in brigades)
            for year in problem.years:
                opened = total(model.open(township, agency, year) for agency in brigades)
                model.add(opened >= 1, Place(township, year=year, aspect="one"))
                model.add(opened <= max(1, several), Place(township, year=year, aspect="one"))
                least = self.least if self.by else min(self.least, today)
                if year >= (self.by or year):
                    strength = total(model.strength(township, agency, year) for agency in brigades)
                    model.add(strength >= least, Place(township, year=year, aspect="least"))
        for year in problem.years if self.forces else ():
            self._post_drawn(model, brigades, year)

    def _post_drawn(self, model: Model, brigades: list[str], year: int) -> None:
        problem = model.problem
        today = sum(problem.strength(township, agency) for township in problem.townships for agency in brigades)
        strength = total(
            model.strength(township, agency, year) for township in problem.townships for agency in brigades
        )
        units = [unit for unit in problem.units if problem.unit[unit].force in self.forces]
        given = (
            problem.authorised(unit, category) - model.owned(unit, category, year)
            for unit in units
            for category in problem.held.get(unit, ())
        )
        rows = [row for row in problem.county.dispatched if row.unit in units and row.agency in brigades]
        sent = (model.dispatched(row.unit, row.township, row.agency, row.category, year) - row.staff for row in rows)
        model.add(strength - today <= total((*given, *sent)), Place(year=year, aspect="drawn"))

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every township's brigades; and where they were drawn from."""
        problem = plan.problem
        brigades = [row.agency for row in problem.county.agencies if row.role is Role.BRIGADE]
        for township in problem.townships if brigades else ():
            several = sum(1 for agency in brigades if problem.open_today(township, agency))
            today = sum(problem.strength(township, agency) for agency in brigades)
            weak = self.by is None and today < self.least
            for year in problem.years:
                count = sum(plan.open(township, agency, year) for agency in brigades)
                place = Place(township, year=year, aspect="one")
                yield Finding(place, count, 1, max(1, several), inherited=several > 1, asked=1)
                if self.by is None or year >= self.by:
                    found = sum(plan.strength(township, agency, year) for agency in brigades)
                    place = Place(township, year=year, aspect="least")
                    yield Finding(
                        place, found, at_least=today if weak else self.least, inherited=weak, asked=self.least
                    )
        for year in problem.years if self.forces and brigades else ():
            yield self._check_drawn(plan, brigades, year)

    def _check_drawn(self, plan: Plan, brigades: list[str], year: int) -> Finding:
        problem, grown, came = plan.problem, 0, 0
        for township in problem.townships:
            for agency in brigades:
                grown += plan.strength(township, agency, year) - problem.strength(township, agency)
        for row in problem.county.units:
            if row.force in self.forces:
                came += sum(problem.authorised(row.unit, c) - plan.owned(row.unit, c, year) for c in problem.categories)
        for sent in problem.county.dispatched:
            if problem.unit[sent.unit].force in self.forces and sent.agency in brigades:
                key = (sent.unit, sent.township, sent.agency, sent.category)
                came += plan.dispatched(*key, year) - sent.staff
        return Finding(Place(year=year, aspect="drawn"), grown, at_most=came)

    def explain(self, problem: Problem, place: Place) -> str:
        """What a brigade must be, and where it comes from."""
        if place.aspect == "drawn":
            return _("{year}: brigades grow by no more than the forces give or dispatch ({forces}).").format(
                year=place.year, forces=", ".join(self.forces)
            )
        township = problem.name(place.holder)
        if place.aspect == "one":
            return _("{township} has one enforcement brigade.").format(township=township)
        return _("{township}, {year}: the enforcement brigade has at least {least} positions.").format(
            township=township, year=place.year, least=self.least
        )
