"""A county package, folder or workbook, becomes a `County`, or all its faults."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rebalance.county.columns import dotted
from rebalance.county.county import County
from rebalance.county.entries import read_categories, read_identity, read_settings, read_table
from rebalance.county.references import reference_faults
from rebalance.county.tables import (
    CATEGORIES,
    SETTINGS,
    TABLES,
    Entry,
    Place,
    Table,
    cell_text,
    rows,
    setting,
)
from rebalance.county.xlsx import (
    NAMES,
    About,
    Cell,
    Given,
    Raw,
    Record,
    Refused,
    Sheet,
    no_such_table,
    open_archive,
    read_sheet,
    shared,
    sheet_parts,
)
from rebalance.fault import Fault, Findings, refuse
from rebalance.files import cannot_open, read_text, read_toml, shown
from rebalance.text import _, plain, quoted


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


def read_about_toml(file: Path, findings: Findings) -> About:
    """The keys of the file, with the tables under `categories` and those of the settings kept apart.

    Raises:
        FaultsError: it cannot be read, or is not TOML.
    """
    content = read_toml(file)
    about = Place(shown(file), path="categories")
    found = content.pop("categories", {})
    if not isinstance(found, dict):
        findings.faults.append(_not_a_table(about, "", found))
        found = {}
    findings.faults.extend(_not_a_table(about, name, got) for name, got in found.items() if not isinstance(got, dict))
    categories = {name: _cells(table) for name, table in found.items() if isinstance(table, dict)}
    settings = _settings(content, Place(shown(file)), findings)
    return About(shown(file), _cells(content), categories, settings)


def _settings(content: dict[str, Any], place: Place, findings: Findings) -> dict[str, dict[str, Given]]:
    """What the file says of each setting, taken out of its content."""
    said = {table: content.pop(table.name) for table in SETTINGS if table.name in content}
    for table, got in said.items():
        if not isinstance(got, dict):
            message = _("not a table (got {value}). Write [{table}] and its keys below it.")
            text = message.format(value=quoted(got), table=table.name)
            findings.faults.append(place.fault(table.name, text, plain(got)))
    tables = {table: got for table, got in said.items() if isinstance(got, dict)}
    return {table.name: _cells(dotted(got, table.headings)) for table, got in tables.items()}


def _not_a_table(place: Place, name: str, value: object) -> Fault:
    message = _("not a table (got {value}). Write [categories.id] and the keys of the category below it.")
    return place.fault(name, message.format(value=quoted(value)), plain(value))


def _cells(table: Mapping[str, object]) -> dict[str, Given]:
    return {key: Given(_cell(value)) for key, value in table.items()}


def _cell(value: object) -> Cell:
    try:
        return cell_text(value)
    except ValueError as problem:
        return Refused(str(problem), plain(value))


ABOUT = "county.toml"


def open_folder(folder: Path, findings: Findings) -> Raw:
    """Everything in the folder that belongs to the package; files of other kinds are left alone."""
    sheets: dict[Table, Sheet] = {}
    for table, file in _tables(folder, findings).items():
        with findings.part(table.name):
            _stay_inside(file, folder)
            sheets[table] = read_csv(file)
    return Raw(_about(folder, findings), sheets, after=".csv")


def _about(folder: Path, findings: Findings) -> About | None:
    with findings.part("categories"):
        file = folder / ABOUT
        if not file.exists():
            message = _("missing. A county package is a folder with county.toml and tables, or one .xlsx.")
            raise refuse(ABOUT, message)
        _stay_inside(file, folder)
        return read_about_toml(file, findings)
    return None


def _tables(folder: Path, findings: Findings) -> dict[Table, Path]:
    found: dict[Table, Path] = {}
    for file in _csv_files(folder):
        table = NAMES.get(file.stem)
        if table is None:
            findings.faults.append(no_such_table(shown(file), shown(file)[: -len(file.suffix)]))
        elif table in found:
            message = _("the table stands in {other} too. Keep one of the two.")
            findings.faults.append(Fault(shown(file), 0, "", message.format(other=shown(found[table]))))
        else:
            found[table] = file
    return found


def _csv_files(folder: Path) -> list[Path]:
    """The CSV files in the folder, without those that programs leave behind while they have a table open."""
    try:
        files = sorted(folder.iterdir())
    except OSError as problem:
        raise cannot_open(folder, problem) from None
    tables = (file for file in files if file.suffix.casefold() == ".csv")
    return [file for file in tables if not file.name.startswith((".", "~$"))]


def _stay_inside(file: Path, folder: Path) -> None:
    """Refuse a link that leads out of the folder: a package is what lies in it."""
    try:
        inside = file.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        inside = False
    if not inside:
        raise refuse(shown(file), _("a link that leads out of the folder. Put the file itself here."))


SHEETS = ("county", "县", "县情")
HEADERS = (("key", "项目"), ("value", "内容"))
CATEGORY_FIELDS = "categories."
FIELD_NAMES = frozenset(table.name for table in SETTINGS)


def read_about_sheet(sheet: Sheet, findings: Findings) -> About:
    """The keys of the sheet, with those of the categories and of the settings kept apart.

    Raises:
        FaultsError: the two columns are not there.
    """
    own: dict[str, Given] = {}
    categories: dict[str, dict[str, Given]] = {}
    settings: dict[str, dict[str, Given]] = {}
    for key, given in _pairs(sheet, findings):
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
    if not sheet.records or not _is_header(sheet.records[0].cells):
        raise refuse(sheet.file, _("wrong header. The first row holds two columns: key, value."), row=1)
    for record in sheet.records[1:]:
        key, value = record.cells[:2]
        if isinstance(key, Refused) or not key or any(record.cells[2:]):
            message = _("not a key and its value. Write the key in the first column, its value in the second.")
            findings.faults.append(Fault(sheet.file, record.row, "", message))
        elif value:
            yield key, Given(value, record.row)


def _is_header(cells: Sequence[Cell]) -> bool:
    key, value, *others = (*cells, "", "")
    return key in HEADERS[0] and value in HEADERS[1] and not any(others)


NOTES = frozenset({"notes", "readme", "说明"})
"""Sheets left alone, so that a workbook can explain itself."""


def open_workbook(file: Path, findings: Findings) -> Raw:
    """Everything in the workbook that belongs to the package.

    Raises:
        FaultsError: it is no workbook, or one that cannot be read.
    """
    found = _sheets(file, findings)
    about = _about_sheet(found, shown(file), findings)
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
            with findings.part(_table_sheet(name)), archive.open(part) as content:
                sheets[name] = read_sheet(content, book, f"{shown(file)}#{name}")
    return sheets


def _about_sheet(found: dict[str, Sheet], file: str, findings: Findings) -> About | None:
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


def _table_sheet(sheet: str) -> str:
    """The table a sheet holds, by its English name; empty when it holds none."""
    if sheet in SHEETS:
        return CATEGORIES.name
    return NAMES[sheet].name if sheet in NAMES else ""


WORKBOOK = ".xlsx"


def read_county(path: Path | str) -> County:
    """Read a county package: a folder with `county.toml` and CSV tables, or one `.xlsx` with sheets for them.

    Raises:
        FaultsError: with every fault found in the package.
    """
    findings = Findings()
    raw = _open(Path(path), findings)
    identity, entries = _read(raw, findings)
    findings.faults.extend(reference_faults(entries, identity.get("years", ()), findings.unread))
    findings.settle()
    tables: dict[str, Any] = {table.name: rows(table, entries) for table in (CATEGORIES, *TABLES)}
    settings: dict[str, Any] = {table.name: setting(table, entries) for table in SETTINGS}
    return County(**identity, **tables, **settings)


def _open(path: Path, findings: Findings) -> Raw:
    file = shown(path) or str(path)
    is_workbook = path.suffix.casefold() == WORKBOOK
    if not path.exists():
        raise refuse(file, _("there is no such file or folder. Give a county's folder, or one .xlsx file."))
    if path.is_dir() and is_workbook:
        message = _("a folder with the name of a workbook. Take .xlsx out of its name.")
        raise refuse(file, message)
    if path.is_dir():
        return open_folder(path, findings)
    if not is_workbook:
        raise refuse(file, _("neither a folder nor a workbook. Give a county's folder, or one .xlsx file."))
    return open_workbook(path, findings)


def _read(raw: Raw, findings: Findings) -> tuple[dict[str, Any], list[Entry]]:
    identity: dict[str, Any] = {}
    entries: list[Entry] = []
    if raw.about is not None:
        identity = read_identity(raw.about, findings)
        entries += [*read_categories(raw.about, findings), *read_settings(raw.about, findings)]
    else:
        findings.unread.update(table.name for table in SETTINGS)
    for table in TABLES:
        with findings.part(table.name):
            entries += _table(table, raw, findings)
    return identity, entries


def _table(table: Table, raw: Raw, findings: Findings) -> list[Entry]:
    if table in raw.sheets:
        return read_table(table, raw.sheets[table], findings)
    if table.required and table.name not in findings.unread:
        message = _("missing. Every county package needs this table.")
        raise refuse(f"{raw.before}{table.name}{raw.after}", message)
    return []
