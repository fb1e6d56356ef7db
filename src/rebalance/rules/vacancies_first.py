"""Vacancies first (不硬减人): a position leaves a unit vacant, freed by retirement, or with a person willing to go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from rebalance.county.holders import Position
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

    Where a unit has stations, the first two lines hold of its headquarters by themselves as well: of what the unit has
    without the stations it has not handed down. So a vacancy in a station, or a retirement there
    (`retirements.station`), frees nothing at headquarters; it goes down with the station.

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
        """Staff within positions, and who moved against who was willing."""
        problem = model.problem
        for unit, category in problem.accounts:
            if unit in problem.unit:
                post_staff(model, unit, category)
                moved = total(model.moved_out(unit, category, year) for year in problem.years)
                willing = problem.position[unit, category].willing
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
                    most = max(0, row.in_post - row.authorised) + left_behind(plan, unit, category, year)
                yield Finding(place, -plan.vacant(unit, category, year), at_most=most, inherited=inherited, asked=0)
                yield from check_headquarters(plan, row, year)
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
        if place.aspect == "headquarters":
            sentence = _(
                "{unit}, {category}, {year}: only what is vacant at headquarters is given; a station's vacancies and"
                " retirements stay with it."
            )
        else:
            sentence = _("{unit}, {category}, {year}: nobody loses their position; only vacant ones are given.")
        return sentence.format(unit=unit, category=category, year=place.year)


def post_staff(
    model: Model, unit: str, category: str, staying: Mapping[int, tuple[Linear, int]] = MappingProxyType({})
) -> None:
    """Staff within positions; where today is over, not worse, and nothing given in a year that ends over.

    A unit with stations is looked at twice: as a whole, and without what it has not handed down. Staying: people to be
    counted beyond those in post, by year, in the whole unit and at headquarters.
    """
    problem = model.problem
    stations = [row for row, sign in problem.staffing.stations.get((unit, category), ()) if sign < 0]
    empty = {row.station: row.authorised - row.in_post for row in stations}
    today = problem.in_post(unit, category) - problem.authorised(unit, category)
    over, above = max(0, today), max(0, today + sum(empty.values()))
    most = over + sum(max(0, number) for number in empty.values())  # never less than what headquarters are over
    willing, moved = problem.position[unit, category].willing, Linear()
    for year in problem.years:
        moved += model.moved_out(unit, category, year)
        place = Place(holder=unit, category=category, year=year, aspect="staff")
        excess = model.in_post(unit, category, year) - model.owned(unit, category, year)
        sitting = model.in_stations(unit, category, year, people=True) - model.in_stations(unit, category, year)
        late, late_here = staying.get(year, (Linear(), 0))
        here = excess - sitting + late_here
        excess += late
        gone = total(model.handed(station, year) * max(0, number) for station, number in empty.items())
        model.add(excess <= over + gone, place)
        ends = [(excess, most, place)]
        if stations:
            at_headquarters = Place(holder=unit, category=category, year=year, aspect="headquarters")
            model.add(here <= above, at_headquarters)
            ends.append((here, above, at_headquarters))
        if most:
            gives = model.variable(("gives", unit, category, year), 0, 1)
            cut = model.cut(unit, category, year)
            room = model.bounds(cut - here - moved)[1] + willing  # whoever gives has nobody left over
            model.add(cut <= max(0, room) * gives, place)
            for amount, worst, where in ends:
                model.add(amount <= worst - worst * gives, where)


def check_headquarters(plan: Plan, row: Position, year: int, staying: int = 0) -> Iterator[Finding]:
    """The same without the stations that the unit still has, where it has had any.

    Staying: people at headquarters to be counted beyond those in post.
    """
    unit, category = row.holder, row.category
    stations = [one for one in plan.problem.county.stations if (one.unit, one.category) == (unit, category)]
    if not stations:
        return
    positions = plan.owned(unit, category, year) - plan.in_stations(unit, category, year)
    people = plan.in_post(unit, category, year) - plan.in_stations(unit, category, year, people=True) + staying
    today = row.in_post - sum(one.in_post for one in stations) - row.authorised
    over = max(0, today + sum(one.authorised for one in stations))
    gives = plan.cut(unit, category, year) > 0
    place = Place(holder=unit, category=category, year=year, aspect="headquarters")
    yield Finding(place, people - positions, at_most=0 if gives else over, inherited=over > 0 and not gives)


def left_behind(plan: Plan, unit: str, category: str, year: int) -> int:
    """Vacancies that went down with stations: without them the unit may be over, though nobody was taken in."""
    rows = (row for row in plan.problem.county.stations if (row.unit, row.category) == (unit, category))
    return sum(max(0, row.authorised - row.in_post) for row in rows if plan.handed(row.station, year))
