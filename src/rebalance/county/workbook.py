"""A county package that is a workbook: a sheet about the county, and one for each table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rebalance.county.archive import open_archive
from rebalance.county.columns import plain_header
from rebalance.county.findings import Findings
from rebalance.county.naming import no_such_table, plain_name, table_named
from rebalance.county.notices import How
from rebalance.county.persons import without_persons
from rebalance.county.raw import About, Cell, Given, Raw, Refused, Sheet
from rebalance.county.tables import CATEGORIES, SETTINGS, Table
from rebalance.county.written import bare
from rebalance.county.xlsx import read_sheet, shared, sheet_parts
from rebalance.fault import Fault, refuse
from rebalance.files import shown
from rebalance.text import _, clean, quoted

SHEETS = ("county", "县", "县情")
HEADERS = (("key", "项目"), ("value", "内容"))
CATEGORY_FIELDS = "categories."
FIELD_NAMES = frozenset(table.name for table in SETTINGS)
PREFIXES = {bare(name): table.name for table in (CATEGORIES, *SETTINGS) for name in table.chinese}
"""What may stand before the first dot of a key, in Chinese."""

NOTES = frozenset({"notes", "readme", "说明"})
"""Sheets left alone, so that a workbook can explain itself."""


SCENARIO = frozenset({"scenario", "情景"})
"""The sheet that says what is asked of the county: read with scenarios, and not here."""


def has_county(file: Path) -> bool:
    """Whether the workbook has a sheet about a county.

    Raises:
        FaultsError: it is no workbook, or one that cannot be read.
    """
    with open_archive(file) as archive:
        return any(plain_name(sheet.name) in SHEETS for sheet in sheet_parts(archive))


def scenario_in(file: Path) -> Sheet | None:
    """The sheet of a workbook that says a scenario; None where it has none.

    Raises:
        FaultsError: it is no workbook, or one that cannot be read, or has two such sheets.
    """
    with open_archive(file) as archive:
        named = [sheet for sheet in sheet_parts(archive) if plain_name(sheet.name) in SCENARIO]
        if len(named) > 1:
            message = _("two sheets of one name (got {value} and {other}). Keep one of the two.")
            text = message.format(value=quoted(named[0].name), other=quoted(named[1].name))
            raise refuse(f"{shown(file)}#{named[1].name.strip()}", text)
        for sheet in named:
            with archive.open(sheet.part) as content:
                return read_sheet(content, shared(archive), f"{shown(file)}#{sheet.name.strip()}")
    return None


def open_workbook(file: Path, findings: Findings) -> Raw:
    """Everything in the workbook that belongs to the package.

    Raises:
        FaultsError: it is no workbook, or one that cannot be read.
    """
    found = sheets_in(file, findings)
    about = _about_sheet([sheet for sheet in found if plain_name(sheet.name) in SHEETS], shown(file), findings)
    sheets: dict[Table, Sheet] = {}
    others: list[Sheet] = []
    for sheet in found:
        table = table_named(sheet.name)
        if table in sheets:
            findings.faults.append(_second(sheet, sheets[table]))
        elif table:
            sheets[table] = sheet
        elif plain_name(sheet.name) not in SHEETS and sheet.records:
            others.append(sheet)
    for sheet in others:
        if fault := no_such_table(sheet.file, sheet.name, sheets):
            findings.faults.append(fault)
        else:
            said = _("hidden") if sheet.unseen else ""
            findings.notice(How.SHEETS, clean(sheet.file), said=said)
    return Raw(about, sheets, before=f"{shown(file)}#")


def sheets_in(file: Path, findings: Findings) -> list[Sheet]:
    """Every sheet of a workbook but its notes, in order."""
    sheets: list[Sheet] = []
    with open_archive(file) as archive:
        book = shared(archive)
        for sheet in sheet_parts(archive):
            if plain_name(sheet.name) in NOTES | SCENARIO:
                continue
            with findings.part(_table_sheet(sheet.name)), archive.open(sheet.part) as content:
                read = read_sheet(content, book, f"{shown(file)}#{sheet.name.strip()}")
                sheets.append(replace(read, unseen=sheet.hidden, label=sheet.name))
    return sheets


def _about_sheet(sheets: Sequence[Sheet], file: str, findings: Findings) -> About | None:
    with findings.part(CATEGORIES.name):
        if not sheets and CATEGORIES.name not in findings.unread:
            message = _("missing. A workbook needs this sheet, with the columns key and value.")
            raise refuse(f"{file}#{SHEETS[0]}", message)
        for other in sheets[1:]:
            findings.faults.append(_second(other, sheets[0]))
        return read_about_sheet(sheets[0], findings) if sheets else None
    return None


def _second(sheet: Sheet, first: Sheet) -> Fault:
    if sheet.file == first.file:  # one name but for blanks
        message = _("two sheets of one name (got {value} and {other}). Keep one of the two.")
        return Fault(sheet.file, 0, "", message.format(value=quoted(first.label), other=quoted(sheet.label)))
    message = _("the table stands in {other} too. Keep one of the two.")
    return Fault(sheet.file, 0, "", message.format(other=first.file))


def _table_sheet(sheet: str) -> str:
    """The table a sheet holds, by its English name; empty when it holds none."""
    if plain_name(sheet) in SHEETS:
        return CATEGORIES.name
    table = table_named(sheet)
    return table.name if table else ""


def read_about_sheet(sheet: Sheet, findings: Findings) -> About:
    """The keys of the sheet, with those of the categories and of the settings kept apart.

    Raises:
        FaultsError: the two columns are not there.
    """
    own: dict[str, Given] = {}
    categories: dict[str, dict[str, Given]] = {}
    settings: dict[str, dict[str, Given]] = {}
    for said, given in _pairs(sheet, findings):
        first, dotted, rest = said.partition(".")
        key = f"{PREFIXES.get(bare(first), first)}{dotted}{rest}"
        place, name = own, key
        category, dot, last = key.removeprefix(CATEGORY_FIELDS).rpartition(".")
        setting, _dot, rest = key.partition(".")
        if key.startswith(CATEGORY_FIELDS) and dot:
            place, name = categories.setdefault(category, {}), last
        elif setting in FIELD_NAMES and rest:
            place, name = settings.setdefault(setting, {}), rest
        if name in place:
            message = _("the key stands here twice (got {value}). Keep one of the two.")
            findings.faults.append(Fault(sheet.file, given.row, key, message.format(value=quoted(key)), key))
        place[name] = given
    return About(sheet.file, own, categories, settings)


def _pairs(sheet: Sheet, findings: Findings) -> Iterator[tuple[str, Given]]:
    """Key and value of every row; an empty value says nothing, like a key that is not there."""
    head = next((place for place, one in enumerate(sheet.records) if _is_header(one.cells)), None)
    if head is None:
        raise refuse(sheet.file, _("wrong header. The first row holds two columns: key, value."), row=1)
    for record in sheet.records[:head]:
        findings.notice(How.TITLE, sheet.file, record.row)
    for row in sorted(sheet.hidden):
        findings.notice(How.HIDDEN_ROWS, sheet.file, row)
    for column in sheet.veiled:
        findings.notice(How.HIDDEN_COLUMNS, sheet.file, said=column)
    if sheet.unseen:
        findings.notice(How.HIDDEN_SHEETS, sheet.file)
    for record in map(without_persons, sheet.records[head + 1 :]):
        key, value = record.cells[:2]
        if any(record.cells[2:]):
            findings.notice(How.BESIDE, sheet.file, record.row)
        if isinstance(key, Refused) or (value and not key):
            message = _("not a key and its value. Write the key in the first column, its value in the second.")
            findings.faults.append(Fault(sheet.file, record.row, "", message))
        elif value:
            yield key, Given(value, record.row)


def _is_header(cells: Sequence[Cell]) -> bool:
    key, value = (plain_header(cell) if isinstance(cell, str) else "" for cell in (*cells, "", "")[:2])
    return key in HEADERS[0] and value in HEADERS[1]
