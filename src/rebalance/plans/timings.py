"""Where the time of a solve went: seconds, and questions put to a solver, for each goal and for what comes before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from rebalance.plans.columns import Seconds
from rebalance.plans.reached import Step
from rebalance.table import Cell, Fact, Figure, Kind, Table, Unit, figure, table_of, text_column
from rebalance.text import _


@dataclass(frozen=True, slots=True)
class TimingRow:
    """What a goal took, or a step before the goals."""

    rank: Annotated[int, Fact("Which goal it is, in the order of the scenario; 0: a step before the goals.", Unit.RANK)]
    step: Annotated[str, Fact("The goal, with its options, or the step.", Unit.ID)]
    questions: Annotated[int | None, Fact("Questions put to a solver; empty: nobody has counted.", Unit.COUNT)]
    seconds: Seconds


def timing_table(name: str, rows: Sequence[TimingRow], seconds: float) -> Table:
    """Each step in the order of time, and below them the whole solve, in so many seconds (`name`: of which plan)."""
    asked = [row.questions for row in rows if row.questions is not None]
    whole = ("", _("in all"), sum(asked) if asked else None, _tenths(seconds))
    return table_of(
        "timings",
        _("Where the time went: {name}").format(name=name) if name else _("Where the time went"),
        (
            figure("rank", _("No."), Kind.PLAIN).means(_("Which goal it is."), Unit.RANK).short("#"),
            text_column("step", _("Step")).means(_("The goal, with its options, or what comes before.")),
            figure("questions", _("Questions"), Kind.PLAIN).means(_("How many were put to a solver."), Unit.COUNT),
            figure("seconds", _("seconds"), Kind.PLAIN).means(_("How long it took."), Unit.SECONDS),
        ),
        (*map(_cells, rows), whole),
        _("Questions: how often a solver was called."),
    )


def _cells(row: TimingRow) -> tuple[Cell, ...]:
    step = row.step if row.rank else Step(row.step).words
    return (row.rank or "", step, row.questions, _tenths(row.seconds))


def _tenths(seconds: float) -> Figure:
    return Figure(f"{seconds:.3f}", f"{seconds:.1f}")
