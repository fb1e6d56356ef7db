"""The look of everything on the terminal: at most 100 columns, names shown as they are, never interpreted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Column, Table
from rich.text import Text

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
