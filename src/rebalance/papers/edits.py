"""What somebody changed in a workbook we wrote: the numbers agreed, and all else, of which nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rebalance.county import raw
from rebalance.county.columns import LARGEST, YES
from rebalance.county.raw import Record
from rebalance.fault import Fault, FaultsError
from rebalance.files import shown
from rebalance.model.plan import Plan
from rebalance.papers.contents import plan_digest
from rebalance.papers.returned import (
    Remark,
    Returned,
    Tables,
    difference,
    in_every_language,
    returned,
    same,
    written,
)
from rebalance.papers.workbook import FIRST
from rebalance.table import Cell, Table
from rebalance.tables.agencies import agencies
from rebalance.tables.positions import positions
from rebalance.text import _, clean, listed, quoted

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
    """What was agreed, what was written for people to read, and what was changed where it does not count."""

    agreed: tuple[Edit, ...]
    ignored: tuple[Fault, ...]
    remarks: tuple[Remark, ...] = ()


def read_edits(file: Path, plan: Plan, *, counts: Sequence[str] = (), others: Tables | None = None) -> Edits:
    """Every coloured cell that differs from the plan or is to be kept, and whatever else was written.

    Args:
        file: the workbook.
        plan: the plan of which it was written.
        counts: of sheets that were copied, the names of those that count.
        others: the tables on which nothing may be changed, to see whether something was.

    Raises:
        FaultsError: it is no workbook of this plan, rows are missing, a coloured cell holds no number, or a sheet is
            there twice with other numbers and nobody says which one counts.
    """
    ours = in_every_language(
        lambda: [one for one in (positions(plan).on_paper(), agencies(plan).on_paper()) if one.rows]
    )
    sheets = returned(file, {**ours, **(others or {})})
    found = {name: [one for one in sheets if one.editable and one.table and one.table.name == name] for name in ours}
    if not any(found.values()):
        message = _("not a workbook that `export` wrote: none of its sheets for numbers is there.")
        raise FaultsError([Fault(shown(file), 0, "", message)])
    faults = [_missing(file, ours[name][0]) for name, same_ in found.items() if not same_]
    faults += [fault for same_ in found.values() for one in same_ for fault in _other_plan(one, plan)]
    if faults:
        raise FaultsError(faults)
    readers = [_Reader(one, one.table) for same_ in found.values() for one in same_ if one.table]
    taken, passed, faults = [], [], []
    for name in found:
        copies = [reader for reader in readers if reader.table.name == name]
        one, asked = _counting(file, copies, counts)
        taken.append(one)
        passed += [_copy(other, one) for other in copies if other is not one]
        faults += [*asked, *one.faults]
    faults += _unknown(file, counts, readers)
    if faults:
        raise FaultsError(faults)
    ignored = [*passed, *(fault for reader in readers for fault in reader.ignored)]
    ignored += [fault for one in sheets for fault in one.changed()]
    remarks = [
        *(one for reader in readers for one in reader.remarks),
        *(one for back in sheets for one in back.remarks()),
    ]
    return Edits(tuple(edit for reader in taken for edit in reader.agreed), tuple(ignored), tuple(remarks))


def _counting(file: Path, copies: Sequence[_Reader], counts: Sequence[str]) -> tuple[_Reader, Iterable[Fault]]:
    """Which of several sheets of the same table counts; where their numbers differ and nobody says it, a question."""
    chosen = [one for one in copies if one.back.name in counts]
    if len(chosen) == 1:
        return chosen[0], ()
    if all(one.agreed == copies[0].agreed and not (one.faults and len(copies) > 1) for one in copies):
        return copies[0], ()
    message = _(
        "the same table stands on several sheets, and not with the same numbers: {sheets}. Say with --sheet which of"
        " them counts, or take the others out."
    )
    names = listed(f"“{one.back.name}”" for one in copies)
    return copies[0], [Fault(shown(file), 0, "", message.format(sheets=names))]


def _copy(reader: _Reader, counting: _Reader) -> Fault:
    """A sheet that stands there beside the one that counts."""
    alike = _("a copy of the sheet “{sheet}”, with the same numbers; it is not counted again.")
    other = _("a copy of the sheet “{sheet}”, with other numbers; it does not count.")
    text = alike if reader.agreed == counting.agreed else other
    return Fault(reader.back.sheet.file, 0, "", text.format(sheet=counting.back.name))


def _unknown(file: Path, counts: Sequence[str], readers: Sequence[_Reader]) -> Iterator[Fault]:
    names = [one.back.name for one in readers]
    for name in counts:
        if name not in names:
            message = _("no such sheet for numbers (got {value}). Accepted: {accepted}.")
            yield Fault(shown(file), 0, "--sheet", message.format(value=quoted(name), accepted=", ".join(names)), name)


def _missing(file: Path, table: Table) -> Fault:
    message = _(
        "the sheet “{title}” is not there as it was written. Give back the workbook without merging cells,"
        " taking columns or sheets out, or typing above the headings."
    )
    return Fault(shown(file), 0, "", message.format(title=table.title))


def _other_plan(back: Returned, plan: Plan) -> Iterator[Fault]:
    if back.digest != (ours := plan_digest(plan)):
        message = _("a workbook of another plan (got {value}). This plan is {ours}; export it anew.")
        text = message.format(value=quoted(back.digest[:12]), ours=ours[:12])
        yield Fault(back.sheet.file, 0, "", text, back.digest)


class _Reader:
    """Reads one sheet against the table it was written from."""

    def __init__(self, back: Returned, table: Table) -> None:
        """Read everything."""
        self.back, self.table = back, table
        self.faults: list[Fault] = []
        self.ignored: list[Fault] = []
        self.remarks: list[Remark] = []
        self.ids = IDS[self.table.name]
        self._places = [self.table.index(key) for key in self.ids]
        self._columns = {column.key: column for column in self.table.columns}
        self.agreed = tuple(self._edits())
        self._beside()

    def _edits(self) -> Iterator[Edit]:
        """What was agreed, row by row."""
        ours = {self._key_of(row): row for row in self.table.rows}
        seen: set[Key] = set()
        for record in self.back.sheet.records:
            if record.row <= FIRST:
                continue
            if not all(key := self._key(record)):
                self._below(record)
                continue
            if key not in ours or key in seen:
                self._fault(record, "", _("a row that the plan does not have, or twice (got {value})."), " ".join(key))
                continue
            seen.add(key)
            yield from self._edit(record, ours[key])
        for key in ours:
            if key not in seen:
                message = _("the row of {value} is missing. Give back the workbook with all its rows.")
                fault = Fault(self.back.sheet.file, 0, "", message.format(value=quoted(" ".join(key))))
                self.faults.append(fault)

    def _key(self, record: Record) -> Key:
        first, second = (self.back.cell(record, key) for key in self.ids)
        return (first if isinstance(first, str) else "", second if isinstance(second, str) else "")

    def _key_of(self, row: Sequence[Cell]) -> Key:
        first, second = (_text(row[place]) for place in self._places)
        return first, second

    def _edit(self, record: Record, row: tuple[Cell, ...]) -> Iterator[Edit]:
        for column, ours in zip(self.table.columns, row, strict=True):
            cell = self.back.cell(record, column.key)
            if not column.editable and not same(cell, ours, column):
                self.ignored.append(difference(self.back.sheet.file, record, column, cell, ours))
        key = self._key_of(row)
        if text := written(self.back.cell(record, "remark")):
            self.remarks.append(Remark(self._row(record), key, text))
        now, keep = self._number(record), self._kept(record)
        was = row[self.table.index("agreed")]
        if isinstance(was, int) and now is not None and (keep or now != was):
            first, second = (str(row[place]) for place in self._places)  # as the county writes them, blanks and all
            yield Edit(self.table.name, (first, second), was, now)

    def _below(self, record: Record) -> None:
        """A row without a key: below the sums stands what people have added."""
        if record.row == FIRST + len(self.table.rows) + 1 and self.table.totalled:
            return
        for key in self._columns:
            if text := written(self.back.cell(record, key)):
                self.remarks.append(Remark(self._row(record), (), text))

    def _beside(self) -> None:
        for record, text in self.back.beside():
            key = self._key(record) if record.row > FIRST else ("", "")
            self.remarks.append(Remark(self._row(record), key if all(key) else (), text))

    def _row(self, record: Record) -> str:
        return _("{sheet}, row {row}").format(sheet=self.back.name, row=record.row)

    def _number(self, record: Record) -> int | None:
        cell = self.back.cell(record, "agreed")
        is_plain = isinstance(cell, str) and cell.isascii() and cell.isdecimal() and len(cell) <= len(str(LARGEST))
        if is_plain and int(str(cell)) <= LARGEST:
            return int(str(cell))
        title = self._columns["agreed"].title
        self._fault(record, title, _("not a number agreed (got {value}). Accepted: a whole number from 0."), cell)
        return None

    def _kept(self, record: Record) -> bool:
        cell = self.back.cell(record, "keep")
        if not cell or (isinstance(cell, str) and cell.casefold() in YES):
            return bool(cell)
        title = self._columns["keep"].title
        self._fault(record, title, _("not accepted (got {value}). Accepted: yes, or nothing."), cell)
        return False

    def _fault(self, record: Record, title: str, message: str, cell: raw.Cell) -> None:
        file = self.back.sheet.file
        if isinstance(cell, str):
            self.faults.append(Fault(file, record.row, title, message.format(value=quoted(cell)), cell))
        else:  # a formula, a date: it says what to do
            self.faults.append(Fault(file, record.row, title, cell.message, cell.value))


def _text(cell: Cell) -> str:
    """A cell of ours as it is read again."""
    return "" if cell is None else clean(str(cell)).strip()


def where(plan: Plan, edit: Edit) -> str:
    """Whose number it is."""
    return named(plan, edit.key)


def named(plan: Plan, key: Iterable[str]) -> str:
    """The names of a row's ids."""
    return ", ".join(map(plan.problem.name, key))
