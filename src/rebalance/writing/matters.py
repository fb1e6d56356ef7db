"""The matters a county may delegate: whose they are, how they go, how long they take."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Column

from rebalance.county.matters import Actor, Matter, MatterKind
from rebalance.flow import Flow, flows
from rebalance.problem import Problem
from rebalance.words import _
from rebalance.writing.flowchart_words import handoffs
from rebalance.writing.numbers import NOTHING, hundredths
from rebalance.writing.terminal import add, line, number, table, words


def tables_of_matters(problem: Problem) -> Iterator[RenderableType]:
    """A row for each matter; handoffs and hours of those whose steps are known."""
    if not problem.county.matters:
        yield line(_("The county lists no matters (table matters)."))
        return
    made = table(
        _("Matters, with the hours each actor spends on one case"),
        words(_("matter")),
        Column(_("kind"), no_wrap=True),
        *(words(text) for text in (_("unit"), _("agency"))),
        *(number(text) for text in (_("steps"), _("hand-\noffs"), _("appli-\ncant"), _("town-\nship"), _("unit"))),
        number(_("all")),
    )
    known = flows(problem.county)
    for row in problem.county.matters:
        names = (f"{row.matter} {row}", kind_name(row.kind), problem.name(row.unit), problem.name(row.agency))
        add(made, *names, *_figures(row, known.get(row.matter)))
    yield made
    yield line(_("Handoffs: fewest and most from a first step to a last one, never going back."))


def hours(row: Matter, flow: Flow | None) -> int:
    """Hundredths of hours one case takes: those of the steps where they say, or else the matter's own."""
    return sum(flow.hours.values()) if flow and flow.timed else row.hours


def kind_name(kind: MatterKind) -> str:
    """The kind in the language spoken."""
    names = {
        MatterKind.APPROVAL: _("approval"),
        MatterKind.ENFORCEMENT: _("enforcement"),
        MatterKind.COOPERATION: _("cooperation"),
    }
    return names[kind]


def _figures(row: Matter, flow: Flow | None) -> tuple[str, ...]:
    together = hundredths(hours(row, flow))
    if flow is None:
        return (*[NOTHING] * 5, together)
    each = (Actor.APPLICANT, Actor.TOWNSHIP, Actor.UNIT)
    spent = (hundredths(flow.hours[actor]) if flow.timed else NOTHING for actor in each)
    return (str(len(flow.steps)), handoffs(flow), *spent, together)
