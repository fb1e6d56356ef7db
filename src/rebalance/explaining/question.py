"""A plan of which something is asked, for so long or until somebody stops it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rebalance.outcome import Outcome
from rebalance.plan import Plan
from rebalance.solving.asking import Asking
from rebalance.solving.clock import Clock, heeding


@contextmanager
def asking_about(outcome: Outcome, plan: Plan, limit: float | None) -> Iterator[Asking]:
    """The plan of an outcome, as its audit read it; a wish to stop ends the asking and keeps what is known."""
    clock = Clock(limit)
    with heeding(clock):
        yield Asking(outcome, plan, clock)
