"""Bars as inline SVG: drawn by ourselves, so that a page needs no library and no network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from xml.etree import ElementTree as ET

from rebalance.papers.table import Cell, Table, shown
from rebalance.papers.workbook_sheet import width
from rebalance.words import _
from rebalance.writing.terminal import clean

COLOURS = ("#9fb3c8", "#1f5fa8", "#2d7a4b")
ROW, BAR, LABEL, WIDE, TOP = 8, 11, 230, 560, 26
MOST_TEXT = 34


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of a few columns of a table, row by row."""

    identifier: str
    title: str
    table: Table
    keys: tuple[str, ...]

    @property
    def series(self) -> tuple[tuple[str, str], ...]:
        """The name and colour of each series."""
        names = (self.table.columns[self.table.index(key)].title for key in self.keys)
        return tuple(zip(names, COLOURS, strict=False))

    @property
    def svg(self) -> str:
        """The picture; every bar says in words what it shows."""
        rows = list(zip(self.table.cells("name"), *map(self.table.cells, self.keys), strict=True))
        high = TOP + len(rows) * self._step + ROW
        size = {"viewBox": f"0 0 {LABEL + WIDE + 70} {high}", "role": "img", "aria-labelledby": self.identifier}
        root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": "chart", **size})
        ET.SubElement(root, "title", id=self.identifier).text = self.title
        most = max(
            [abs(Fraction(cell)) for row in rows for cell in row[1:] if isinstance(cell, int | Fraction)],
            default=Fraction(0),
        )
        self._labels(root, [str(row[0]) for row in rows])
        for number in range(len(self.keys)):
            group = ET.SubElement(root, "g", {"data-series": str(number), "fill": COLOURS[number]})
            cells = [row[number + 1] for row in rows]
            self._bars(group, number, [str(row[0]) for row in rows], cells, most or Fraction(1))
        return ET.tostring(root, encoding="unicode")

    @property
    def _step(self) -> int:
        return BAR * len(self.keys) + ROW

    def _labels(self, root: ET.Element, names: Sequence[str]) -> None:
        for number, name in enumerate(names):
            middle = TOP + number * self._step + BAR * len(self.keys) / 2 + 4
            look = {"x": str(LABEL - 8), "y": f"{middle:g}", "text-anchor": "end", "class": "label"}
            ET.SubElement(root, "text", look).text = _cut(clean(name))

    def _bars(
        self, group: ET.Element, series: int, names: Sequence[str], cells: Sequence[Cell], most: Fraction
    ) -> None:
        column = self.table.columns[self.table.index(self.keys[series])]
        for number, (name, cell) in enumerate(zip(names, cells, strict=True)):
            if cell is None or isinstance(cell, str):
                continue
            long, top = int(abs(Fraction(cell)) * WIDE / most), TOP + number * self._step + series * BAR
            said = shown(cell, column.kind)
            one = ET.SubElement(group, "g")
            ET.SubElement(one, "title").text = f"{clean(name)}: {column.title}: {said}"
            box = {"x": str(LABEL), "y": str(top), "width": str(max(1, long)), "height": str(BAR - 1)}
            ET.SubElement(one, "rect", box)
            place = {"x": str(LABEL + long + 4), "y": str(top + BAR - 2), "class": "value"}
            ET.SubElement(one, "text", place).text = said


def charts(made: Sequence[Table]) -> Iterator[Chart]:
    """The pictures of a page."""
    known = {table.name: table for table in made}
    wanted = (
        ("townships", _("Coverage of each township"), ("today", "coverage", "staffed")),
        ("townships", _("Positions owned by each township"), ("before", "after")),
        ("givers", _("Positions given, unit by unit"), ("gives",)),
    )
    for number, (name, title, keys) in enumerate(wanted, 1):
        if name in known and known[name].rows:
            yield Chart(f"chart{number}", title, known[name], keys)


def _cut(text: str) -> str:
    """As much of a name as has room beside the bars."""
    while width(text) > MOST_TEXT:
        text = text.removesuffix("…")[:-1] + "…"
    return text
