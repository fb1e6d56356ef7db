"""`county.toml`: what is said about the county itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rebalance.county.entries import Place, cell_text
from rebalance.hints import plain, quoted
from rebalance.reading.collecting import Findings
from rebalance.reading.raw import About, Cell, Given, Refused
from rebalance.reading.text_file import shown
from rebalance.reading.toml import read_toml
from rebalance.words import _


def read_about_toml(file: Path, findings: Findings) -> About:
    """The keys of the file, with the tables under `categories` kept apart.

    Raises:
        FaultsError: it cannot be read, or is not TOML.
    """
    content = read_toml(file)
    about = Place(shown(file), path="categories")
    found = _table(content.pop("categories", {}), about, "", findings)
    tables = {name: _table(value, about, name, findings) for name, value in found.items()}
    categories = {name: _cells(table) for name, table in tables.items()}
    return About(shown(file), _cells(content), categories)


def _table(value: object, place: Place, name: str, findings: Findings) -> Mapping[str, object]:
    if isinstance(value, dict):
        return value
    message = _("not a table (got {value}). Write [categories.id] and the keys of the category below it.")
    findings.faults.append(place.fault(name, message.format(value=quoted(value)), plain(value)))
    return {}


def _cells(table: Mapping[str, object]) -> dict[str, Given]:
    return {key: Given(_cell(value)) for key, value in table.items()}


def _cell(value: object) -> Cell:
    try:
        return cell_text(value)
    except ValueError as problem:
        return Refused(str(problem), plain(value))
