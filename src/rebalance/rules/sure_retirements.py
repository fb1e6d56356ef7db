"""Not every retirement is counted on (稳妥): what is given stays lawful where some of them do not happen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from rebalance.county.columns import Count, Share
from rebalance.county.holders import Position
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import Linear, total
from rebalance.model.model import ALWAYS, Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.rules.vacancies_first import check_headquarters, left_behind, post_staff
from rebalance.text import _, percent


@dataclass(frozen=True)
class SureRetirements:
    """What `vacancies_first` says of positions and people holds where some of the retirements do not happen, too.

    Some of the people expected to retire up to a year, from a unit's headquarters or from one of its stations, category
    by category, are taken to be still in post at the end of that year:

        by count_on: from headquarters and from each station expected − ⌊count_on × expected⌋
        by but:      whichever `but` of the unit's there are, at headquarters and in its stations in all

    So at headquarters `but` people may stay, and no more than `but` in the whole unit either. Named together, both
    hold; without either the rule says nothing. Whoever retires from a township, or from a station that has gone down,
    frees nothing that is cut, and is left aside.

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
        """What vacancies first says, said of a unit in which some are still there."""
        problem = model.problem
        for unit, category in problem.accounts:
            if unit in problem.unit and self._unsure(problem, unit, category):
                staying = {year: self._late(model, unit, category, year) for year in problem.years}
                post_staff(model, unit, category, staying)

    def _unsure(self, problem: Problem, unit: str, category: str) -> bool:
        """Whether anybody who should have retired there by the end may still be there."""
        expected = Counter[str]()
        for row in problem.county.retirements:
            if (row.holder, row.category) == (unit, category):
                expected[row.station] += row.count
        return min(self.but, expected.total()) > 0 or any(int(n * self.count_on) < n for n in expected.values())

    def _late(self, model: Model, unit: str, category: str, year: int) -> tuple[Linear, int]:
        """How many may still be there: in the whole unit (a variable at or above that number), and at headquarters."""
        expected = Counter[str]()
        for row in model.problem.county.retirements:
            if (row.holder, row.category) == (unit, category) and row.year <= year:
                expected[row.station] += row.count
        doubted = {place: count - int(count * self.count_on) for place, count in expected.items()}
        here = max(doubted.get("", 0), min(self.but, expected[""]))
        if not any(count for station, count in expected.items() if station):
            return Linear(constant=here), here
        there = {place: 1 - model.handed(place, year) if place else ALWAYS for place in expected}
        everybody = total(there[place] * count for place, count in expected.items())
        some, place = min(self.but, sum(expected.values())), Place(unit, "", category, year, "staff")
        late = model.variable(("late", unit, category, year), here, max(sum(doubted.values()), some))
        model.define(late >= total(there[place] * count for place, count in doubted.items()), place)
        if expected[""] < some:  # as many as may stay, or everybody where the stations that have gone leave fewer
            fewer = model.variable(("fewer", unit, category, year), 0, 1)
            model.define(late >= some - some * fewer, place)
            model.define(late >= everybody - sum(expected.values()) * (1 - fewer), place)
        return late, here

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
        staying = self._staying([self._expected(plan.problem, unit, category, "", year)])
        yield from check_headquarters(plan, row, year, staying)
        places = ["", *(one.station for one in stations if not plan.handed(one.station, year))]
        expected = [self._expected(plan.problem, unit, category, place, year) for place in places]
        excess = self._staying(expected) - plan.vacant(unit, category, year)
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
        expected = [self._expected(problem, unit, category, place, problem.last) for place in ("", *stations)]
        return self._staying(expected) > 0

    def _expected(self, problem: Problem, unit: str, category: str, station: str, year: int) -> int:
        """People expected to have retired from a station, or from headquarters, by the end of the year."""
        rows = (row for row in problem.county.retirements if (row.holder, row.category) == (unit, category))
        return sum(row.count for row in rows if row.station == station and row.year <= year)

    def _staying(self, expected: Sequence[int]) -> int:
        """People of some places who are not counted on to have retired, of those expected in each."""
        share = self.count_on
        doubted = sum(count - count * share.numerator // share.denominator for count in expected)
        return max(doubted, min(self.but, sum(expected)))
