from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice

import pytest

from rebalance.audit import audit
from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Value, better
from rebalance.outcome import Ending, GoalResult, Outcome
from rebalance.scenario import Scenario, goal_name
from rebalance.solving.certificate import Opinion, certify, disputed
from tests.counties import random_scenario
from tests.explaining.brute import Known, dealt
from tests.explaining.test_clashes import impossible

CHUNKS, CHUNK = 3, 30


def claimed(known: Known) -> Outcome:
    """The outcome that writing all plans out leads to."""
    plan = known.best()[0]
    values = [goal.measure(plan) for goal in known.scenario.goals]
    names = [goal_name(goal) for goal in known.scenario.goals]
    pairs = zip(names, values, strict=True)
    goals = tuple(GoalResult(name, value, value, proven=True, seconds=0.0) for name, value in pairs)
    return Outcome(known.scenario, Ending.DONE, plan, goals, unique=True)


def worse(known: Known, rank: int) -> Value | None:
    """The next worse value of a goal among the plans that are the best up to it."""
    goals = known.scenario.goals
    some = Known(replace(known.scenario, goals=goals[:rank]), known.plans).best()
    top = goals[rank].measure(Known(replace(known.scenario, goals=goals[: rank + 1]), known.plans).best()[0])
    return next((value for value in (goals[rank].measure(plan) for plan in some) if better(top, value)), None)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_true_claims_are_certified_and_a_planted_one_is_caught(chunk: int) -> None:
    planted: Counter[str] = Counter()
    for seed, known in islice(((s, k) for s, k in dealt(90_000 + chunk * 1000) if k.plans), CHUNK):
        outcome = claimed(known)
        assert certify(outcome, 30).certified, f"seed {seed}"
        assert disputed(outcome, certify(outcome, 30)) == outcome
        for rank, goal in enumerate(known.scenario.goals):
            value = None if isinstance(goal, Canonical) else worse(known, rank)
            if value is None:
                continue
            goals = list(outcome.goals)
            goals[rank] = replace(goals[rank], value=value, bound=value)
            wrong = replace(outcome, goals=tuple(goals))
            found = certify(wrong, 30)
            assert rank + 1 in {one.rank for one in found.disagreements}, f"seed {seed} goal {rank}"
            assert not disputed(wrong, found).proven
            assert wrong.plan is not None
            assert [one.number for one in audit(known.scenario, wrong.plan, wrong.goals).mismatches] == [rank + 1]
            assert all(one.better is not None and one.models for one in found.disagreements)
            planted[type(goal).__name__] += 1
            break
    assert len(planted) >= 2, planted


def test_what_is_impossible_is_certified_and_what_is_not_is_caught() -> None:
    for _seed, scenario, _draft in islice(impossible(0), 20):
        assert certify(Outcome(scenario, Ending.IMPOSSIBLE, None, ()), 30).certified
    possible: Scenario = next(known.scenario for _seed, known in dealt(0) if known.plans)
    (verdict,) = certify(Outcome(possible, Ending.IMPOSSIBLE, None, ()), 30).verdicts
    assert verdict.opinion is Opinion.DISAGREES


def test_without_time_nothing_is_certified() -> None:
    scenario = random_scenario(3)
    found = certify(Outcome(scenario, Ending.IMPOSSIBLE, None, ()), 1e-9)
    assert not found.certified
    assert not found.disagreements
