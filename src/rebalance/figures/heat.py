"""A sweep over two parameters as a heat map: one measure, a cell for each case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from rebalance.exploring.sweep import Line
from rebalance.figures.cases import height, is_number, measured, note, planned, said, short, shown, title_of, varied
from rebalance.figures.colours import GRID, PAPER, SOFT
from rebalance.figures.look import SMALL, ink_on, look, shade
from rebalance.figures.measuring import cut, named, wide
from rebalance.figures.page import GAP, ROOM, Words, page, put
from rebalance.figures.picture import Picture, finished
from rebalance.words import _
from rebalance.writing.numbers import NOTHING
from rebalance.writing.strung import listed, run_on

WIDEST, TALL, NAMES = 1.0, 0.36, 1.6


@dataclass(frozen=True, slots=True)
class Grid:
    """What is set in the columns and in the rows, and where the cells are."""

    columns: Sequence[Any]
    rows: Sequence[Any]
    left: float

    @property
    def wide(self) -> float:
        """How wide a cell is."""
        return min(WIDEST, (ROOM - self.left) / len(self.columns))

    def place(self, column: object, row: object) -> tuple[float, float]:
        """The upper left corner of a cell."""
        return self.left + self.wide * self.columns.index(column), TALL * (self.rows.index(row) + 1)


@look()
def heat_map(lines: Sequence[Line], measure: str | None = None) -> Picture:
    """One measure over the two parameters that vary (unless named, the lowest coverage); the darker, the more.

    Raises:
        ValueError: not two parameters vary, or there is no such measure, or no case has a plan.
    """
    number, drawn = measured(measure), planned(lines)
    across, up = _two(lines)
    columns, rows = (_values(lines, path) for path in (across, up))
    grid = Grid(columns, rows, min(NAMES, max(wide(named(str(value))) for value in rows)) + GAP)
    title, lead = title_of(drawn, number), _lead(lines, drawn, number)
    made = page(Words(title, lead, note(lines)), TALL * (len(rows) + 2))
    axes = made.free()
    _heads(axes, grid, short(across), short(up))
    values = [height(line.figures[number]) for line in drawn]
    low, high = min(values), max(values)
    for line in lines:
        corner = grid.place(line.settings.get(across), line.settings.get(up))
        box = Rectangle(corner, grid.wide, TALL, facecolor=PAPER, edgecolor=GRID, hatch="////")
        if line.figures:
            part = Fraction((height(line.figures[number]) - low) / (high - low)) if high > low else Fraction(1)
            box = Rectangle(corner, grid.wide, TALL, facecolor=shade(part), edgecolor=PAPER)
            _figure(axes, box, shown(line.figures[number]) + ("" if line.proven else "*"), ink_on(shade(part)))
        axes.add_patch(box)
    return finished(made.figure, title, lead, *(said(line, number) for line in lines), *note(lines))


def suits(lines: Sequence[Line]) -> bool:
    """Whether two parameters vary, with one case for each pair."""
    paths = varied(lines)
    pairs = {tuple(map(str, map(line.settings.get, paths))) for line in lines}
    return len(paths) == 2 and len(pairs) == len(lines)  # noqa: PLR2004  # across and up


def _two(lines: Sequence[Line]) -> tuple[str, str]:
    paths = varied(lines)
    if not suits(lines):
        message = _("a heat map shows two parameters, with one case for each pair (got {value}). Set two.")
        raise ValueError(message.format(value=", ".join(map(short, paths)) or NOTHING))
    return paths[0], paths[1]


def _values(lines: Sequence[Line], path: str) -> list[Any]:
    """The values of a parameter: numbers in order, others as they come."""
    found = list(dict.fromkeys(line.settings.get(path) for line in lines))
    return sorted(found) if all(map(is_number, found)) else found


def _lead(lines: Sequence[Line], drawn: Sequence[Line], number: int) -> str:
    most, least = (pick(drawn, key=lambda line: height(line.figures[number])) for pick in (max, min))
    text = _("Each cell: a case; the darker, the more. Least: {least}; most: {most}.")
    said = [text.format(least=_set(least), most=_set(most))]
    said += [_("Hatched: no plan.")] if len(drawn) < len(lines) else []
    said += [_("*: NOT PROVEN.")] if not all(line.proven for line in drawn) else []
    return run_on(said)


def _set(line: Line) -> str:
    """What is set in a case."""
    return listed(f"{short(path)} = {named(str(value))}" for path, value in line.settings.items())


def _heads(axes: Axes, grid: Grid, across: str, up: str) -> None:
    """What is set in each column and row, and the names of both parameters."""
    base: dict[str, Any] = {"fontsize": SMALL, "va": "center_baseline"}
    put(axes, grid.left, TALL / 4, cut(f"→ {across}", ROOM - grid.left), color=SOFT, **base)
    put(axes, 0, TALL * (len(grid.rows) + 1.4), cut(f"↑ {up}", ROOM), color=SOFT, **base)
    for value in grid.columns:
        x = grid.place(value, grid.rows[0])[0] + grid.wide / 2
        put(axes, x, TALL * 0.75, cut(str(value), grid.wide), ha="center", **base)
    for value in grid.rows:
        y = grid.place(grid.columns[0], value)[1] + TALL / 2
        put(axes, grid.left - GAP, y, cut(str(value), grid.left - GAP), ha="right", **base)


def _figure(axes: Axes, box: Rectangle, text: str, ink: str) -> None:
    """The figure of a case in its cell, where there is room for it."""
    if wide(text) < box.get_width():
        x, y = box.get_x() + box.get_width() / 2, box.get_y() + TALL / 2
        put(axes, x, y, text, fontsize=SMALL, color=ink, ha="center", va="center_baseline")
