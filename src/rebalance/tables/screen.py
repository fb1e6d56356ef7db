"""The look of everything on the terminal: at most 100 columns, names shown as they are, never interpreted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import IO, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Column, Table
from rich.text import Text

from rebalance.text import language

WIDTH = 100

Cell = str | int | Text


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
            if isinstance(part, Table):
                self.print()
            self.print(part)

    def lines(self, texts: Iterable[str]) -> None:
        """Print lines that may be long, each as one line, so that they can be searched."""
        for text in texts:
            self.print(clean(text), soft_wrap=True)


def clean(text: str) -> str:
    """The text with everything that cannot be seen taken out of it: no name moves the cursor."""
    text = " ".join(text.split())
    return text if text.isprintable() else "".join(char if char.isprintable() else "�" for char in text)


def line(text: str, style: str = "") -> Text:
    """A paragraph."""
    return Text(clean(text), style=style)


def words(header: str) -> Column:
    """A column of texts, broken into lines where they are long."""
    return Column(header, overflow="fold")


def number(header: str) -> Column:
    """A column of figures."""
    return Column(header, justify="right", no_wrap=True)


def table(title: str, *columns: Column) -> Table:
    """An empty table."""
    look: dict[str, Any] = {"box": SIMPLE_HEAD, "show_edge": False, "pad_edge": False}
    return Table(*columns, title=Text(title), title_justify="left", title_style="bold", **look)


def add(made: Table, *cells: Cell, style: str = "") -> None:
    """Add a row; texts are shown as they are."""
    made.add_row(*(_text(cell) for cell in cells), style=style)


def _text(cell: Cell) -> Text:
    if isinstance(cell, Text):
        return cell
    return Text("\n".join(clean(part) for part in str(cell).split("\n")))


COLOURS = {"red": "#c0392b", "green": "#1e8449", "yellow": "#9a7d0a"}
"""Of these a notebook can be light or dark behind."""


def html(parts: Iterable[RenderableType]) -> str:
    """One thing below the other."""
    return "<div>" + "".join(map(_part, parts)) + "</div>"


def _part(part: RenderableType) -> str:
    if isinstance(part, Table):
        return "".join(_table(part))
    text = part if isinstance(part, Text) else Text(str(part))
    return f"<p{_look(str(text.style))}>{_escaped(text)}</p>" if text.plain else ""


def _table(made: Table) -> Iterator[str]:
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


def listed(names: Iterable[str]) -> str:
    """Several names in a row."""
    return ("、" if language() == "zh" else ", ").join(names)


def parted(parts: Iterable[str]) -> str:
    """Several parts of a sentence that have commas of their own."""
    return ("；" if language() == "zh" else "; ").join(parts)


def run_on(sentences: Iterable[str]) -> str:
    """Sentences one after the other: Chinese leaves no room between them."""
    return ("" if language() == "zh" else " ").join(sentences)
