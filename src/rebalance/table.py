"""Tables: what a column is, said once; rows of exact figures; and the texts they can become.

A screen, a workbook, a document, a page, CSV, Markdown, JSON and a DataFrame are renderings of a `Table`, or of the
rows of a dataclass whose fields are its columns (`Fact` says what stands in each).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import Enum, StrEnum, auto
from fractions import Fraction
from functools import cache
from typing import Any, get_type_hints

from rebalance.text import NOTHING, _, clean, harmless, hundredths, percent


class Unit(StrEnum):
    """In what a column is measured."""

    NOTHING = ""
    ID = "id"
    YEAR = "year"
    POSITIONS = "positions"
    PEOPLE = "people"
    WORK = "hundredths of positions"
    SHARE = "share"
    FLAG = "0 or 1"
    TRUTH = "true or false"
    RANK = "rank, from 1"
    COUNT = "count"
    SECONDS = "seconds"
    HOURS = "hundredths of hours"
    YUAN = "yuan a year"
    TEXT = "text"
    OWN = "as the figure"

    @property
    def words(self) -> str:
        """In the language spoken."""
        words = {
            Unit.NOTHING: "",
            Unit.ID: _("id"),
            Unit.YEAR: _("year"),
            Unit.POSITIONS: _("positions"),
            Unit.PEOPLE: _("people"),
            Unit.WORK: _("hundredths of positions"),
            Unit.SHARE: _("share"),
            Unit.FLAG: _("0 or 1"),
            Unit.TRUTH: _("true or false"),
            Unit.RANK: _("rank, from 1"),
            Unit.COUNT: _("count"),
            Unit.SECONDS: _("seconds"),
            Unit.HOURS: _("hundredths of hours"),
            Unit.YUAN: _("yuan a year"),
            Unit.TEXT: _("text"),
            Unit.OWN: _("as the figure"),
        }
        return words[self]


@dataclass(frozen=True, slots=True)
class Fact:
    """A note on a column, and its unit."""

    note: str
    unit: Unit = Unit.NOTHING


@cache
def facts(row: type) -> dict[str, Fact]:
    """What is said of each column of a table, read off its row dataclass, in order."""
    hints = get_type_hints(row, include_extras=True)
    return {item.name: _fact(hints[item.name]) for item in fields(row)}


def _fact(hint: object) -> Fact:
    return next(mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, Fact))


Exact = int | Fraction | str | bool | None


@dataclass(frozen=True, slots=True)
class Figure:
    """What a person reads, and the exact value for programs."""

    exact: Exact
    shown: str


Cell = Figure | str | int | Fraction | None
"""A figure that says how it is written, a text, a whole number (of positions, or of hundredths where work is meant),
an exact share or sum, or nothing."""


class Kind(Enum):
    """What the figures of a column are."""

    TEXT = auto()
    YEAR = auto()
    COUNT = auto()
    CHANGE = auto()
    WORK = auto()
    SHARE = auto()
    MONEY = auto()
    PLAIN = auto()
    """Figures that are written as they are, or say themselves how (`Figure`)."""


MEASURED: Mapping[Kind, Unit] = {
    Kind.TEXT: Unit.TEXT,
    Kind.YEAR: Unit.YEAR,
    Kind.COUNT: Unit.POSITIONS,
    Kind.CHANGE: Unit.POSITIONS,
    Kind.WORK: Unit.WORK,
    Kind.SHARE: Unit.SHARE,
    Kind.MONEY: Unit.YUAN,
}
"""In what figures of each kind are measured, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a key that no language changes, its heading, and how a workbook treats it.

    `total`: the last row holds its sum. `formula`: how a spreadsheet works it out from the same row, with the keys of
    other columns in braces. `editable`: whoever approves may change it; `choices` are then all that is accepted.
    `alarm`: any figure above zero is bad news. `code`: ids, which a paper with little room leaves out; `hidden`: those
    that only programs need. `note`: what stands there, for those who work with the figures; `unit`: in what it is
    measured. `screen`: its heading on a screen, where room is short (none: the same; None: a screen leaves it out);
    `naught`: what a screen writes for 0 or an empty text (none: what its kind says); `whole`: a screen never breaks its
    texts into lines. `paper`: papers have it.
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
    note: str = ""
    unit: Unit = Unit.NOTHING
    screen: str | None = ""
    naught: str = ""
    whole: bool = False
    paper: bool = True

    def means(self, note: str, unit: Unit | None = None) -> Column:
        """The column with what stands there, measured as its kind is or in another unit."""
        usual = Unit.ID if self.code else MEASURED.get(self.kind, Unit.OWN)
        return replace(self, note=note, unit=unit or usual)

    def short(self, heading: str | None, naught: str = "") -> Column:
        """The column with a short heading on a screen (None: none), and what stands there for 0 or no text."""
        return replace(self, screen=heading, naught=naught)

    def off_screen(self) -> Column:
        """The column as only papers have it."""
        return replace(self, screen=None)

    def off_paper(self) -> Column:
        """The column as only a screen has it."""
        return replace(self, paper=False)


Row = Mapping[str, Cell]
"""A row by the keys of its columns."""


@dataclass(frozen=True)
class Look:
    """How a table looks on a screen, where room is short.

    `title`: none, that of the table. `together`: the last row, of what all come to, where papers have sums. `said`: the
    sentences below. `worth`: which rows are shown; none: all. `style`: the colour of a row; none: plain. `parts`: the
    key of a column, and where that changes, the next part of the table begins.
    """

    title: str = ""
    together: tuple[Cell, ...] = ()
    said: tuple[str, ...] = ()
    worth: Callable[[Row], bool] | None = None
    style: Callable[[Row], str] | None = None
    parts: str = ""


