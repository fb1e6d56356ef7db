"""A figure that a file states and that does not follow from its plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import RenderableType

from rebalance.scenario.codec import unstructure
from rebalance.screen import add, line, table, words
from rebalance.text import _, plain

MOST = 40
"""So many figures that do not follow are shown; the others are counted."""

COUNTY = "county_digest"
"""Where a file says which county it was made for."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that does not follow: where it stands, what the file said, what it is."""

    where: str
    said: str
    is_: str


def compare(where: str, said: object, is_: object) -> Iterator[Stated]:
    """Nothing when both are the same, else the difference."""
    if said != is_:
        yield Stated(where, *("–" if value is None else plain(unstructure(value)) for value in (said, is_)))


def stated_on_screen(stated: Sequence[Stated]) -> Iterator[RenderableType]:
    """The first of them in a table, if there are any; the rest are counted."""
    if stated:
        made = table(_("Figures that do not follow"), *map(words, (_("where"), _("the file says"), _("it is"))))
        for one in stated[:MOST]:
            add(made, one.where, one.said, one.is_)
        yield made
    if len(stated) > MOST:
        text = _("… and {count} more: `rebalance audit --json` lists all.")
        yield line(text.format(count=len(stated) - MOST))
