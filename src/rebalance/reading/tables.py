"""A sheet of texts becomes the rows of its table."""

from __future__ import annotations

from typing import Any

from rebalance.county.columns import Heading
from rebalance.county.entries import Entry, Place, defaults
from rebalance.county.headers import absent, match
from rebalance.county.tables import Table
from rebalance.hints import quoted
from rebalance.reading.cells import read_cell
from rebalance.reading.collecting import Findings, refuse
from rebalance.reading.raw import Record, Refused, Sheet
from rebalance.words import _

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
