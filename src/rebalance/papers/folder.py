"""The folder: every table as CSV, the figures, and for each township its lists of matters and their flowcharts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from xml.etree import ElementTree as ET

from rebalance.figures import Picture, every
from rebalance.files import file_names
from rebalance.papers.contents import tables
from rebalance.papers.document import document
from rebalance.papers.page import page
from rebalance.papers.request import title
from rebalance.papers.workbook import workbook
from rebalance.plans.recorded import Recorded
from rebalance.problem.flow import Flow, flows
from rebalance.table import MARK, Cell, Column, Figure, Kind, Table, cell_text, shown
from rebalance.tables.flowcharts import NotDrawnError, mermaid, svg
from rebalance.tables.matters import cooperation, in_hand, powers
from rebalance.text import clean, harmless, language

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


POWERS, COOPERATION = "powers.csv", "cooperation.csv"


def folder(recorded: Recorded, others: Sequence[Recorded] = ()) -> Iterator[tuple[str, bytes]]:
    """Every file: its path inside the folder, and its bytes."""
    for table in tables(recorded, others):
        yield f"{table.name}.csv", csv_bytes(table)
    for name, content in drawings(recorded, others):
        yield f"figures/{name}", content
    yield from _townships(recorded)


def _townships(recorded: Recorded) -> Iterator[tuple[str, bytes]]:
    plan = recorded.audit.plan
    known = flows(plan.problem.county)
    charts, places = file_names(known), file_names(plan.problem.townships)
    for township in plan.problem.townships if plan.problem.county.matters else ():
        place = f"townships/{places[township]}"
        yield f"{place}/{POWERS}", csv_bytes(powers(plan, township))
        yield f"{place}/{COOPERATION}", csv_bytes(cooperation(plan, township))
        for row in in_hand(plan, township):
            if row.matter in known:
                unit = plan.problem.name(row.unit) if row.unit else plan.problem.name(township)
                yield from _chart(f"{place}/{charts[row.matter]}", known[row.matter], unit)


def _chart(path: str, flow: Flow, unit: str) -> Iterator[tuple[str, bytes]]:
    """A picture of a flowchart; where none can be drawn, its text."""
    try:
        yield f"{path}.svg", svg(flow, unit).encode("utf-8", "replace")
    except NotDrawnError:
        yield f"{path}.mmd", mermaid(flow, unit).encode("utf-8", "replace")


def csv_bytes(table: Table) -> bytes:
    """A table as CSV: headings, rows, no sums; texts that look like formulas are marked as texts."""
    made = io.StringIO()
    sheet = csv.writer(made, lineterminator="\r\n")
    columns = [column for column in table.columns if not column.editable and column.key != "differs"]
    places = [table.index(column.key) for column in columns]
    sheet.writerow(harmless(column.title) for column in columns)
    for row in table.rows:
        sheet.writerow(_cell(row[place], column) for place, column in zip(places, columns, strict=True))
    return (MARK + made.getvalue()).encode("utf-8", "replace")


def _cell(cell: Cell, column: Column) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str | Figure):
        return harmless(shown(cell, column.kind))
    if column.kind is Kind.WORK:
        return cell_text(cell, Kind.WORK)
    return str(cell) if isinstance(cell, int) else _decimal(cell)


def _decimal(share: Fraction) -> str:
    """A share to six places, rounded down; a sum of money to the hundredth."""
    whole, rest = divmod(share * 10**6 // 1, 10**6)
    return f"{whole}.{rest:06}".rstrip("0").rstrip(".")


Paper = Callable[[Recorded, Sequence[Recorded]], bytes]

KINDS: Mapping[str, Paper] = {".xlsx": workbook, ".docx": document, ".html": page}
"""What is written to a file, by its ending; to a folder goes a paper of many files."""
