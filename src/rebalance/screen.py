"""The look of everything on a terminal and in a notebook: names are shown as they are, never interpreted."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import IO, Any

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Column as RichColumn
from rich.table import Table as RichTable
from rich.text import Text

from rebalance.table import Cell, Column, Kind, Table, shown
from rebalance.text import _, clean

WIDTH = 100

Written = str | int | Text
"""What a cell of a terminal's table is written as."""


class Screen(Console):
    """A console that neither interprets nor colours anything by itself, and lets a broken pipe be heard."""

    def __init__(self, file: IO[str], *, plain: bool = False) -> None:
        """Write to a stream; where it is no terminal or has to be `plain`, without colours and 100 columns wide."""
        terminal = False if plain else None
        look: dict[str, Any] = {"markup": False, "highlight": False, "emoji": False, "soft_wrap": False}
        super().__init__(file=file, force_terminal=terminal, force_jupyter=False, **look)
        self.width = min(self.width, WIDTH) if self.is_terminal else WIDTH

    def on_broken_pipe(self) -> None:
        """Leave it to the program (the default would end it here)."""
        raise BrokenPipeError

    def show(self, parts: Iterable[RenderableType]) -> None:
        """Print one thing after another, with an empty line before every table."""
        for part in parts:
            if isinstance(part, RichTable):
                self.print()
            self.print(part)

    def lines(self, texts: Iterable[str]) -> None:
        """Print lines that may be long, each as one line, so that they can be searched."""
        for text in texts:
            self.print(clean(text), soft_wrap=True)


def line(text: str, style: str = "") -> Text:
    """A paragraph."""
    return Text(clean(text), style=style)


def words(header: str) -> RichColumn:
    """A column of texts, broken into lines where they are long."""
    return RichColumn(header, overflow="fold")


def number(header: str) -> RichColumn:
    """A column of figures."""
    return RichColumn(header, justify="right", no_wrap=True)


def table(title: str, *columns: RichColumn) -> RichTable:
    """An empty table."""
    look: dict[str, Any] = {"box": SIMPLE_HEAD, "show_edge": False, "pad_edge": False}
    return RichTable(*columns, title=Text(title), title_justify="left", title_style="bold", **look)


def add(made: RichTable, *cells: Written, style: str = "") -> None:
    """Add a row; texts are shown as they are."""
    made.add_row(*(_text(cell) for cell in cells), style=style)


def _text(cell: Written) -> Text:
    if isinstance(cell, Text):
        return cell
    return Text(clean_lines(str(cell)))


GAP = 3
"""Blanks between two columns."""


def parts_of(made: Table) -> Iterator[RenderableType]:
    """A table for a terminal, if it has rows that are worth one, and the sentences below it."""
    drawn = on_screen(made)
    if drawn.row_count:
        yield drawn
    yield from map(line, made.look.said)


def on_screen(made: Table) -> RichTable:
    """A table for a terminal: its rows that are worth it and its columns that a screen has room for."""
    places = [place for place, column in enumerate(made.columns) if column.screen is not None]
    columns = [made.columns[place] for place in places]
    heads = [clean_lines(column.screen or column.title) for column in columns]
    look = made.look
    kept = [row for row in made.rows if look.worth is None or look.worth(made.row(row))]
    rows = [[_shown(row[place], made.columns[place]) for place in places] for row in kept]
    last = [_shown(look.together[place], made.columns[place]) for place in places] if kept and look.together else []
    widths = [_width(texts) for texts in zip(heads, *rows, *([last] if last else []), strict=True)]
    tight = sum(width + GAP for width in widths) > WIDTH
    looks = []
    for place, (column, head) in enumerate(zip(columns, heads, strict=True)):
        if column.kind is Kind.TEXT:
            looks.append(RichColumn(head, no_wrap=True) if column.whole else words(head))
        elif column.kind is Kind.PLAIN:
            most = _width((*head.split(), *(row[place] for row in rows))) if tight else None
            looks.append(_figures(head, most))
        else:
            looks.append(number(head))
    drawn = table(clean(look.title or made.title), *looks)
    part = made.index(look.parts) if look.parts else None
    for number_, (row, texts) in enumerate(zip(kept, rows, strict=True)):
        if part is not None and number_ and row[part] != kept[number_ - 1][part]:
            drawn.add_section()
        add(drawn, *texts, style=look.style(made.row(row)) if look.style else "")
    if last:
        drawn.add_section()
        add(drawn, *last, style="bold")
    return drawn


