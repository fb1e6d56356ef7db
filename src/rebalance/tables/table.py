"""What every paper is made of: a table of exact figures, said once and shown in whatever form a paper has."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from fractions import Fraction

from rich.cells import cell_len
from rich.table import Column as RichColumn
from rich.table import Table as RichTable

from rebalance.scenario.codec import unstructure
from rebalance.tables.screen import WIDTH, add, clean, table, words
from rebalance.tables.words import NOTHING, hundredths, percent
from rebalance.text import _

Cell = str | int | Fraction | None
"""A text, a whole number (of positions, or of hundredths where work is meant), an exact share or sum, or nothing."""


class Kind(Enum):
    """What the figures of a column are."""

    TEXT = auto()
    YEAR = auto()
    COUNT = auto()
    CHANGE = auto()
    WORK = auto()
    SHARE = auto()
    MONEY = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a key that no language changes, its heading, and how a workbook treats it.

    `total`: the last row holds its sum. `formula`: how a spreadsheet works it out from the same row, with the keys of
    other columns in braces. `editable`: whoever approves may change it; `choices` are then all that is accepted.
    `alarm`: any figure above zero is bad news. `code`: ids, which a paper with little room leaves out; `hidden`: those
    that only programs need.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    total: bool = False
    formula: str = ""
    editable: bool = False
    choices: tuple[str, ...] = ()
    alarm: bool = False
    code: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under columns; `name` is a short English word that no language changes."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()

    def index(self, key: str) -> int:
        """Where a column stands."""
        return next(place for place, column in enumerate(self.columns) if column.key == key)

    def cells(self, key: str) -> tuple[Cell, ...]:
        """Everything in a column."""
        place = self.index(key)
        return tuple(row[place] for row in self.rows)

    def sum(self, key: str) -> int | Fraction:
        """The sum of a column of figures."""
        return sum((cell for cell in self.cells(key) if isinstance(cell, int | Fraction)), 0)

    @property
    def totalled(self) -> bool:
        """Whether there is a last row of sums."""
        return bool(self.rows) and any(column.total for column in self.columns)

    def last_row(self) -> tuple[Cell, ...]:
        """The sums, below the rows."""
        return self.sums(_("Total"))

    def sums(self, said: str) -> tuple[Cell, ...]:
        """A row of sums, with a word for them under the first heading of texts."""
        blank = {Kind.TEXT: ""}
        sums: list[Cell] = [self.sum(one.key) if one.total else blank.get(one.kind) for one in self.columns]
        words = (place for place, column in enumerate(self.columns) if column.kind is Kind.TEXT and not column.code)
        sums[next(words, 0)] = said
        return tuple(sums)

    def row(self, cells: Sequence[Cell]) -> dict[str, Cell]:
        """A row by the keys of its columns."""
        return {column.key: cell for column, cell in zip(self.columns, cells, strict=True)}

    def where(self, wanted: Callable[[Mapping[str, Cell]], bool], others: str) -> Table:
        """The rows that are wanted, and below them all `others` as one, so that the sums stay what they are."""
        rows = [row for row in self.rows if wanted(self.row(row))]
        rest = replace(self, rows=tuple(row for row in self.rows if not wanted(self.row(row))))
        if not rest.rows:
            return self
        said = others.format(count=len(rest.rows))
        last = (rest.sums(said),) if self.totalled else ()
        return replace(self, rows=(*rows, *last), notes=self.notes if self.totalled else (*self.notes, said))

    def only(self, *keys: str) -> Table:
        """The same table with some of its columns."""
        places = [self.index(key) for key in keys]
        rows = tuple(tuple(row[place] for place in places) for row in self.rows)
        return Table(self.name, self.title, tuple(self.columns[place] for place in places), rows, self.notes)


def table_of(name: str, title: str, columns: Iterable[Column], rows: Iterable[Sequence[Cell]], *notes: str) -> Table:
    """A table; its rows are as long as its columns are many."""
    heads = tuple(replace(column, title=clean(column.title)) for column in columns)
    made = Table(name, clean(title), heads, tuple(map(tuple, rows)), tuple(clean(note) for note in notes if note))
    if any(len(row) != len(made.columns) for row in made.rows):
        raise ValueError(name)
    return made


def text_column(key: str, title: str) -> Column:
    """A column of texts."""
    return Column(key, title)


def code(key: str, title: str, *, hidden: bool = False) -> Column:
    """A column of ids."""
    return Column(key, title, code=True, hidden=hidden)


def count(key: str, title: str, kind: Kind = Kind.COUNT, *, alarm: bool = False, formula: str = "") -> Column:
    """A column of figures that are summed."""
    return Column(key, title, kind, total=True, alarm=alarm, formula=formula)


def figure(key: str, title: str, kind: Kind = Kind.COUNT, formula: str = "") -> Column:
    """A column of figures of which no sum is wanted."""
    return Column(key, title, kind, formula=formula)


WRITTEN: Mapping[Kind, Callable[[int | Fraction], str]] = {
    Kind.TEXT: str,
    Kind.YEAR: str,
    Kind.COUNT: lambda cell: str(cell) if cell else NOTHING,
    Kind.CHANGE: lambda cell: f"{int(cell):+}" if cell else NOTHING,
    Kind.WORK: lambda cell: hundredths(int(cell)),
    Kind.SHARE: lambda cell: percent(Fraction(cell)),
    Kind.MONEY: lambda cell: f"{int(cell):,}" if cell else NOTHING,
}
"""How figures of each kind are written."""


def cell_text(cell: Cell, kind: Kind) -> str:
    """A cell as people read it; a dash where nothing is. Nothing in it can move a cursor or hide."""
    if cell is None:
        return NOTHING
    return clean(cell) if isinstance(cell, str) else WRITTEN[kind](cell)


Exact = int | Fraction | str | bool | None


@dataclass(frozen=True, slots=True)
class Figure:
    """What a person reads, and the exact value for programs."""

    exact: Exact
    shown: str


GAP = 3
"""Blanks between two columns."""

Item = Figure | str | int | None


@dataclass(frozen=True)
class Sheet:
    """A table: its title, the headings of its columns, its rows; the columns from `figures` on hold figures."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Item, ...]] = field(default_factory=list)
    figures: int = 1


