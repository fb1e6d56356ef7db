"""Prices against all plans of the county with one more of everything, one after the other."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest

from rebalance.analysis.marginal import richer
from rebalance.analysis.pricing import Pricing
from rebalance.analysis.what_if import WhatIf
from rebalance.plans.audit import audit
from rebalance.scenario.scenario import Scenario
from tests.analysis.brute import Known, dealt, written_out
from tests.brute import TooManyError, merit
from tests.campaign import Chunk, chunks

CHUNK = 25

FEW = 1_000
"""Counties with more plans, or numbers, than this are passed over."""


def rank(known: Known) -> list[object]:
    """How good the best plan is, goal by goal."""
    return [merit(goal, value) for goal, value in zip(known.scenario.goals, known.ranked()[1], strict=False)]


def richest(scenario: Scenario, category: str) -> list[object]:
    """How good the best plan is where one position more is given to the township it serves best."""
    problem = scenario.problem
    able = [t for t in problem.townships if not problem.excess(t, category)]
    counties = [Scenario("richer", richer(problem, t, category), scenario.rules, scenario.goals) for t in able]
    found = [written_out(one, 4 * FEW) for one in (scenario, *counties)]
    return max(rank(one) for one in found if one.plans)


@pytest.mark.parametrize("chunk", chunks(1, 6, first=70_000))
def test_prices_are_what_writing_all_plans_out_says(chunk: Chunk) -> None:
    seen: Counter[tuple[str, bool]] = Counter()
    limits = ("holder_limits", "pinned", "budget")
    for seed, known in islice(((s, k) for s, k in dealt(chunk.first, budget=FEW) if k.plans), CHUNK):
        scenario, plan = known.scenario, known.best()[0]
        own = not set(limits) & set(scenario.rules)
        for price in Pricing(WhatIf(known.outcome, plan), audit(scenario, plan)).prices():
            after = {change.rank: change.after for change in price.effect.changes}
            values = [after.get(n, value) for n, value in enumerate(known.ranked()[1], 1)]
            mine = [merit(goal, value) for goal, value in zip(scenario.goals, values, strict=False)]
            try:
                if not isinstance(price.of, str):
                    theirs = rank(written_out(price.of.moved(scenario, 1), 4 * FEW))
                elif own:
                    theirs = richest(scenario, price.of)
                else:
                    continue
            except TooManyError:
                continue
            assert mine == theirs, f"seed {seed}: {price}"
            assert price.effect.settled
            seen["limit" if not isinstance(price.of, str) else "position", price.worth] += 1
    assert chunk.lacks(seen, {("limit", True): 1, ("limit", False): 1, ("position", True): 1}) == {}
