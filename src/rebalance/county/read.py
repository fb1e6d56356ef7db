"""A county package, folder or workbook, becomes a `County`, or all its faults."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rebalance.county.county import County
from rebalance.county.entries import read_categories, read_identity, read_settings, read_table
from rebalance.county.findings import Findings
from rebalance.county.folder import ABOUT, open_folder
from rebalance.county.kind import Kind, wanted
from rebalance.county.meant import Meaning, names_among
from rebalance.county.notices import Note, notes
from rebalance.county.raw import Raw
from rebalance.county.references import reference_faults
from rebalance.county.sheet import shaped
from rebalance.county.tables import CATEGORIES, SETTINGS, TABLES, Entry, Table, rows, setting
from rebalance.county.wide import category_names
from rebalance.county.workbook import has_county, open_workbook
from rebalance.fault import refuse
from rebalance.files import shown
from rebalance.text import _

WORKBOOK = ".xlsx"


@dataclass(frozen=True, slots=True)
class Package:
    """A county, and what was read kindly in its files, one note a kind."""

    county: County
    notes: tuple[Note, ...]


def read_county(path: Path | str) -> County:
    """Read a county package: a folder with `county.toml` and CSV tables, or one `.xlsx` with sheets for them.

    Raises:
        FaultsError: with every fault found in the package.
    """
    return read_package(path).county


def read_package(path: Path | str) -> Package:
    """Read a county package, with the notes on what in it is no plain table but could be understood.

    Raises:
        FaultsError: with every fault found in the package.
    """
    findings = Findings()
    return package_of(_open(Path(path), findings), findings)


def package_of(raw: Raw, findings: Findings) -> Package:
    """The county that stands in cells, with the notes so far and those made on the way.

    Raises:
        FaultsError: with every fault found.
    """
    identity, entries = _read(raw, findings)
    findings.faults.extend(reference_faults(entries, identity.get("years", ()), findings.unread))
    findings.settle()
    tables: dict[str, Any] = {table.name: rows(table, entries) for table in (CATEGORIES, *TABLES)}
    settings: dict[str, Any] = {table.name: setting(table, entries) for table in SETTINGS}
    return Package(County(**identity, **tables, **settings), notes(findings.notices))


def _open(path: Path, findings: Findings) -> Raw:
    file = shown(path) or str(path)
    is_workbook = path.suffix.casefold() == WORKBOOK
    if not path.exists():
        raise refuse(file, _("there is no such file or folder. Give a county's folder, or one .xlsx file."))
    if path.is_dir() and is_workbook:
        message = _("a folder with the name of a workbook. Take .xlsx out of its name.")
        raise refuse(file, message)
    if path.name == ABOUT:
        message = _("only a part of a county. Name its folder: {folder}.")
        raise refuse(file, message.format(folder=path.parent.as_posix()))
    if not is_workbook or not has_county(path):
        wanted(path, Kind.COUNTY)
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
    categories = category_names(entries)
    for table in TABLES:
        with findings.part(table.name):
            if table in raw.sheets:
                sheet = shaped(table, raw.sheets[table], categories, findings)
                entries += read_table(table, sheet, findings)
            else:
                _look_for(table, raw, findings)
    return identity, list(Meaning(names_among(entries), findings.unread, findings).understood(entries))


def _look_for(table: Table, raw: Raw, findings: Findings) -> None:
    """A table that is not there may have to be."""
    if table.required and table.name not in findings.unread:
        message = _("missing. Every county package needs this table.")
        raise refuse(f"{raw.before}{table.title if raw.before else table.name}{raw.after}", message)
