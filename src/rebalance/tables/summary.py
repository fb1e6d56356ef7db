"""How much moves in a plan, in a sentence or two."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from rebalance.model.plan import Plan
from rebalance.model.totals import totals
from rebalance.screen import line
from rebalance.text import _


def movement(plan: Plan) -> Iterator[RenderableType]:
    """How many positions and people move, from how many to how many."""
    problem, found = plan.problem, totals(plan)
    text = _(
        "Positions given: {given}, by {givers} of {units} units; received: {taken}, by {takers} of"
        " {townships} townships. People who go along: {moved}; hired: {hired}."
    )
    figures = {
        "given": found.given,
        "givers": found.givers,
        "units": len(problem.units),
        "taken": found.received,
        "takers": found.receivers,
        "townships": len(problem.townships),
        "moved": found.along,
        "hired": found.hired,
    }
    yield line(text.format(**figures))
    if found.granted or found.given_back:
        text = _("Positions granted to the county: {granted}; given back: {back}.")
        yield line(text.format(granted=found.granted, back=found.given_back))
    if found.reserve:
        text = _("Reserve: {before} today, {after} in {year}.")
        before, after = found.reserve
        yield line(text.format(before=before, after=after, year=problem.last))
