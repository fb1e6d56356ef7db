"""A sweep in the form that suits it."""

from __future__ import annotations

from collections.abc import Sequence

from rebalance.exploring.sweep import Line
from rebalance.figures.heat import heat_map, suits
from rebalance.figures.lines import sweep_lines
from rebalance.figures.picture import Picture


def swept(lines: Sequence[Line]) -> Picture:
    """A heat map where two parameters vary, or else lines.

    Raises:
        ValueError: no case has a plan.
    """
    return heat_map(lines) if suits(lines) else sweep_lines(lines)
