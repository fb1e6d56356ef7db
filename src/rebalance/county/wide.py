"""Ledgers with a column for each category or year, read as a row for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rebalance.county.columns import Heading, plain_header
from rebalance.county.raw import Cell, Record
from rebalance.county.tables import CATEGORIES, Entry, Table
from rebalance.county.written import bare, nothing, year
from rebalance.text import _, quoted

ENDING = re.compile("(编制|人员|类)$")


def category_names(entries: Iterable[Entry]) -> dict[str, str]:
    """The id of each category by every name that is its alone: id, names, and these without 编制."""
    found: dict[str, set[str]] = {}
    for entry in entries:
        category = entry.values.get("category")
        if entry.table is CATEGORIES and category:
            names = {bare(str(entry.values.get(name, ""))) for name in ("category", "name", "name_zh")}
            for name in names | {ENDING.sub("", name) for name in names}:
                found.setdefault(name, set()).add(category)
    return {name: ids.pop() for name, ids in found.items() if name and len(ids) == 1}


@dataclass(frozen=True, slots=True)
class Spread:
    """A column of a wide table: the part of the key its heading names, and the column its cells belong to."""

    key: Heading
    value: str
    heading: Heading


@dataclass(frozen=True, slots=True)
class Wide:
    """What a heading may say in a table whose categories or years stand side by side."""

    table: Table
    categories: Mapping[str, str]
    by_name: dict[str, Spread] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Every heading made of a category and a column, in either order; what could be two is none."""
        clash: set[str] = set()
        for key in (one for one in self.table.headings if one.field == "category" and one.field in self.table.key):
            for name, category in self.categories.items():
                for words, heading in self._amounts():
                    spread = Spread(key, category, heading)
                    for title in {name + words, words + name}:
                        if self.by_name.setdefault(title, spread) != spread:
                            clash.add(title)
        for title in clash:
            del self.by_name[title]

    def _amounts(self) -> Iterable[tuple[str, Heading]]:
        """The words for every column of figures; no word at all stands for the first that must be there."""
        figures = [one for one in self.table.headings if one.is_figure]
        for heading in figures:
            for name in (heading.header, *heading.column.chinese, *heading.column.usual):
                yield bare(name), heading
        yield from (("", heading) for heading in figures[:1] if heading.required)

    def spread(self, title: str) -> Spread | None:
        """What a heading says, if it names a category or a year beside a column."""
        plain = re.sub(r"[-_·:/()\[\]]", "", plain_header(title))
        return self.by_name.get(plain) or self._by_year(plain)

    def _by_year(self, plain: str) -> Spread | None:
        key = next((one for one in self.table.headings if one.field == "year" and one.field in self.table.key), None)
        found = re.fullmatch(r"([0-9]{4}年?度?)(.*)", plain)
        if key is None or found is None:
            return None
        heading = next((heading for words, heading in self._amounts() if words == found[2]), None)
        return Spread(key, year(found[1]), heading) if heading else None


def unfolded(
    header: Record, records: Sequence[Record], columns: Sequence[Heading | None], spreads: Sequence[Spread | None]
) -> tuple[Record, tuple[Record, ...]]:
    """The header and the rows of the long table; columns that are none stay as they are."""
    kept = [place for place, spread in enumerate(spreads) if spread is None and header.cells[place]]
    key = next(spread.key for spread in spreads if spread)
    values = dict.fromkeys(spread.value for spread in spreads if spread)
    headings = list(dict.fromkeys(spread.heading for spread in spreads if spread))
    named = [columns[place] for place in kept]
    titles = [one.header if one else header.cells[place] for one, place in zip(named, kept, strict=True)]
    long = Record(header.row, (*titles, key.header, *(heading.header for heading in headings)))
    rows: list[Record] = []
    for record in records:
        for value in values:
            rows += _row(record, value, kept, headings, spreads)
    return long, tuple(rows)


def _row(
    record: Record,
    value: str,
    kept: Sequence[int],
    headings: Sequence[Heading],
    spreads: Sequence[Spread | None],
) -> list[Record]:
    """The row of one category or year; none where nothing is said of it."""
    places = [_place(spreads, value, heading) for heading in headings]
    cells: list[Cell] = [record.cells[place] if 0 <= place < len(record.cells) else "" for place in places]
    if not any(cell and not (isinstance(cell, str) and nothing(cell)) for cell in cells):
        return []
    before = [record.cells[place] if place < len(record.cells) else "" for place in kept]
    first = next(place for place in places if place >= 0)
    at = (*kept, first, *(place if place >= 0 else first for place in places))
    return [Record(record.row, (*before, value, *cells), at)]


def _place(spreads: Sequence[Spread | None], value: str, heading: Heading) -> int:
    found = (place for place, one in enumerate(spreads) if one and (one.value, one.heading) == (value, heading))
    return next(found, -1)


def unclear(columns: Sequence[Heading | None], spreads: Sequence[Spread | None], titles: Sequence[str]) -> list[str]:
    """What keeps a wide table from being read in one way only."""
    key = next(spread.key for spread in spreads if spread)
    found: list[str] = []
    seen: dict[tuple[str, str], str] = {}
    for title, column, spread in zip(titles, columns, spreads, strict=True):
        if spread is None and column is not None and column.is_figure:
            message = _("one column for all of {key}, beside columns for each (got {value}). Give it for each.")
            found.append(message.format(key=key.title, value=quoted(title)))
        if spread is not None:
            other = seen.setdefault((spread.value, spread.heading.field), title)
            if other != title:
                message = _("the column stands here twice (got {value} and {other}). Keep one of the two.")
                found.append(message.format(value=quoted(title), other=quoted(other)))
    return found
