"""What somebody changed in a workbook we wrote: only the coloured cells count, everything else is ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rebalance.county import raw
from rebalance.county.archive import open_archive
from rebalance.county.columns import LARGEST, YES
from rebalance.county.notices import How
from rebalance.county.raw import Record, Seen, Sheet
from rebalance.county.xlsx import read_sheet, shared, sheet_parts
from rebalance.fault import Fault, FaultsError
from rebalance.files import shown
from rebalance.model.plan import Plan
from rebalance.papers.contents import plan_digest
from rebalance.papers.workbook import FIRST, KEYS
from rebalance.table import Cell, Kind, Table
from rebalance.tables.agencies import agencies
from rebalance.tables.positions import positions
from rebalance.text import _, clean, quoted

Key = tuple[str, str]

IDS = {"positions": ("holder", "category"), "agencies": ("township", "agency")}
"""The columns that tell a row of each table from the others."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A number agreed: of a holder and category, or of a township and agency."""

    table: str
    key: Key
    was: int
    now: int

    @property
    def changed(self) -> bool:
        """Whether it differs from the plan, and is not only to be kept."""
        return self.was != self.now


@dataclass(frozen=True)
class Edits:
    """What was agreed, and what was changed where nothing should be (it does not count)."""

    agreed: tuple[Edit, ...]
    ignored: tuple[Fault, ...]


def read_edits(file: Path, plan: Plan) -> Edits:
    """Every coloured cell that differs from the plan or is to be kept.

    Raises:
        FaultsError: it is no workbook of this plan, rows are missing, or a coloured cell holds no number.
    """
    tables = {table.name: table for table in (positions(plan).on_paper(), agencies(plan).on_paper()) if table.rows}
    sheets = dict(_sheets(file, tables))
    if not sheets:
        message = _("not a workbook that `export` wrote: none of its sheets for numbers is there.")
        raise FaultsError([Fault(shown(file), 0, "", message)])
    faults = [_missing(file, table) for name, table in tables.items() if name not in sheets]
    faults += [fault for sheet, digest in sheets.values() for fault in _other_plan(sheet, digest, plan)]
    if faults:
        raise FaultsError(faults)
    readers = [_Reader(table, sheets[name][0]) for name, table in tables.items()]
    agreed = [edit for reader in readers for edit in reader.edits()]
    if faults := [fault for reader in readers for fault in reader.faults]:
        raise FaultsError(faults)
    return Edits(tuple(agreed), tuple(fault for reader in readers for fault in reader.ignored))


def _sheets(file: Path, tables: Mapping[str, Table]) -> Iterator[tuple[str, tuple[Sheet, str]]]:
    """The sheets of ours that people may edit, with the fingerprint they carry."""
    with open_archive(file) as archive:
        book = shared(archive)
        for named in sheet_parts(archive):
            with archive.open(named.part) as content:
                sheet = read_sheet(content, book, f"{shown(file)}#{named.name.strip()}")
            if sheet.merged:  # one of the sheets for reading only, or one no longer ours
                continue
            keys = next((record.cells for record in sheet.records if record.row == KEYS + 1), ())
            for table, one in tables.items():
                said = tuple(column.key for column in one.columns)
                if keys[: len(said)] == said:
                    yield table, (sheet, str(keys[len(said)]) if len(keys) > len(said) else "")


def _missing(file: Path, table: Table) -> Fault:
    message = _(
        "the sheet “{title}” is not there as it was written. Give back the workbook without merging cells,"
        " moving columns or taking sheets out."
    )
    return Fault(shown(file), 0, "", message.format(title=table.title))


def _other_plan(sheet: Sheet, digest: str, plan: Plan) -> Iterator[Fault]:
    if digest != (ours := plan_digest(plan)):
        message = _("a workbook of another plan (got {value}). This plan is {ours}; export it anew.")
        yield Fault(sheet.file, 0, "", message.format(value=quoted(digest[:12]), ours=ours[:12]), digest)


