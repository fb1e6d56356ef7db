"""The look of every picture, said once: sizes, lines, shades."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Literal

from matplotlib import rc_context, rcdefaults, rcParams
from matplotlib.axes import Axes

from rebalance.figures.colours import BLACK, GRID, INK, PAPER, SOFT
from rebalance.figures.fonts import families

TITLE, TEXT, SMALL = 12.0, 9.0, 8.0
"""Sizes of letters, in points, of a picture seven inches wide."""

Colour = tuple[float, float, float]
"""Red, green and blue, from 0 to 1."""

PALEST: Colour = (0.93, 0.96, 0.98)
DEEPEST: Colour = (0.0, 0.29, 0.49)
FLARE = 0.05
"""Light that a page reflects anyway, in a ratio of contrast (WCAG 2)."""


@contextmanager
def look() -> Iterator[None]:
    """Draw in our own way, whatever style is set outside; names are shown as they are, never interpreted."""
    with rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"(?s).*Glyph", category=UserWarning)  # said in our own words
        rcdefaults()
        rcParams.update(
            {
                "font.family": [*families(), "sans-serif"],
                "font.sans-serif": [families()[0]],
                "font.size": TEXT,
                "text.color": INK,
                "text.parse_math": False,
                "axes.edgecolor": SOFT,
                "axes.linewidth": 0.6,
                "axes.labelsize": SMALL,
                "axes.labelcolor": SOFT,
                "xtick.labelsize": SMALL,
                "ytick.labelsize": SMALL,
                "xtick.color": SOFT,
                "ytick.color": SOFT,
                "xtick.major.size": 0,
                "ytick.major.size": 0,
                "hatch.linewidth": 0.6,
                "pdf.fonttype": 3,  # 42 embeds the usual Chinese fonts in a way some readers complain of
                "svg.fonttype": "none",
                "svg.hashsalt": "rebalance",
            }
        )
        yield


def bare(axes: Axes, grid: Literal["x", "y", "both"] | None = None) -> None:
    """No frame; a thin grid across one of the axes, behind everything."""
    for spine in axes.spines.values():
        spine.set_visible(False)
    if grid:
        axes.grid(visible=True, axis=grid, color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.patch.set_visible(False)


def shade(share: Fraction) -> Colour:
    """Blue, the darker the more: a share of 0 is nearly white, 1 is deep."""
    part = float(min(max(share, Fraction(0)), Fraction(1)))
    red, green, blue = (low + (high - low) * part for low, high in zip(PALEST, DEEPEST, strict=True))
    return red, green, blue


def ink_on(colour: Colour) -> str:
    """White letters on dark, black ones on light: whichever stand out more."""
    return PAPER if (1 + FLARE) / (bright(colour) + FLARE) > (bright(colour) + FLARE) / FLARE else BLACK


def bright(colour: Colour) -> float:
    """How bright a colour is (relative luminance, from 0 to 1)."""
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)  # noqa: PLR2004  # sRGB
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
