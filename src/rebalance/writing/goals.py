"""What each goal came to, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from rebalance.outcome import Outcome
from rebalance.words import _
from rebalance.writing.certificate import certified
from rebalance.writing.numbers import value
from rebalance.writing.parameters import label
from rebalance.writing.terminal import add, number, table, words


def goals(outcome: Outcome, *, timed: bool = True) -> Iterator[RenderableType]:
    """A row for each goal, in order of rank; `timed`, with how long it took."""
    if not outcome.goals:
        return
    made = table(
        _("Goals, in order of rank"),
        number("#"),
        words(_("goal")),
        words(_("value")),
        words(_("bound")),
        words(_("proof")),
        *([number(_("seconds"))] if timed else []),
    )
    for rank, (goal, result) in enumerate(zip(outcome.scenario.goals, outcome.goals, strict=False), 1):
        bound = "=" if result.bound == result.value else value(goal, result.bound)
        style = "" if result.proven and not result.conditional else "yellow"
        seconds = [f"{result.seconds:.1f}"] if timed else []
        add(made, rank, label(goal), value(goal, result.value), bound, certified(outcome, rank), *seconds, style=style)
    yield made
