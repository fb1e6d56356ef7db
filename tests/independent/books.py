"""Both ledgers, kept from what is decided: who owns which positions, who is in post where, who is used where.

A decided cell is named as in a plan file: the verb, the ids, the year; what is not named is 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.independent.county import POOL, Register

Cell = tuple[str | int, ...]
Decided = Mapping[Cell, int]
Ledger = Mapping[tuple[str, str, int], int]


@dataclass(frozen=True)
class Books:
    """The ledgers of one plan, year by year."""

    register: Register
    decided: Decided

    def said(self, *cell: str | int) -> int:
        """A decided number."""
        return self.decided.get(cell, 0)

    def owned(self, holder: str, category: str, year: int) -> int:
        """Positions owned at the end of a year."""
        return self._owned.get((holder, category, year), 0)

    def in_post(self, holder: str, category: str, year: int) -> int:
        """People in post at the end of a year: at headquarters, and in the stations that are the holder's then."""
        people = self.at_headquarters(holder, category, year)
        if holder in self.register.unit:
            rows = (row for row in self.register.stations_of(holder, category) if not self.is_down(row, year))
        else:
            rows = (row for row in self.register.stations_in(holder, category) if self.is_down(row, year))
        return people + sum(self.in_station(row, year) for row in rows)

    def is_down(self, station: Any, year: int) -> bool:  # noqa: ANN401 - a row of the county
        """Whether a station has been handed to its township by the end of a year."""
        return bool(self.said("handed", station.station, year))

    @cached_property
    def _owned(self) -> Ledger:
        register, found = self.register, {}
        for holder, category in register.accounts:
            now = register.authorised(holder, category)
            found[holder, category, register.today] = now
            for year in register.years:
                if holder == POOL:
                    now = self.said("reserve", category, year)
                elif holder in register.unit:
                    gone = (row for row in register.stations_of(holder, category) if self._goes_down(row, year))
                    now -= self.said("cut", holder, category, year) + sum(row.authorised for row in gone)
                else:
                    come = (row for row in register.stations_in(holder, category) if self._goes_down(row, year))
                    now += self.said("added", holder, category, year) + sum(row.authorised for row in come)
                found[holder, category, year] = now
        return found

    def _goes_down(self, station: Any, year: int) -> bool:  # noqa: ANN401 - a row of the county
        """Whether a station is handed down in this very year."""
        return self.is_down(station, year) and not self.is_down(station, year - 1)

    def at_headquarters(self, holder: str, category: str, year: int) -> int:
        """People of a holder who are in none of the stations, at the end of a year."""
        return self._headquarters.get((holder, category, year), 0)

    @cached_property
    def _headquarters(self) -> Ledger:
        register, found = self.register, {}
        for holder, category in register.accounts:
            elsewhere = sum(row.in_post for row in register.stations_of(holder, category))
            now = register.staff(holder, category) - elsewhere
            found[holder, category, register.today] = now
            for year in register.years:
                now -= register.retiring.get((holder, category, "", year), 0)
                now += self.said("moved_in", holder, category, year) - self.said("moved_out", holder, category, year)
                now += self.said("hired", holder, category, year)
                found[holder, category, year] = now
        return found

    def in_station(self, station: Any, year: int) -> int:  # noqa: ANN401 - a row of the county
        """People in a station at the end of a year, whoever it belongs to: nobody enters, some retire."""
        return int(station.in_post) - self.register.retired(station.unit, station.category, station.station, year)

    def held(self, category: str, year: int) -> int:
        """Positions of a category in the whole county."""
        return sum(self.owned(holder, one, year) for holder, one in self.register.accounts if one == category)

    def unmanned(self, holder: str, category: str, year: int) -> int:
        """Positions owned without anybody in them; below zero: people without a position."""
        return self.owned(holder, category, year) - self.in_post(holder, category, year)

    def size(self, holder: str, year: int) -> int:
        """Positions of all categories."""
        return sum(self.owned(holder, category, year) for category in self.register.categories)

    def cut(self, unit: str, year: int, *categories: str) -> int:
        """Positions a unit gives in a year, stations left aside, of some categories or of all."""
        return sum(self.said("cut", unit, category, year) for category in categories or self.register.categories)

    def sent(self, year: int, *, unit: str = "", township: str = "", category: str = "") -> int:
        """People dispatched in a year, by a unit, to a township, of a category."""
        wanted = ((0, unit), (1, township), (3, category))
        rows = ((row.unit, row.township, row.agency, row.category) for row in self.register.county.dispatched)
        return sum(
            self.said("dispatched", *row, year) for row in rows if all(row[i] == value for i, value in wanted if value)
        )

    def lent(self, year: int, *, unit: str = "", township: str = "", category: str = "") -> int:
        """People of townships who work in units in a year."""
        wanted = ((0, township), (1, unit), (2, category))
        rows = ((row.township, row.unit, row.category) for row in self.register.county.borrowed)
        return sum(
            self.said("borrowed", *row, year) for row in rows if all(row[i] == value for i, value in wanted if value)
        )

    def working_below(self, township: str, year: int) -> int:
        """People who really work in a township."""
        staff = sum(self.in_post(township, category, year) for category in self.register.categories)
        return staff + self.sent(year, township=township) - self.lent(year, township=township)

    def strength(self, township: str, agency: str, year: int) -> int:
        """Positions placed in an agency and people dispatched there."""
        placed = sum(self.said("placed", township, agency, category, year) for category in self.register.categories)
        rows = ((row.unit, row.township, row.agency, row.category) for row in self.register.county.dispatched)
        return placed + sum(self.said("dispatched", *row, year) for row in rows if row[1:3] == (township, agency))

    def used(self, township: str, year: int) -> int:
        """Positions a township as one has to work with."""
        return self.size(township, year) + self.sent(year, township=township)
