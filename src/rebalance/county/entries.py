"""Cells become values: the rows of a table, and what a county says of itself; all that is wrong is noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

from rebalance.county import written
from rebalance.county.columns import (
    IN_CHINESE,
    NAME,
    Column,
    Exact,
    Flag,
    Heading,
    Id,
    Ids,
    Number,
    Text,
    Year,
    absent,
    headings,
    match,
    named_in_chinese,
    plain_header,
)
from rebalance.county.findings import Findings
from rebalance.county.notices import How
from rebalance.county.persons import is_personal, personal
from rebalance.county.raw import About, Cell, Given, Personal, Record, Refused, Seen, Sheet
from rebalance.county.tables import CATEGORIES, SETTINGS, Entry, Place, Table, Title, convert, defaults, spoken
from rebalance.county.written import PLAIN
from rebalance.fault import Fault, refuse
from rebalance.text import _, clean, near_miss, quoted


def read_cell(heading: Heading, cell: Cell, place: Place, values: dict[str, Any], findings: Findings) -> None:
    """Put the cell's value under its field; where it has none, leave the field out and note a fault."""
    values.pop(heading.field, None)
    if isinstance(cell, Refused):
        findings.faults.append(place.fault(heading.header, cell.message, cell.value))
        return
    try:
        values[heading.field] = _value(heading, cell)
    except ValueError as problem:
        findings.faults.append(place.fault(heading.header, str(problem), cell))
        return
    if type(cell) is str and (not cell or (cell.isascii() and cell.isdecimal())):  # as most are
        return
    for how in _manners(heading, cell):
        title = place.titles.get(heading.header) or Title(heading.title)
        findings.notice(how, place.file, place.row, title.said)


def _value(heading: Heading, cell: str) -> Any:  # noqa: ANN401 - a value of any kind of column
    """The value of a cell; a code or a number that a spreadsheet has made a date of is none.

    Raises:
        ValueError: it is not accepted; the message says what is.
    """
    dated = isinstance(cell, Seen) and How.DATE in cell.how
    if dated and (heading.is_figure or isinstance(heading.column.kind, Id | Ids)):
        message = _("a date (got {value}), where a code, a name or a number is asked. Type that, as text or number.")
        raise ValueError(message.format(value=quoted(cell)))
    return convert(heading, cell)


def _manners(heading: Heading, cell: str) -> Iterator[How]:
    """How a cell that was understood had been written, where that is worth telling."""
    yield from cell.how if isinstance(cell, Seen) else ()
    kind = heading.column.kind
    if heading.blank and written.nothing(cell):
        yield How.NOTHING
    elif isinstance(kind, Number | Exact | Flag | Years):
        yield from written.manners(cell)
        if isinstance(kind, Number) and written.is_noisy(cell):
            yield How.NOISE


OTHER_SEPARATORS = ";\t；，|"


def read_table(table: Table, sheet: Sheet, findings: Findings) -> list[Entry]:
    """The rows of the sheet, the header first; everything wrong with them goes to `findings`.

    Raises:
        FaultsError: there is no header to read them by.
    """
    if not sheet.records:
        accepted = ", ".join(heading.title for heading in table.headings)
        raise refuse(sheet.file, _("empty. Give a header: {accepted}.").format(accepted=accepted))
    header, *records = sheet.records
    columns = _columns(table, header, sheet, findings)
    _look_beside(header, records, sheet, findings)
    if table.required and not records:
        raise refuse(sheet.file, _("no rows below the header. Give at least one."))
    places = _Places(sheet, header, columns, spoken(table.headings))
    return [_entry(table, columns, record, places.of(record), findings) for record in records]


@dataclass(slots=True)
class _Places:
    """Where the rows of a sheet stand, and what people call its columns."""

    sheet: Sheet
    header: Record
    columns: Sequence[Heading | None]
    usual: Mapping[str, Title]
    known: dict[tuple[int, ...], Mapping[str, Title]] = field(default_factory=dict)

    def of(self, record: Record) -> Place:
        """The place of a row."""
        at = record.at or tuple(range(len(self.columns)))
        if at not in self.known:
            self.known[at] = {**self.usual, **dict(self._titles(at))}
        return Place(self.sheet.file, record.row, titles=self.known[at])

    def _titles(self, at: tuple[int, ...]) -> Iterator[tuple[str, Title]]:
        for heading, column in zip(self.columns, at, strict=False):
            if heading is not None:
                said = self.sheet.titles[column] if column < len(self.sheet.titles) else heading.title
                # a Chinese reader is told the Chinese heading, also of a sheet with English ones
                yield heading.header, Title(heading.title if said.isascii() else said, column + 1)


def _look_beside(header: Record, records: list[Record], sheet: Sheet, findings: Findings) -> None:
    """Find what stands in columns without a header: figures would be lost in silence, remarks are told."""
    nameless = [column for column, cell in enumerate(header.cells) if not cell]
    for record in records if nameless else ():
        for cell in (record.cells[column] for column in nameless if column < len(record.cells)):
            if cell and sheet.grid and isinstance(cell, str) and not PLAIN.fullmatch(written.number(cell)):
                findings.notice(How.BESIDE, sheet.file, record.row)
            elif cell:
                value = cell if isinstance(cell, str) else cell.value
                message = _("a value below no header (got {value}). Give the column a header, or empty it.")
                fault = Place(sheet.file, record.row).fault("", message.format(value=quoted(value)), value)
                findings.faults.append(fault)


