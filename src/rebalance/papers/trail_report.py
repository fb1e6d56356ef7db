"""Where a plan stands in the commission, on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from rebalance.papers.trail import Trail, state_name
from rebalance.words import _
from rebalance.writing.terminal import line


def signed_lines(trail: Trail, changes: Sequence[str]) -> Iterator[RenderableType]:
    """The steps taken, and what has changed since; nothing about a draft."""
    for step in trail.steps:
        parts = (f"{step.date}: {state_name(step.state)}", step.number, step.remark)
        yield line(" · ".join(part for part in parts if part))
    for change in changes:
        yield line(change, "red")
    if trail.steps and not changes:
        text = _("The plan, the county's data and {count} papers are as they were.")
        yield line(text.format(count=len(trail.papers)), "green")
