"""HiGHS, through MathOpt, on our own formulation and in our own lexicographic loop: only the solver is another."""

from __future__ import annotations

from ortools.math_opt.python import mathopt

from rebalance.plans.outcome import Outcome
from rebalance.scenario.scenario import Scenario
from rebalance.solver.engine import Clock, Progress, Silent
from rebalance.solver.lexicographic import Run
from rebalance.solver.mathopt import MathOpt


def solve(scenario: Scenario, *, limit: float | None = None, progress: Progress | None = None) -> Outcome:
    """The best plan of a scenario according to HiGHS, within `limit` seconds in all."""
    clock = Clock(limit)
    return Run(scenario, MathOpt(mathopt.SolverType.HIGHS, clock), clock, progress or Silent()).outcome()
