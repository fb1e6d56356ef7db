"""Stations, dispatched and borrowed staff, looked up by where they belong and by where they work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from rebalance.county.county import County
from rebalance.county.posts import Post
from rebalance.county.staffing import Dispatched, Station

Row = TypeVar("Row")
Account = tuple[str, str]
"""A holder and a category."""

Signed = Mapping[Account, tuple[tuple[Row, int], ...]]
"""What an account gains (1) or loses (-1) by each row."""


@dataclass(frozen=True)
class Staffing:
    """Who belongs to one holder and works at another; which posts there are."""

    county: County

    @cached_property
    def station(self) -> Mapping[str, Station]:
        """Stations by id."""
        return {row.station: row for row in self.county.stations}

    @cached_property
    def stations(self) -> Signed[Station]:
        """Stations by account: a unit loses one that is handed down, a township gains it."""
        rows = self.county.stations
        gone = (((row.unit, row.category), (row, -1)) for row in rows)
        return _grouped((*gone, *(((row.township, row.category), (row, 1)) for row in rows)))

    @cached_property
    def sent(self) -> Signed[tuple[str, str, str, str]]:
        """Dispatched staff (unit, township, agency, category) by account: more used in a township, less in a unit."""
        keys = [(row.unit, row.township, row.agency, row.category) for row in self.county.dispatched]
        gone = (((key[0], key[3]), (key, -1)) for key in keys)
        return _grouped((*gone, *(((key[1], key[3]), (key, 1)) for key in keys)))

    @cached_property
    def lent(self) -> Signed[tuple[str, str, str]]:
        """Borrowed staff (township, unit, category) by account: more working in a unit, less in a township."""
        keys = [(row.township, row.unit, row.category) for row in self.county.borrowed]
        gone = (((key[0], key[2]), (key, -1)) for key in keys)
        return _grouped((*gone, *(((key[1], key[2]), (key, 1)) for key in keys)))

    @cached_property
    def dispatched_to(self) -> Mapping[tuple[str, str], tuple[Dispatched, ...]]:
        """Dispatched staff by (township, agency)."""
        return _grouped(((row.township, row.agency), row) for row in self.county.dispatched)

    @cached_property
    def posts(self) -> Mapping[tuple[str, str], tuple[Post, ...]]:
        """Posts by (township, agency): a township's own rows, or else those that hold for every township."""
        rows = _grouped(((row.township, row.agency), row) for row in self.county.posts)
        towns = [row.township for row in self.county.townships]
        general = {(t, agency): posts for (none, agency), posts in rows.items() if not none for t in towns}
        return general | {key: posts for key, posts in rows.items() if key[0]}


def _grouped(pairs: Iterable[tuple[tuple[str, str], Row]]) -> Mapping[tuple[str, str], tuple[Row, ...]]:
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for key, row in pairs:
        groups[key].append(row)
    return {key: tuple(found) for key, found in groups.items()}
