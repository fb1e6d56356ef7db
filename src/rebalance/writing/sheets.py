"""Tables of figures in four formats: on the screen, CSV, JSON, and Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from rich.cells import cell_len
from rich.table import Column, Table

from rebalance.record.values import unstructure
from rebalance.writing.numbers import NOTHING
from rebalance.writing.terminal import WIDTH, add, clean, table, words

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


def on_screen(sheet: Sheet) -> Table:
    """For a terminal."""
    cells = [[shown(row[place]) for row in sheet.rows] for place in range(len(sheet.columns))]
    named = list(zip(map(clean, sheet.columns), cells, strict=True))
    tight = sum(_width((name, *texts)) + GAP for name, texts in named) > WIDTH
    columns = [words(name) for name, _texts in named[: sheet.figures]]
    columns += [
        _figures(name, _width((*name.split(), *texts)) if tight else None) for name, texts in named[sheet.figures :]
    ]
    made = table(clean(sheet.title), *columns)
    for row in sheet.rows:
        add(made, *map(shown, row))
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


def shown(item: Item) -> str:
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


def _figures(header: str, most: int | None) -> Column:
    """A column of figures, some of them long, under a heading that may be long; without one, of bars."""
    if not header:
        return Column(no_wrap=True)
    return Column(header, justify="right", overflow="fold", max_width=most)


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
    rows = (sheet.columns, rules, *(map(shown, row) for row in sheet.rows))
    lines = ("| " + " | ".join(map(_cell, row)) + " |" for row in rows)
    return "\n".join((f"**{_cell(sheet.title)}**", "", *lines, ""))


def _cell(text: str) -> str:
    """A text that Markdown shows as it is."""
    marked = "".join(f"\\{char}" if char in "\\|`*_<>[]" else char for char in clean(text))
    return marked.replace("&", "&amp;")
