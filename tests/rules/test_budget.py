"""What the county's own positions cost in a year."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from rebalance.county.holders import Level
from rebalance.county.reform import Station
from rebalance.model.plan import plan_of, status_quo
from rebalance.rules.budget import Budget
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.rule import Range
from tests.counties import ADMIN, FIRST, Sketch
from tests.rules.judging import best_plan, complaints, done, given, inherited

COUNTY = Sketch(
    units={"U": 4, "V": 6},
    townships={"T": 1},
    about={"V": {"level": Level.ABOVE}},
    costs={ADMIN: "100.25"},
    demand={"T": "9"},
)
"""The county pays for 4 + 1 positions, 501.25 yuan; the 6 of V are paid from above."""


def test_what_comes_down_from_above_is_paid_by_the_county() -> None:
    two = done(COUNTY, cut={"V": 2}, added={"T": 2})  # 7 × 100.25 = 701.75
    assert complaints(Budget(at_most=Fraction("701.75")), two) == set()
    assert complaints(Budget(at_most=Fraction("701.74")), two) == {""}


def test_what_moves_within_the_county_costs_the_same() -> None:
    moved = done(COUNTY, cut={"U": 2}, added={"T": 2})
    assert complaints(Budget(at_most=Fraction("501.25")), moved) == set()


def test_a_county_that_costs_more_today_may_cost_no_more_than_today() -> None:
    still = status_quo(COUNTY.problem)
    assert complaints(Budget(at_most=Fraction(500)), still) == set()
    assert inherited(Budget(at_most=Fraction(500)), still) == {""}
    assert complaints(Budget(at_most=Fraction(500)), done(COUNTY, cut={"V": 1}, added={"T": 1})) == {""}


def test_the_figures_are_whole_multiples_of_the_smallest_step() -> None:
    (finding,) = Budget(at_most=Fraction(600)).check(status_quo(COUNTY.problem))
    assert (finding.found, finding.at_most) == (2005, 2400)  # quarters of a yuan


def test_without_a_sum_or_a_cost_it_says_nothing() -> None:
    assert list(Budget().check(status_quo(COUNTY.problem))) == []
    free = Sketch(units={"U": 4}, townships={"T": 1})
    (finding,) = Budget(at_most=Fraction(0)).check(status_quo(free.problem))
    assert finding.found == 0


def test_every_category_at_its_own_cost() -> None:
    both = {ADMIN: 2, "support": 3}
    county = Sketch(units={"U": both}, townships={"T": 0}, costs={ADMIN: "2", "support": "1.5"})
    (finding,) = Budget(at_most=Fraction("8.5")).check(plan_of(county.problem, {}))
    assert (finding.found, finding.at_most, finding.broken) == (17, 17, False)


def test_the_solver_takes_down_what_can_be_paid() -> None:
    from_above = CutAboveAddBelow(total=Range(at_most=6))
    opened = replace(COUNTY, routes=[("department", "town"), ("vertical", "town")])
    plan = best_plan(opened, Budget(at_most=Fraction(750)), from_above)
    assert given(plan)["V"] == 2  # 7 × 100.25 = 701.75, and an eighth would make 802
    assert plan is not None
    assert complaints(Budget(at_most=Fraction(750)), plan) == set()


def test_a_station_from_above_is_paid_by_the_county_too() -> None:
    station = Station("S", "V", "T", "", ADMIN, 2, 2)
    county = Sketch(**{**vars(COUNTY), "tables": {"stations": (station,)}})
    plan = done(county, handed={("S", FIRST): 1})
    assert complaints(Budget(at_most=Fraction(702)), plan) == set()
    assert complaints(Budget(at_most=Fraction(701)), plan) == {""}
