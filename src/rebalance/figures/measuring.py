"""How wide texts are, and how to make them fit; in inches."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from rich.cells import cell_len

from rebalance.figures.fonts import HAN
from rebalance.figures.look import SMALL
from rebalance.writing.terminal import clean

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
