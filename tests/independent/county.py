"""The rows of a county as they were read, found by their keys: nothing worked out, nothing of the program but the rows.

What this package knows of the program is the names of columns (`rebalance.county`), of parameters and options (as a
scenario file spells them) and of decided cells (as a plan file spells them). Not one line of what the program makes of
them is used here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rebalance.county.county import County

POOL = "reserve"
"""The holder that both gives and receives."""

Account = tuple[str, str]
"""A holder and a category."""


@dataclass(frozen=True)
class Register:
    """A county's rows by key."""

    county: County

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years planned."""
        return tuple(self.county.years)

    @cached_property
    def today(self) -> int:
        """The year at whose end the ledgers stand as the tables say."""
        return self.years[0] - 1

    @cached_property
    def last(self) -> int:
        """The last year planned."""
        return self.years[-1]

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """Ids of the categories."""
        return tuple(row.category for row in self.county.categories)

    @cached_property
    def unit(self) -> Mapping[str, Any]:
        """Rows of units by id."""
        return {row.unit: row for row in self.county.units}

    @cached_property
    def township(self) -> Mapping[str, Any]:
        """Rows of townships by id."""
        return {row.township: row for row in self.county.townships}

    @cached_property
    def holders(self) -> tuple[str, ...]:
        """Ids of units and townships."""
        return (*self.unit, *self.township)

    @cached_property
    def agency(self) -> Mapping[str, Any]:
        """Rows of agencies by id."""
        return {row.agency: row for row in self.county.agencies}

    @cached_property
    def position(self) -> Mapping[Account, Any]:
        """Rows of positions by holder and category."""
        return {(row.holder, row.category): row for row in self.county.positions}

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        """Who may own what: units and the reserve what the table lists for them, townships anything."""
        listed = [key for key in self.position if key[0] not in self.township]
        return (*listed, *((town, category) for town in self.township for category in self.categories))

    def authorised(self, holder: str, category: str) -> int:
        """Positions today."""
        return self.position[holder, category].authorised if (holder, category) in self.position else 0

    def staff(self, holder: str, category: str) -> int:
        """People in post today."""
        return self.position[holder, category].in_post if (holder, category) in self.position else 0

    def size(self, holder: str) -> int:
        """Positions today, of all categories."""
        return sum(row.authorised for row in self.county.positions if row.holder == holder)

    def in_all(self, category: str) -> int:
        """Positions of a category in the whole county today."""
        return sum(row.authorised for row in self.county.positions if row.category == category)

    def counted(self, category: str) -> int:
        """Positions of a category that count against its ceiling today: all but those under vertical management."""
        rows = (row for row in self.county.positions if row.category == category)
        return sum(row.authorised for row in rows if not self.is_above(row.holder))

    @cached_property
    def most(self) -> Mapping[str, int]:
        """The most positions of each category that there can ever be: today's, and what may be granted."""
        frozen = {row.category for row in self.county.categories if row.frozen}
        return {c: self.in_all(c) + (0 if c in frozen else max(0, room)) for c, room in self.room.items()}

    @cached_property
    def room(self) -> Mapping[str, int]:
        """What is left below the ceiling of each category; below zero: what is beyond it; 0 where none is set."""
        rows = self.county.categories
        return {row.category: 0 if row.ceiling is None else row.ceiling - self.counted(row.category) for row in rows}

    def kind(self, holder: str) -> str:
        """The kind of a holder, as routes speak of it."""
        if holder == POOL:
            return POOL
        if self.is_above(holder):
            return "vertical"
        return str((self.unit.get(holder) or self.township[holder]).kind)

    def is_above(self, holder: str) -> bool:
        """Whether a unit is under vertical management."""
        row = self.unit.get(holder)
        return row is not None and (str(row.level) == "above" or str(row.kind) == "vertical")

    @cached_property
    def station(self) -> Mapping[str, Any]:
        """Rows of stations by id."""
        return {row.station: row for row in self.county.stations}

    def stations_of(self, unit: str, category: str) -> tuple[Any, ...]:
        """The stations of a unit in a category."""
        return self._stations_of.get((unit, category), ())

    def stations_in(self, township: str, category: str) -> tuple[Any, ...]:
        """The stations that sit in a township, in a category."""
        return self._stations_in.get((township, category), ())

    @cached_property
    def _stations_of(self) -> Mapping[Account, tuple[Any, ...]]:
        return _grouped(((row.unit, row.category), row) for row in self.county.stations)

    @cached_property
    def _stations_in(self) -> Mapping[Account, tuple[Any, ...]]:
        return _grouped(((row.township, row.category), row) for row in self.county.stations)

    @cached_property
    def retiring(self) -> Mapping[tuple[str, str, str, int], int]:
        """Who retires, by holder, category, station (empty: none) and year."""
        found: dict[tuple[str, str, str, int], int] = defaultdict(int)
        for row in self.county.retirements:
            found[row.holder, row.category, row.station, row.year] += row.count
        return found

    def retired(self, holder: str, category: str, station: str, year: int) -> int:
        """Who has retired by the end of a year."""
        past = (one for one in self.years if one <= year)
        return sum(self.retiring.get((holder, category, station, one), 0) for one in past)

    @cached_property
    def placed(self) -> Mapping[tuple[str, str, str], int]:
        """Positions placed today by township, agency and category."""
        return {(row.township, row.agency, row.category): row.positions for row in self.county.placed}

    def strength(self, township: str, agency: str) -> int:
        """What an agency has to work with today."""
        there = (township, agency)
        sent = sum(row.staff for row in self.county.dispatched if (row.township, row.agency) == there)
        return sent + sum(count for key, count in self.placed.items() if key[:2] == there)

    def beyond(self, township: str, category: str) -> int:
        """Positions placed today that the township does not own."""
        rows = ((key, count) for key, count in self.placed.items() if (key[0], key[2]) == (township, category))
        return max(0, sum(count for _key, count in rows) - self.authorised(township, category))

    def posts(self, township: str, agency: str) -> Mapping[str, int]:
        """Posts of an agency by category: the township's own rows if there are any, else those for every township."""
        rows = [row for row in self.county.posts if row.agency == agency]
        mine = [row for row in rows if row.township == township] or [row for row in rows if not row.township]
        found: dict[str, int] = defaultdict(int)
        for row in mine:
            found[row.category] += row.number
        return found

    def has_posts(self, township: str, agency: str) -> bool:
        """Whether anything is known of its posts."""
        return any(row.agency == agency and row.township in {"", township} for row in self.county.posts)

    def delegable(self) -> Iterator[Any]:
        """Matters that a unit may delegate."""
        return (row for row in self.county.matters if row.unit)


def _grouped(pairs: Iterator[tuple[Account, Any]]) -> Mapping[Account, tuple[Any, ...]]:
    found: dict[Account, tuple[Any, ...]] = defaultdict(tuple)
    for key, row in pairs:
        found[key] += (row,)
    return found
