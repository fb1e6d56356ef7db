"""What each goal came to, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from rebalance.outcome import GoalResult, Outcome
from rebalance.words import _
from rebalance.writing.numbers import value
from rebalance.writing.parameters import label
from rebalance.writing.terminal import add, number, table, words


def goals(outcome: Outcome) -> Iterator[RenderableType]:
    """A row for each goal, in order of rank."""
    if not outcome.goals:
        return
    made = table(
        _("Goals, in order of rank"),
        number("#"),
        words(_("goal")),
        words(_("value")),
        words(_("bound")),
        words(_("proof")),
        number(_("seconds")),
    )
    for rank, (goal, result) in enumerate(zip(outcome.scenario.goals, outcome.goals, strict=False), 1):
        bound = "=" if result.bound == result.value else value(goal, result.bound)
        style = "" if result.proven and not result.conditional else "yellow"
        seconds = f"{result.seconds:.1f}"
        add(made, rank, label(goal), value(goal, result.value), bound, proof(result), seconds, style=style)
    yield made


def proof(result: GoalResult) -> str:
    """How sure a goal's value is, and whether there was anything left to decide."""
    if not result.proven:
        return _("NOT PROVEN")
    if result.conditional:
        return _("proven, given the goals above")
    return _("proven") if result.freedom else _("proven; settled by the goals above")
