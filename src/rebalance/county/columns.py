"""What is said once about each column of a table: its kind, its headers, a note, and where its ids live."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, replace
from functools import cache
from typing import Any, get_type_hints

from rebalance.county.kinds import Kind


@dataclass(frozen=True, slots=True)
class Column:
    """What is said once about a column: its kind, its usual Chinese headers, a note, and where its ids live.

    `blank` lets the cells of a required column be empty (the whole township, say): they read as "".
    `key` is the header where it is not the name of the field: a dotted key of `county.toml`.
    """

    kind: Kind
    chinese: tuple[str, ...]
    note: str
    refers: str = ""
    blank: bool = False
    key: str = ""


def described(column: Column, note: str, *, blank: bool = False) -> Column:
    """The same column with another note; `blank` lets its cells be empty."""
    return replace(column, note=note, blank=blank or column.blank)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column in its place: its field, whether it must be there, and what an empty cell stands for."""

    field: str
    column: Column
    required: bool
    default: object

    @property
    def header(self) -> str:
        """The English header (a field named after a Python keyword carries a trailing underscore)."""
        return self.column.key or self.field.rstrip("_")

    @property
    def blank(self) -> bool:
        """Whether a cell may be empty."""
        return self.column.blank or not self.required


@cache
def headings(row: type) -> tuple[Heading, ...]:
    """The columns of a table, read off its row dataclass, in order."""
    hints = get_type_hints(row, include_extras=True)
    return tuple(_heading(item.name, hints[item.name], item.default) for item in fields(row))


def _heading(name: str, hint: Any, default: object) -> Heading:  # noqa: ANN401 - a type
    column = next(part for part in hint.__metadata__ if isinstance(part, Column))
    required = default is MISSING
    return Heading(name, column, required, "" if required else default)
