"""Cases of a scenario in which figures turn out differently, drawn at random, the same for the same seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from random import Random

from rebalance.county.agencies import Demand, Method
from rebalance.county.county import County
from rebalance.county.holders import Retirement, Township
from rebalance.problem.problem import Problem
from rebalance.scenario.scenario import Scenario
from rebalance.text import _

STEPS = 10_000
"""A factor is one of so many equal steps between the ends of its range."""


@dataclass(frozen=True, slots=True)
class Span:
    """Between which factors a figure may turn out, both included."""

    least: Fraction = Fraction(1)
    most: Fraction = Fraction(1)

    def drawn(self, dice: Random) -> Fraction:
        """One of them, all as likely."""
        return self.least + (self.most - self.least) * Fraction(dice.randrange(STEPS + 1), STEPS)


AS_IT_IS = Span()


@dataclass(frozen=True, slots=True)
class Strain:
    """How far figures may turn out from what the county's tables say."""

    demand: Span = AS_IT_IS
    retirements: Span = AS_IT_IS
    population: Span = AS_IT_IS

    def missing(self, problem: Problem) -> tuple[str, ...]:
        """What is to turn out differently though the county has no figures of it."""
        county = problem.county
        figures = (
            (_("demand"), self.demand, any(problem.work.demand.values())),
            (_("retirements"), self.retirements, bool(county.retirements)),
            (_("population"), self.population, any(row.population is not None for row in county.townships)),
        )
        return tuple(name for name, span, known in figures if span != AS_IT_IS and not known)

    def cases(self, scenario: Scenario, count: int, seed: int = 0) -> Iterator[Scenario]:
        """So many cases of a scenario, which differ from it in these figures only."""
        for number in range(1, count + 1):
            county = self._county(scenario.problem.county, f"{seed}/{number}")
            yield replace(scenario, problem=Problem(county), name=_("case {number}").format(number=number), name_zh="")

    def _county(self, county: County, name: str) -> County:
        townships = tuple(self._township(row, name) for row in county.townships)
        retirements = tuple(self._retiring(county, name))
        drawn = replace(county, townships=townships, retirements=retirements)
        return drawn if self.demand == AS_IT_IS else self._given(drawn, name)

    def _given(self, county: County, name: str) -> County:
        """With its demand, by whatever method it is worked out, times a factor, as given figures."""
        agencies = tuple(replace(row, demand=Method.GIVEN) for row in county.agencies)
        worked_out = sorted(Problem(county).work.demand.items())
        return replace(county, agencies=agencies, demand=tuple(self._demand(*each, name) for each in worked_out))

    def _demand(self, place: tuple[str, str], hundredths: int, name: str) -> Demand:
        """Rounded up to a hundredth of a position, as demand always is."""
        factor = self.demand.drawn(Random(f"{name}/demand/{place[0]}/{place[1]}"))  # noqa: S311  # no secret
        return Demand(*place, ceil(hundredths * factor))

    def _township(self, row: Township, name: str) -> Township:
        if row.population is None:
            return row
        factor = self.population.drawn(Random(f"{name}/population/{row.township}"))  # noqa: S311  # no secret
        return replace(row, population=floor(row.population * factor + Fraction(1, 2)))

    def _retiring(self, county: County, name: str) -> Iterator[Retirement]:
        """A part of a person retires as often as it says; more than are in post where they sit never do."""
        left = Counter({(row.holder, row.category, ""): row.in_post for row in county.positions})
        for station in county.stations:
            left[station.unit, station.category, ""] -= station.in_post
            left[station.unit, station.category, station.station] = station.in_post
        for row in county.retirements:  # in order of holder, category and year
            where = (row.holder, row.category, row.station)
            said = "/".join(filter(None, (row.holder, row.category, str(row.year), row.station)))
            dice = Random(f"{name}/retirements/{said}")  # noqa: S311  # no secret
            whole, part = divmod(row.count * self.retirements.drawn(dice), 1)
            count = whole + (dice.randrange(part.denominator) < part.numerator)
            most = max(row.count, left[where])
            yield replace(row, count=min(count, most))
            left[where] -= min(count, most)
