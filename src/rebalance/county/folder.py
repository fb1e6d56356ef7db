"""A county package that is a folder: `county.toml`, and a CSV file for each table."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rebalance.county.columns import dotted
from rebalance.county.findings import Findings
from rebalance.county.naming import no_such_table, table_named
from rebalance.county.notices import How
from rebalance.county.persons import without_persons
from rebalance.county.raw import About, Cell, Given, Raw, Record, Refused, Sheet
from rebalance.county.tables import SETTINGS, Place, Table, cell_text
from rebalance.encoding import Reading, readings, settled
from rebalance.fault import Fault, refuse
from rebalance.files import cannot_open, read_bytes, shown
from rebalance.text import _, clean, plain, quoted
from rebalance.toml import read_toml


def read_csv(text: str, name: str) -> Sheet:
    """The rows of a text that are not blank, with surrounding white space taken off every cell.

    Rows are counted as a spreadsheet would: blank ones too, and a cell with line breaks in it is one row.

    Raises:
        FaultsError: a quotation mark is opened and not closed.
    """
    return Sheet(name, tuple(record for record in _records(text, name) if any(record.cells)))


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
        return without_persons(Record(0, (cell_text(value),))).cells[0]
    except ValueError as problem:
        return Refused(str(problem), plain(value))


ABOUT = "county.toml"


def open_folder(folder: Path, findings: Findings) -> Raw:
    """Everything in the folder that belongs to the package; files of other kinds are left alone."""
    contents: dict[Table, tuple[str, tuple[Reading, ...]]] = {}
    for table, file in _tables(folder, findings).items():
        with findings.part(table.name):
            _stay_inside(file, folder)
            contents[table] = (shown(file), readings(read_bytes(file), shown(file)))
    found = settled(dict(contents.values()))
    sheets: dict[Table, Sheet] = {}
    for table, (name, _read) in contents.items():
        with findings.part(table.name):
            reading = found[name]
            if reading is None:
                raise refuse(name, _("its encoding fits two readings. Save it as “CSV UTF-8”."))
            if reading.chosen:
                findings.notice(How.ENCODING, name)
            sheets[table] = read_csv(reading.text, name)
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
    others: list[Path] = []
    for file in _csv_files(folder):
        table = table_named(file.stem)
        if table is None:
            others.append(file)
        elif table in found:
            message = _("the table stands in {other} too. Keep one of the two.")
            findings.faults.append(Fault(shown(file), 0, "", message.format(other=shown(found[table]))))
        else:
            found[table] = file
    for file in others:
        if fault := no_such_table(shown(file), file.stem, found):
            findings.faults.append(fault)
        else:
            findings.notice(How.SHEETS, clean(shown(file)))
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
