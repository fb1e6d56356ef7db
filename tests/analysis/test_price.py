"""Prices against all plans of the county with one more of everything, one after the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import islice

import pytest

from rebalance.analysis.marginal import richer
from rebalance.analysis.pricing import Pricing
from rebalance.analysis.what_if import WhatIf
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.spare_the_units import SpareTheUnits
from rebalance.model.plan import Plan, status_quo
from rebalance.plans.audit import audit
from rebalance.rules.budget import Budget
from rebalance.scenario.scenario import Scenario
from rebalance.solver.lexicographic import solve
from tests.analysis.brute import Known, dealt, written_out
from tests.brute import TooManyError, merit
from tests.campaign import Chunk, chunks
from tests.counties import ADMIN, Sketch

CHUNK = 25

LIMITED_BY_TODAY = ("holder_limits", "budget")
"""Rules that one position more today would widen, where today breaks them."""

FEW = 1_000
"""Counties with more plans, or numbers, than this are passed over."""


def rank(known: Known) -> list[object]:
    """How good the best plan is, goal by goal."""
    return [merit(goal, value) for goal, value in zip(known.scenario.goals, known.ranked()[1], strict=False)]


def within_limits_of(scenario: Scenario, plan: Plan) -> bool:
    """Whether a plan of a richer county keeps the limits of the county as it is.

    Where today breaks a limit, today's value is the limit; the position that is given must not widen it.
    """
    rules = [rule for name, rule in scenario.rules.items() if name in LIMITED_BY_TODAY]
    limits = {one.place: one for rule in rules for one in rule.check(status_quo(scenario.problem))}
    found = {one.place: one.found for rule in rules for one in rule.check(plan)}
    return all(not replace(limits[place], found=number).broken for place, number in found.items())


def richest(scenario: Scenario, category: str) -> list[object]:
    """How good the best plan is where one position more may be given to the township it serves best.

    Or to nobody: with slack a goal may do a little worse with the position than it would without it, for one after it.
    """
    problem = scenario.problem
    able = [t for t in problem.townships if not problem.excess(t, category)]
    counties = [Scenario("richer", richer(problem, t, category), scenario.rules, scenario.goals) for t in able]
    plans = [plan for one in (scenario, *counties) for plan in written_out(one, 4 * FEW).plans]
    return rank(Known(scenario, tuple(plan for plan in plans if within_limits_of(scenario, plan))))


def test_a_position_more_is_worth_nothing_where_the_budget_is_exceeded_already() -> None:
    # T needs 3 and has 2; U gives the third, and would be spared by one more. But 5 positions cost more than 4 today:
    # a sixth would make it worse. With a budget of 6 there is room for it.
    sketch = Sketch({"U": 3}, {"T": 2}, demand={"T": "3"}, costs={ADMIN: "1"})
    worth = {}
    for most in (4, 6):
        scenario = sketch.scenario(Budget(Fraction(most)), goals=(FillShortages(), SpareTheUnits()))
        outcome = solve(scenario)
        assert outcome.plan is not None
        (price,) = (
            one
            for one in Pricing(WhatIf(outcome, outcome.plan), audit(scenario, outcome.plan)).prices()
            if one.of == ADMIN
        )
        worth[most] = [(change.rank, change.after) for change in price.effect.changes]
    assert worth == {4: [], 6: [(2, ((Fraction(1), 1),))]}


@pytest.mark.parametrize("chunk", chunks(1, 6, first=70_000))
def test_prices_are_what_writing_all_plans_out_says(chunk: Chunk) -> None:
    seen: Counter[tuple[str, bool]] = Counter()
    for seed, known in islice(((s, k) for s, k in dealt(chunk.first, budget=FEW) if k.plans), CHUNK):
        scenario, plan = known.scenario, known.best()[0]
        for price in Pricing(WhatIf(known.outcome, plan), audit(scenario, plan)).prices():
            after = {change.rank: change.after for change in price.effect.changes}
            values = [after.get(n, value) for n, value in enumerate(known.ranked()[1], 1)]
            mine = [merit(goal, value) for goal, value in zip(scenario.goals, values, strict=False)]
            try:
                if not isinstance(price.of, str):
                    theirs = rank(written_out(price.of.moved(scenario, 1), 4 * FEW))
                elif "pinned" not in scenario.rules:
                    theirs = richest(scenario, price.of)
                else:
                    continue
            except TooManyError:
                continue
            assert mine == theirs, f"seed {seed}: {price}"
            assert price.effect.settled
            seen["limit" if not isinstance(price.of, str) else "position", price.worth] += 1
    assert chunk.lacks(seen, {("limit", True): 1, ("limit", False): 1, ("position", True): 1}) == {}
