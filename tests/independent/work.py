"""How much work there is in the townships, who does it, and how much of it can be done; in hundredths of positions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Any

from tests.independent.books import Books
from tests.independent.county import Register

FIGURES = ("population", "area_km2", "gdp", "revenue", "villages")
"""What townships say of themselves in figures."""


@dataclass(frozen=True)
class Demand:
    """What the work of townships needs by the county's rows, before any plan."""

    register: Register

    @cached_property
    def of(self) -> Mapping[tuple[str, str], int]:
        """Demand by township and agency (empty: the whole township), rounded up once; only where there is any."""
        found = {key: ceil(100 * amount) for town in self.register.township for key, amount in self._of_township(town)}
        return {key: amount for key, amount in found.items() if amount}

    def _of_township(self, town: str) -> Iterator[tuple[tuple[str, str], Fraction]]:
        given = {
            row.agency: Fraction(row.positions, 100) for row in self.register.county.demand if row.township == town
        }
        if "" in given:
            yield (town, ""), given[""]
            return
        for agency, row in self.register.agency.items():
            match str(row.demand):
                case "workload":
                    amount = self._workload(town, agency)
                case "index":
                    amount = self._index(town, agency)
                case "bands":
                    amount = self._band(town)
                case "posts":
                    amount = Fraction(sum(self.register.posts(town, agency).values()))
                case _given:
                    amount = given.get(agency, Fraction(0))
            yield (town, agency), amount

    @cached_property
    def hours(self) -> Fraction:
        """The hours that somebody works in a year."""
        time = self.register.county.working_time
        if time is None:
            return Fraction(0)
        off = time.leave + time.holidays + time.sick + time.training
        days = Fraction(time.weeks) * Fraction(time.days_a_week) - Fraction(off)
        return max(Fraction(0), days * Fraction(time.hours_a_day))

    def _workload(self, town: str, agency: str) -> Fraction:
        """WISN: cases by the time that the work beside them leaves, and what only some do."""
        beside = [row for row in self.register.county.allowances if row.agency == agency]
        share = sum((Fraction(row.percent) / 100 for row in beside if str(row.kind) == "category"), Fraction(0))
        if not self.hours or share >= 1:
            return Fraction(0)
        own = [row for row in self.register.county.matters if not row.unit and row.agency == agency]
        cases = sum((self.volume(row.matter, town) * self._own_hours(row) for row in own), Fraction(0))
        some = sum((row.staff * (timed(row) or 0) for row in beside if str(row.kind) == "individual"), Fraction(0))
        return cases / self.hours / (1 - share) + some / self.hours

    def _own_hours(self, matter: Any) -> Fraction:  # noqa: ANN401 - a row of the county
        """What a case of the townships' own work takes: its steps where they say, or else as it says itself."""
        mine = [hours for by, hours in self._timed_steps(matter.matter) if by != "applicant"]
        return sum(mine, Fraction(0)) if mine else timed(matter) or Fraction(0)

    def _timed_steps(self, matter: str) -> list[tuple[str, Fraction]]:
        """Who does the steps of a matter that say how long they take, and how long."""
        rows = (row for row in self.register.county.steps if row.matter == matter)
        return [(str(row.by), hours) for row, hours in ((row, timed(row)) for row in rows) if hours is not None]

    def volume(self, matter: str, town: str) -> int:
        """Cases a year."""
        rows = self.register.county.volumes
        return sum(row.cases for row in rows if (row.matter, row.township) == (matter, town))

    def _index(self, town: str, agency: str) -> Fraction:
        """A share of what the agency has in all townships, by weights that sum to 1 over figures that exist."""
        row = next((row for row in self.register.county.indices if row.agency == agency), None)
        if row is None:
            return Fraction(0)
        columns = weighed(self.register, row, FIGURES)
        share = sum((weight * column[town] / sum(column.values()) for weight, column in columns), Fraction(0))
        return share * Fraction(row.positions, 100)

    def _band(self, town: str) -> Fraction:
        """The fewest staff of the first band that reaches to the population."""
        residents = self.register.township[town].population
        rows = [row for row in self.register.county.bands if str(row.applies_to) == "staffing"]
        fitting = [row for row in rows if residents is not None and row.up_to >= residents]
        return Fraction(min(fitting, key=lambda row: row.up_to).least if fitting else 0)

    def measured(self, town: str) -> bool:
        """Whether anything is known of the work of a township."""
        return any(key[0] == town for key in self.of)

    def as_one(self, town: str) -> bool:
        """Whether its work is given for the township as a whole."""
        return (town, "") in self.of

    @cached_property
    def handed_over(self) -> Mapping[tuple[str, str], int]:
        """The work that arrives in a township when it is delegated a matter, by matter and township."""
        found = {}
        for row in self.register.delegable() if self.hours else ():
            for town in self.register.township:
                hours = self.volume(row.matter, town) * self._hours_below(row)
                found[row.matter, town] = ceil(100 * hours / self.hours)
        return {key: amount for key, amount in found.items() if amount}

    def _hours_below(self, matter: Any) -> Fraction:  # noqa: ANN401 - a row of the county
        """Hours of a case that are the township's once it does it: of its own steps; without steps, of the matter."""
        steps = self._timed_steps(matter.matter)
        below = sum((hours for by, hours in steps if by == "township"), Fraction(0))
        return below if steps else timed(matter) or Fraction(0)

    @cached_property
    def relieved(self) -> Mapping[tuple[str, str], int]:
        """The work a unit is rid of when a township takes a matter on: nothing where the township only cooperates."""
        rows = (row for row in self.register.delegable() if str(row.responsible or "township") == "township")
        leave = {row.matter for row in rows if str(row.kind) != "cooperation"}
        return {key: work for key, work in self.handed_over.items() if key[0] in leave}