class _Reader:
    """Reads one sheet against the table it was written from."""

    def __init__(self, table: Table, sheet: Sheet) -> None:
        self.table, self.sheet = table, sheet
        self.faults: list[Fault] = []
        self.ignored: list[Fault] = []
        self._ids = [table.index(key) for key in IDS[table.name]]
        self._agreed, self._keep = table.index("agreed"), table.index("keep")

    def edits(self) -> Iterator[Edit]:
        """What was agreed, row by row; the faults are complete afterwards."""
        ours = {self._key(tuple(map(_text, row))): row for row in self.table.rows}
        seen: set[Key] = set()
        for record in self.sheet.records:
            if record.row <= FIRST or not all(key := self._key(record.cells)):
                continue
            if key not in ours or key in seen:
                self._fault(record, "", _("a row that the plan does not have, or twice (got {value})."), " ".join(key))
                continue
            seen.add(key)
            yield from self._edit(record, ours[key])
        for key in ours:
            if key not in seen:
                message = _("the row of {value} is missing. Give back the workbook with all its rows.")
                self.faults.append(Fault(self.sheet.file, 0, "", message.format(value=quoted(" ".join(key)))))

    def _key(self, cells: tuple[raw.Cell, ...]) -> Key:
        first, second = (cells[place] if len(cells) > place else "" for place in self._ids)
        return (first if isinstance(first, str) else "", second if isinstance(second, str) else "")

    def _edit(self, record: Record, row: tuple[Cell, ...]) -> Iterator[Edit]:
        for place, column in enumerate(self.table.columns):
            if not column.editable and column.kind in {Kind.COUNT, Kind.CHANGE}:  # names may be in another language
                self._compare(record, column.title, record.cells[place], _text(row[place]))
        now, keep = self._number(record), self._kept(record)
        was = row[self._agreed]
        if isinstance(was, int) and now is not None and (keep or now != was):
            first, second = (str(row[place]) for place in self._ids)  # as the county writes them, blanks and all
            yield Edit(self.table.name, (first, second), was, now)

    def _compare(self, record: Record, title: str, cell: raw.Cell, ours: str) -> None:
        worked_out = isinstance(cell, Seen) and How.FORMULA in cell.how
        if isinstance(cell, str) and cell != ours and not worked_out:
            message = _("changed where nothing may be (got {value}, was {ours}); it does not count.")
            text = message.format(value=quoted(cell), ours=quoted(ours))
            self.ignored.append(Fault(self.sheet.file, record.row, title, text, cell))

    def _number(self, record: Record) -> int | None:
        cell = record.cells[self._agreed]
        is_plain = isinstance(cell, str) and cell.isascii() and cell.isdecimal() and len(cell) <= len(str(LARGEST))
        if is_plain and int(str(cell)) <= LARGEST:
            return int(str(cell))
        title = self.table.columns[self._agreed].title
        self._fault(record, title, _("not a number agreed (got {value}). Accepted: a whole number from 0."), cell)
        return None

    def _kept(self, record: Record) -> bool:
        cell = record.cells[self._keep]
        if not cell or (isinstance(cell, str) and cell.casefold() in YES):
            return bool(cell)
        title = self.table.columns[self._keep].title
        self._fault(record, title, _("not accepted (got {value}). Accepted: yes, or nothing."), cell)
        return False

    def _fault(self, record: Record, title: str, message: str, cell: raw.Cell) -> None:
        if isinstance(cell, str):
            self.faults.append(Fault(self.sheet.file, record.row, title, message.format(value=quoted(cell)), cell))
        else:  # a formula, a date: it says what to do
            self.faults.append(Fault(self.sheet.file, record.row, title, cell.message, cell.value))


def _text(cell: Cell) -> str:
    """A cell of ours as it is read again."""
    return "" if cell is None else clean(str(cell)).strip()


def where(plan: Plan, edit: Edit) -> str:
    """Whose number it is."""
    return ", ".join(map(plan.problem.name, edit.key))
