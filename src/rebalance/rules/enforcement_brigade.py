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
from rebalance.text import _, listed


@dataclass(frozen=True)
class EnforcementBrigade:
    """Each township has one brigade, of at least `least` strength from the end of year `by` on.

    A brigade is an agency whose `agencies.role` is brigade. For every township and year:

        1 ≤ brigades open ≤ max(1, number open today)
        strength ≥ least                          from year `by` on
        strength ≥ min(least, today's strength)   every year, without `by`

    And where `forces` are named, for every year and category, and for every force of them:

        Σ placed in or dispatched to all brigades − the same today
            ≤ given by units of these forces + dispatched by them to brigades beyond today
        given by units of the force + dispatched by them to brigades ≥ each     from `by`, or the last year, on

    A brigade so grows by what its forces give of the very category, not by what they give to other agencies. Which
    force a unit belongs to stands in `units.force`.

    Attributes:
        least: the least strength of a brigade
        by: the first year at whose end it must be there
        forces: the forces that brigades are drawn from; none named: from anywhere
        each: the least that every force named gives since today, or has dispatched to brigades

    References:
        The reform's document: one 综合行政执法大队, out of urban management, market supervision, public security,
        transport, ecology and justice (一支队伍管执法).
    """

    least: Count = 0
    by: Annotated[int | None, Ref("year")] = None
    forces: tuple[Annotated[str, Ref("units.force")], ...] = ()
    each: Count = 0
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
            for category in problem.categories:
                self._post_drawn(model, brigades, category, year)
            for force in self.forces if self.each and year >= (self.by or problem.last) else ():
                self._post_each(model, brigades, force, year)

    def _post_drawn(self, model: Model, brigades: list[str], category: str, year: int) -> None:
        """What brigades gain of the category against what all forces bring."""
        problem = model.problem
        there = total(model.placed(t, agency, category, year) for t in problem.townships for agency in brigades)
        before = sum(problem.placed.get((t, agency, category), 0) for t in problem.townships for agency in brigades)
        given = (
            problem.authorised(unit, category) - model.owned(unit, category, year)
            for unit, row in problem.unit.items()
            if row.force in self.forces
        )
        # Whoever a force dispatches here counts on both sides, so that only what others dispatch is left.
        others = (
            model.dispatched(row.unit, row.township, row.agency, category, year) - row.staff
            for row in problem.county.dispatched
            if row.agency in brigades and row.category == category and problem.unit[row.unit].force not in self.forces
        )
        model.add(total((there, *others)) - before <= total(given), Place("", "", category, year, "drawn"))

    def _post_each(self, model: Model, brigades: list[str], force: str, year: int) -> None:
        """What one force brings, of all categories."""
        problem = model.problem
        units = [unit for unit, row in problem.unit.items() if row.force == force]
        given = (
            problem.authorised(unit, category) - model.owned(unit, category, year)
            for unit in units
            for category in problem.held.get(unit, ())
        )
        sent = (
            model.dispatched(row.unit, row.township, row.agency, row.category, year)
            for row in problem.county.dispatched
            if row.unit in units and row.agency in brigades
        )
        model.add(total((*given, *sent)) >= self.each, Place(year=year, aspect="each", item=force))

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
            for category in problem.categories:
                yield self._check_drawn(plan, brigades, category, year)
            for force in self.forces:
                due = self.each and year >= (self.by or problem.last)
                found = sum(self._brought(plan, brigades, force, category, year) for category in problem.categories)
                yield Finding(Place(year=year, aspect="each", item=force), found, at_least=self.each if due else None)

    def _check_drawn(self, plan: Plan, brigades: list[str], category: str, year: int) -> Finding:
        problem, grown = plan.problem, 0
        for township in problem.townships:
            for agency in brigades:
                grown += plan.placed(township, agency, category, year)
                grown -= problem.placed.get((township, agency, category), 0)
        came = sum(self._brought(plan, brigades, force, category, year) for force in set(self.forces))
        for row in problem.county.dispatched:
            if row.agency in brigades and row.category == category:
                grown += plan.dispatched(row.unit, row.township, row.agency, category, year) - row.staff
                came -= row.staff if problem.unit[row.unit].force in self.forces else 0
        return Finding(Place("", "", category, year, "drawn"), grown, at_most=came)

    def _brought(self, plan: Plan, brigades: list[str], force: str, category: str, year: int) -> int:
        """Positions of a category that units of a force have given, and staff they have at brigades."""
        problem, came = plan.problem, 0
        for row in problem.county.units:
            if row.force == force:
                came += problem.authorised(row.unit, category) - plan.owned(row.unit, category, year)
        for sent in problem.county.dispatched:
            if problem.unit[sent.unit].force == force and sent.agency in brigades and sent.category == category:
                came += plan.dispatched(sent.unit, sent.township, sent.agency, category, year)
        return came

    def explain(self, problem: Problem, place: Place) -> str:
        """What a brigade must be, and where it comes from."""
        if place.aspect == "drawn":
            return _(
                "{year}: brigades gain no more positions of the category {category} than the forces ({forces})"
                " give or dispatch to them."
            ).format(year=place.year, category=problem.name(place.category), forces=listed(self.forces))
        if place.aspect == "each":
            return _("{year}: the force {force} gives, or dispatches to brigades, at least {each} positions.").format(
                year=place.year, force=place.item, each=self.each
            )
        township = problem.name(place.holder)
        if place.aspect == "one":
            return _("{township} has one enforcement brigade.").format(township=township)
        return _("{township}, {year}: the enforcement brigade has at least {least} positions.").format(
            township=township, year=place.year, least=self.least
        )
