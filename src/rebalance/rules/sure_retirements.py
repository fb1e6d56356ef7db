"""Not every retirement is counted on (稳妥): what is given stays lawful where some of them do not happen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from rebalance.county.columns import Count, Share
from rebalance.county.holders import Position, Retirement
from rebalance.model.finding import Finding, Place
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.rules.vacancies_first import left_behind, post_staff
from rebalance.text import _, percent


@dataclass(frozen=True)
class SureRetirements:
    """What `vacancies_first` says of positions and people holds where some of the retirements do not happen, too.

    Of the people expected to retire from a unit's headquarters up to a year, category by category, and likewise from
    each of its stations, only so many are counted on as free a position:

        counted on = min(⌊count_on × expected⌋, max(0, expected − but))

    All others are taken to be still in post at the end of that year. With `count_on` a part of those expected is
    counted on, rounded down; with `but` the plan is lawful whichever so many of them stay. Named together, both hold;
    without either the rule says nothing. Whoever retires from a township frees nothing that is cut, and is left aside.

    Attributes:
        count_on: the part of the expected retirements that is counted on to free positions
        but: how many of a unit's retirements in a category may fail to happen

    References:
        稳妥: people retire later than expected, or are kept on.
    """

    count_on: Share = Fraction(1)
    but: Count = 0
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ("retirements",)

    @staticmethod
    def about() -> AboutRule:
        """The title, and how telling its limits are."""
        return AboutRule(_("Retirements that are sure"), telling=9)

    def post(self, model: Model) -> None:
        """What vacancies first says, said of a county in which only those retire who are counted on."""
        problem = model.problem
        view = model.seen_as(Problem(replace(problem.county, retirements=tuple(self._counted_on(problem)))))
        for unit, category in problem.accounts:
            if unit in problem.unit and self._doubts(problem, unit, category):
                post_staff(view, unit, category)

    def _counted_on(self, problem: Problem) -> Iterator[Retirement]:
        """The rows of the table, the counts cut down to what is counted on."""
        expected, sure = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
        for row in sorted(problem.county.retirements, key=lambda row: row.year):
            where = (row.holder, row.category, row.station)
            expected[where] += row.count
            least = min(int(expected[where] * self.count_on), max(0, expected[where] - self.but))
            yield replace(row, count=least - sure[where])
            sure[where] = least

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every unit of which not all retirements are counted on, every year, as a whole and without its stations."""
        problem = plan.problem
        for (unit, category), row in problem.position.items():
            if unit in problem.unit and self._doubts(problem, unit, category):
                for year in problem.years:
                    yield from self._check_year(plan, row, year)

    def _check_year(self, plan: Plan, row: Position, year: int) -> Iterator[Finding]:
        unit, category = row.holder, row.category
        stations = [one for one in plan.problem.county.stations if (one.unit, one.category) == (unit, category)]
        gives = plan.cut(unit, category, year) > 0
        staying = self._staying(plan.problem, unit, category, "", year)
        people = plan.in_post(unit, category, year) - plan.in_stations(unit, category, year, people=True) + staying
        positions = plan.owned(unit, category, year) - plan.in_stations(unit, category, year)
        sitting = sum(one.in_post - one.authorised for one in stations)
        if stations:
            over = max(0, row.in_post - row.authorised - sitting)
            place = Place(unit, "", category, year, "headquarters")
            inherited = over > 0 and not gives
            yield Finding(place, people - positions, at_most=0 if gives else over, inherited=inherited)
        excess = staying - plan.vacant(unit, category, year)
        for one in stations:
            late = self._staying(plan.problem, unit, category, one.station, year)
            excess += late * (1 - plan.handed(one.station, year))
        over = max(0, row.in_post - row.authorised)
        most = 0 if gives else over + left_behind(plan, unit, category, year)
        yield Finding(Place(unit, "", category, year, "staff"), excess, at_most=most, inherited=over > 0 and not gives)

    def explain(self, problem: Problem, place: Place) -> str:
        """How many retirements are counted on, and where."""
        if place.aspect == "headquarters":
            text = _(
                "{unit}, {category}, {year}: what is given is vacant at headquarters for sure: at most {share} of the"
                " expected retirements are counted on, and {but} of them may not happen."
            )
        else:
            text = _(
                "{unit}, {category}, {year}: what is given is vacant for sure: at most {share} of the expected"
                " retirements are counted on, and {but} of them may not happen."
            )
        unit, category = problem.name(place.holder), problem.name(place.category)
        return text.format(unit=unit, category=category, year=place.year, share=percent(self.count_on), but=self.but)

    def _doubts(self, problem: Problem, unit: str, category: str) -> bool:
        """Whether any retirement there is not counted on."""
        stations = [row.station for row in problem.county.stations if (row.unit, row.category) == (unit, category)]
        return any(self._staying(problem, unit, category, place, problem.last) for place in ("", *stations))

    def _staying(self, problem: Problem, unit: str, category: str, station: str, year: int) -> int:
        """People expected to have retired by the end of the year who are not counted on to have done so."""
        rows = (row for row in problem.county.retirements if (row.holder, row.category) == (unit, category))
        expected = sum(row.count for row in rows if row.station == station and row.year <= year)
        part = expected * self.count_on.numerator // self.count_on.denominator
        return max(expected - part, min(self.but, expected))
