"""Leximin where the work itself is decided: delegation is free, and shares have moving wholes.

The solver against writing all plans out, under the goals that compare shares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from random import Random

import pytest

from rebalance.county.agencies import Demand
from rebalance.county.county import County
from rebalance.goals.canonical import Canonical
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.goal import Goal
from rebalance.goals.spare_the_units import SpareTheUnits
from rebalance.goals.worst_off_first import Per, WorstOffFirst
from rebalance.problem.problem import Problem
from rebalance.rules import Rule
from rebalance.rules.agency_quota import AgencyQuota
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.hold_total import HoldTotal
from rebalance.rules.ledgers import Ledgers
from rebalance.rules.rule import Range
from rebalance.rules.work_follows_matters import WorkFollowsMatters
from rebalance.scenario.scenario import Scenario
from rebalance.solver.lexicographic import model_of, solve
from tests.brute import Best, TooManyError, best
from tests.campaign import Chunk, chunks
from tests.counties import Dealer, Size, asked
from tests.reform import Reform
from tests.solver.test_brute_force import differences

CHUNK = 50

SIZES = (
    Size(1, 1, 1, 1, 3),
    Size(2, 1, 1, 1, 2),
    Size(2, 2, 1, 1, 2, biggest=3),
    Size(1, 2, 1, 1, 2),
    Size(1, 1, 1, 2, 2, biggest=2),
)

FEWEST = {"worst_off_first": 5, "spare_the_units": 5, "delegated": 5, "optional": 5, "whole": 5}
"""What a chunk must contain: goals with a choice, plans that delegate, optional agencies and whole townships."""

Case = tuple[int, Scenario, Best | None]


def county(seed: int) -> County:
    """A random county that has matters, and work to add them to."""
    dice = Random(f"delegation {seed}")
    dealt = orderly(Dealer(dice, SIZES[seed % len(SIZES)]).county(), dice)
    reformed = Reform(dice, 100).county(dealt)
    matters = tuple(replace(row, agency=dice.choice(dealt.agencies).agency) for row in reformed.matters)
    return replace(dealt, matters=matters, volumes=reformed.volumes, working_time=reformed.working_time)


def orderly(dealt: County, dice: Random) -> County:
    """The first agency is there in any case and takes the work of the others, some of which are left out."""
    first = tuple(replace(row, compulsory=True, else_="") for row in dealt.agencies[:1])
    others = tuple(replace(row, compulsory=False, else_="A1") for row in dealt.agencies[1:] if dice.random() < 0.8)
    names = {"", *(row.agency for row in (*first, *others))}
    demand = tuple(row for row in dealt.demand if row.agency in names)
    placed = tuple(row for row in dealt.placed if row.agency in names)
    whole = tuple(Demand(row.township, "", 150) for row in dealt.townships)
    return replace(dealt, agencies=(*first, *others), placed=placed, demand=demand or whole)


def scenario(seed: int) -> Scenario:
    """Few rules, and goals about shares in any order."""
    dice = Random(f"goals {seed}")
    rules: list[Rule] = [Ledgers(), HoldTotal(), CutAboveAddBelow(total=Range(at_most=dice.choice((1, 2, None))))]
    if dice.random() < 0.5:
        rules.append(AgencyQuota())
    if dice.random() < 0.4:
        rules.append(WorkFollowsMatters(options=Range(dice.choice((0, 1)), None)))
    goals: list[Goal] = [
        WorstOffFirst(Per.TOWNSHIP),
        WorstOffFirst(Per.AGENCY),
        SpareTheUnits(dice.choice((0, 1, 2))),
        FillShortages(),
    ]
    dice.shuffle(goals)
    return asked(county(seed), rules, (*goals[: dice.choice((2, 3, 4))], Canonical()))


def dealt(first: int) -> Iterator[Case]:
    """Scenarios in which some matter moves work and need not be delegated, with the answer."""
    for seed in count(first):
        one = scenario(seed)
        if not moves(one):
            continue
        try:
            yield seed, one, best(one)
        except TooManyError:
            continue


def moves(one: Scenario) -> bool:
    """Whether the work of some township or unit is a matter of decision."""
    problem, model = one.problem, model_of(one)
    works = [model.work(township, problem.last) for township in problem.townships]
    return any(amount.terms for amount in (*works, *(model.needed(unit, problem.last) for unit in problem.units)))


def features(problem: Problem, known: Best | None) -> Iterator[str]:
    """What makes a case worth trying."""
    if known is None:
        return
    yield from known.free
    if any(number for cell, number in known.plan.decided.items() if cell[0] == "delegated"):
        yield "delegated"
    by_agency = any(row.agency for row in problem.county.demand)
    if by_agency and any(problem.agency[row.agency].else_ for row in problem.county.matters):
        yield "optional"
    if any(not row.agency for row in problem.county.demand):
        yield "whole"


@pytest.mark.parametrize("chunk", chunks(1, 10))
def test_shares_of_moving_wholes_are_compared_exactly(chunk: Chunk) -> None:
    seen: Counter[str] = Counter()
    for seed, one, known in islice(dealt(chunk.first), CHUNK):
        assert differences(one, solve(one), known) == [], f"seed {seed}"
        seen.update(features(one.problem, known))
    assert chunk.lacks(seen, FEWEST) == {}
