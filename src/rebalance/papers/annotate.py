"""A copy of a faulty workbook in which every faulty cell is coloured and explained."""

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

from rebalance.county.tables import CATEGORIES
from rebalance.fault import Fault
from rebalance.papers.workbook import CREATED
from rebalance.reading.about import IDENTITY
from rebalance.reading.archive import open_archive
from rebalance.reading.raw import NAMES
from rebalance.words import _
from rebalance.writing.terminal import clean

RED = PatternFill("solid", fgColor="FFFDB9B2")
SHEETS = ("notes", "readme", "说明")
"""Sheets that `check` leaves alone: one of them lists the faults."""

MOST = 2000
"""So many faults are marked in the sheets; all are listed."""


def annotated(file: Path, faults: Sequence[Fault]) -> bytes:
    """The bytes of the copy.

    Raises:
        FaultsError: it is no workbook, or one that must not be opened.
    """
    with open_archive(file):  # looks for what would harm the library that opens it next
        book = _opened(file)
    for fault in faults[:MOST]:
        _mark(book, fault)
    _list(book, faults)
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
    name = fault.file.partition("#")[2]
    return next((sheet for sheet in book.worksheets if sheet.title.strip() == name), None)


def _column(sheet: Any, fault: Fault) -> int:  # noqa: ANN401
    """The column whose heading is that of the fault, in whatever language; the first where there is none."""
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


def _list(book: Any, faults: Sequence[Fault]) -> None:  # noqa: ANN401
    """Every fault in a sheet of its own, which `check` does not read."""
    taken = {sheet.title.casefold() for sheet in book.worksheets}
    title = next((name for name in SHEETS if name not in taken), SHEETS[0])
    if title in taken:
        del book[next(sheet.title for sheet in book.worksheets if sheet.title.casefold() == title)]
    sheet = book.create_sheet(title, 0)
    rows = [(_("Sheet"), _("Row"), _("Column"), _("What is wrong"))]
    rows += [(one.file.partition("#")[2], str(one.row or ""), one.column, one.message) for one in faults]
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            cell = sheet.cell(number, place, clean(text)[:32000])
            cell.data_type = "s"  # a message may quote a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    for letter, wide in zip("ABCD", (18, 7, 20, 100), strict=True):
        sheet.column_dimensions[letter].width = wide
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.active = 0
