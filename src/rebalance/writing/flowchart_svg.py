"""A flowchart as an SVG picture, drawn without a browser and without the network."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from rich.text import Text

from rebalance.flow import Arrow, Flow
from rebalance.words import _
from rebalance.writing.flowchart_layout import LINE, Box, Layout, Point, label, laid_out
from rebalance.writing.flowchart_words import COLOURS, Shape, actor_name, caption, shape, time_taken
from rebalance.writing.terminal import clean

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
        TooLargeError: there are too many steps or arrows to draw.
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
    lines = label(row.name, hours := time_taken(row))
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
