"""What a county says about itself: its name, its code, the years planned, its categories of positions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from rebalance.county.columns import Column, Heading, headings
from rebalance.county.entries import Entry, Place, convert, defaults
from rebalance.county.headers import absent, match
from rebalance.county.kinds import Flag, Id, Number, Text
from rebalance.county.tables import CATEGORIES, SETTINGS
from rebalance.fault import Fault
from rebalance.reading.cells import read_cell
from rebalance.reading.collecting import Findings
from rebalance.reading.raw import About, Given
from rebalance.words import _

MOST_YEARS = 10


@dataclass(frozen=True, slots=True)
class Years:
    """The calendar years planned, one after another."""

    def read(self, text: str) -> tuple[int, ...]:
        """The years; ValueError when one is missing, repeated or out of order, or when there are too many."""
        years = tuple(Number(least=1949, most=2200).read(part.strip()) for part in re.split("[;；]", text))
        if len(years) > MOST_YEARS or years != tuple(range(years[0], years[0] + len(years))):
            raise ValueError(text)
        return years

    def accepts(self) -> str:
        """A run of years."""
        text = _("1 to {most} calendar years, one after another, such as 2024;2025;2026")
        return text.format(most=MOST_YEARS)


@dataclass(frozen=True, slots=True)
class Identity:
    """The keys of `county.toml`, or of the sheet `county`, but for the categories and the settings."""

    name: Annotated[str, Column(Text(), ("名称", "县名"), "Name of the county.")]
    code: Annotated[str, Column(Id(), ("区划代码", "编码"), "Statistical code of the county.")]
    years: Annotated[tuple[int, ...], Column(Years(), ("年度", "规划年度"), "Calendar years planned.")]
    name_zh: Annotated[str, Column(Text(), ("中文名称",), "Name in Chinese.")] = ""
    synthetic: Annotated[bool, Column(Flag(), ("虚构", "是否虚构"), "Whether any figure is made up.")] = False
    source: Annotated[str, Column(Text(), ("来源", "数据来源"), "Where the figures come from.")] = ""


IDENTITY = headings(Identity)
"""The county's own keys."""


def read_identity(about: About, findings: Findings) -> dict[str, Any]:
    """The county's own values, by field; what could not be read is missing."""
    others = [CATEGORIES.name, *(table.name for table in SETTINGS)]
    return _values(IDENTITY, about.own, Place(about.file), findings, others)


def read_categories(about: About, findings: Findings) -> list[Entry]:
    """The categories of positions."""
    if not about.categories:
        message = _("no category. Give at least one, with its name.")
        findings.faults.append(Fault(about.file, 0, "categories", message))
    return [_category(name, about, findings) for name in about.categories]


def read_settings(about: About, findings: Findings) -> list[Entry]:
    """Working time, classes and papers, as far as they are given."""
    given = [table for table in SETTINGS if table.name in about.settings]
    places = {table: Place(about.file, path=table.name) for table in given}
    return [
        Entry(table, places[table], _values(table.headings, about.settings[table.name], places[table], findings))
        for table in given
    ]


def _category(name: str, about: About, findings: Findings) -> Entry:
    place = Place(about.file, path=f"categories.{name}")
    own, *columns = CATEGORIES.headings
    values = _values(columns, about.categories[name], place, findings)
    try:
        values[own.field] = convert(own, name.strip())
    except ValueError as problem:
        findings.faults.append(place.fault("", str(problem), name))
    return Entry(CATEGORIES, place, values)


def _values(
    columns: Sequence[Heading],
    given: Mapping[str, Given],
    place: Place,
    findings: Findings,
    others: Sequence[str] = (),
) -> dict[str, Any]:
    found = match(tuple(given), columns, others)
    values = defaults(columns)
    for key, message in found.problems:
        findings.faults.append(replace(place, row=given[key].row).fault(key, message, key))
    for heading, got in zip(found.headings, given.values(), strict=True):
        if heading is not None:
            read_cell(heading, got.cell, replace(place, row=got.row), values, findings)
    findings.faults.extend(place.fault(heading.header, absent(heading)) for heading in found.missing)
    return values
