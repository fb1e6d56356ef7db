"""Dispatched staff (县属、乡管、乡用): only those listed, within their bounds, and real people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rebalance.county.columns import Count
from rebalance.county.reform import Dispatched
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _


@dataclass(frozen=True)
class DispatchedStaff:
    """Staff dispatched to a township lie between the row's least and most from its year on.

    Before that they are as many as today.

    For every row of the table `dispatched` and every year, and for every unit:

        least ≤ dispatched ≤ most
        Σ dispatched by the unit, per category ≤ its staff in post
        Σ dispatched by the unit ≤ max(most, today's number)

    The county owns the position, the township manages and uses the person: such staff count in the strength of the
    agency they join, and in nobody else's books. The bounds stand in `dispatched.least`, `dispatched.most` and
    `dispatched.year`; a row without them stays at `dispatched.staff`.

    Attributes:
        most: the most people any unit dispatches in all

    References:
        The reform: 派驻机构力量下沉, 县属、乡管、乡用.
    """

    most: Count | None = None
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ("dispatched",)

    @staticmethod
    def about() -> AboutRule:
        """The title."""
        return AboutRule(_("Dispatched staff"))

    def post(self, model: Model) -> None:
        """Row by row, then unit by unit."""
        problem = model.problem
        for row in problem.county.dispatched:
            for year in problem.years:
                least, most = _bounds(row, year)
                sent = model.dispatched(row.unit, row.township, row.agency, row.category, year)
                place = _place(row, year)
                model.add(sent >= least, place)
                model.add(sent <= most, place)
        for (unit, category), rows in _senders(problem).items():
            for year in problem.years:
                out = -model.sent(unit, category, year)
                spare = sum(_bounds(row, year)[0] for row in rows) - _staying(problem, unit, category, year)
                room = model.in_post(unit, category, year) + max(0, spare)
                model.add(out <= room, Place(unit, "", category, year, "in post"))
        for unit in dict.fromkeys(row.unit for row in problem.county.dispatched) if self.most is not None else ():
            today = sum(row.staff for row in problem.county.dispatched if row.unit == unit)
            for year in problem.years:
                out = total(-model.sent(unit, category, year) for category in problem.categories)
                model.add(out <= max(self.most or 0, today), Place(unit, year=year, aspect="unit"))

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every row and every unit that sends, every year."""
        problem = plan.problem
        for year in problem.years:
            for row in problem.county.dispatched:
                found = plan.dispatched(row.unit, row.township, row.agency, row.category, year)
                yield Finding(_place(row, year), found, _due(row, year), _allowed(row, year))
            for unit, category in dict.fromkeys((row.unit, row.category) for row in problem.county.dispatched):
                rows = [one for one in problem.county.dispatched if (one.unit, one.category) == (unit, category)]
                out = sum(plan.dispatched(r.unit, r.township, r.agency, r.category, year) for r in rows)
                without = _without_hiring(problem, unit, category)
                short = max(0, sum(_due(row, year) for row in rows) - without[year])
                there = plan.in_post(unit, category, year)
                place = Place(unit, "", category, year, "in post")
                yield Finding(place, out, at_most=there + short, inherited=short > 0, asked=there)
            yield from self._check_units(plan, year)

    def _check_units(self, plan: Plan, year: int) -> Iterator[Finding]:
        rows = plan.problem.county.dispatched
        for unit in dict.fromkeys(row.unit for row in rows) if self.most is not None else ():
            mine = [row for row in rows if row.unit == unit]
            today = sum(row.staff for row in mine)
            out = sum(plan.dispatched(r.unit, r.township, r.agency, r.category, year) for r in mine)
            over = today > (self.most or 0)
            place = Place(unit, year=year, aspect="unit")
            yield Finding(place, out, at_most=today if over else self.most, inherited=over, asked=self.most)

    def explain(self, problem: Problem, place: Place) -> str:
        """How many may be dispatched."""
        words = {"category": problem.name(place.category), "year": place.year, "unit": problem.name(place.holder)}
        if place.aspect == "unit":
            return _("{unit} dispatches at most {most} people.").format(unit=words["unit"], most=self.most)
        if place.aspect == "in post":
            return _("{unit}, {category}, {year}: whoever is dispatched is in post there.").format(**words)
        row = next(row for row in problem.county.dispatched if _place(row, place.year) == place)
        least, most = _bounds(row, place.year)
        where = ", ".join(problem.name(part) for part in (place.item, place.agency) if part)
        return _("{unit} dispatches {least} to {most} people ({category}) to {where} in {year}.").format(
            **words, least=least, most=most, where=where
        )


def _place(row: Dispatched, year: int) -> Place:
    return Place(row.unit, row.agency, row.category, year, "sent", row.township)


def _bounds(row: Dispatched, year: int) -> tuple[int, int]:
    """The least and most of a row in a year; today's number until it may differ, and where nothing is said."""
    if row.year is not None and year < row.year:
        return row.staff, row.staff
    return row.staff if row.least is None else row.least, row.staff if row.most is None else row.most


def _due(row: Dispatched, year: int) -> int:
    """At least so many, for the check."""
    settled = row.year is None or row.year <= year
    return row.least if settled and row.least is not None else row.staff


def _allowed(row: Dispatched, year: int) -> int:
    """At most so many, for the check."""
    settled = row.year is None or row.year <= year
    return row.most if settled and row.most is not None else row.staff


def _without_hiring(problem: Problem, unit: str, category: str) -> dict[int, int]:
    """Staff at a unit's headquarters by year, for the check: one year's after the other's."""
    left = problem.in_post(unit, category)
    for station in problem.county.stations:
        if (station.unit, station.category) == (unit, category):
            left -= station.in_post
    found = {}
    for year in problem.years:
        left -= problem.retired(unit, category, year)
        found[year] = left
    return found


def _senders(problem: Problem) -> dict[tuple[str, str], list[Dispatched]]:
    found: dict[tuple[str, str], list[Dispatched]] = {}
    for row in problem.county.dispatched:
        found.setdefault((row.unit, row.category), []).append(row)
    return found


def _staying(problem: Problem, unit: str, category: str, year: int) -> int:
    """Staff of a unit who have not retired by the year, stations left out: what it has without hiring anybody."""
    stations = sum(r.in_post for r in problem.county.stations if (r.unit, r.category) == (unit, category))
    retired = sum(problem.retired(unit, category, past) for past in problem.years if past <= year)
    return problem.in_post(unit, category) - stations - retired
