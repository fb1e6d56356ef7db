"""Flowcharts of matters (流程图): where everything goes, as SVG and as Mermaid text, and the words in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

from rich.console import Console
from rich.text import Text

from rebalance.county.reform import Actor, Step
from rebalance.problem.flow import Arrow, Flow
from rebalance.problem.working import time_taken
from rebalance.table import Kind, shown
from rebalance.tables.words import in_hundredths
from rebalance.text import NOTHING, _, clean

COLOURS = {
    Actor.APPLICANT: ("#fdf3df", "#a8741a"),
    Actor.TOWNSHIP: ("#e4f4e8", "#2d7a4b"),
    Actor.UNIT: ("#e4edfa", "#2b5c9e"),
}
"""Fill and outline of the steps each actor takes, in the order in which the lanes are named."""


class Shape(Enum):
    """What a box looks like."""

    EDGE = auto()
    DECISION = auto()
    STEP = auto()


def shape(flow: Flow, step: str) -> Shape:
    """Where a way begins or ends the box is round; where it parts, pointed."""
    if step in flow.first or step in flow.last:
        return Shape.EDGE
    return Shape.DECISION if step in flow.decisions else Shape.STEP


def actors(flow: Flow) -> tuple[Actor, ...]:
    """Who takes any step."""
    return tuple(actor for actor in COLOURS if any(row.by == actor for row in flow.steps))


def actor_name(actor: Actor, unit: str) -> str:
    """The heading of a lane; the county's unit has a name of its own."""
    return {Actor.APPLICANT: _("Applicant"), Actor.TOWNSHIP: _("Township"), Actor.UNIT: unit}[actor]


def duration(row: Step) -> str:
    """How long a step takes, where it says so."""
    return "" if row.time is None else time_taken(row.time)


def handoffs(flow: Flow) -> str:
    """Fewest and most handoffs on a way from beginning to end."""
    if flow.handoffs_on_a_way is None:
        return NOTHING
    few, many = flow.handoffs_on_a_way
    return str(few) if few == many else f"{few}–{many}"


def caption(flow: Flow) -> str:
    """Steps, decisions, handoffs and hours in one line."""
    text = _("Steps: {steps} · decisions: {decisions} · handoffs from first to last step: {handoffs} · hours: {hours}")
    hours = shown(in_hundredths(flow.all_hours), Kind.WORK) if flow.timed else NOTHING
    return text.format(steps=len(flow.steps), decisions=len(flow.decisions), handoffs=handoffs(flow), hours=hours)


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


class NotDrawnError(Exception):
    """The flowchart cannot be drawn; its text form always can be written."""


class TooLargeError(NotDrawnError):
    """It has too many steps or arrows."""


