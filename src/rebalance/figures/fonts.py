"""Fonts: which are there, and what to install where one is missing."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from contextlib import suppress
from contextvars import copy_context
from functools import cache

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties, fontManager

from rebalance.words import LANGUAGES, _, activate

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
