"""Stopped from Python, with Ctrl-C or a notebook's stop button, everything keeps what it has."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

import rebalance as rb
from rebalance.goals.goal import Value
from rebalance.plans.reached import GoalResult
from rebalance.solver import lexicographic


@dataclass
class Stopping:
    """Presses Ctrl-C as soon as so many goals are done with."""

    after: int
    heard: list[str] = field(default_factory=list)

    def started(self, goal: str, number: int, count: int) -> None:
        """Wait."""

    def improved(self, value: Value, bound: Value | None) -> None:
        """Wait."""

    def ended(self, result: GoalResult) -> None:
        """Press it."""
        self.heard.append(result.name)
        if len(self.heard) == self.after:
            signal.raise_signal(signal.SIGINT)


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Whatever happens, Ctrl-C means afterwards what it meant before."""
    before = signal.getsignal(signal.SIGINT)
    yield
    assert signal.getsignal(signal.SIGINT) is before


def test_a_solve_keeps_the_best_plan_so_far(scenario: rb.Scenario) -> None:
    found = rb.solve(scenario, progress=Stopping(after=1))
    assert found.ending is rb.Ending.INTERRUPTED
    assert found.plan is not None
    assert found.reached()["proven"].tolist() == [True, False, False, False, False]
    assert rb.audit(found).lawful
    assert "Stopped; this is the best plan found so far." in found._repr_html_()
    assert "NOT PROVEN to be the best: goals 2, 3, 4, 5." in found._repr_html_()


def test_a_sweep_keeps_the_cases_that_are_done(scenario: rb.Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first case is solved; the second is stopped."""
    patient, calls = lexicographic.solve, list[int]()

    def solve(asked: rb.Scenario, *, limit: float | None = None) -> rb.Outcome:
        calls.append(1)
        return patient(asked, limit=limit, progress=Stopping(1) if len(calls) > 1 else None)

    monkeypatch.setattr("rebalance.analysis.cases.solve", solve)
    found = rb.sweep(scenario, {"rules.cut_above_add_below.share": ["0.1", "0.3", "0.5"]})
    assert found.stopped
    assert found.cases()["given"].tolist() == [0]
    assert "Stopped; only these cases were solved." in repr(found)
