"""A county package as a folder: `county.toml` and one CSV file a table."""

from __future__ import annotations

from pathlib import Path

from rebalance.county.tables import Table
from rebalance.fault import Fault
from rebalance.reading.about_toml import read_about_toml
from rebalance.reading.collecting import Findings, refuse
from rebalance.reading.csv_table import read_csv
from rebalance.reading.raw import NAMES, About, Raw, Sheet, no_such_table
from rebalance.reading.text_file import cannot_open, shown
from rebalance.words import _

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
