"""What rules and goals look at: the county with a scenario's changes made, indexed by id and by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from rebalance.county.agencies import Agency, Post
from rebalance.county.county import County
from rebalance.county.holders import RESERVE, HolderKind, Position, Township, Unit
from rebalance.county.reform import Dispatched, Station
from rebalance.problem.classes import classes_of
from rebalance.problem.posted import posts_of
from rebalance.problem.work import Delegation, Work

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
    def _leaving(self) -> Mapping[tuple[str, int], int]:
        return {(row.station, row.year): row.count for row in self.county.retirements if row.station}

    def leaving(self, station: str, year: int) -> int:
        """People of a station who retire in the year, wherever it belongs by then."""
        return self._leaving.get((station, year), 0)

    def staff(self, station: str, year: int) -> int:
        """People in post at a station at the end of the year: today's, less those who have retired there."""
        gone = sum(self.leaving(station, past) for past in self.county.years if past <= year)
        return self.station[station].in_post - gone

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
        return posts_of(self.county)

    @cached_property
    def falling(self) -> Mapping[tuple[str, str], Mapping[str, tuple[Post, ...]]]:
        """By (township, agency): the posts of optional agencies that stand in it where these are not open, by agency.

        It does their work then, and needs their posts for it.
        """
        heir = {row.agency: row.else_ for row in self.county.agencies if row.else_ and not row.compulsory}
        found: dict[tuple[str, str], dict[str, tuple[Post, ...]]] = defaultdict(dict)
        for (township, agency), rows in self.posts.items():
            if agency in heir:
                found[township, heir[agency]][agency] = rows
        return dict(found)


def _grouped(pairs: Iterable[tuple[tuple[str, str], Row]]) -> Mapping[tuple[str, str], tuple[Row, ...]]:
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for key, row in pairs:
        groups[key].append(row)
    return {key: tuple(found) for key, found in groups.items()}


