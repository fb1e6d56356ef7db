"""Which numbers are forced and which can move, in words and a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from rebalance.explaining.range import Span
from rebalance.scenario import Scenario
from rebalance.words import _
from rebalance.writing.summary import made_up
from rebalance.writing.terminal import add, line, number, table, words


def report(scenario: Scenario, found: Sequence[Span]) -> Iterator[RenderableType]:
    """How many are forced, then a row for each that can move or may be able to."""
    problem = scenario.problem
    yield line(f"{problem.county} · {scenario}", "bold")
    yield from made_up(problem.county)
    forced = sum(one.forced for one in found)
    text = _("Of {count} numbers at the end of {year}, {forced} are forced: another would make some goal worse.")
    yield line(text.format(count=len(found), year=problem.last, forced=forced))
    open_ = [one for one in found if not one.forced]
    if open_:
        yield _movable(scenario, open_)
    if not all(one.proven for one in found):
        yield line(_("? as far as was found in the time there was; it may go further."), "yellow")


def _movable(scenario: Scenario, found: Sequence[Span]) -> RenderableType:
    made = table(
        _("These can move, one at a time, and no goal gets worse"),
        words(_("where")),
        number(_("least")),
        number(_("now")),
        number(_("most")),
    )
    for one in found:
        least = f"{one.ends.least}{'' if one.ends.least_proven else ' ?'}"
        most = f"{one.ends.most}{'' if one.ends.most_proven else ' ?'}"
        add(made, one.where.name(scenario.problem), least, one.now, most)
    return made
