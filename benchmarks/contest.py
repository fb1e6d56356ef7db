"""Solving one scenario in several ways, side by side."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from itertools import pairwise as pairwise_of
from statistics import median
from typing import Protocol

from benchmarks import pairwise, second_engine
from rebalance.goals.goal import Value
from rebalance.plans.outcome import Outcome
from rebalance.plans.reached import GoalResult
from rebalance.scenario.scenario import Scenario
from rebalance.solver import lexicographic
from rebalance.solver.engine import Progress


class Way(Protocol):
    """A way of solving scenarios."""

    def __call__(self, scenario: Scenario, *, limit: float | None = None, progress: Progress | None = None) -> Outcome:
        """The best plan found within `limit` seconds, and which goals are proven."""


OURS, PAIRS, HIGHS = "ours", "pairs", "HiGHS"
WAYS: dict[str, Way] = {OURS: lexicographic.solve, PAIRS: pairwise.solve, HIGHS: second_engine.solve}


@dataclass(slots=True)
class Stopwatch:
    """Processor time at every turn: unlike the clock on the wall, hardly disturbed by what else the machine does."""

    turns: list[float] = field(default_factory=lambda: [time.process_time()])

    def started(self, goal: str, number: int, count: int) -> None:
        """A goal begins, and the one before, or building the model, is done."""
        self.turns.append(time.process_time())

    def improved(self, value: Value, bound: Value | None) -> None:
        """Nothing to measure."""

    def ended(self, result: GoalResult) -> None:
        """Nothing to measure: the next goal begins at once."""

    def laps(self) -> tuple[float, ...]:
        """Seconds until the first goal, and for each goal, up to now."""
        return tuple(after - before for before, after in pairwise_of((*self.turns, time.process_time())))


@dataclass(frozen=True, slots=True)
class Finish:
    """How far one way came, the median of its runs: seconds until the first goal and for each goal."""

    laps: tuple[float, ...]
    goals: tuple[GoalResult, ...]

    @property
    def total(self) -> float:
        """All seconds."""
        return sum(self.laps)

    @property
    def proven(self) -> int:
        """How many goals are proven."""
        return sum(result.proven for result in self.goals)

    @property
    def done(self) -> bool:
        """Whether all are."""
        return self.proven == len(self.goals) > 0


def contest(
    scenario: Scenario, limits: Mapping[str, float], runs: int, say: Callable[[str], None] = lambda _text: None
) -> dict[str, Finish]:
    """Solve in every way named, with its limit in seconds, taking turns; who ran out of time is not asked again."""
    finishes: dict[str, list[Finish]] = {way: [] for way in limits}
    for run in range(1, runs + 1):
        for way, limit in limits.items():
            if all(finish.done for finish in finishes[way]):
                say(f"{way}, run {run} of {runs}")
                finishes[way].append(_run(WAYS[way], scenario, limit))
    return {way: _middle(found) for way, found in finishes.items()}


def _run(way: Way, scenario: Scenario, limit: float) -> Finish:
    gc.collect()
    stopwatch = Stopwatch()
    outcome = way(scenario, limit=limit, progress=stopwatch)
    return Finish(stopwatch.laps(), outcome.goals)


def _middle(finishes: Sequence[Finish]) -> Finish:
    """Lap by lap the median of all runs; the last run's goals."""
    laps = tuple(median(times) for times in zip(*(finish.laps for finish in finishes), strict=True))
    return Finish(laps, finishes[-1].goals)


def disagreements(finishes: Mapping[str, Finish]) -> list[str]:
    """Goals that two ways claim to have proven, with different values: one of the two is wrong."""
    found = []
    for (one, mine), (other, theirs) in combinations(finishes.items(), 2):
        for rank, (left, right) in enumerate(zip(mine.goals, theirs.goals, strict=False), 1):
            settled = left.proven and right.proven and not (left.conditional or right.conditional)
            if settled and left.value != right.value:
                found.append(f"goal {rank}, {left.name}: {one} proves {left.value}, {other} proves {right.value}")
    return found
