from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice

import pytest

from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Value, better
from rebalance.plans.audit import audit
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.reached import Certificate, Opinion
from rebalance.scenario.scenario import Scenario
from rebalance.solver.certificate import certified, certify
from tests.analysis.brute import Known, dealt
from tests.analysis.test_clashes import impossible
from tests.campaign import Chunk, chunks
from tests.counties import random_scenario

CHUNK = 20


def opinion(outcome: Outcome, seconds: float = 30) -> Certificate:
    """What the second solver says."""
    certificate = certified(outcome, certify(outcome, seconds)).certificate
    assert certificate is not None
    return certificate


def worse(known: Known, rank: int) -> Value | None:
    """The next worse value of a goal among the plans that are the best up to it."""
    goals = known.scenario.goals
    some = Known(replace(known.scenario, goals=goals[:rank]), known.plans).best()
    top = known.ranked()[1][rank]
    return next((value for value in (goals[rank].measure(plan) for plan in some) if better(top, value)), None)


@pytest.mark.parametrize("chunk", chunks(1, 10, first=90_000))
def test_true_claims_are_certified_and_a_planted_one_is_caught(chunk: Chunk) -> None:
    planted: Counter[str] = Counter()
    for seed, known in islice(((s, k) for s, k in dealt(chunk.first) if k.plans), CHUNK):
        outcome = known.outcome
        certificate = opinion(outcome)
        assert all(one.opinion is Opinion.AGREES for one in certificate.verdicts), f"seed {seed}"
        assert certified(outcome, certify(outcome, 30)) == replace(outcome, certificate=certificate)
        for rank, goal in enumerate(known.scenario.goals):
            value = None if isinstance(goal, Canonical) else worse(known, rank)
            if value is None:
                continue
            goals = list(outcome.goals)
            goals[rank] = replace(goals[rank], value=value, bound=value, slack=0)
            wrong = replace(outcome, goals=tuple(goals))
            judged = certify(wrong, 30)
            found = certified(wrong, judged)
            assert found.disputed
            assert found.opinion(rank + 1) is Opinion.DISAGREES, f"seed {seed} goal {rank}"
            assert not found.proven
            assert not found.goals[rank].proven
            assert wrong.plan is not None
            mismatches = audit(known.scenario, wrong.plan, wrong.goals).mismatches
            assert [one.number for one in mismatches] == [rank + 1] * (value != outcome.goals[rank].value)
            against = [one for one in judged if one.verdict.opinion is Opinion.DISAGREES]
            assert all(one.better is not None and one.models for one in against)
            planted[type(goal).__name__] += 1
            break
    assert chunk.lacks({"goals": len(planted)}, {"goals": 2}) == {}


def test_what_is_impossible_is_certified_and_what_is_not_is_caught() -> None:
    for _seed, scenario, _draft in islice(impossible(0), 8):
        assert opinion(Outcome(scenario, Ending.IMPOSSIBLE, None, ())).certified
    possible: Scenario = next(known.scenario for _seed, known in dealt(0) if known.plans)
    assert opinion(Outcome(possible, Ending.IMPOSSIBLE, None, ())).disagreements


def test_without_time_nothing_is_certified() -> None:
    scenario = random_scenario(3)
    found = opinion(Outcome(scenario, Ending.IMPOSSIBLE, None, ()), 1e-9)
    assert not found.certified
    assert not found.disagreements
