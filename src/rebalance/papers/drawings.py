"""The figures of a plan as files: each as SVG, and a page that shows them with what they say in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from rebalance.figures import Picture, every
from rebalance.papers.request import title
from rebalance.record.outcome import Recorded
from rebalance.words import language
from rebalance.writing.terminal import clean

STYLE = (
    "body{font-family:sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;line-height:1.5}"
    "figure{margin:2rem 0}img{max-width:100%}figcaption{color:#5a6473;font-size:.9rem}"
)


def drawings(recorded: Recorded, others: Sequence[Recorded] = ()) -> Iterator[tuple[str, bytes]]:
    """Every file: its path inside the folder of figures, and its bytes."""
    made = list(every(recorded.outcome, [other.outcome for other in others]))
    for name, picture in made:
        yield f"{name}.svg", picture.content(".svg")
    yield "index.html", _index(clean(title(recorded)), made)


def _index(heading: str, made: Sequence[tuple[str, Picture]]) -> bytes:
    root = ET.Element("html", lang=language())
    head, body = ET.SubElement(root, "head"), ET.SubElement(root, "body")
    ET.SubElement(head, "meta", charset="utf-8")
    ET.SubElement(head, "title").text = heading
    ET.SubElement(head, "style").text = STYLE
    ET.SubElement(body, "h1").text = heading
    for name, picture in made:
        figure = ET.SubElement(body, "figure")
        ET.SubElement(figure, "img", src=f"{name}.svg", alt=picture.title)
        ET.SubElement(figure, "figcaption").text = picture.alt
    return f"<!DOCTYPE html>\n{ET.tostring(root, encoding='unicode', method='html')}\n".encode()
