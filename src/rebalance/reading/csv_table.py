"""The rows of a CSV file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from rebalance.reading.collecting import refuse
from rebalance.reading.raw import Record, Sheet
from rebalance.reading.text_file import read_text, shown
from rebalance.words import _


def read_csv(file: Path) -> Sheet:
    """The rows of a file that are not blank, with surrounding white space taken off every cell.

    Rows are counted as a spreadsheet would: blank ones too, and a cell with line breaks in it is one row.

    Raises:
        FaultsError: it cannot be read, or a quotation mark is opened and not closed.
    """
    name = shown(file)
    return Sheet(name, tuple(record for record in _records(read_text(file), name) if any(record.cells)))


def _records(text: str, name: str) -> list[Record]:
    records: list[Record] = []
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1):
            records.append(Record(row, tuple(cell.strip() for cell in cells)))
    except csv.Error as problem:
        message = _("not a CSV row ({problem}). Close every quotation mark and double those inside a cell.")
        raise refuse(name, message.format(problem=problem), row=len(records) + 1) from None
    return records
