"""A county as the files of its package."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal

from rebalance.county.columns import Heading, headings
from rebalance.county.county import County
from rebalance.county.entries import IDENTITY
from rebalance.county.folder import ABOUT
from rebalance.county.holders import Category
from rebalance.county.tables import SETTINGS, TABLES, Table, cell, cell_text

BARE = re.compile(r"[A-Za-z0-9_-]+")
"""A key of TOML that needs no quotes."""


def files(county: County) -> dict[str, str]:
    """The text of every file by its name: `county.toml`, and each table that has rows."""
    found = {ABOUT: "\n".join(_about(county)) + "\n"}
    for table in TABLES:
        if table.required or getattr(county, table.name):
            found[f"{table.name}.csv"] = _csv(county, table)
    return found


def _about(county: County) -> Iterator[str]:
    yield from _keys(IDENTITY, county)
    for category in county.categories:
        yield ""
        id_ = category.category
        yield f"[categories.{id_ if BARE.fullmatch(id_) else _text(id_)}]"
        yield from _keys(headings(Category)[1:], category)
    for table in SETTINGS:
        setting = getattr(county, table.name)
        if setting is not None:
            yield ""
            yield f"[{table.name}]"
            yield from _keys(table.headings, setting)


def _keys(columns: tuple[Heading, ...], row: object) -> Iterator[str]:
    """What is said, but for what stands for nothing; a key with a dot is one of an inner table."""
    for heading in columns:
        value = getattr(row, heading.field)
        if heading.required or value != heading.default:
            yield f"{heading.header} = {_value(heading, value)}"


def _value(heading: Heading, value: object) -> str:
    plain = cell(heading, value)
    if isinstance(plain, tuple):
        return json.dumps([*plain])
    if isinstance(plain, bool):
        return "true" if plain else "false"
    return str(plain) if isinstance(plain, int | Decimal) else _text(str(plain))


def _text(text: str) -> str:
    """A basic string: what JSON writes, but for the one character TOML wants escaped as well."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _csv(county: County, table: Table) -> str:
    """A table with the columns that it has values for."""
    rows = getattr(county, table.name)
    kept = [
        one for one in table.headings if one.required or any(getattr(row, one.field) != one.default for row in rows)
    ]
    stream = io.StringIO()
    sheet = csv.writer(stream, lineterminator="\n")
    sheet.writerow(one.header for one in kept)
    sheet.writerows([_cell(one, getattr(row, one.field)) for one in kept] for row in rows)
    return stream.getvalue()


def _cell(heading: Heading, value: object) -> str:
    return "" if value is None else cell_text(cell(heading, value))
