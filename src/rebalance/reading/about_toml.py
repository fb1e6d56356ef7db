"""`county.toml`: what is said about the county itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rebalance.county.entries import cell_text
from rebalance.hints import plain, quoted
from rebalance.reading.raw import About, Cell, Given, Refused
from rebalance.reading.text_file import shown
from rebalance.reading.toml import read_toml
from rebalance.words import _

CATEGORIES = "categories"


def read_about_toml(file: Path) -> About:
    """The keys of the file, with the tables under `categories` kept apart.

    Raises:
        FaultsError: it cannot be read, or is not TOML.
    """
    content = read_toml(file)
    found = content.pop(CATEGORIES, {})
    own = {key: Given(_cell(value)) for key, value in content.items()}
    if not isinstance(found, dict):
        return About(shown(file), own | {CATEGORIES: Given(_not_a_table(found))}, {})
    categories: dict[str, Mapping[str, Given]] = {}
    for name, value in found.items():
        if isinstance(value, dict):
            categories[name] = {key: Given(_cell(got)) for key, got in value.items()}
        else:
            own[f"{CATEGORIES}.{name}"] = Given(_not_a_table(value))
    return About(shown(file), own, categories)


def _cell(value: object) -> Cell:
    try:
        return cell_text(value)
    except ValueError as problem:
        return Refused(str(problem), plain(value))


def _not_a_table(value: object) -> Refused:
    message = _("not a table (got {value}). Write [categories.id] and the keys of the category below it.")
    return Refused(message.format(value=quoted(value)), plain(value))
