"""A copy of a faulty workbook in which the faulty cells are marked, and every cause stands on the first sheet."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties
from rich.cells import cell_len

from rebalance.county.archive import open_archive
from rebalance.county.entries import IDENTITY
from rebalance.county.naming import NAMES
from rebalance.county.tables import CATEGORIES
from rebalance.fault import Alike, Fault, alike
from rebalance.papers.workbook import CREATED
from rebalance.text import _, clean

RED = PatternFill("solid", fgColor="FFFDB9B2")
SHEETS = ("notes", "readme", "说明")
"""Sheets that `check` leaves alone: one of them lists the faults."""

WIDE = (18, 22, 20, 90)
"""The columns of the list of faults, in letters."""
LINE, TALLEST = 15, 400
"""The height of a line, and the most a row may have, in points."""

MOST = 2000
"""So many faults are marked in the sheets; all are listed."""


def annotated(file: Path, faults: Sequence[Fault], notes: Sequence[str] = ()) -> bytes:
    """The bytes of the copy; `notes` say what was read kindly.

    Raises:
        FaultsError: it is no workbook, or one that must not be opened.
    """
    with open_archive(file):  # looks for what would harm the library that opens it next
        book = _opened(file)
    for fault in faults[:MOST]:
        _mark(book, fault)
    _list(book, faults, notes)
    book.properties.created = book.properties.modified = CREATED
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _opened(file: Path) -> Any:  # noqa: ANN401  # openpyxl's own
    try:
        with warnings.catch_warnings(action="ignore"):  # of what it does not keep: the copy is for reading
            return openpyxl.load_workbook(BytesIO(file.read_bytes()))  # it leaves a file open when it fails
    except (
        TypeError,
        AttributeError,
        SyntaxError,
    ) as problem:  # what it raises, beside much else, on a damaged workbook
        raise ValueError(problem) from None


def _mark(book: Any, fault: Fault) -> None:  # noqa: ANN401  # openpyxl's own
    """Colour the cell, or the row's first, or the sheet's first; and say there what is wrong."""
    sheet = _sheet(book, fault)
    if sheet is None:
        return
    cell = sheet.cell(max(1, fault.row), _column(sheet, fault))
    if type(cell).__name__ == "MergedCell":
        cell = sheet.cell(1, 1)
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.fill = RED
    cell.comment = Comment((before + clean(str(fault)))[:4000], "rebalance", width=320, height=140)


def _sheet(book: Any, fault: Fault) -> Any:  # noqa: ANN401
    name = fault.file.partition("#")[2].strip()
    return next((sheet for sheet in book.worksheets if sheet.title.strip() == name), None)


def _column(sheet: Any, fault: Fault) -> int:  # noqa: ANN401
    """The column whose heading is that of the fault, in whatever language; the first where there is none."""
    if fault.at:
        return fault.at
    names = set(_names(sheet.title.strip(), fault.column))
    heads = (cell for cell in sheet[1] if str(cell.value or "").strip() in names)
    return next((int(cell.column) for cell in heads), 2 if _is_about(sheet) and fault.row > 1 else 1)


def _is_about(sheet: Any) -> bool:  # noqa: ANN401
    return sheet.title.strip() not in NAMES


def _names(sheet: str, column: str) -> Iterator[str]:
    yield column
    table = NAMES.get(sheet)
    for heading in table.headings if table else (*IDENTITY, *CATEGORIES.headings):
        if column in {heading.header, *heading.column.chinese}:
            yield from (heading.header, *heading.column.chinese)


def _list(book: Any, faults: Sequence[Fault], notes: Sequence[str]) -> None:  # noqa: ANN401
    """Every cause, once, in a sheet of its own that comes first and that `check` does not read."""
    taken = {sheet.title.casefold() for sheet in book.worksheets}
    title = next((name for name in SHEETS if name not in taken), SHEETS[0])
    if title in taken:
        del book[next(sheet.title for sheet in book.worksheets if sheet.title.casefold() == title)]
    sheet = book.create_sheet(title, 0)
    rows = [(_("Sheet"), _("Row"), _("Column"), _("What is wrong"))]
    rows += [line for one in alike(faults) for line in _lines_of(one)]
    rows += [("", "", "", _("Read with a note:"))] * bool(notes) + [("", "", "", note) for note in notes]
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            cell = sheet.cell(number, place, clean(text)[:32000])
            cell.data_type = "s"  # a message may quote a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
        lines = max(-(-cell_len(text) // (wide - 4)) for text, wide in zip(row, WIDE, strict=True))
        sheet.row_dimensions[number].height = min(LINE * max(1, lines), TALLEST)
    for letter, wide in zip("ABCD", WIDE, strict=True):
        sheet.column_dimensions[letter].width = wide
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False


def _lines_of(cause: Alike) -> Iterator[tuple[str, str, str, str]]:
    """A row for each place of a cause; what is wrong is said at the first."""
    for number, (file, rows, column) in enumerate(cause.places):
        yield file.partition("#")[2], rows, column, cause.message if not number else "〃"
