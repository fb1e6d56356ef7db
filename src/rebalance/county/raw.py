"""A county package as it stands in its files, not yet understood: cells, rows, sheets, keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from rebalance.county.notices import How
from rebalance.county.tables import Table


class Seen(str):
    """The text of a cell as a person sees it, where something else is stored: `how` says what."""

    __slots__ = ("how",)

    def __new__(cls, text: str, *how: How) -> Self:
        """Keep the text, and what it was."""
        made = super().__new__(cls, text)
        made.how = how
        return made

    how: tuple[How, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that cannot be taken for a text (an error, a table, the number of a person): what to say of it."""

    message: str
    value: str


@dataclass(frozen=True, slots=True)
class Personal(Refused):
    """A cell with the number of a person, refused also where it would not be read."""


Cell = str | Refused


@dataclass(frozen=True, slots=True)
class Record:
    """One row that is not blank, under the number a spreadsheet gives it.

    `at` says in which column each cell stands, from 0, where that is not its place in the row.
    """

    row: int
    cells: tuple[Cell, ...]
    at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """Cells merged into one: rows as a spreadsheet counts them, columns from 0, both ends within."""

    name: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def flat(self) -> bool:
        """Whether it lies in one row."""
        return self.top == self.bottom


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one file or sheet, the header first; `file` is how faults name it.

    `merged` are its merged cells, `hidden` its hidden rows, `veiled` its hidden columns, `unseen` whether it is
    hidden as a whole. `titles` are the headings as people wrote them, by column, once the header is known; `grid` says
    that cells cannot have slipped. `label` is the name of the sheet with all its blanks.
    """

    file: str
    records: tuple[Record, ...]
    merged: tuple[Range, ...] = ()
    hidden: frozenset[int] = frozenset()
    veiled: tuple[str, ...] = ()
    unseen: bool = False
    titles: tuple[str, ...] = ()
    grid: bool = False
    label: str = ""

    @property
    def name(self) -> str:
        """The sheet, or the file where it is not one of several."""
        return self.file.rpartition("#")[2]


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
