"""The folder: every table as CSV, the figures, and for each township its lists of matters and their flowcharts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from fractions import Fraction

from rebalance.flow import flows
from rebalance.papers.affairs import cooperation, in_hand, powers
from rebalance.papers.drawings import drawings
from rebalance.papers.table import Cell, Column, Kind, Table, shown
from rebalance.papers.tables import tables
from rebalance.record.outcome import Recorded
from rebalance.writing.file_names import file_names
from rebalance.writing.flowchart_layout import TooLargeError
from rebalance.writing.flowchart_svg import svg
from rebalance.writing.terminal import clean

FORMULA = ("=", "+", "-", "@")
"""How a text begins that a spreadsheet would take for a formula."""

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells a spreadsheet that the file is UTF-8."""

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
                try:
                    yield f"{place}/{charts[row.matter]}.svg", svg(known[row.matter], unit).encode("utf-8", "replace")
                except TooLargeError:
                    continue


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


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    text = clean(text)
    return f"'{text}" if text.startswith(FORMULA) else text


def _cell(cell: Cell, column: Column) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    if column.kind is Kind.WORK:
        return shown(cell, Kind.WORK)
    return str(cell) if isinstance(cell, int) else _decimal(cell)


def _decimal(share: Fraction) -> str:
    """A share to six places, rounded down; a sum of money to the hundredth."""
    whole, rest = divmod(share * 10**6 // 1, 10**6)
    return f"{whole}.{rest:06}".rstrip("0").rstrip(".")
