"""The sheets of a workbook as they came back: which of our tables each holds, and all else that people wrote there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

from rebalance.county import raw
from rebalance.county.archive import Archive, open_archive
from rebalance.county.notices import How
from rebalance.county.raw import Record, Seen, Sheet
from rebalance.county.xlsx import read_sheet, shared, sheet_parts, text_of
from rebalance.fault import Fault
from rebalance.files import shown
from rebalance.papers.workbook import FIRST, HEAD, KEYS, TITLE, number
from rebalance.table import Cell, Column, Figure, Kind, Table
from rebalance.text import LANGUAGES, _, clean, quoted, speaking

ADDED = frozenset({"remark"})
"""Columns that workbooks of earlier versions do not have."""

SHOWN = 20
"""So many texts of a sheet that is not ours are listed; the others are counted."""

Tables = Mapping[str, Sequence[Table]]
"""Our tables by name, each in every language."""


def in_every_language(make: Callable[[], Sequence[Table]]) -> Tables:
    """Tables as they are in each language, brought together by name."""
    made = []
    for language in LANGUAGES:
        with speaking(language):
            made.append(make())
    names = dict.fromkeys(table.name for tables in made for table in tables)
    return {name: [table for tables in made for table in tables if table.name == name] for name in names}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something written for people to read: where, in whose row (none: in nobody's), what."""

    place: str
    key: tuple[str, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Returned:
    """A sheet as it came back.

    `table` is what it held (None: it is not ours), in the language in which it was written; `places` tells in which
    column each key stands now; `digest` is the fingerprint it carries; `comments` are notes pinned to cells.
    """

    name: str
    sheet: Sheet
    table: Table | None
    places: Mapping[str, int]
    digest: str
    comments: tuple[tuple[str, str], ...]

    @property
    def editable(self) -> bool:
        """Whether numbers may be agreed on it; where cells were merged, nobody can tell which number is whose."""
        is_ours = self.table is not None and any(column.editable for column in self.table.columns)
        return is_ours and not self.sheet.merged

    def cell(self, record: Record, key: str) -> raw.Cell:
        """What stands below a key; nothing where the sheet has no such column, or the row ends before it."""
        place = self.places.get(key, len(record.cells))
        return record.cells[place] if place < len(record.cells) else ""

    def beside(self) -> Iterator[tuple[Record, str]]:
        """What was written right of the table, or under no heading of ours; on a sheet that is not ours, all of it."""
        ours = set(self.places.values())
        for record in self.sheet.records:
            if self.table is not None and record.row == KEYS + 1:
                continue
            kept = {0} if self.table is not None and record.row <= KEYS else ours  # titles and notes stand on the left
            for place, cell in enumerate(record.cells):
                if place not in kept and (text := written(cell)):
                    yield record, text

    def remarks(self) -> Iterator[Remark]:
        """Notes pinned to cells, and the texts of a sheet that is not ours."""
        for cell, text in self.comments:
            yield Remark(f"{self.sheet.name}, {cell}", (), text)
        if self.table is None and not self.digest:
            texts = [(record.row, text) for record, text in self.beside()]
            for row, text in texts[:SHOWN]:
                yield Remark(_("{sheet}, row {row}").format(sheet=self.sheet.name, row=row), (), text)
            if len(texts) > SHOWN:
                more = _("… and {count} more.").format(count=len(texts) - SHOWN)
                yield Remark(self.sheet.name, (), more)

    def changed(self) -> Iterator[Fault]:
        """What differs on a sheet on which nothing may be changed; rows in another order are the same rows."""
        if self.table is None or any(column.editable for column in self.table.columns):
            return
        own = [record for record in self.sheet.records if FIRST < record.row <= FIRST + len(self.table.rows)]
        rows = {record.row: self._differing(record, self.table.rows[record.row - FIRST - 1]) for record in own}
        found = [fault for faults in rows.values() for fault in faults]
        if found and self._sorted(own):
            return
        yield from found
        for record, text in self.beside():
            message = _("written beside the table (got {value}); it does not count.")
            yield Fault(self.sheet.file, record.row, "", message.format(value=quoted(text)), text)
        if len(own) < len(self.table.rows):
            message = _("rows are missing (got {count} of {all}); that does not count.")
            yield Fault(self.sheet.file, 0, "", message.format(count=len(own), all=len(self.table.rows)))

    def _differing(self, record: Record, row: Sequence[Cell]) -> list[Fault]:
        table = self.table
        columns = table.columns if table else ()
        return [
            difference(self.sheet.file, record, column, self.cell(record, column.key), ours)
            for column, ours in zip(columns, row, strict=True)
            if not same(self.cell(record, column.key), ours, column)
        ]

    def _sorted(self, records: Sequence[Record]) -> bool:
        """Whether its rows are ours in another order, as their texts tell."""
        table = self.table
        if table is None:
            return False
        texts = [column for column in table.columns if column.kind is Kind.TEXT]
        kept = (table.only(*(column.key for column in texts))).rows
        ours = Counter(tuple(_text(cell) for cell in row) for row in kept)
        found = Counter(tuple(written(self.cell(record, column.key)) for column in texts) for record in records)
        by_text = {tuple(_text(cell) for cell in texts_): row for texts_, row in zip(kept, table.rows, strict=True)}
        if ours != found or len(by_text) != len(table.rows):
            return False
        pairs = ((record, by_text[tuple(written(self.cell(record, one.key)) for one in texts)]) for record in records)
        return not any(self._differing(record, row) for record, row in pairs)


def returned(file: Path, tables: Tables) -> tuple[Returned, ...]:
    """Every sheet of a workbook.

    Raises:
        FaultsError: it is no workbook, or is damaged.
    """
    with open_archive(file) as archive:
        book = shared(archive)
        found = []
        for named in sheet_parts(archive):
            with archive.open(named.part) as content:
                sheet = read_sheet(content, book, f"{shown(file)}#{named.name.strip()}")
            found.append(_recognised(named.name.strip(), sheet, tables, tuple(_comments(archive, named.part))))
    return tuple(found)


def _recognised(name: str, sheet: Sheet, tables: Tables, comments: tuple[tuple[str, str], ...]) -> Returned:
    rows = {record.row: record.cells for record in sheet.records}
    keys = [str(cell) for cell in rows.get(KEYS + 1, ())]
    digest = next((key for key in keys if _is_digest(key)), "")
    title = written(next(iter(rows.get(TITLE + 1, ())), ""))
    entitled = sorted(tables.values(), key=lambda known: not any(title.startswith(table.title) for table in known))
    for known in entitled:
        wanted = [column.key for column in known[0].columns]
        if digest and set(wanted) - ADDED <= set(keys) and len(keys) - keys.count("") <= len(wanted) + 1:
            heads = rows.get(HEAD + 1, ())
            in_words = max(known, key=lambda table: sum(column.title in heads for column in table.columns))
            places = {key: keys.index(key) for key in wanted if key in keys}
            return Returned(name, sheet, in_words, places, digest, comments)
    return Returned(name, sheet, None, {}, digest, comments)


def _is_digest(key: str) -> bool:
    return len(key) == 64 and set(key) <= set("0123456789abcdef")  # noqa: PLR2004  # SHA-256


def _comments(archive: Archive, part: str) -> Iterator[tuple[str, str]]:
    """The notes pinned to cells of a sheet, with the cell's name."""
    for kind, name in archive.targets(part).values():
        if kind == "comments":
            for one in archive.parsed(name).iterfind(".//{*}comment"):
                item = one.find("{*}text")
                text = "" if item is None else clean(text_of(item)).strip()
                if text:
                    yield one.get("ref", ""), text


def written(cell: raw.Cell) -> str:
    """What a person wrote in a cell."""
    return cell if isinstance(cell, str) else cell.value


def difference(file: str, record: Record, column: Column, cell: raw.Cell, ours: Cell) -> Fault:
    """A cell that was changed where nothing may be."""
    message = _("changed where nothing may be (got {value}, was {ours}); it does not count.")
    text = message.format(value=quoted(written(cell)), ours=quoted(_text(ours)))
    return Fault(file, record.row, column.title, text, written(cell))


def same(cell: raw.Cell, ours: Cell, column: Column) -> bool:
    """Whether a cell still says what we wrote; of a formula, nobody has typed over it.

    Sums of money are floats in a spreadsheet and are not compared.
    """
    if (isinstance(cell, Seen) and How.FORMULA in cell.how) or column.kind is Kind.MONEY:
        return True
    said = written(cell)
    if column.formula and not isinstance(cell, str):
        return True  # a formula without a value: the file was saved by a program that does not work them out
    if isinstance(ours, Figure | str) or ours is None or column.kind is Kind.TEXT:
        return said == _text(ours)
    try:
        value = Decimal(said.removesuffix("%")) / (100 if said.endswith("%") else 1)
    except InvalidOperation:
        return False
    return Fraction(value) == Fraction(repr(number(ours, column.kind)))


def _text(cell: Cell) -> str:
    """A cell of ours as it is read again."""
    if isinstance(cell, Figure):
        return clean(cell.shown).strip()
    return "" if cell is None else clean(str(cell)).strip()
