"""The page: one file for a browser, which needs nothing else and asks the network for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rebalance.papers.charts import charts
from rebalance.papers.contents import tables, warnings
from rebalance.papers.request import title
from rebalance.plans.recorded import Recorded
from rebalance.table import Cell, Column, Kind, Table, cell_text
from rebalance.tables.positions import how_to_change
from rebalance.tables.words import short_title
from rebalance.text import _, clean, language

OPEN = frozenset({"overview", "townships", "comparison", "goals"})
"""Tables that are unfolded at first."""

SKIPPED = frozenset({"agreed", "differs", "keep", "remark"})
"""Columns that make sense only where one can type."""


def page(recorded: Recorded, others: Sequence[Recorded] = ()) -> bytes:
    """The bytes of the `.html`."""
    made = [_readable(one) for one in tables(recorded, others)]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.globals |= {"_": _, "cells": _cells, "short": short_title}
    text = environment.get_template("page.html.jinja").render(
        lang=language(),
        title=clean(f"{recorded.audit.plan.problem.county} · {recorded.outcome.scenario}"),
        heading=title(recorded),
        warnings=warnings(recorded),
        charts=tuple(charts(made)),
        tables=made,
        townships=tuple(_by_township(made)),
        open=OPEN,
    )
    return text.encode("utf-8", "replace")


def _readable(one: Table) -> Table:
    notes = tuple(note for note in one.notes if note != how_to_change())
    return replace(one, notes=notes).only(
        *(column.key for column in one.columns if not (column.key in SKIPPED or column.hidden))
    )


def _by_township(made: Sequence[Table]) -> Iterator[Table]:
    """Before and after inside each township, agency by agency."""
    known = {one.name: one for one in made}
    if "agencies" not in known:
        return
    agencies = known["agencies"]
    place = agencies.index("name")
    for name in dict.fromkeys(row[place] for row in agencies.rows):
        rows = tuple(row for row in agencies.rows if row[place] == name)
        inner = Table("agencies", clean(str(name)), agencies.columns, rows)
        yield inner.only(*(one.key for one in agencies.columns if one.key not in {"township", "name"}))


def _cells(one: Table, row: Sequence[Cell]) -> Iterator[tuple[str, str, str]]:
    """Text, class and sorting key of each cell of a row."""
    for cell, column in zip(row, one.columns, strict=True):
        yield cell_text(cell, column.kind) if cell is not None else "–", _class(cell, column), _key(cell)


def _class(cell: Cell, column: Column) -> str:
    bad = column.alarm and isinstance(cell, int) and cell > 0
    return ("t" if column.kind is Kind.TEXT else "n") + (" bad" if bad else "")


def _key(cell: Cell) -> str:
    """What sorts figures; texts sort as they are."""
    return f"{float(Fraction(cell)):.6f}" if isinstance(cell, int | Fraction) else ""