def _shown(cell: Cell, column: Column) -> str:
    """A cell as a screen has it."""
    return column.naught if column.naught and cell in {0, ""} else shown(cell, column.kind)


def first_rows(made: Table, most: int) -> Iterator[RenderableType]:
    """A table for a terminal, of which only so many rows are shown; the others are counted."""
    yield on_screen(replace(made, rows=made.rows[:most]))
    if len(made.rows) > most:
        yield line(_("… and {count} more.").format(count=len(made.rows) - most))


def clean_lines(said: str) -> str:
    """The text, cleaned line by line: headings may have several."""
    return "\n".join(map(clean, said.split("\n")))


def _width(texts: Iterable[str]) -> int:
    """The columns of a terminal that the longest of the texts takes."""
    return max((cell_len(part) for said in texts for part in said.split("\n")), default=0)


def _figures(header: str, most: int | None) -> RichColumn:
    """A column of figures, some of them long, under a heading that may be long; without one, of bars."""
    if not header:
        return RichColumn(no_wrap=True)
    return RichColumn(header, justify="right", overflow="fold", max_width=most)


COLOURS = {"red": "#c0392b", "green": "#1e8449", "yellow": "#9a7d0a"}
"""Of these a notebook can be light or dark behind."""


def html(parts: Iterable[RenderableType]) -> str:
    """One thing below the other."""
    return "<div>" + "".join(map(_part, parts)) + "</div>"


def _part(part: RenderableType) -> str:
    if isinstance(part, RichTable):
        return "".join(_table(part))
    text = part if isinstance(part, Text) else Text(str(part))
    return f"<p{_look(str(text.style))}>{_escaped(text)}</p>" if text.plain else ""


def _table(made: RichTable) -> Iterator[str]:
    """The title, the headings, the rows; figures stand to the right."""
    yield "<table>"
    if made.title:
        yield f'<caption style="text-align:left;font-weight:bold">{_escaped(made.title)}</caption>'
    right = [column.justify == "right" for column in made.columns]
    yield from ("<thead>", _row("th", [column.header for column in made.columns], right), "</thead><tbody>")
    columns = [list(column.cells) for column in made.columns]
    for number, row in enumerate(made.rows):
        yield _row("td", [cells[number] for cells in columns], right, str(row.style or ""))
    yield "</tbody></table>"


def _row(tag: str, cells: Sequence[RenderableType], right: Sequence[bool], style: str = "") -> str:
    figure = "text-align:right" if tag == "th" else "text-align:right;white-space:nowrap"
    sides = (figure if is_figure else "text-align:left" for is_figure in right)
    made = (f'<{tag} style="{side}">{_escaped(cell)}</{tag}>' for side, cell in zip(sides, cells, strict=True))
    return f"<tr{_look(style)}>{''.join(made)}</tr>"


def _look(style: str) -> str:
    """Bold, or one of our colours."""
    said = [f"color:{COLOURS[word]}" for word in style.split() if word in COLOURS]
    said += ["font-weight:bold"] * ("bold" in style.split())
    return f' style="{";".join(said)}"' if said else ""


def _escaped(cell: object) -> str:
    """A text that no browser takes for anything else, its lines kept."""
    plain = cell.plain if isinstance(cell, Text) else str(cell)
    return "<br>".join(escape(clean(line)) for line in plain.split("\n"))


class Shown:
    """A value that shows itself: whatever is told of it on the command line, it tells of itself."""

    __slots__ = ()

    def parts(self) -> Iterable[RenderableType]:
        """Everything there is to show, as paragraphs and tables."""
        raise NotImplementedError

    def brief(self) -> Iterable[RenderableType]:
        """What a notebook shows of it."""
        return self.parts()

    def show(self) -> None:
        """Print everything."""
        Screen(sys.stdout, plain=not sys.stdout.isatty()).show(self.parts())

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return html(self.brief())


class Answer(Shown):
    """A value that is an answer, and prints whole (a dataclass with `repr=False`)."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Everything, as text."""
        stream = io.StringIO()
        Screen(stream, plain=True).show(self.parts())
        return stream.getvalue().strip("\n")

    __str__ = __repr__
