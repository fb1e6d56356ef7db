"""The same loop over the same statements with another solver in it: every goal comes to the same value."""

from __future__ import annotations

from dataclasses import replace
from itertools import count, islice
from random import Random

import pytest
from ortools.math_opt.python import mathopt

from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Goal
from rebalance.model.linear import Linear
from rebalance.plans.outcome import Outcome
from rebalance.scenario.scenario import Scenario
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Clock, Status
from rebalance.solver.lexicographic import Run, model_of, solve
from rebalance.solver.mathopt import MathOpt
from tests.brute import lawful, merit
from tests.campaign import Chunk, chunks
from tests.counties import Size, random_scenario
from tests.invariants import uneven

CHUNK = 6

SOLVERS = (mathopt.SolverType.HIGHS, mathopt.SolverType.GSCIP)

PATIENCE = 60  # seconds before the other one is asked: HiGHS searches some of these for hours


def middling(seed: int) -> Scenario:
    """A random scenario of 6 to 12 units; without `canonical`: its weights are not for tolerances."""
    dice = Random(f"size {seed}")
    size = Size(dice.randint(6, 12), dice.randint(3, 5), dice.randint(2, 3), dice.randint(2, 3), dice.randint(2, 4), 6)
    scenario = random_scenario(seed, size, reform=60)
    goals: tuple[Goal, ...] = tuple(goal for goal in scenario.goals if not isinstance(goal, Canonical))
    return replace(scenario, goals=goals)


def in_turn(seed: int) -> tuple[mathopt.SolverType, ...]:
    """The other solvers, half of the seeds beginning with each."""
    return SOLVERS if seed % 2 else SOLVERS[::-1]


def solved_by(solver: mathopt.SolverType, scenario: Scenario) -> Outcome:
    """What the loop comes to with another engine, as far as it gets."""
    clock = Clock(PATIENCE)
    return Run(scenario, MathOpt(solver, clock), clock).outcome()


def second_opinion(seed: int) -> Outcome | None:
    """What the first of the others comes to that settles every goal; None where neither does in time."""
    outcomes = (solved_by(solver, middling(seed)) for solver in in_turn(seed))
    return next((outcome for outcome in outcomes if outcome.proven), None)


@pytest.mark.parametrize("chunk", chunks(1, 9))
def test_another_solver_comes_to_the_same_values(chunk: Chunk) -> None:
    feasible = (seed for seed in count(chunk.first) if is_possible(seed))
    for seed in islice(feasible, CHUNK):
        scenario = middling(seed)
        first, second = solve(scenario), second_opinion(seed)
        assert first.proven, f"seed {seed}"
        assert first.plan is not None
        assert uneven(first.plan) == [], f"seed {seed}"
        if second is None and not chunk.known:
            continue
        assert second is not None, f"seed {seed}"
        assert merits(first) == merits(second), f"seed {seed}"
        assert second.plan is not None
        assert lawful(scenario, second.plan), f"seed {seed}"


def merits(outcome: Outcome) -> list[object]:
    """How good every goal's value is."""
    pairs = zip(outcome.scenario.goals, outcome.goals, strict=True)
    return [merit(goal, result.value) for goal, result in pairs if result.value is not None]


def is_possible(seed: int) -> bool:
    """Whether there is any plan; no solver says otherwise."""
    model = model_of(middling(seed))
    answers = [engine.solve(model, Linear()) for engine in (CpSat(), MathOpt(in_turn(seed)[0], Clock(PATIENCE)))]
    possible = {answer.status is not Status.INFEASIBLE for answer in answers if answer.status is not Status.UNKNOWN}
    assert len(possible) == 1, f"seed {seed}"
    return possible.pop()
