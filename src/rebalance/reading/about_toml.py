"""`county.toml`: what is said about the county itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rebalance.county.entries import Place, cell_text
from rebalance.fault import Fault
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
    found = content.pop("categories", {})
    if not isinstance(found, dict):
        findings.faults.append(_not_a_table(about, "", found))
        found = {}
    findings.faults.extend(_not_a_table(about, name, got) for name, got in found.items() if not isinstance(got, dict))
    categories = {name: _cells(table) for name, table in found.items() if isinstance(table, dict)}
    return About(shown(file), _cells(content), categories)


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