@dataclass(frozen=True)
class Problem:
    """A county, and the questions rules ask of it.

    Holders, categories and years come in one fixed order: that of their ids.
    """

    county: County

    def __str__(self) -> str:
        """The county's name."""
        return str(self.county)

    def __repr__(self) -> str:
        """The county in a line."""
        return f"Problem({self.county!r})"

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The calendar years planned, ascending."""
        return self.county.years

    @property
    def today(self) -> int:
        """The year before the first planned one: today's ledgers are its end."""
        return self.years[0] - 1

    @property
    def last(self) -> int:
        """The last planned year, at which goals look."""
        return self.years[-1]

    @cached_property
    def staffing(self) -> Staffing:
        """Who belongs to one holder and works at another."""
        return Staffing(self.county)

    @cached_property
    def delegation(self) -> Delegation:
        """The matters units may hand down."""
        return Delegation(self.county)

    @cached_property
    def work(self) -> Work:
        """What there is to do in the townships."""
        return Work(self.county, self.delegation)

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """Ids of the categories of positions."""
        return tuple(row.category for row in self.county.categories)

    @cached_property
    def ceiling(self) -> Mapping[str, int | None]:
        """The most positions of a category, set from above; None where nothing is set."""
        return {row.category: row.ceiling for row in self.county.categories}

    @cached_property
    def frozen(self) -> frozenset[str]:
        """Categories that only ever fall."""
        return frozenset(row.category for row in self.county.categories if row.frozen)

    @cached_property
    def everything(self) -> Mapping[str, int]:
        """All positions of each category today, whoever owns them."""
        return {c: sum(self.authorised(h, k) for h, k in self.accounts if k == c) for c in self.categories}

    @cached_property
    def headroom(self) -> Mapping[str, int]:
        """How far the county's own positions lie below the ceiling; below zero: above it. 0 where nothing is set."""
        room = dict.fromkeys(self.categories, 0)
        for category, ceiling in self.ceiling.items():
            if ceiling is not None:
                room[category] = ceiling - self.county.counted(category)
        return room

    @cached_property
    def most(self) -> Mapping[str, int]:
        """The most positions of each category there can ever be: all of today, and those that may be granted."""
        return {
            c: number + (0 if c in self.frozen else max(0, self.headroom[c])) for c, number in self.everything.items()
        }

    @cached_property
    def unit(self) -> Mapping[str, Unit]:
        """Units by id."""
        return {row.unit: row for row in self.county.units}

    @cached_property
    def township(self) -> Mapping[str, Township]:
        """Townships by id."""
        return {row.township: row for row in self.county.townships}

    @cached_property
    def agency(self) -> Mapping[str, Agency]:
        """Agencies by id; empty when the county gives none."""
        return {row.agency: row for row in self.county.agencies}

    @cached_property
    def position(self) -> Mapping[tuple[str, str], Position]:
        """Rows of the `positions` table by holder and category."""
        return {(row.holder, row.category): row for row in self.county.positions}

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Ids of the units."""
        return tuple(self.unit)

    @cached_property
    def townships(self) -> tuple[str, ...]:
        """Ids of the townships."""
        return tuple(self.township)

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """Ids of the agencies a township has or may have."""
        return tuple(self.agency)

    @cached_property
    def reserves(self) -> tuple[str, ...]:
        """Categories for which the county keeps a reserve; the others cannot enter it."""
        return tuple(c for c in self.categories if (RESERVE, c) in self.position)

    @cached_property
    def accounts(self) -> tuple[tuple[str, str], ...]:
        """Every (holder, category) that can own positions: units with a row, all townships, the reserve where kept."""
        units = tuple((u, c) for u in self.units for c in self.categories if (u, c) in self.position)
        townships = tuple((t, c) for t in self.townships for c in self.categories)
        return units + townships + tuple((RESERVE, c) for c in self.reserves)

    @cached_property
    def held(self) -> Mapping[str, tuple[str, ...]]:
        """The categories each holder has an account in."""
        categories = defaultdict(list)
        for holder, category in self.accounts:
            categories[holder].append(category)
        return {holder: tuple(found) for holder, found in categories.items()}

    @cached_property
    def movable(self) -> frozenset[str]:
        """Categories in which somebody in a unit is willing to go down with their position."""
        return frozenset(row.category for row in self.county.positions if row.willing and row.holder in self.unit)

    def authorised(self, holder: str, category: str) -> int:
        """Positions owned today."""
        row = self.position.get((holder, category))
        return row.authorised if row else 0

    def in_post(self, holder: str, category: str) -> int:
        """Staff in post today."""
        row = self.position.get((holder, category))
        return row.in_post if row else 0

    def size(self, holder: str) -> int:
        """Positions a holder owns today, over all categories."""
        return sum(self.authorised(holder, category) for category in self.held.get(holder, ()))

    def needed(self, unit: str) -> int:
        """Positions a unit's work needs; where a row does not say, today's size."""
        rows = (self.position[unit, category] for category in self.held.get(unit, ()))
        return sum(row.authorised if row.needed is None else row.needed for row in rows)

    def kind(self, holder: str) -> HolderKind:
        """What kind of holder this is, as `routes` distinguishes them."""
        if holder == RESERVE:
            return HolderKind.RESERVE
        if self.is_above(holder):
            return HolderKind.VERTICAL
        row = self.unit.get(holder) or self.township[holder]
        return HolderKind(row.kind)

    def is_above(self, holder: str) -> bool:
        """Whether the holder is a unit under vertical management."""
        return holder in self.unit and self.unit[holder].above

    def retired(self, holder: str, category: str, year: int) -> int:
        """People of the holder who retire in that year, those who work in its stations left aside."""
        return self._retirements.get((holder, category, year), 0)

    @cached_property
    def _retirements(self) -> Mapping[tuple[str, str, int], int]:
        rows = (row for row in self.county.retirements if not row.station)
        return {(row.holder, row.category, row.year): row.count for row in rows}

    @cached_property
    def hiring(self) -> Mapping[tuple[str, int], Mapping[str, int]]:
        """Most hires by (category, year), then by holder; the empty holder is the whole county."""
        plan: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
        for row in self.county.hiring:
            plan[row.category, row.year][row.holder] = row.most
        return plan

    @cached_property
    def placed(self) -> Mapping[tuple[str, str, str], int]:
        """Positions placed today by (township, agency, category)."""
        return {(row.township, row.agency, row.category): row.positions for row in self.county.placed}

    def strength(self, township: str, agency: str) -> int:
        """What an agency can work with today: positions placed there and staff dispatched there."""
        sent = sum(row.staff for row in self.staffing.dispatched_to.get((township, agency), ()))
        return sent + sum(self.placed.get((township, agency, category), 0) for category in self.categories)

    def excess(self, township: str, category: str) -> int:
        """Positions placed today beyond those the township owns: a breach that may stay."""
        placed = sum(self.placed.get((township, agency, category), 0) for agency in self.agencies)
        return max(0, placed - self.authorised(township, category))

    def open_today(self, township: str, agency: str) -> bool:
        """Whether the agency has anybody today (without a `placed` table nobody knows, and the answer is no)."""
        return self.strength(township, agency) > 0

    def class_of(self, township: str) -> str:
        """The class of a township, `large` or `medium`; empty where the county has no way to tell."""
        return self._classes[township]

    @cached_property
    def _classes(self) -> Mapping[str, str]:
        return classes_of(self.county)

    def name(self, identifier: str) -> str:
        """The name a person knows, in the language in use; the id itself when nothing has it."""
        return str(self._named.get(identifier, identifier))

    @cached_property
    def _named(self) -> Mapping[str, object]:
        categories = {row.category: row for row in self.county.categories}
        return {**self.delegation.matter, **categories, **self.agency, **self.township, **self.unit}
