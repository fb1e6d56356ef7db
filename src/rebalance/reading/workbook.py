"""A county package as one workbook: a sheet `county` and one sheet a table."""

from __future__ import annotations

from pathlib import Path

from rebalance.county.tables import CATEGORIES, Table
from rebalance.fault import Fault
from rebalance.reading.about_sheet import SHEETS, read_about_sheet
from rebalance.reading.archive import open_archive
from rebalance.reading.collecting import Findings, refuse
from rebalance.reading.raw import NAMES, About, Raw, Sheet, no_such_table
from rebalance.reading.sheet_xml import read_sheet
from rebalance.reading.text_file import shown
from rebalance.reading.workbook_xml import shared, sheet_parts
from rebalance.words import _

NOTES = frozenset({"notes", "readme", "说明"})
"""Sheets left alone, so that a workbook can explain itself."""


def open_workbook(file: Path, findings: Findings) -> Raw:
    """Everything in the workbook that belongs to the package.

    Raises:
        FaultsError: it is no workbook, or one that cannot be read.
    """
    found = _sheets(file, findings)
    about = _about(found, shown(file), findings)
    sheets: dict[Table, Sheet] = {}
    for name, sheet in found.items():
        table = NAMES.get(name)
        if table in sheets:
            findings.faults.append(_second(sheet, sheets[table]))
        elif table:
            sheets[table] = sheet
        elif sheet.records:
            findings.faults.append(no_such_table(sheet.file, name))
    return Raw(about, sheets, before=f"{shown(file)}#")


def _sheets(file: Path, findings: Findings) -> dict[str, Sheet]:
    sheets: dict[str, Sheet] = {}
    with open_archive(file) as archive:
        book = shared(archive)
        for name, part in sheet_parts(archive):
            if name.casefold() in NOTES:
                continue
            with findings.part(_table(name)), archive.open(part) as content:
                sheets[name] = read_sheet(content, book, f"{shown(file)}#{name}")
    return sheets


def _about(found: dict[str, Sheet], file: str, findings: Findings) -> About | None:
    sheets = [found.pop(name) for name in SHEETS if name in found]
    with findings.part(CATEGORIES.name):
        if not sheets and CATEGORIES.name not in findings.unread:
            message = _("missing. A workbook needs this sheet, with the columns key and value.")
            raise refuse(f"{file}#{SHEETS[0]}", message)
        for other in sheets[1:]:
            findings.faults.append(_second(other, sheets[0]))
        return read_about_sheet(sheets[0], findings) if sheets else None
    return None


def _second(sheet: Sheet, first: Sheet) -> Fault:
    message = _("the table stands in {other} too. Keep one of the two.")
    return Fault(sheet.file, 0, "", message.format(other=first.file))


def _table(sheet: str) -> str:
    """The table a sheet holds, by its English name; empty when it holds none."""
    if sheet in SHEETS:
        return CATEGORIES.name
    return NAMES[sheet].name if sheet in NAMES else ""
