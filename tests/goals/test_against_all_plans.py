"""The goals of the reform against all plans there are, in counties of a handful of positions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import count, islice
from random import Random

import pytest

from rebalance.county.county import County
from rebalance.county.reform import Matter, MatterKind, Volume
from rebalance.goals.canonical import Canonical
from rebalance.goals.few_moves import FewMoves
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.goal import Goal
from rebalance.goals.hand_down_matters import Counted, HandDownMatters
from rebalance.goals.in_proportion import InProportion, Method
from rebalance.goals.stay_close import Reference, StayClose
from rebalance.plans.outcome import Ending
from rebalance.rules import Rule
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.hold_total import HoldTotal
from rebalance.rules.ledgers import Ledgers
from rebalance.rules.phasing import Phasing
from rebalance.rules.rule import Range
from rebalance.rules.work_follows_matters import WorkFollowsMatters
from rebalance.scenario.scenario import Scenario
from rebalance.solver.lexicographic import solve
from tests.brute import Best, Bundle, TooManyError, all_plans, lawful, ranked
from tests.campaign import Chunk, chunks
from tests.counties import ADMIN, Sketch, asked
from tests.goals.test_hand_down_matters import HUNDRED_HOURS

CHUNK = 30
BUDGET = 3_000


def dealt(seed: int) -> Scenario:
    """One unit, one or two townships, one or two years, a matter or two; rules and goals at random."""
    dice = Random(f"goals {seed}")
    townships = ("S", "T")[: dice.choice((1, 2, 2))]
    matters = dice.choice((0, 1, 1, 2)) if len(townships) == 1 else dice.choice((0, 1))
    county = _county(dice, townships, matters)
    goals: list[Goal] = [
        HandDownMatters(dice.choice(list(Counted))),
        FewMoves(),
        StayClose(tuple(Reference(t, ADMIN, dice.randint(0, 2)) for t in townships if dice.random() < 0.7)),
        InProportion(method=dice.choice(list(Method))),
        FillShortages(),
    ]
    dice.shuffle(goals)
    return asked(county, _rules(dice, county), (*goals[: dice.randint(1, 5)], Canonical()))


def _county(dice: Random, townships: tuple[str, ...], matters: int) -> County:
    demand: dict[str | tuple[str, str], str] = {
        township: f"{dice.randint(50, 300) / 100:.2f}" for township in townships if dice.random() < 0.8
    }
    years = 1 if matters or len(townships) == 2 else dice.choice((1, 2))
    unit = dice.randint(1, 2)
    sketch = Sketch({"U": unit}, {t: dice.randint(0, 1) for t in townships}, years=years, demand=demand)
    rows = tuple(replace(row, population=dice.choice((None, 1, 2, 3, 5))) for row in sketch.county.townships)
    lists = tuple(Matter(f"M{n}", f"M{n}", MatterKind.APPROVAL, "U", "", hours=Decimal(1)) for n in range(matters))
    volumes = tuple(Volume(row.matter, t, dice.randint(0, 150)) for row in lists for t in townships)
    return replace(sketch.county, townships=rows, matters=lists, volumes=volumes, working_time=HUNDRED_HOURS)


def _rules(dice: Random, county: County) -> tuple[Rule, ...]:
    options, share = Range(dice.choice((None, 1)), dice.choice((None, 0, 1))), dice.choice((0, Fraction(1, 2), 1))
    given = Range(dice.choice((None, 0, 1)), dice.choice((None, 1, 2)))
    chosen: list[Rule] = [CutAboveAddBelow(total=given), Phasing(dice.choice((Fraction(1, 2), Fraction(1))))]
    if county.matters:
        chosen.append(WorkFollowsMatters(options=options, share=Fraction(share)))
    return (Ledgers(), HoldTotal(), *(rule for rule in chosen if dice.random() < 0.7))


def known(scenario: Scenario) -> Best | None:
    found = [Bundle(plan.decided) for plan in all_plans(scenario, BUDGET)]
    return ranked(scenario, found, BUDGET) if found else None


@pytest.mark.parametrize("chunk", chunks(1, 10))
def test_the_solver_finds_what_writing_all_plans_out_finds(chunk: Chunk) -> None:
    free: Counter[str] = Counter()
    compared = 0
    for seed in islice(count(chunk.first), 1_000):
        scenario = dealt(seed)
        try:
            best = known(scenario)
        except TooManyError:
            continue
        outcome = solve(scenario)
        if best is None:
            assert outcome.ending is Ending.IMPOSSIBLE, f"seed {seed}"
            continue
        assert outcome.plan is not None, f"seed {seed}"
        assert lawful(scenario, outcome.plan), f"seed {seed}"
        assert tuple(result.value for result in outcome.goals[:-1]) == best.values, f"seed {seed}"
        assert outcome.unique == best.unique, f"seed {seed}"
        free.update(best.free - {"canonical"})
        compared += 1
        if compared >= CHUNK and len(free) == 5 and min(free.values()) >= 2:
            return
    raise AssertionError(f"too few of them say anything: {free}")