def timed(row: Any) -> Fraction | None:  # noqa: ANN401 - a row of the county
    """The hours of a row, given in hours or in minutes; None where it does not say."""
    if row.hours is not None:
        return Fraction(row.hours)
    return None if row.minutes is None else Fraction(row.minutes) / 60


def weighed(register: Register, row: Any, names: Sequence[str]) -> list[tuple[Fraction, Mapping[str, Fraction]]]:  # noqa: ANN401 - a row of the county
    """Weights that sum to 1, each with a figure of every township; a figure that nobody has does not count."""
    columns = {name: {t: Fraction(getattr(one, name) or 0) for t, one in register.township.items()} for name in names}
    there = {name: column for name, column in columns.items() if any(column.values())}
    weights = _entropy(there) if row.entropy else {name: Fraction(getattr(row, name)) for name in there}
    whole = sum(weights.values(), Fraction(0))
    return [(weights[name] / whole, column) for name, column in there.items()] if whole else []


def _entropy(columns: Mapping[str, Mapping[str, Fraction]]) -> dict[str, Fraction]:
    """Weights of the entropy method, rounded to millionths; the largest takes what rounding leaves."""
    unlike = {}
    for name, column in columns.items():
        parts = [Decimal(x.numerator) / Decimal(x.denominator) for x in column.values() if x]
        whole = sum(parts)
        even = Decimal(len(column)).ln()
        entropy = -sum((p / whole) * (p / whole).ln() for p in parts) / even if even else Decimal(1)
        unlike[name] = max(Decimal(0), round(1 - entropy, 24))
    if not any(unlike.values()):
        unlike = dict.fromkeys(columns, Decimal(1))
    whole = sum(unlike.values())
    found = {name: Fraction(round(10**6 * one / whole), 10**6) for name, one in unlike.items()}
    if found:
        found[max(found, key=lambda name: found[name])] += 1 - sum(found.values())
    return found


@dataclass(frozen=True)
class Work:
    """What a plan makes of the work."""

    demand_: Demand
    books: Books

    @property
    def register(self) -> Register:
        """The county."""
        return self.demand_.register

    def heir(self, agency: str) -> str:
        """The agency that does the work of one that is not opened."""
        return str(self.register.agency[agency].else_)

    def falls_to(self, town: str, agency: str, year: int) -> str:
        """Where work meant for an agency is done."""
        if self.demand_.as_one(town):
            return ""
        return agency if self.books.said("open", town, agency, year) or not self.heir(agency) else self.heir(agency)

    def demands(self, town: str, year: int) -> Mapping[str, int]:
        """The work of a township by the agency that does it."""
        if (town, year) not in self._demands:
            found: dict[str, int] = defaultdict(int)
            for (place, agency), amount in self.demand_.of.items():
                if place == town:
                    found[self.falls_to(town, agency, year) if agency else ""] += amount
            for (matter, place), amount in self.demand_.handed_over.items() if self.demand_.measured(town) else ():
                if place == town and self.books.said("delegated", matter, town, year):
                    found[self.falls_to(town, self._agency_of[matter], year)] += amount
            self._demands[town, year] = found
        return self._demands[town, year]

    @cached_property
    def _demands(self) -> dict[tuple[str, int], Mapping[str, int]]:
        return {}

    @cached_property
    def _agency_of(self) -> Mapping[str, str]:
        return {row.matter: row.agency for row in self.register.county.matters}

    def served(self, town: str, agency: str, year: int) -> int:
        """What an agency does of its work: as much as its strength can, nothing where it is not open."""
        demand = self.demands(town, year).get(agency, 0)
        if not agency:
            return min(demand, 100 * self.books.used(town, year))
        if not self.books.said("open", town, agency, year):
            return 0
        return min(demand, 100 * self.books.strength(town, agency, year))

    def total(self, town: str, year: int) -> int:
        """All the work of a township."""
        return sum(self.demands(town, year).values())

    def covered(self, town: str, year: int) -> int:
        """What is done of it."""
        return sum(self.served(town, agency, year) for agency in self.demands(town, year))

    def coverage(self, town: str, year: int) -> Fraction:
        """Work done over work; 1 where there is none."""
        total = self.total(town, year)
        return Fraction(self.covered(town, year), total) if total else Fraction(1)

    def staffed(self, town: str, year: int) -> Fraction:
        """The same with people instead of positions, put where they do most."""
        total, people = self.total(town, year), 100 * self.books.working_below(town, year)
        return Fraction(max(0, min(self.covered(town, year), people)), total) if total else Fraction(1)
