"""Rows that several panels share: a name on the left, and to its right whatever is drawn of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from rebalance.figures.colours import GRID, INK, NEW, SOFT
from rebalance.figures.look import SMALL, TEXT, bare
from rebalance.figures.measuring import cut, wide
from rebalance.figures.page import GAP, ROOM, WIDTH, Page, Words, mark, page, put
from rebalance.writing.numbers import percent

HIGH, BELOW = 0.235, 0.42
"""A row, and what stands below the last one: figures of the axis and its label; in inches."""

NAMES, FIGURE = 2.1, 0.6
"""No more room for names than this; room for the figure of a share."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A page with names down its left side."""

    page: Page
    left: float
    count: int
    high: float

    def panel(self, start: float, end: float, label: str) -> Axes:
        """Axes to the right of the names, between two parts of that room; row 0 is on top."""
        room = ROOM - self.left
        axes = self.page.axes(self.left + start * room, 0, (end - start) * room, self.high * self.count)
        bare(axes, "x")
        axes.set_ylim(max(self.count, 1) - 0.5, -0.5)
        axes.set_yticks([])
        wide_ = (end - start) * room
        axes.xaxis.set_major_locator(MaxNLocator(max(2, round(wide_ * 1.5)), steps=[1, 2, 5, 10], integer=True))
        axes.set_xlabel(cut(label, wide_ + GAP), loc="left")
        return axes


def rows(words: Words, names: Sequence[str], high: float = HIGH) -> Rows:
    """A row for each name, so many inches high."""
    shown = [cut(name, NAMES, TEXT) for name in names]
    left = max([wide(name, TEXT) for name in shown], default=0) + 1.5 * GAP
    made = page(words, high * len(names) + BELOW)
    paper = made.free()
    for number, name in enumerate(shown):
        put(paper, 0, high * (number + 0.5), name, color=INK, va="center_baseline")
    return Rows(made, left, len(names), high)


def pair(axes: Axes, shares: Sequence[tuple[Fraction | None, Fraction | None]]) -> None:
    """Two shares a row, joined: the first a ring, the second a dot, the figure of each on its outer side."""
    span(axes, [float(100 * share) for each in shares for share in each if share is not None], FIGURE)
    for row, (before, after) in enumerate(shares):
        ends = [(before, SOFT)] if before is not None else []
        ends += [(after, NEW)] if after is not None else []
        spots = [(float(100 * share), row) for share, _colour in ends]
        axes.plot([x for x, _row in spots], [row] * len(spots), color=GRID, linewidth=3, zorder=1)
        outer = ["left", "right"] if len(spots) > 1 and spots == sorted(spots) else ["right", "left"]
        for spot, (share, colour), side in zip(spots, ends, outer, strict=False):
            mark(axes, spot, colour, hollow=colour == SOFT)
            _beside(axes, spot, percent(share), side, colour)


def _beside(axes: Axes, spot: tuple[float, int], text: str, side: str, colour: str) -> None:
    """A figure on one side of a point."""
    away, ha = (-6, "right") if side == "left" else (6, "left")
    axes.annotate(
        text, spot, (away, 0), textcoords="offset points", fontsize=SMALL, color=colour, ha=ha, va="center_baseline"
    )


def span(axes: Axes, shares: Sequence[float], room: float = 0.12) -> None:
    """From the least to the most, in percent, with so many inches to spare on both sides."""
    low, high = min(shares, default=0), max(shares, default=100)
    low = min(low, high - 5)
    wide_ = axes.get_position().width * WIDTH
    more = (high - low) * room / (wide_ - 2 * room)
    axes.set_xlim(low - more, high + more)
    axes.set_xticks([tick for tick in axes.get_xticks() if 0 <= tick <= max(high, 100) and low - more <= tick])
