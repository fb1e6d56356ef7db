"""How much moves in a plan, in a sentence or two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from rebalance.model.plan import Plan
from rebalance.screen import line
from rebalance.text import _


def movement(plan: Plan) -> Iterator[RenderableType]:
    """How many positions and people move, from how many to how many."""
    given, taken = _changes(plan, plan.problem.units), _changes(plan, plan.problem.townships)
    text = _(
        "Positions given: {given}, by {givers} of {units} units; received: {taken}, by {takers} of"
        " {townships} townships. People who go along: {moved}; hired: {hired}."
    )
    figures = {
        "given": -sum(given),
        "givers": sum(map(bool, given)),
        "units": len(given),
        "taken": sum(taken),
        "takers": sum(map(bool, taken)),
        "townships": len(taken),
        "moved": _count(plan, "moved_out"),
        "hired": _count(plan, "hired"),
    }
    yield line(text.format(**figures))
    yield from _reserve(plan)


def _changes(plan: Plan, holders: Sequence[str]) -> list[int]:
    """By how much each holder grows from today to the end."""
    problem = plan.problem
    ends = (sum(plan.owned(h, c, problem.last) for c in problem.held.get(h, ())) for h in holders)
    return [end - problem.size(holder) for holder, end in zip(holders, ends, strict=True)]


def _count(plan: Plan, verb: str) -> int:
    return sum(count for (said, *_ids), count in plan.decided.items() if said == verb)


def _reserve(plan: Plan) -> Iterator[RenderableType]:
    problem = plan.problem
    years = (problem.today, problem.last)
    if problem.reserves:
        today, last = (sum(plan.reserve(c, year) for c in problem.reserves) for year in years)
        text = _("Reserve: {before} today, {after} in {year}.")
        yield line(text.format(before=today, after=last, year=problem.last))
