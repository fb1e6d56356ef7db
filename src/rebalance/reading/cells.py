"""One cell: a text, or the reason why there is none, becomes a value or a fault."""

from __future__ import annotations

from typing import Any

from rebalance.county.columns import Heading
from rebalance.county.entries import Place, convert
from rebalance.reading.collecting import Findings
from rebalance.reading.raw import Cell, Refused


def read_cell(heading: Heading, cell: Cell, place: Place, values: dict[str, Any], findings: Findings) -> None:
    """Put the cell's value under its field; where it has none, leave the field out and note a fault."""
    values.pop(heading.field, None)
    if isinstance(cell, Refused):
        findings.faults.append(place.fault(heading.header, cell.message, cell.value))
        return
    try:
        values[heading.field] = convert(heading, cell)
    except ValueError as problem:
        findings.faults.append(place.fault(heading.header, str(problem), cell))
