"""The paper a figure is drawn on: a title that says the finding, a lead, a key, room to draw, and the origin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from rebalance.figures.colours import INK, PAPER, SOFT
from rebalance.figures.look import SMALL, TEXT, TITLE, bare
from rebalance.figures.measuring import balanced, cut, high, wide, wrapped

WIDTH, EDGE = 7.0, 0.15
ROOM = WIDTH - 2 * EDGE
"""How wide a picture is, and how much of that is drawn on; in inches."""

SWATCH, GAP = 0.13, 0.08

SIZE = 7.0
"""Of a mark, in points."""


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the key: a colour, as a box or with the form of a marker, and what it stands for."""

    colour: str
    text: str
    marker: str = ""
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that is said around a figure."""

    title: str
    lead: str
    foot: Sequence[str]
    key: Sequence[Key] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A figure with its words in place; `axes` and `free` give room in between, in inches from its top left."""

    figure: Figure
    top: float
    height: float

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """A system of axes."""
        whole = self.figure.get_figheight()
        bottom = whole - self.top - top - height
        return self.figure.add_axes(((EDGE + left) / WIDTH, bottom / whole, width / WIDTH, height / whole))

    def free(self) -> Axes:
        """All the room, to draw on in inches, from the top down."""
        return _free(self, 0, self.height)


def page(words: Words, height: float) -> Page:
    """A page with so much room between the key and the foot."""
    title = balanced(words.title, ROOM, TITLE, "bold", 3)
    lead = balanced(words.lead, ROOM, TEXT)
    foot = [line for text in words.foot for line in wrapped(text, ROOM, SMALL)]
    keys = _rows(words.key)
    lead_top = EDGE + high(TITLE) * len(title) + 0.04
    key_top = lead_top + high(TEXT) * len(lead) + GAP
    top = key_top + (high(TEXT) + 0.03) * len(keys) + GAP
    whole = top + height + GAP + high(SMALL) * len(foot) + EDGE
    made = Page(Figure(figsize=(WIDTH, whole)), top, height)
    paper = _free(made, -top, whole)
    put(paper, 0, EDGE, "\n".join(title), fontsize=TITLE, weight="bold", va="top")
    put(paper, 0, lead_top, "\n".join(lead), color=SOFT, va="top")
    put(paper, 0, whole - EDGE, "\n".join(foot), fontsize=SMALL, color=SOFT, va="bottom")
    for number, row in enumerate(keys):
        _draw_keys(paper, row, key_top + (high(TEXT) + 0.03) * (number + 0.5))
    return made


def put(axes: Axes, x: float, y: float, text: str, **look: Any) -> Any:  # noqa: ANN401  # Matplotlib's own names
    """A text at a place, as it is."""
    return axes.text(x, y, text, **{"linespacing": 1.2, **look})


def mark(axes: Axes, spot: tuple[float, float], colour: str, form: str = "o", *, hollow: bool = False) -> None:
    """A point of a form of its own, set off from what lies below it."""
    fill, edge = (PAPER, colour) if hollow else (colour, PAPER)
    width = 1.2 if hollow else 0.6
    axes.plot(*spot, form, color=fill, markeredgecolor=edge, markeredgewidth=width, markersize=SIZE, zorder=4)


def _free(made: Page, top: float, height: float) -> Axes:
    axes = made.axes(0, top, ROOM, height)
    axes.set(xlim=(0, ROOM), ylim=(height, 0))
    axes.set_axis_off()
    bare(axes)
    return axes


def _rows(keys: Sequence[Key]) -> list[list[Key]]:
    """The entries in lines."""
    rows, used = list[list[Key]](), ROOM
    for key in keys:
        needs = _needs(key)
        if used + needs > ROOM:
            rows.append([])
            used = 0.0
        rows[-1].append(key)
        used += needs
    return rows


def _needs(key: Key) -> float:
    return SWATCH + GAP + min(wide(key.text, TEXT), ROOM - 1) + 2 * GAP


def _draw_keys(paper: Axes, row: Sequence[Key], middle: float) -> None:
    left = 0.0
    for key in row:
        if key.marker:
            mark(paper, (left + SWATCH / 2, middle), key.colour, key.marker, hollow=key.hollow)
        else:
            place = left, middle - SWATCH / 2
            box = Rectangle(place, SWATCH, SWATCH, facecolor=key.colour, edgecolor=SOFT, linewidth=0.4)
            paper.add_patch(box)
        text = cut(key.text, ROOM - 1, TEXT)
        put(paper, left + SWATCH + GAP, middle, text, color=INK, va="center_baseline")
        left += _needs(key)
