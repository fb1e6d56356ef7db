"""Where a plan stands in the commission, on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from rebalance.record.trail import Trail, papers_of, state_name
from rebalance.words import _
from rebalance.writing.terminal import line


def steps(trail: Trail) -> Iterator[RenderableType]:
    """The steps taken; nothing about a draft."""
    for step in trail:
        parts = (f"{step.date}: {state_name(step.state)}", step.number, step.remark)
        yield line(" · ".join(part for part in parts if part))


def signed_lines(trail: Trail, kept: str, changes: Sequence[str]) -> Iterator[RenderableType]:
    """The steps taken, where they are kept, and what has changed since."""
    if not trail:
        return
    yield from steps(trail)
    yield line(kept)
    for change in changes:
        yield line(change, "red")
    if not changes:
        text = _("The plan, the county's data and the papers ({count}) are as they were.")
        yield line(text.format(count=len(papers_of(trail))), "green")
