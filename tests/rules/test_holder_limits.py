"""Floors, ceilings, and the smallest size a unit is left with; today's figure where today lies beyond."""

from __future__ import annotations

from rebalance.model.plan import status_quo
from rebalance.rules.holder_limits import HolderLimits
from tests.counties import Has, Sketch
from tests.rules.judging import best_plan, complaints, done, given, inherited, received

COUNTY = Sketch(
    units={"U": Has(5, floor=3), "V": Has(2, floor=4)},
    townships={"T": Has(1, ceiling=3), "S": Has(4, ceiling=2)},
    reserve=Has(2, floor=1),
    demand={"T": "9", "S": "9"},
)


def test_a_floor_and_a_ceiling_are_kept() -> None:
    assert complaints(HolderLimits(), done(COUNTY, cut={"U": 2}, added={"T": 2})) == set()
    assert complaints(HolderLimits(), done(COUNTY, cut={"U": 3}, added={"T": 3})) == {"U floor", "T ceiling"}


def test_a_limit_already_broken_stays_as_it_is_and_gets_no_worse() -> None:
    assert inherited(HolderLimits(), status_quo(COUNTY.problem)) == {"V floor", "S ceiling"}
    assert complaints(HolderLimits(), status_quo(COUNTY.problem)) == set()
    assert complaints(HolderLimits(), done(COUNTY, cut={"V": 1}, added={"S": 1})) == {"V floor", "S ceiling"}


def test_the_best_plan_stops_at_the_limits() -> None:
    plan = best_plan(COUNTY, HolderLimits())
    assert received(plan) == {"T": 2}
    assert sum(given(plan).values()) in {1, 2}


def test_the_reserve_keeps_its_floor() -> None:
    assert complaints(HolderLimits(), done(COUNTY, reserve={2026: 0}, added={"T": 2})) == {"reserve floor"}


def test_no_unit_is_left_smaller_than_the_smallest_size() -> None:
    county = Sketch(units={"U": {"admin": 3, "other": 3}}, townships={"T": 0}, demand={"T": "9"})
    assert given(best_plan(county, HolderLimits(smallest=4))) == {"U": 2}


def test_a_unit_smaller_than_that_today_is_not_cut() -> None:
    county = Sketch(units={"U": 3}, townships={"T": 0}, demand={"T": "9"})
    rule = HolderLimits(smallest=5)
    assert inherited(rule, status_quo(county.problem)) == {"U smallest"}
    assert given(best_plan(county, rule)) == {}
