"""Labels beside points: each where there is room for it, or nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from rebalance.figures.colours import INK
from rebalance.figures.look import SMALL
from rebalance.figures.measuring import POINTS, high, wide

AWAY = 6.0
"""From the middle of a point to its label, in points."""

SIDES = ((1, 0), (1, 1), (1, -1), (-1, 0), (-1, 1), (-1, -1), (0, 1), (0, -1))
"""Where a label may stand, as steps across and up: on the right, above on the right, and so on."""


def beside(axes: Axes, points: Sequence[tuple[float, float]], texts: Sequence[str]) -> None:
    """Write each text beside its point, inside the axes and clear of all points and of each other.

    Those named first are placed first; what finds no room is left out.
    """
    dots = [tuple(axes.transData.transform(point)) for point in points]
    dot = AWAY * axes.figure.dpi / POINTS
    taken = [Bbox.from_extents(x - dot, y - dot, x + dot, y + dot) for x, y in dots]
    inside = axes.get_window_extent()
    for number, text in enumerate(texts):
        size = wide(text) * axes.figure.dpi, high(SMALL) * axes.figure.dpi
        others = taken[:number] + taken[number + 1 :]
        for side in SIDES:
            box = _box(dots[number], size, side, dot)
            if _holds(inside, box) and not any(box.overlaps(other) for other in others):
                _write(axes, points[number], text, side)
                taken.append(box)
                break


def _box(dot: tuple[float, ...], size: tuple[float, float], side: tuple[int, int], away: float) -> Bbox:
    """The box of a label on one side of a point, in pixels."""
    left, bottom = (
        middle + step * away + (step - 1) * length / 2 for middle, step, length in zip(dot, side, size, strict=True)
    )
    return Bbox.from_bounds(left, bottom, *size)


def _holds(outer: Bbox, inner: Bbox) -> bool:
    return bool(outer.x0 <= inner.x0 and inner.x1 <= outer.x1 and outer.y0 <= inner.y0 and inner.y1 <= outer.y1)


def _write(axes: Axes, point: tuple[float, float], text: str, side: tuple[int, int]) -> None:
    across, up = side
    axes.annotate(
        text,
        point,
        xytext=(across * AWAY, up * AWAY),
        textcoords="offset points",
        fontsize=SMALL,
        color=INK,
        ha=("right", "center", "left")[across + 1],
        va=("top", "center", "bottom")[up + 1],
    )
