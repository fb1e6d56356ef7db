"""Stations go down (人员下沉): teams that sit in a township are handed down whole, with their people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from rebalance.county.columns import Ref
from rebalance.county.reform import Station
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _

Kinds = tuple[Annotated[str, Ref("stations.kind")], ...]


@dataclass(frozen=True)
class StationsGoDown:
    """Stations of the `kinds` named are with their township by the end of year `by`; those in `stay` never come down.

    A station goes whole or not at all, with its people and vacancies, and stays down. For every station and year:

        handed = 1          from year `by` on, if `stations.kind` is among the kinds
        handed = 0          if it is among those that stay
        positions placed in the agency it joins ≥ positions of the stations that have come

    All other stations may come down or not, as the goals want.

    Attributes:
        kinds: kinds of station that must be handed down
        by: the first year at whose end they are; without it, from the first year on
        stay: kinds of station that are not handed down

    References:
        The reform: 财政所 and 畜牧兽医站 are managed by the towns, with their people and positions
        (人员下沉、编制下沉).
    """

    kinds: Kinds = ()
    by: Annotated[int | None, Ref("year")] = None
    stay: Kinds = ()
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ("stations",)

    @staticmethod
    def about() -> AboutRule:
        """The title."""
        return AboutRule(_("Stations go down"))

    def post(self, model: Model) -> None:
        """Down from that year on, or never; and in the agency they join."""
        problem = model.problem
        for row in problem.county.stations:
            for year in problem.years:
                place = Place(row.unit, "", row.category, year, "down", row.station)
                if row.kind in self.kinds and year >= (self.by or year):
                    model.add(model.handed(row.station, year) >= 1, place)
                if row.kind in self.stay:
                    model.add(model.handed(row.station, year) <= 0, place)
        for (township, agency, category), rows in _joining(problem).items():
            for year in problem.years:
                come = total(model.handed(row.station, year) * row.authorised for row in rows)
                there = model.placed(township, agency, category, year)
                model.add(there >= come, Place(township, agency, category, year, "joins"))

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every station about which something is said, every year; every agency that stations join."""
        problem = plan.problem
        for row in problem.county.stations:
            for year in problem.years:
                due = row.kind in self.kinds and (self.by is None or year >= self.by)
                kept = row.kind in self.stay
                place = Place(row.unit, "", row.category, year, "down", row.station)
                if due or kept:
                    yield Finding(place, plan.handed(row.station, year), int(due), int(not kept))
        for key, rows in _joining(problem).items():
            for year in problem.years:
                come = sum(row.authorised for row in rows if plan.handed(row.station, year))
                yield Finding(Place(*key, year, "joins"), plan.placed(*key, year), at_least=come)

    def explain(self, problem: Problem, place: Place) -> str:
        """What becomes of a station, or where its positions are."""
        if place.aspect == "joins":
            return _("{township}, {agency}, {year}: the positions of stations handed down are placed there.").format(
                township=problem.name(place.holder), agency=problem.name(place.agency), year=place.year
            )
        row = problem.staffing.station[place.item]
        where = {"unit": str(problem.name(row.unit)), "township": problem.name(row.township), "station": row.station}
        if row.kind in self.stay:
            return _("{station} stays with {unit}; it is not handed to {township}.").format(**where)
        return _("{station} of {unit} is with {township} by the end of {year}.").format(**where, year=place.year)


def _joining(problem: Problem) -> dict[tuple[str, str, str], list[Station]]:
    """Stations by the township, agency and category their positions are placed in."""
    found: dict[tuple[str, str, str], list[Station]] = {}
    for row in problem.county.stations:
        if row.agency:
            found.setdefault((row.township, row.agency, row.category), []).append(row)
    return found