def on_screen(sheet: Sheet) -> RichTable:
    """For a terminal."""
    cells = [[item_text(row[place]) for row in sheet.rows] for place in range(len(sheet.columns))]
    named = list(zip(map(clean, sheet.columns), cells, strict=True))
    tight = sum(_width((name, *texts)) + GAP for name, texts in named) > WIDTH
    columns = [words(name) for name, _texts in named[: sheet.figures]]
    columns += [
        _figures(name, _width((*name.split(), *texts)) if tight else None) for name, texts in named[sheet.figures :]
    ]
    made = table(clean(sheet.title), *columns)
    for row in sheet.rows:
        add(made, *map(item_text, row))
    return made


def as_csv(sheets: Iterable[Sheet]) -> str:
    """Comma-separated values, exact; the title stands in the first column, an empty line between two tables."""
    return "\n".join(map(_csv, sheets))


def as_json(sheets: Iterable[Sheet]) -> str:
    """A list of tables, each row with its values by heading, exact."""
    plain = [{"title": one.title, "columns": list(one.columns), "rows": list(map(_plain, one.rows))} for one in sheets]
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def as_markdown(sheets: Iterable[Sheet]) -> str:
    """Tables of Markdown, as a person reads them."""
    return "\n".join(map(_markdown, sheets))


FORMATS: Mapping[str, Callable[[Iterable[Sheet]], str]] = {"csv": as_csv, "json": as_json, "md": as_markdown}
"""The formats that are texts, by the name a person gives them."""


def item_text(item: Item) -> str:
    """A cell as a person reads it."""
    if isinstance(item, Figure):
        return item.shown
    return NOTHING if item is None else str(item)


def exact(item: Item) -> int | str | None:
    """A cell as a program reads it: a whole number, a text, a fraction as "p/q", or nothing."""
    found = item.exact if isinstance(item, Figure) else item
    plain: int | str | None = unstructure(found) if isinstance(found, Fraction) else found
    return plain


def _width(texts: Iterable[str]) -> int:
    """The columns of a terminal that the longest of the texts takes."""
    return max(map(cell_len, texts), default=0)


def _figures(header: str, most: int | None) -> RichColumn:
    """A column of figures, some of them long, under a heading that may be long; without one, of bars."""
    if not header:
        return RichColumn(no_wrap=True)
    return RichColumn(header, justify="right", overflow="fold", max_width=most)


def _plain(row: tuple[Item, ...]) -> list[int | str | None]:
    return list(map(exact, row))


def _csv(sheet: Sheet) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(map(_harmless, ("table", *sheet.columns)))
    writer.writerows([_harmless(item) for item in (sheet.title, *map(exact, row))] for row in sheet.rows)
    return stream.getvalue()


def _harmless(item: float | str | None) -> object:
    """A text that no spreadsheet takes for a formula."""
    if not isinstance(item, str):
        return item
    text = clean(item)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _markdown(sheet: Sheet) -> str:
    rules = [":---" if place < sheet.figures else "---:" for place in range(len(sheet.columns))]
    rows = (sheet.columns, rules, *(map(item_text, row) for row in sheet.rows))
    lines = ("| " + " | ".join(map(_cell, row)) + " |" for row in rows)
    return "\n".join((f"**{_cell(sheet.title)}**", "", *lines, ""))


def _cell(text: str) -> str:
    """A text that Markdown shows as it is."""
    marked = "".join(f"\\{char}" if char in "\\|`*_<>[]" else char for char in clean(text))
    return marked.replace("&", "&amp;")
