"""What a package holds before anything in it is understood: texts in rows, with where they stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rebalance.county.tables import TABLES, Table
from rebalance.fault import Fault
from rebalance.hints import near_miss, quoted
from rebalance.words import _

NAMES: Mapping[str, Table] = {name: table for table in TABLES for name in (table.name, *table.chinese)}
"""Every name a table's file or sheet may have."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that holds no plain text (a formula, a date, a table): what to say, and what stood there."""

    message: str
    value: str


Cell = str | Refused


@dataclass(frozen=True, slots=True)
class Record:
    """One row that is not blank, under the number a spreadsheet gives it."""

    row: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one file or sheet, the header first; `file` is how faults name it."""

    file: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """One value about the county itself, and the row it stood in (0: not known)."""

    cell: Cell
    row: int = 0


@dataclass(frozen=True, slots=True)
class About:
    """What is said about the county itself, by key, about each category, by id and key, and about each setting."""

    file: str
    own: Mapping[str, Given]
    categories: Mapping[str, Mapping[str, Given]]
    settings: Mapping[str, Mapping[str, Given]]


@dataclass(frozen=True, slots=True)
class Raw:
    """A whole package, not yet understood; a table's file or sheet is `before` + its name + `after`."""

    about: About | None
    sheets: Mapping[Table, Sheet]
    before: str = ""
    after: str = ""


def no_such_table(file: str, name: str) -> Fault:
    """The fault for a file or sheet whose name is that of no table."""
    message = _("no table has this name (got {value}). Accepted: {accepted}.")
    text = message.format(value=quoted(name), accepted=", ".join(table.name for table in TABLES))
    return Fault(file, 0, "", text + near_miss(name, NAMES), name)