def _columns(table: Table, header: Record, sheet: Sheet, findings: Findings) -> tuple[Heading | None, ...]:
    place = Place(sheet.file, header.row, titles=spoken(table.headings))
    names = [cell if isinstance(cell, str) else "" for cell in header.cells]
    if len(names) == 1 and any(mark in names[0] for mark in OTHER_SEPARATORS):
        message = _("the columns are not separated by commas (got {value}). Save it as “CSV UTF-8”.")
        raise refuse(sheet.file, message.format(value=quoted(names[0])), names[0], header.row)
    found = match(names, table.headings)
    refused = (cell for cell in header.cells if isinstance(cell, Refused))
    findings.faults.extend(place.fault("", cell.message, cell.value) for cell in refused)
    for name, message in found.problems:
        if is_personal(name):
            findings.faults.append(place.fault(name, personal()))
        elif _left_aside(name, table.headings, found.headings):
            findings.notice(How.COLUMNS, sheet.file, said=clean(name))
        else:
            findings.faults.append(place.fault(name, message, name))
    findings.faults.extend(place.fault(heading.header, absent(heading)) for heading in found.missing)
    if any(heading.field in table.key for heading in found.missing):
        findings.unread.add(table.name)
    return found.headings


def _left_aside(name: str, columns: Sequence[Heading], found: Sequence[Heading | None]) -> bool:
    """Whether a column is none of the table's, and cannot be meant for one that is not there."""
    lacking = [heading for heading in columns if heading not in found]
    others = {word for heading in columns for word in (heading.header, *heading.column.chinese)}
    names = [word for heading in lacking for word in (heading.header, *heading.column.chinese)]
    known = plain_header(name) in {plain_header(word) for word in others}  # one that stands here twice
    return not known and not near_miss(plain_header(name), names)


def _entry(
    table: Table, columns: tuple[Heading | None, ...], record: Record, place: Place, findings: Findings
) -> Entry:
    cells = _in_length(record.cells, columns)
    if len(cells) != len(columns):
        message = _("{got} cells where the header has {expected}. Put a text with commas in quotation marks.")
        text = message.format(got=len(cells), expected=len(columns))
        findings.faults.append(place.fault("", text, str(len(cells))))
        findings = Findings()  # the cells have slipped: what else is wrong with them says nothing
    elif len(cells) > len(record.cells):
        findings.notice(How.SHORT, place.file, place.row)
    values: dict[str, Any] = defaults(table.headings)
    only_chinese = named_in_chinese(columns, cells)
    for heading, cell in zip(columns, cells, strict=False):
        if heading is not None and not (only_chinese and heading.field == NAME):
            read_cell(heading, cell, place, values, findings)
        elif isinstance(cell, Personal):
            findings.faults.append(place.fault("", cell.message, cell.value))
    return Entry(table, place, _both_names(values) if only_chinese else values)


def _both_names(values: dict[str, Any]) -> dict[str, Any]:
    """The Chinese name stands for the other one, too."""
    return {**values, **({NAME: values[IN_CHINESE]} if IN_CHINESE in values else {})}


def _in_length(cells: tuple[Cell, ...], columns: Sequence[Heading | None]) -> tuple[Cell, ...]:
    """The cells of a row, as many as there are columns where its end says nothing: empty, or left out as empty."""
    lacking = columns[len(cells) :]
    if any(cells[len(columns) :]) or any(heading is not None and not heading.blank for heading in lacking):
        return cells
    return (*cells[: len(columns)], *("" for _column in lacking))


MOST_YEARS = 10


@dataclass(frozen=True, slots=True)
class Years:
    """The calendar years planned, one after another."""

    def read(self, text: str) -> tuple[int, ...]:
        """The years; ValueError when one is missing, repeated or out of order, or when there are too many."""
        years = tuple(map(Year().read, written.years(text)))
        if not 0 < len(years) <= MOST_YEARS or years != tuple(range(years[0], years[0] + len(years))):
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
    return _values(IDENTITY, about.own, Place(about.file, titles=spoken(IDENTITY)), findings, others)


def read_categories(about: About, findings: Findings) -> list[Entry]:
    """The categories of positions."""
    if not about.categories:
        message = _("no category. Give at least one, with its name.")
        findings.faults.append(Fault(about.file, 0, "categories", message, title=CATEGORIES.title))
    return [_category(name, about, findings) for name in about.categories]


def read_settings(about: About, findings: Findings) -> list[Entry]:
    """Working time, classes and papers, as far as they are given."""
    given = [table for table in SETTINGS if table.name in about.settings]
    places = {table: Place(about.file, path=table.name, titles=spoken(table.headings)) for table in given}
    return [
        Entry(table, places[table], _values(table.headings, about.settings[table.name], places[table], findings))
        for table in given
    ]


def _category(name: str, about: About, findings: Findings) -> Entry:
    place = Place(about.file, path=f"categories.{name}", titles=spoken(CATEGORIES.headings))
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
    only_chinese = named_in_chinese(found.headings, [got.cell for got in given.values()])
    for heading, got in zip(found.headings, given.values(), strict=True):
        if heading is not None and not (only_chinese and heading.field == NAME):
            read_cell(heading, got.cell, replace(place, row=got.row), values, findings)
    findings.faults.extend(place.fault(heading.header, absent(heading)) for heading in found.missing)
    return _both_names(values) if only_chinese else values