class NoLayoutError(NotDrawnError):
    """What finds places for steps and arrows is not installed: it comes with the extra `drawings`."""


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
        NoLayoutError: the library for it is not installed.
    """
    if len(flow.steps) + len(flow.arrows) + sum(len(_between(flow, arrow)) for arrow in flow.arrows) > LARGEST:
        raise TooLargeError
    try:
        import graphlay  # noqa: PLC0415  # an extra: whoever draws nothing can do without
    except ImportError:
        raise NoLayoutError from None
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


def _graph(flow: Flow) -> dict[str, list[dict[str, Any]]]:
    """The steps in order, then where long arrows pass; the pieces of the arrows in order."""
    number: dict[Stop, int] = {}
    nodes: list[dict[str, Any]] = []

    def put(stop: Stop, width: int, height: int, step: str, level: int) -> None:
        number[stop] = len(nodes)
        place = {"group": actors(flow).index(flow.step[step].by), "rank": {"fixed": level}}
        nodes.append({"size": {"width": width, "height": height}, **place})

    for row in flow.steps:
        height = LINE * len(label(row.name, duration(row))) + 2 * MARGIN
        put(row.step, WIDTH, height, row.step, flow.level[row.step])
    for arrow in flow.arrows:
        for level in _between(flow, arrow):
            put((*arrow, level), PASSAGE, PASSAGE, arrow[1], level)
    pieces = (piece for arrow in flow.arrows for piece in _pieces(flow, arrow))
    return {"nodes": nodes, "edges": [{"source": number[a], "target": number[b]} for a, b in pieces]}


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


FONTS = (
    "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',"
    "'WenQuanYi Micro Hei','WenQuanYi Zen Hei',SimHei,'Segoe UI',Arial,sans-serif"
)
INK, GREY, HANDOFF = "#1a202c", "#5a6473", "#b03a2e"
EDGE, TITLE, HEAD, FOOT = 20, 34, 34, 50
LEAST_WIDTH = 560  # so that the caption has room
POINTED = 9
CHARACTER = 7.5  # a Latin one; a Chinese one takes two


def svg(flow: Flow, unit: str) -> str:
    """The picture; `unit` is the name of the unit the matter belongs to.

    Raises:
        NotDrawnError: there are too many steps or arrows, or nothing is installed that could place them.
    """
    placed = laid_out(flow)
    lanes = placed.lanes.values()
    left, top = min(lane.x for lane in lanes), min(lane.y for lane in lanes)
    width, height = max(lane.x + lane.width for lane in lanes) - left, max(lane.height for lane in lanes)
    root = _root(clean(str(flow.matter)), max(width, LEAST_WIDTH) + 2 * EDGE, height + TITLE + HEAD + FOOT + 2 * EDGE)
    middle = max(0, LEAST_WIDTH - width) / 2
    drawing = _put(root, "g", transform=f"translate({_n(EDGE + middle - left)} {_n(EDGE + TITLE + HEAD - top)})")
    _lanes(drawing, placed, unit)
    for arrow in flow.arrows:
        _arrow(drawing, flow, arrow, placed.arrows[arrow])
    for one in flow.step:
        _step(drawing, flow, one, placed.boxes[one])
    _title(root, flow, max(width, LEAST_WIDTH))
    _foot(root, flow, height + TITLE + HEAD + EDGE)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _root(title: str, width: float, height: float) -> ET.Element:
    size = {"width": _n(width), "height": _n(height), "viewBox": f"0 0 {_n(width)} {_n(height)}"}
    look = {"font-family": FONTS, "font-size": "13", "fill": INK, "role": "img"}
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, **look})
    _put(root, "title").text = title
    _put(root, "rect", width="100%", height="100%", fill="#ffffff")
    heads = _put(root, "defs")
    for name, colour in (("plain", GREY), ("handoff", HANDOFF)):
        size = {"markerWidth": "9", "markerHeight": "8", "refX": "8", "refY": "4"}
        marker = _put(heads, "marker", id=name, orient="auto", markerUnits="userSpaceOnUse", **size)
        _put(marker, "path", d="M0 0 L9 4 L0 8 Z", fill=colour)
    return root


def _lanes(drawing: ET.Element, placed: Layout, unit: str) -> None:
    for actor, lane in placed.lanes.items():
        _fill, stroke = COLOURS[actor]
        size = {"x": _n(lane.x), "width": _n(lane.width), "stroke": "#c9d0da"}
        _put(drawing, "rect", y=_n(lane.y), height=_n(lane.height), fill="#fafbfc", **size)
        _put(drawing, "rect", y=_n(lane.y - HEAD), height=str(HEAD), fill="#eef1f5", **size)
        head = {"fill": stroke, "font-weight": "bold"}
        name = _cut(actor_name(actor, unit), lane.width)
        _middle(drawing, lane.x + lane.width / 2, lane.y - HEAD / 2 + 5, name, **head)


def _arrow(drawing: ET.Element, flow: Flow, arrow: Arrow, points: tuple[Point, ...]) -> None:
    handoff = flow.is_handoff(arrow)
    look = {"fill": "none", "stroke": HANDOFF if handoff else GREY, "stroke-width": "2.2" if handoff else "1.4"}
    if arrow in flow.back:
        look["stroke-dasharray"] = "6 4"
    look["marker-end"] = "url(#handoff)" if handoff else "url(#plain)"
    _put(drawing, "polyline", points=" ".join(f"{_n(x)},{_n(y)}" for x, y in points), **look)


def _step(drawing: ET.Element, flow: Flow, one: str, box: Box) -> None:
    row = flow.step[one]
    fill, stroke = COLOURS[row.by]
    group = _put(drawing, "g")
    _put(group, "title").text = clean(row.name)
    _outline(group, shape(flow, one), box, {"fill": fill, "stroke": stroke, "stroke-width": "1.4"})
    lines = label(row.name, hours := duration(row))
    start = box.y + (box.height - LINE * len(lines)) / 2 + LINE - 5
    for number, line in enumerate(lines):
        look = {"fill": GREY, "font-size": "11"} if hours and number == len(lines) - 1 else {}
        _middle(group, box.x + box.width / 2, start + LINE * number, line, **look)


def _outline(group: ET.Element, form: Shape, box: Box, look: dict[str, str]) -> None:
    if form is Shape.DECISION:
        corners = " ".join(f"{_n(x)},{_n(y)}" for x, y in _hexagon(box))
        _put(group, "polygon", points=corners, **look)
    else:
        size = {"x": _n(box.x), "y": _n(box.y), "width": _n(box.width), "height": _n(box.height)}
        _put(group, "rect", rx="20" if form is Shape.EDGE else "3", **size, **look)


def _hexagon(box: Box) -> Iterator[Point]:
    left, right, middle, bottom = box.x, box.x + box.width, box.y + box.height / 2, box.y + box.height
    yield from ((left, middle), (left + POINTED, box.y), (right - POINTED, box.y))
    yield from ((right, middle), (right - POINTED, bottom), (left + POINTED, bottom))


def _title(root: ET.Element, flow: Flow, width: float) -> None:
    look = {"x": str(EDGE), "y": str(EDGE + 14), "font-size": "17", "font-weight": "bold"}
    _put(root, "text", **look).text = _cut(str(flow.matter), width * 13 / 17)


def _foot(root: ET.Element, flow: Flow, below: float) -> None:
    legend = _("Thick red arrow: somebody else goes on (handoff). Dashed: back to an earlier step.")
    for number, text in enumerate((caption(flow), legend)):
        place = {"x": str(EDGE), "y": _n(below + 22 + LINE * number), "font-size": "12", "fill": GREY}
        _put(root, "text", **place).text = text


def _middle(parent: ET.Element, x: float, y: float, text: str, **look: str) -> None:
    _put(parent, "text", x=_n(x), y=_n(y), text_anchor="middle", **look).text = text


def _put(parent: ET.Element, name: str, /, **look: str) -> ET.Element:
    """Put an element into another; in the names of attributes _ stands for -."""
    return ET.SubElement(parent, name, {key.replace("_", "-"): value for key, value in look.items()})


def _cut(text: str, width: float) -> str:
    """As much of a text as goes into the width."""
    shown = Text(clean(text))
    shown.truncate(int(width / CHARACTER), overflow="ellipsis")
    return shown.plain


def _n(number: float) -> str:
    """A coordinate, to a tenth: the same text on every machine."""
    return f"{round(number * 10) / 10 + 0.0:g}"


BRACKETS = {Shape.STEP: ('["', '"]'), Shape.DECISION: ('{{"', '"}}'), Shape.EDGE: ('(["', '"])')}


def mermaid(flow: Flow, unit: str) -> str:
    """The whole text; `unit` is the name of the unit the matter belongs to."""
    return "\n".join(_lines(flow, unit)) + "\n"


def _lines(flow: Flow, unit: str) -> Iterator[str]:
    yield from ("---", f"title: {_quoted(clean(str(flow.matter)))}", "---", f"%% {caption(flow)}", "flowchart TB")
    names = {one: f"s{number}" for number, one in enumerate(flow.step, 1)}  # no code of the county's is a name here
    for actor in actors(flow):
        yield f'    subgraph {actor}_lane["{escaped(actor_name(actor, unit))}"]'
        yield from (f"        {names[row.step]}{_box(flow, row)}" for row in flow.steps if row.by == actor)
        yield "    end"
    yield from (f"    {names[arrow[0]]} {_line(flow, arrow)} {names[arrow[1]]}" for arrow in flow.arrows)
    for actor in actors(flow):
        steps = ",".join(names[row.step] for row in flow.steps if row.by == actor)
        fill, stroke = COLOURS[actor]
        yield f"    classDef {actor}_step fill:{fill},stroke:{stroke},color:#1a202c"
        yield f"    class {steps} {actor}_step"


def _box(flow: Flow, row: Step) -> str:
    before, after = BRACKETS[shape(flow, row.step)]
    label = "<br/>".join(escaped(text) for text in (clean(row.name), duration(row)) if text)
    return f"{before}{label}{after}"


def _line(flow: Flow, arrow: Arrow) -> str:
    if arrow in flow.back:
        return "-.->"
    return "==>" if flow.is_handoff(arrow) else "-->"


def _quoted(text: str) -> str:
    """The text as YAML; signs that Mermaid looks for before it reads YAML as their numbers."""
    quoted = json.dumps(text, ensure_ascii=False)
    return quoted.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "%<>{}#&"})


def escaped(text: str) -> str:
    """The text with every sign that could mean something to Mermaid, Markdown or HTML written as its number."""
    return "".join(char if char.isalnum() or char == " " or not char.isascii() else f"#{ord(char)};" for char in text)
