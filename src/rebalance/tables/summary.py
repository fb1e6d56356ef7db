"""What a plan comes to in a few sentences: how much moves, positions and people below, the worst covered by year."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from rebalance.model.plan import Plan
from rebalance.model.totals import Totals, totals
from rebalance.screen import line
from rebalance.tables.coverage import lowest_by_year
from rebalance.text import _


def movement(plan: Plan) -> Iterator[RenderableType]:
    """How many positions and people move, from how many to how many, and where least work is covered, year by year."""
    problem, found = plan.problem, totals(plan)
    text = _(
        "Positions given: {given}, by {givers} of {units} units; received: {taken}, by {takers} of"
        " {townships} townships. People who go along: {moved}."
    )
    figures = {
        "given": found.given,
        "givers": found.givers,
        "units": len(problem.units),
        "taken": found.received,
        "takers": found.receivers,
        "townships": len(problem.townships),
        "moved": found.along,
    }
    yield line(text.format(**figures))
    yield line(below(found))
    if lowest := lowest_by_year(plan):
        yield line(lowest)
    if found.granted or found.given_back:
        text = _("Positions granted to the county: {granted}; given back: {back}.")
        yield line(text.format(granted=found.granted, back=found.given_back))
    if found.reserve:
        text = _("Reserve: {before} today, {after} in {year}.")
        before, after = found.reserve
        yield line(text.format(before=before, after=after, year=problem.last))


def below(found: Totals) -> str:
    """Positions beside people: what the townships own and whom they have, before and after, and who is hired."""
    (before, after), (staff, then) = found.below, found.staffed
    text = _("Townships: positions {before} → {after}, staff in post {staff} → {then}; hired in the county: {hired}.")
    if found.planned is not None:
        text = _(
            "Townships: positions {before} → {after}, staff in post {staff} → {then}; hired in the county: {hired} of"
            " {planned} planned."
        )
    return text.format(before=before, after=after, staff=staff, then=then, hired=found.hired, planned=found.planned)
