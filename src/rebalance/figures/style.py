"""The look of every picture: fonts in both scripts, how wide and high texts are, lines and shades."""

from __future__ import annotations

import logging
import re
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import copy_context
from fractions import Fraction
from functools import cache, lru_cache
from typing import Literal

from matplotlib import font_manager, rc_context, rcdefaults, rcParams
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties, fontManager
from rich.cells import cell_len

from rebalance.figures.colours import BLACK, GRID, INK, PAPER, SOFT
from rebalance.text import LANGUAGES, _, activate, clean

LATIN = "DejaVu Sans"
"""Comes with Matplotlib, so it is everywhere; wider than most, so what fits in it fits in what a viewer has instead."""

CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Heiti SC",
    "STHeiti",
    "SimSun",
    "Songti SC",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Sans CJK JP",
    "Droid Sans Fallback",
    "Arial Unicode MS",
)
"""The first of these that is there is used."""

OTHERS = (
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Symbols2",
    "Noto Emoji",
    "Segoe UI Emoji",
    "Segoe UI Symbol",
    "Apple Symbols",
    "Symbola",
)
"""Those that are there help out, character by character."""

HAN = "⺀-鿿豈-﫿"
"""Where Chinese characters stand, as a class of a regular expression."""


class FontWarning(UserWarning):
    """Characters that no font found can draw."""


@cache
def families() -> tuple[str, ...]:
    """The fonts used, in the order in which they are asked for a character."""
    there = installed()
    if there.isdisjoint(CHINESE):
        _look_again()
        there = installed()
    chinese = [name for name in CHINESE if name in there]
    return (LATIN, *chinese[:1], *(name for name in OTHERS if name in there))


def installed() -> set[str]:
    """The names of the fonts Matplotlib knows."""
    return {entry.name for entry in fontManager.ttflist}


def _look_again() -> None:
    """Take in the fonts that were installed after Matplotlib made its list."""
    known = {str(entry.fname) for entry in fontManager.ttflist}
    for path in sorted(set(map(str, font_manager.findSystemFonts())) - known):
        with suppress(OSError, RuntimeError, ValueError):  # a broken font is none
            fontManager.addfont(path)


def drawable() -> frozenset[str]:
    """Every character that one of the fonts has."""
    return _drawable(families())


@cache
def _drawable(names: tuple[str, ...]) -> frozenset[str]:
    paths = (font_manager.findfont(FontProperties(name)) for name in names)
    return frozenset(chr(code) for path in paths for code in font_manager.get_font(path).get_charmap())


def warn_of_boxes(texts: Iterable[str]) -> None:
    """Say, once, what to install where some of these texts cannot be drawn; never draw boxes in silence."""
    missing = set("".join(texts)) - drawable() - set(" \n")
    if any("⺀" <= char <= "鿿" for char in missing):
        _say_once(" ".join(copy_context().run(_no_chinese, each) for each in LANGUAGES))
    elif missing:
        _say_once(_("Some characters are in none of the fonts found: pictures show boxes instead of them."))


def _no_chinese(lang: str) -> str:
    """In every language: who cannot read the labels may not read the warning either."""
    activate(lang)
    return _(
        "No font with Chinese characters was found: pictures show boxes instead. Install one, such as Noto Sans CJK"
        " (on Debian: apt-get install fonts-noto-cjk, or the smaller fonts-wqy-microhei)."
    )


@cache
def _say_once(message: str) -> None:
    warnings.warn(message, FontWarning, stacklevel=2)


TITLE, TEXT, SMALL = 12.0, 9.0, 8.0
"""Sizes of letters, in points, of a picture seven inches wide."""

Colour = tuple[float, float, float]
"""Red, green and blue, from 0 to 1."""

PALEST: Colour = (0.93, 0.96, 0.98)
DEEPEST: Colour = (0.0, 0.29, 0.49)
FLARE = 0.05
"""Light that a page reflects anyway, in a ratio of contrast (WCAG 2)."""


# Many Chinese fonts have one weight: then the regular one is drawn, and nobody need be told each time.
logging.getLogger("matplotlib.font_manager").addFilter(lambda record: "font weight" not in record.getMessage())


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


