"""Repairs against every change of every number, one after the other and in pairs."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, islice, product

import pytest

from rebalance.analysis.correction_sets import CorrectionSets
from rebalance.analysis.repair import Repair
from rebalance.model.linear import Linear
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.holder_limits import HolderLimits
from rebalance.rules.pinned import Pin, Pinned
from rebalance.rules.rule import Range
from rebalance.rules.vacancies_first import VacanciesFirst
from rebalance.scenario.scenario import Scenario
from rebalance.solver.cpsat import CpSat
from rebalance.solver.feasible import Feasible
from rebalance.solver.lexicographic import model_of
from rebalance.solver.portfolio import second_setting
from rebalance.solver.relaxable import RelaxableLimit, Without, limits, numbers
from tests.analysis.test_clashes import impossible
from tests.campaign import Chunk, chunks
from tests.counties import ADMIN, Has, Sketch

CHUNK = 10

FAR = 8
"""So many steps are tried; farther than that no number of these counties need go."""

ALL = 200
"""More repairs than these counties have."""


def possible(scenario: Scenario) -> bool:
    """Whether a solver set up differently finds a plan."""
    return second_setting(CpSat()).solve(model_of(scenario), Linear()).values is not None


def every(scenario: Scenario) -> list[RelaxableLimit]:
    """Every number of every rule that is not law, every limit of every table."""
    problem = scenario.problem
    ids: frozenset[str | int] = frozenset([*problem.held, *problem.categories, *problem.agencies, *problem.years])
    own = [one for name, rule in scenario.rules.items() if not rule.law for one in numbers(scenario, name)]
    return [*own, *limits(problem, ids)]


def moved(scenario: Scenario, chosen: tuple[RelaxableLimit, ...], steps: tuple[int, ...]) -> Scenario:
    for relaxable, number in zip(chosen, steps, strict=True):
        scenario = relaxable.agreed(scenario, number)
    return scenario


def brute(scenario: Scenario, size: int) -> dict[frozenset[RelaxableLimit], int]:
    """Every set of so many numbers that is enough, with the fewest steps it takes."""
    enough: dict[frozenset[RelaxableLimit], int] = {}
    for chosen in combinations(every(scenario), size):
        ways = product(*(range(1, min(relaxable.most, FAR) + 1) for relaxable in chosen))
        totals = sorted(ways, key=sum)
        for steps in totals:
            if possible(moved(scenario, chosen, steps)):
                enough[frozenset(chosen)] = sum(steps)
                break
    return enough


def numeric(repairs: tuple[Repair, ...]) -> dict[frozenset[RelaxableLimit], int]:
    """The repairs that only change numbers, with their steps, as far as the brute search goes."""
    return {
        frozenset(change.limit for change in one.relaxations): one.price[2]
        for one in repairs
        if not one.price[1] and all(change.steps <= FAR for change in one.relaxations)
    }


@pytest.mark.parametrize("chunk", chunks(1, 10, first=30_000))
def test_repairs_are_the_smallest_there_are(chunk: Chunk) -> None:
    sizes: Counter[int] = Counter()
    for seed, scenario, _draft in islice(impossible(chunk.first), CHUNK):
        repairs = CorrectionSets(scenario, Feasible()).repairs(ALL)
        assert all(one.verified and possible(one.scenario) for one in repairs.found), f"seed {seed}"
        assert list(repairs.found) == sorted(repairs.found, key=lambda one: one.price)
        law = {name for name, rule in scenario.rules.items() if rule.law}
        assert not law & {change.limit.name.split(".")[0] for one in repairs.found for change in one.relaxations}
        singles = {relaxables: steps for relaxables, steps in numeric(repairs.found).items() if len(relaxables) == 1}
        assert singles == brute(scenario, 1), f"seed {seed}"
        sizes[min((one.price[0] for one in repairs.found), default=0)] += 1
    assert chunk.lacks(sizes, {1: 3}) == {}


def test_where_one_change_is_not_enough_two_are_and_no_smaller_two() -> None:
    sketch = Sketch(units={"U1": Has(5, floor=4)}, townships={"T1": Has(2, ceiling=3), "T2": 1})
    scenario = sketch.scenario(HolderLimits(), Pinned((Pin("T1", ADMIN, at_least=4), Pin("U1", ADMIN, at_most=2))))
    repairs = CorrectionSets(scenario, Feasible()).repairs(ALL)
    known = brute(scenario, 2)
    assert brute(scenario, 1) == {}
    assert {relaxables: steps for relaxables, steps in numeric(repairs.found).items() if len(relaxables) == 2} == known
    assert repairs.found[0].price == (2, 0, min(known.values()))


def promise() -> Scenario:
    """T1 is promised 5 where its ceiling is 3 and units give at most 2 in all."""
    sketch = Sketch(units={"U1": 6}, townships={"T1": Has(2, ceiling=3)})
    rules = (HolderLimits(), CutAboveAddBelow(total=Range(None, 2)), Pinned((Pin("T1", ADMIN, exactly=5),)))
    return sketch.scenario(*rules)


def test_a_promise_is_cut_back_as_little_as_need_be() -> None:
    best = CorrectionSets(promise(), Feasible()).repairs(1).found[0]
    (change,) = best.relaxations
    assert (change.limit.name, change.steps, change.limit.number(change.steps)) == ("pinned.cells.exactly", 2, 3)


def test_what_is_weighed_heavily_is_spared_and_what_must_stay_stays() -> None:
    weighed = CorrectionSets(promise(), Feasible(), {"pinned": 3}).repairs(1).found[0]
    assert {change.limit.name: change.steps for change in weighed.relaxations} == {
        "positions.ceiling": 2,
        "cut_above_add_below.total.at_most": 1,
    }
    fixed = CorrectionSets(promise(), Feasible(), {"pinned": 0}).repairs(ALL).found
    assert fixed
    assert not any(change.limit.name.startswith("pinned") for one in fixed for change in one.relaxations)


def test_a_rule_without_numbers_is_left_out_whole() -> None:
    sketch = Sketch(units={"U1": 4}, townships={"T1": 0})
    scenario = sketch.scenario(VacanciesFirst(), Pinned((Pin("U1", ADMIN, at_most=3),)))
    found = CorrectionSets(scenario, Feasible()).repairs(ALL).found
    assert [[(change.limit.name, change.steps) for change in one.relaxations] for one in found] == [
        [("pinned.cells.at_most", 1)],
        [("vacancies_first", 1)],
    ]
    assert isinstance(found[1].relaxations[0].limit, Without)
