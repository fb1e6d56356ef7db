"""Vacancies first (不硬减人): a position leaves a unit vacant, freed by retirement, or with a person willing to go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rebalance.county.reform import Station
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _


@dataclass(frozen=True)
class VacanciesFirst:
    """Nobody is forced out: a unit may be cut only while it owns at least as many positions as it has staff.

    What leaves is vacant, freed by a retirement up to and including that year, or goes with somebody willing. For
    every unit, category and year, with `over` = max(0, in post − authorised) today:

        in post − owned ≤ over + vacancies of stations handed down
        a year with any cut ends with in post ≤ owned
        Σ moved out, all years ≤ willing

    So an over-established unit's first retirements mend the overage and free nothing. Stations take their people and
    their vacancies along. Willing people stand in `positions.willing`, retirements in `retirements.count`.

    References:
        The reform's principle that nobody is forced out (不硬减人); 超编单位只出不进.
    """

    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ()

    @staticmethod
    def about() -> AboutRule:
        """The title, and how telling its limits are."""
        return AboutRule(_("Vacancies first, nobody forced"), telling=2)

    def post(self, model: Model) -> None:
        """Staff within positions; where today is over, not worse, and nothing given in a year that ends over."""
        problem = model.problem
        for unit, category in problem.accounts:
            if unit not in problem.unit:
                continue
            over = max(0, problem.in_post(unit, category) - problem.authorised(unit, category))
            empty = {row.station: row.authorised - row.in_post for row in _stations(problem, unit, category)}
            most = over + sum(max(0, number) for number in empty.values())
            willing, moved = problem.position[unit, category].willing, Linear()
            for year in problem.years:
                moved += model.moved_out(unit, category, year)
                place = Place(holder=unit, category=category, year=year, aspect="staff")
                excess = model.in_post(unit, category, year) - model.owned(unit, category, year)
                gone = total(model.handed(station, year) * max(0, number) for station, number in empty.items())
                model.add(excess <= over + gone, place)
                if most:
                    gives = model.variable(("gives", unit, category, year), 0, 1)
                    cut = model.cut(unit, category, year)
                    room = model.bounds(cut - excess - moved)[1] + willing  # whoever gives has nobody left over
                    model.add(cut <= max(0, room) * gives, place)
                    model.add(excess <= most - most * gives, place)
            model.add(moved <= willing, Place(holder=unit, category=category, aspect="willing"))

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Staff beyond positions in every unit and year, and who moved against who was willing."""
        problem = plan.problem
        for (unit, category), row in problem.position.items():
            if unit not in problem.unit:
                continue
            for year in problem.years:
                place = Place(holder=unit, category=category, year=year, aspect="staff")
                most, inherited = 0, False
                if plan.cut(unit, category, year) <= 0:
                    inherited = row.in_post > row.authorised
                    most = max(0, row.in_post - row.authorised) + _left_behind(plan, unit, category, year)
                yield Finding(place, -plan.vacant(unit, category, year), at_most=most, inherited=inherited, asked=0)
            moved = sum(plan.moved_out(unit, category, year) for year in problem.years)
            yield Finding(Place(holder=unit, category=category, aspect="willing"), moved, at_most=row.willing)

    def explain(self, problem: Problem, place: Place) -> str:
        """Who may not be forced, and how many are willing."""
        unit, category = problem.name(place.holder), problem.name(place.category)
        if place.aspect == "willing":
            willing = problem.position[place.holder, place.category].willing
            return _("{unit}, {category}: at most {willing} people are willing to go with their position.").format(
                unit=unit, category=category, willing=willing
            )
        return _("{unit}, {category}, {year}: nobody loses their position; only vacant ones are given.").format(
            unit=unit, category=category, year=place.year
        )


def _stations(problem: Problem, unit: str, category: str) -> Iterator[Station]:
    return (row for row, sign in problem.staffing.stations.get((unit, category), ()) if sign < 0)


def _left_behind(plan: Plan, unit: str, category: str, year: int) -> int:
    """Vacancies that went down with stations: without them the unit may be over, though nobody was taken in."""
    rows = (row for row in plan.problem.county.stations if (row.unit, row.category) == (unit, category))
    return sum(max(0, row.authorised - row.in_post) for row in rows if plan.handed(row.station, year))
