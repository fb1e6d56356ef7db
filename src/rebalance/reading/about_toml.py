"""`county.toml`: what is said about the county itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rebalance.county.entries import Place, cell_text
from rebalance.county.headers import dotted
from rebalance.county.tables import SETTINGS
from rebalance.fault import Fault
from rebalance.hints import plain, quoted
from rebalance.reading.collecting import Findings
from rebalance.reading.raw import About, Cell, Given, Refused
from rebalance.reading.text_file import shown
from rebalance.reading.toml import read_toml
from rebalance.words import _


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
