"""All figures of a plan, by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rebalance.figures.colours import SERIES
from rebalance.figures.flows import flows
from rebalance.figures.page import Picture
from rebalance.figures.tiles import tiles
from rebalance.figures.townships import before_after, coverage
from rebalance.figures.years import profile, years
from rebalance.plans.outcome import Outcome


def every(outcome: Outcome, others: Sequence[Outcome] = ()) -> Iterator[tuple[str, Picture]]:
    """The figures of an outcome's plan, the most telling first; beside others, their coverage as well.

    Raises:
        ValueError: the outcome has no plan.
    """
    yield "before_after", before_after(outcome)
    yield "coverage", coverage(outcome)
    compared = [outcome, *(other for other in others if other.plan is not None)][: len(SERIES)]
    if len(compared) > 1:
        yield "scenarios", coverage(*compared)
    yield "flows", flows(outcome)
    yield "profile", profile(outcome)
    yield "years", years(outcome)
    yield "tiles", tiles(outcome)
