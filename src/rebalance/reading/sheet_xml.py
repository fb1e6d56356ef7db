"""The XML of one worksheet becomes rows of texts.

Read here and not with openpyxl, which either cannot see that cells are merged or makes an object for each of
them (a merged column has a million), keeps in memory what we only walk through, and takes 0.2 s to import.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from rebalance.fault import Fault, FaultsError
from rebalance.reading.cell_xml import Book, read_value
from rebalance.reading.collecting import refuse
from rebalance.reading.raw import Cell, Record, Sheet
from rebalance.words import _

MOST_ROWS = 200_000
MOST_COLUMNS = 200


def read_sheet(part: IO[bytes], book: Book, file: str) -> Sheet:
    """The rows that are not blank, all of the same width.

    Raises:
        FaultsError: cells are merged, or the sheet is far too big.
    """
    rows: list[tuple[int, dict[int, Cell]]] = []
    merged = []
    row = 0
    for element in _elements(part):
        if element.tag.endswith("}mergeCell"):
            merged.append(element.get("ref", ""))
            continue
        row = int(element.get("r") or row + 1)
        if cells := _cells(element, row, book):
            rows.append((row, cells))
        _look_at_size(row, len(rows), max(cells, default=0), file)
    if merged:
        message = _("the cells {range} are merged. Unmerge them and fill in every cell.")
        raise FaultsError([Fault(file, 0, "", message.format(range=range_), range_) for range_ in merged])
    width = 1 + max((column for _row, cells in rows for column in cells), default=-1)
    return Sheet(file, tuple(Record(n, tuple(cells.get(i, "") for i in range(width))) for n, cells in rows))


def _look_at_size(row: int, rows: int, column: int, file: str) -> None:
    if rows > MOST_ROWS or column >= MOST_COLUMNS:
        message = _("too big (got row {row}, column {column}). Accepted: {rows} rows, {columns} columns.")
        text = message.format(row=row, column=column + 1, rows=MOST_ROWS, columns=MOST_COLUMNS)
        raise refuse(file, text, row=row)


def _elements(part: IO[bytes]) -> Iterator[Element]:
    """Rows and merged ranges, each thrown away after use: a big sheet is never in memory as a tree."""
    data: Element | None = None
    for event, element in iterparse(part, ("start", "end"), forbid_dtd=True):
        if event == "start" and element.tag.endswith("}sheetData"):
            data = element
        elif event == "end" and element.tag.endswith(("}row", "}mergeCell")):
            yield element
            if data is not None:
                data.clear()


def _cells(row: Element, number: int, book: Book) -> dict[int, Cell]:
    cells: dict[int, Cell] = {}
    column = -1
    for element in row.iterfind("{*}c"):
        letters = (element.get("r") or "").rstrip("0123456789")
        column = _column(letters) if letters else column + 1
        value = read_value(element, f"{letters}{number}", book)
        if value:
            cells[column] = value
    return cells


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