PLAIN = Look()


@dataclass(frozen=True)
class Table:
    """Rows under columns; `name` is a short English word that no language changes.

    `notes`: what papers say below the table; `look`: how it looks on a screen.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    look: Look = PLAIN

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

    def row(self, cells: Sequence[Cell]) -> Row:
        """A row by the keys of its columns."""
        return {column.key: cell for column, cell in zip(self.columns, cells, strict=True)}

    def where(self, wanted: Callable[[Row], bool], others: str) -> Table:
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

    def on_paper(self) -> Table:
        """The columns that papers have."""
        return self.only(*(column.key for column in self.columns if column.paper))


def table_of(
    name: str,
    title: str,
    columns: Iterable[Column],
    rows: Iterable[Sequence[Cell]],
    *notes: str,
    look: Look = PLAIN,
) -> Table:
    """A table; its rows are as long as its columns are many."""
    heads = tuple(replace(column, title=clean(column.title)) for column in columns)
    cleaned = tuple(clean(note) for note in notes if note)
    made = Table(name, clean(title), heads, tuple(map(tuple, rows)), cleaned, look)
    if any(len(row) != len(heads) for row in (*made.rows, look.together or heads)):
        raise ValueError(name)
    return made


def sheet(title: str, headings: Iterable[str], rows: Iterable[Sequence[Cell]], *, figures: int = 1) -> Table:
    """A table whose headings are known only when it is asked for (scenarios, cases, goals), and are its keys.

    The columns from `figures` on hold figures, each written as it is.
    """
    columns = (
        Column(heading, heading, Kind.TEXT if place < figures else Kind.PLAIN) for place, heading in enumerate(headings)
    )
    return Table("", title, tuple(columns), tuple(map(tuple, rows)))


def text_column(key: str, title: str) -> Column:
    """A column of texts."""
    return Column(key, title)


def code(key: str, title: str, *, hidden: bool = False) -> Column:
    """A column of ids, which a screen leaves out."""
    return Column(key, title, code=True, hidden=hidden, screen=None)


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
    Kind.PLAIN: str,
}
"""How figures of each kind are written."""


def shown(cell: Cell, kind: Kind) -> str:
    """A cell as people read it; a dash where nothing is."""
    if cell is None:
        return NOTHING
    if isinstance(cell, Figure):
        return cell.shown
    return cell if isinstance(cell, str) else WRITTEN[kind](cell)


def cell_text(cell: Cell, kind: Kind) -> str:
    """The same on one line; nothing in it can move a cursor or hide."""
    return clean(shown(cell, kind))


def exact(cell: Cell) -> int | str | None:
    """A cell as a program reads it: a whole number, a text, a fraction as "p/q", or nothing."""
    found = cell.exact if isinstance(cell, Figure) else cell
    if isinstance(found, Fraction):
        return int(found) if found.denominator == 1 else str(found)
    return found


def as_csv(tables: Iterable[Table]) -> str:
    """Comma-separated values, exact; the title stands in the first column, an empty line between two tables."""
    return "\n".join(map(_csv, tables))


def as_json(tables: Iterable[Table]) -> str:
    """The tables as JSON."""
    return json.dumps(plain_tables(tables), ensure_ascii=False, indent=1) + "\n"


def plain_tables(tables: Iterable[Table]) -> list[dict[str, Any]]:
    """Tables as plain data: the title, the headings, and each row with its values in their order, exact."""
    return [
        {"title": one.title, "columns": _headings(one), "rows": [list(map(exact, row)) for row in one.rows]}
        for one in tables
    ]


def as_markdown(tables: Iterable[Table]) -> str:
    """Tables of Markdown, as a person reads them."""
    return "\n".join(map(_markdown, tables))


MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells a spreadsheet that a file is UTF-8."""

FORMATS: Mapping[str, Callable[[Iterable[Table]], str]] = {"csv": as_csv, "json": as_json, "md": as_markdown}
"""The formats that are texts, by the name a person gives them."""


def _headings(table: Table) -> list[str]:
    return [column.title for column in table.columns]


def _csv(table: Table) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(map(_harmless, ("table", *_headings(table))))
    writer.writerows([_harmless(item) for item in (table.title, *map(exact, row))] for row in table.rows)
    return stream.getvalue()


def _harmless(item: float | str | None) -> object:
    """A text that no spreadsheet takes for a formula."""
    return harmless(item) if isinstance(item, str) else item


def _markdown(table: Table) -> str:
    kinds = [column.kind for column in table.columns]
    rules = [":---" if kind is Kind.TEXT else "---:" for kind in kinds]
    rows = (
        _headings(table),
        *([shown(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in table.rows),
    )
    head, *lines = ("| " + " | ".join(map(_cell, row)) + " |" for row in rows)
    return "\n".join((f"**{_cell(table.title)}**", "", head, "| " + " | ".join(rules) + " |", *lines, ""))


def _cell(said: str) -> str:
    """A text that Markdown shows as it is."""
    marked = "".join(f"\\{char}" if char in "\\|`*_<>[]" else char for char in clean(said))
    return marked.replace("&", "&amp;")


LARGEST = 2**53  # beyond it other readers of JSON lose digits


def plain_fraction(value: Fraction) -> int | str:
    """A whole number as one, where other readers would not lose digits; any other fraction as "p/q"."""
    return value.numerator if value.denominator == 1 and abs(value) <= LARGEST else str(value)
