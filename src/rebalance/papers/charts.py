"""The bars of a page, as pictures of its own: some columns of a table, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from xml.etree import ElementTree as ET

from rich.cells import cell_len

from rebalance.figures.colours import NEW, ORANGE, TODAY
from rebalance.table import Cell, Table, cell_text
from rebalance.text import _, clean

COLOURS = {"today": TODAY, "before": TODAY, "coverage": NEW, "after": NEW, "gives": NEW, "staffed": ORANGE}
"""What is there today looks the same in every picture, and so does what is to come."""

GAP, BAR, LABEL, WIDE, TOP = 8, 12, 210, 430, 6
MOST_TEXT = 29


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
        return tuple((self.table.columns[self.table.index(key)].title, COLOURS[key]) for key in self.keys)

    @property
    def svg(self) -> str:
        """The picture: a group for each row, which a page may put in another order; every bar says what it shows."""
        rows = list(zip(self.table.cells("name"), *map(self.table.cells, self.keys), strict=True))
        high = TOP + len(rows) * self._step
        size = {"viewBox": f"0 0 {LABEL + WIDE + 60} {high}", "role": "img", "aria-labelledby": self.identifier}
        root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": "chart", **size})
        ET.SubElement(root, "title", id=self.identifier).text = self.title
        figures = [abs(Fraction(cell)) for row in rows for cell in row[1:] if isinstance(cell, int | Fraction)]
        most = max(figures, default=Fraction(0)) or Fraction(1)
        for number, (name, *cells) in enumerate(rows):
            self._row(root, number, clean(str(name)), cells, most)
        return ET.tostring(root, encoding="unicode")

    @property
    def _step(self) -> int:
        return BAR * len(self.keys) + GAP

    def _row(self, root: ET.Element, number: int, name: str, cells: Sequence[Cell], most: Fraction) -> None:
        place = {"class": "row", "transform": f"translate(0 {TOP + number * self._step})"}
        group = ET.SubElement(root, "g", place)
        look = {"x": str(LABEL - 8), "y": f"{BAR * len(self.keys) / 2 + 4:g}", "text-anchor": "end", "class": "label"}
        ET.SubElement(group, "text", look).text = _cut(name)
        for series, cell in enumerate(cells):
            if isinstance(cell, int | Fraction):
                self._bar(group, series, name, cell, most)

    def _bar(self, row: ET.Element, series: int, name: str, cell: int | Fraction, most: Fraction) -> None:
        column = self.table.columns[self.table.index(self.keys[series])]
        long, top, said = int(abs(Fraction(cell)) * WIDE / most), series * BAR, cell_text(cell, column.kind)
        exact = f"{float(Fraction(cell)):.6f}"
        one = ET.SubElement(
            row, "g", {"data-series": str(series), "data-key": exact, "fill": COLOURS[self.keys[series]]}
        )
        ET.SubElement(one, "title").text = f"{name}: {column.title}: {said}"
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
    while cell_len(text) > MOST_TEXT:
        text = text.removesuffix("…")[:-1] + "…"
    return text
