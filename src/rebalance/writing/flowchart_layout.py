"""Where everything in a flowchart goes: lanes side by side, steps downwards, arrows at right angles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import graphlay
from rich.console import Console
from rich.text import Text

from rebalance.county.matters import Actor
from rebalance.flow import Arrow, Flow
from rebalance.writing.flowchart_words import actors, time_taken
from rebalance.writing.terminal import clean

WIDTH, LINE, MARGIN = 184, 18, 12
CHARACTERS = 22  # that fit into the width, a Chinese one counting twice
LINES = 6
LARGEST = 800  # steps, arrows and passages; beyond these it takes long, and nobody can read it
OPTIONS = {
    "direction": "topbottom",
    "routing": {"style": "orthogonal"},
    "order": {"group_lanes": "strict"},
}

PASSAGE = 1  # the room a long arrow has on a level it passes

Point = tuple[float, float]
Stop = str | tuple[str, str, int]
"""A step, or where an arrow passes a level."""


class TooLargeError(Exception):
    """The flowchart has too many steps or arrows to be drawn."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, by its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Lanes, steps and arrows with their places."""

    lanes: Mapping[Actor, Box]
    boxes: Mapping[str, Box]
    arrows: Mapping[Arrow, tuple[Point, ...]]


def laid_out(flow: Flow) -> Layout:
    """Find a place for everything.

    Raises:
        TooLargeError: there is too much of it.
    """
    if len(flow.steps) + len(flow.arrows) + sum(len(_between(flow, arrow)) for arrow in flow.arrows) > LARGEST:
        raise TooLargeError
    found = graphlay.layout(_graph(flow), preset="layered", options=OPTIONS)
    lanes = {actors(flow)[lane["group"]]: _corners(lane["rect"]) for lane in found.raw["lanes"]}
    boxes = {one: _around(node) for one, node in zip(flow.step, found.nodes, strict=False)}
    ways: dict[Arrow, tuple[Point, ...]] = {}
    pieces = iter(found.edges)
    for arrow in flow.arrows:
        ways[arrow] = tuple(_point(point) for _piece in _pieces(flow, arrow) for point in next(pieces)["points"])
    return Layout(lanes, boxes, ways)


def label(name: str, hours: str) -> tuple[str, ...]:
    """The lines in a step's box."""
    lines = [str(part).rstrip() for part in Text(clean(name)).wrap(_RULER, CHARACTERS, overflow="fold")]
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], "…"]
    return (*lines, hours) if hours else tuple(lines)


_RULER = Console(width=CHARACTERS)


def _graph(flow: Flow) -> graphlay.Graph:
    """The steps in order, then where long arrows pass; the pieces of the arrows in order."""
    graph = graphlay.Graph()
    for row in flow.steps:
        height = LINE * len(label(row.name, time_taken(row))) + 2 * MARGIN
        graph.node(row.step, width=WIDTH, height=height, **_place(flow, row.step, flow.level[row.step]))
    for arrow in flow.arrows:
        for level in _between(flow, arrow):
            graph.node((*arrow, level), width=PASSAGE, height=PASSAGE, **_place(flow, arrow[1], level))
        for before, after in _pieces(flow, arrow):
            graph.edge(before, after)
    return graph


def _place(flow: Flow, step: str, level: int) -> dict[str, Any]:
    """The lane of a step, and a level."""
    return {"group": actors(flow).index(flow.step[step].by), "rank": {"fixed": level}}


def _between(flow: Flow, arrow: Arrow) -> range:
    """The levels an arrow passes on its way, in order."""
    start, end = (flow.level[one] for one in arrow)
    return range(start + 1, end) if start < end else range(start - 1, end, -1)


def _pieces(flow: Flow, arrow: Arrow) -> Iterable[tuple[Stop, Stop]]:
    """A long arrow in pieces, so that it has a place of its own in a lane on every level it passes."""
    return pairwise((arrow[0], *((*arrow, level) for level in _between(flow, arrow)), arrow[1]))


def _corners(rect: Mapping[str, Mapping[str, float]]) -> Box:
    (x, y), (right, bottom) = _point(rect["min"]), _point(rect["max"])
    return Box(x, y, right - x, bottom - y)


def _around(node: Mapping[str, Mapping[str, float]]) -> Box:
    (x, y), size = _point(node["center"]), node["size"]
    return Box(x - size["width"] / 2, y - size["height"] / 2, size["width"], size["height"])


def _point(found: Mapping[str, float]) -> Point:
    return found["x"], found["y"]
