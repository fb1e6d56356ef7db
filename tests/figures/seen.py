"""What a picture looks like, measured: its texts, and where they stand."""

from __future__ import annotations

from itertools import combinations
from typing import Literal
from xml.etree import ElementTree as ET

from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox

from rebalance.figures import Picture
from rebalance.figures.style import look

SLACK = 1.0
"""Boxes may touch by so many pixels."""


def texts(picture: Picture) -> list[str]:
    """The texts of the SVG, as a reader finds them."""
    root = ET.fromstring(picture.content(".svg"))  # noqa: S314  # our own
    return ["".join(one.itertext()) for one in root.iter() if one.tag.endswith("}text")]


class Drawn(RendererAgg):
    """A renderer that keeps the texts it draws, each with its box."""

    texts: list[tuple[str, Bbox]]

    def draw_text(  # noqa: PLR0913, PLR0917  # as Matplotlib calls it
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: bool | Literal["TeX"] = False,  # noqa: FBT001, FBT002
        mtext: Text | None = None,
    ) -> None:
        width, height, descent = self.get_text_width_height_descent(s, prop, ismath=False)  # type: ignore[no-untyped-call]
        box = Bbox.from_bounds(0, -descent, width, height).transformed(Affine2D().rotate_deg(angle).translate(x, -y))
        self.texts.append((s, box))


def boxes(picture: Picture) -> list[tuple[str, Bbox]]:
    """Every line of text that is drawn, with the room it takes; upwards is positive, from the top down."""
    with look():
        width, height = (round(inches * picture.figure.dpi) for inches in picture.figure.get_size_inches())
        renderer = Drawn(width, height, picture.figure.dpi)  # type: ignore[no-untyped-call]
        renderer.texts = []
        picture.figure.draw(renderer)
    return [(text, box.translated(0, height)) for text, box in renderer.texts if text.strip()]


def overlaps(picture: Picture) -> list[tuple[str, str]]:
    """Texts that stand on one another, and those that stick out of the picture."""
    found = [(one, two) for (one, a), (two, b) in combinations(boxes(picture), 2) if _meet(a, b)]
    width, height = picture.figure.get_size_inches() * picture.figure.dpi
    page = Bbox.from_extents(-SLACK, -SLACK, width + SLACK, height + SLACK)
    out = [(text, "edge") for text, box in boxes(picture) if not (page.contains(*box.min) and page.contains(*box.max))]
    return found + out


def _meet(one: Bbox, two: Bbox) -> bool:
    across = min(one.x1, two.x1) - max(one.x0, two.x0)
    up = min(one.y1, two.y1) - max(one.y0, two.y0)
    return bool(across > SLACK and up > SLACK)
