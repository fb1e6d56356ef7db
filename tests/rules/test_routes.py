"""A category moves only along its routes, from kind to kind, and through the reserve no faster than year by year."""

from __future__ import annotations

from dataclasses import replace

from rebalance.plan import standing_still
from rebalance.rules.routes import Routes
from tests.counties import FIRST, Sketch
from tests.rules.judging import best_plan, complaints, done, given, received

COUNTY = Sketch(
    units={"D": 2, "I": 2},
    townships={"T": 0, "S": 0},
    kinds={"I": "institution", "S": "subdistrict"},
    routes=(("department", "town"), ("institution", "subdistrict"), ("institution", "town")),
    demand={"T": "9", "S": "9"},
)


def test_what_is_given_may_be_received_along_a_route() -> None:
    assert complaints(Routes(), done(COUNTY, cut={"D": 2}, added={"T": 2})) == set()


def test_what_is_given_may_not_be_received_where_no_route_leads() -> None:
    assert complaints(Routes(), done(COUNTY, cut={"D": 1}, added={"S": 1})) != set()


def test_who_gives_to_whom_is_worked_out_over_all_kinds_together() -> None:
    plan = done(COUNTY, cut={"D": 1, "I": 2}, added={"T": 2, "S": 1})
    assert complaints(Routes(), plan) == set()


def test_the_best_plan_goes_only_where_routes_lead() -> None:
    only_subdistrict = replace(COUNTY, demand={"S": "9"})
    assert given(best_plan(only_subdistrict, Routes())) == {"I": 2}


def test_without_any_route_the_category_stays_where_it_is() -> None:
    several = {"D": {"admin": 2, "other": 2}}
    county = Sketch(units=several, townships={"T": 0}, routes=(("department", "town"),), demand={"T": "9"})
    assert given(best_plan(county, Routes())) == {"D": 2}


def test_without_the_table_nothing_is_forbidden() -> None:
    assert complaints(Routes(), done(replace(COUNTY, routes=()), cut={"D": 1}, added={"S": 1})) == set()


POOLED = Sketch(
    units={"D": 2},
    townships={"T": 0},
    reserve=0,
    years=2,
    routes=(("department", "reserve"), ("reserve", "town")),
    demand={"T": "9"},
)


def test_a_position_that_enters_the_reserve_leaves_it_in_a_later_year() -> None:
    at_once = done(POOLED, cut={"D": 1}, added={"T": 1})
    in_turn = done(POOLED, cut={"D": 1}, reserve={FIRST: 1, FIRST + 1: 0}, added={("T", FIRST + 1): 1})
    assert complaints(Routes(), at_once) != set()
    assert complaints(Routes(), in_turn) == set()
    assert received(best_plan(POOLED, Routes())) == {"T": 2}
    assert received(best_plan(replace(POOLED, years=1), Routes())) == {}


def test_standing_still_needs_no_route() -> None:
    assert complaints(Routes(), standing_still(POOLED.problem)) == set()