POINTS, ROUNDING = 72, 0.001

ENOUGH = 0.3
"""A last line is long enough when it fills so much of the room."""
LONGEST = 400
"""No name needs more characters than this to be told from another."""

# A Chinese character may end a line, but not be parted from the mark after it; Latin ones break at spaces.
PIECE = re.compile(rf"[{HAN}][，。、；：！？）》”’…]*|[^\s{HAN}]+|\s+")


def named(text: str) -> str:
    """A name as it may be shown: nothing in it that cannot be seen, and not endless."""
    return clean(text)[:LONGEST]


@lru_cache(4096)
def wide(text: str, size: float = SMALL, weight: str = "normal") -> float:
    """How wide a line of text is; a viewer may have other fonts, so Chinese characters count in full."""
    look = FontProperties(size=size, weight=weight)
    width, _height, _descent = _renderer().get_text_width_height_descent(text, look, ismath=False)
    return max(float(width), size * cell_len(text) / 2) / POINTS


def high(size: float = SMALL) -> float:
    """How high a line of text is, with the space to the next."""
    return size * 1.35 / POINTS


def cut(text: str, room: float, size: float = SMALL, weight: str = "normal") -> str:
    """As much of a text as there is room for."""
    text = named(text)
    if wide(text, size, weight) <= room + ROUNDING:
        return text
    end = bisect_right(range(len(text)), room, key=lambda count: wide(text[:count].rstrip() + "…", size, weight)) - 1
    return text[: max(end, 0)].rstrip() + "…"


def wrapped(text: str, room: float, size: float = SMALL, weight: str = "normal", most: int = 12) -> list[str]:
    """The text in lines, at most so many."""
    found, line = list[str](), ""
    for piece in _pieces(named(text), room, size, weight):
        if line and wide((line + piece).rstrip(), size, weight) > room:
            found.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    found.append(line.rstrip())
    if len(found) > most:
        found[most - 1 :] = [cut(found[most - 1] + "…", room, size, weight)]
    return found


def balanced(text: str, room: float, size: float, weight: str = "normal", most: int = 12) -> list[str]:
    """The same number of lines, but no last line of one word or two."""
    lines = wrapped(text, room, size, weight, most)
    for part in range(19, 10, -1):
        narrower = wrapped(text, room * part / 20, size, weight, most + 1)
        if len(narrower) > len(lines) or wide(lines[-1], size, weight) > room * ENOUGH:
            break
        lines = narrower
    return lines


def apart(wanted: Sequence[float], least: float) -> list[float]:
    """Places for labels as near as need be to where they are wanted, no two closer than the least."""
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    blocks: list[list[int]] = []
    for number in order:
        blocks.append([number])
        while len(blocks) > 1 and _bottom(blocks[-1], wanted, least) < _top(blocks[-2], wanted, least) + least:
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    placed = {n: _bottom(block, wanted, least) + least * place for block in blocks for place, n in enumerate(block)}
    return [placed[number] for number in range(len(wanted))]


def _bottom(block: Sequence[int], wanted: Sequence[float], least: float) -> float:
    """Where the lowest label of some that touch each other goes, so that together they are where they should be."""
    return sum(wanted[n] for n in block) / len(block) - least * (len(block) - 1) / 2


def _top(block: Sequence[int], wanted: Sequence[float], least: float) -> float:
    return _bottom(block, wanted, least) + least * (len(block) - 1)


def _pieces(text: str, room: float, size: float, weight: str) -> Iterator[str]:
    """What is not broken; what is wider than a whole line is broken all the same."""
    for piece in PIECE.findall(text):
        rest = piece
        while wide(rest, size, weight) > room and len(rest) > 1:
            end = max(1, bisect_right(range(len(rest)), room, key=lambda count: wide(rest[:count], size, weight)) - 1)
            yield rest[:end]
            rest = rest[end:]
        yield rest


@cache
def _renderer() -> RendererAgg:
    return RendererAgg(1, 1, POINTS)
