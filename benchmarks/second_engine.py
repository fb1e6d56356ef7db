"""HiGHS, through MathOpt, on our own formulation and in our own lexicographic loop: only the solver is another."""

from __future__ import annotations

from dataclasses import dataclass

from ortools.math_opt.python import mathopt

from rebalance.outcome import Outcome
from rebalance.scenario import Scenario
from rebalance.solving.clock import Clock
from rebalance.solving.lexicographic import Run
from rebalance.solving.mathopt import MathOpt
from rebalance.solving.progress import Progress, Silent


@dataclass(slots=True)
class SecondEngine(MathOpt):
    """A mixed-integer solver where the loop expects CP-SAT."""

    def second_setting(self) -> MathOpt:
        """Who is asked again before a scenario is called impossible."""
        return MathOpt(mathopt.SolverType.GSCIP, self.clock)


def solve(scenario: Scenario, *, limit: float | None = None, progress: Progress | None = None) -> Outcome:
    """The best plan of a scenario according to HiGHS, within `limit` seconds in all."""
    clock = Clock(limit)
    engine = SecondEngine(mathopt.SolverType.HIGHS, clock)
    return Run(scenario, engine, clock, progress or Silent()).outcome()  # type: ignore[arg-type]
