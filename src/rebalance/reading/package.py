"""A county package, folder or workbook, becomes a `County`, or all its faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rebalance.county.county import County
from rebalance.county.entries import Entry, rows, setting
from rebalance.county.references import reference_faults
from rebalance.county.tables import CATEGORIES, SETTINGS, TABLES, Table
from rebalance.reading.about import read_categories, read_identity, read_settings
from rebalance.reading.collecting import Findings, refuse
from rebalance.reading.folder import open_folder
from rebalance.reading.raw import Raw
from rebalance.reading.tables import read_table
from rebalance.reading.text_file import shown
from rebalance.reading.workbook import open_workbook
from rebalance.words import _

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
