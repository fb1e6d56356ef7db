"""Cells become values: the rows of a table, and what a county says of itself; all that is wrong is noted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from rebalance.county.columns import Column, Flag, Heading, Id, Number, Text, absent, headings, match
from rebalance.county.tables import (
    CATEGORIES,
    SETTINGS,
    Entry,
    Place,
    Table,
    convert,
    defaults,
)
from rebalance.county.xlsx import (
    About,
    Cell,
    Given,
    Record,
    Refused,
    Sheet,
)
from rebalance.fault import Fault, Findings, refuse
from rebalance.text import _, quoted


def read_cell(heading: Heading, cell: Cell, place: Place, values: dict[str, Any], findings: Findings) -> None:
    """Put the cell's value under its field; where it has none, leave the field out and note a fault."""
    values.pop(heading.field, None)
    if isinstance(cell, Refused):
        findings.faults.append(place.fault(heading.header, cell.message, cell.value))
        return
    try:
        values[heading.field] = convert(heading, cell)
    except ValueError as problem:
        findings.faults.append(place.fault(heading.header, str(problem), cell))


OTHER_SEPARATORS = ";\t；，|"


def read_table(table: Table, sheet: Sheet, findings: Findings) -> list[Entry]:
    """The rows of the sheet; everything wrong with them goes to `findings`.

    Raises:
        FaultsError: there is no header to read them by.
    """
    if not sheet.records:
        accepted = ", ".join(heading.header for heading in table.headings)
        raise refuse(sheet.file, _("empty. Give a header: {accepted}.").format(accepted=accepted))
    header, *records = sheet.records
    columns = _columns(table, header, sheet.file, findings)
    _look_beside(header, records, sheet.file, findings)
    if table.required and not records:
        raise refuse(sheet.file, _("no rows below the header. Give at least one."))
    return [_entry(table, columns, record, Place(sheet.file, record.row), findings) for record in records]


def _look_beside(header: Record, records: list[Record], file: str, findings: Findings) -> None:
    """Find what stands in columns without a header: it would be lost in silence."""
    nameless = [column for column, cell in enumerate(header.cells) if not cell]
    for record in records if nameless else ():
        for cell in (record.cells[column] for column in nameless if column < len(record.cells)):
            if cell:
                value = cell if isinstance(cell, str) else cell.value
                message = _("a value below no header (got {value}). Give the column a header, or empty it.")
                fault = Place(file, record.row).fault("", message.format(value=quoted(value)), value)
                findings.faults.append(fault)


def _columns(table: Table, header: Record, file: str, findings: Findings) -> tuple[Heading | None, ...]:
    place = Place(file, header.row)
    names = [cell if isinstance(cell, str) else "" for cell in header.cells]
    if len(names) == 1 and any(mark in names[0] for mark in OTHER_SEPARATORS):
        message = _("the columns are not separated by commas (got {value}). Save it as “CSV UTF-8”.")
        raise refuse(file, message.format(value=quoted(names[0])), names[0], header.row)
    found = match(names, table.headings)
    refused = (cell for cell in header.cells if isinstance(cell, Refused))
    findings.faults.extend(place.fault("", cell.message, cell.value) for cell in refused)
    findings.faults.extend(place.fault(name, message, name) for name, message in found.problems)
    findings.faults.extend(place.fault(heading.header, absent(heading)) for heading in found.missing)
    if any(heading.field in table.key for heading in found.missing):
        findings.unread.add(table.name)
    return found.headings


def _entry(
    table: Table, columns: tuple[Heading | None, ...], record: Record, place: Place, findings: Findings
) -> Entry:
    if len(record.cells) != len(columns):
        message = _("{got} cells where the header has {expected}. Put a text with commas in quotation marks.")
        text = message.format(got=len(record.cells), expected=len(columns))
        findings.faults.append(place.fault("", text, str(len(record.cells))))
        findings = Findings()  # the cells have slipped: what else is wrong with them says nothing
    values: dict[str, Any] = defaults(table.headings)
    for heading, cell in zip(columns, record.cells, strict=False):
        if heading is not None:
            read_cell(heading, cell, place, values, findings)
    return Entry(table, place, values)


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
