"""What a terminal shows, as HTML for a notebook: every text escaped, nothing interpreted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from rebalance.writing.terminal import clean

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
