"""A row before it is known to be right: where it stands, and what could be read of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rebalance.county.columns import Heading
from rebalance.county.tables import Table
from rebalance.fault import Fault
from rebalance.hints import quoted
from rebalance.words import _

HUGE = 10**100  # whole numbers beyond it are nobody's figures, and Python may refuse to write them down


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was read: a row of a file, or a key path inside one."""

    file: str
    row: int = 0
    path: str = ""

    def fault(self, column: str, message: str, value: str | None = None) -> Fault:
        """Something is wrong here, in this column (empty: in the row, or the key, as a whole)."""
        where = ".".join(part for part in (self.path, column) if part)
        return Fault(self.file, self.row, where, message, value)


@dataclass(frozen=True, slots=True)
class Entry:
    """What could be read of a row, by field; what could not be read is missing."""

    table: Table
    place: Place
    values: Mapping[str, Any]

    @property
    def key(self) -> tuple[Any, ...] | None:
        """What tells the row from the others; None when a part of it could not be read."""
        if any(field not in self.values for field in self.table.key):
            return None
        return tuple(self.values[field] for field in self.table.key)


def rows(table: Table, entries: Iterable[Entry]) -> tuple[Any, ...]:
    """The finished rows of one table, sorted by its key. Every entry must be complete."""
    found = (table.row(**entry.values) for entry in entries if entry.table is table)
    return tuple(sorted(found, key=table.key_of))


def setting(table: Table, entries: Iterable[Entry]) -> Any:  # noqa: ANN401 - a value of any kind of setting
    """The finished value of a setting, a table without a key; None when nothing is said of it."""
    return next(iter(rows(table, entries)), None)


def defaults(headings: Iterable[Heading]) -> dict[str, Any]:
    """What the columns that need not be there stand for when they are not."""
    return {heading.field: heading.default for heading in headings if not heading.required}


def convert(heading: Heading, text: str) -> Any:  # noqa: ANN401 - a value of any kind of column
    """Turn a cell's text into its value.

    Raises:
        ValueError: it is not accepted; the message says what is.
    """
    if not text and heading.blank:
        return heading.default
    accepted = heading.column.kind.accepts()
    if not text:
        raise ValueError(_("empty. Accepted: {accepted}.").format(accepted=accepted))
    try:
        return heading.column.kind.read(text)
    except ValueError:
        message = _("not accepted (got {value}). Accepted: {accepted}.")
        raise ValueError(message.format(value=quoted(text), accepted=accepted)) from None


def cell_text(value: object) -> str:
    """How a value from TOML or JSON would be typed into a cell.

    Numbers are written exactly, lists with semicolons, true and false as words.

    Raises:
        ValueError: no cell could hold it.
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple) and not any(isinstance(part, list | tuple) for part in value):
        return ";".join(cell_text(part) for part in value)
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float | Decimal) or (isinstance(value, int) and abs(value) < HUGE):
        return str(value)
    message = _("not a single value (got {value}). Give a text, a number, true or false.")
    raise ValueError(message.format(value=quoted(value)))
