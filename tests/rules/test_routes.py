"""A category moves only along its routes, from kind to kind, and through the reserve no faster than year by year."""

from __future__ import annotations

from dataclasses import replace

from rebalance.county.reform import Station
from rebalance.model.plan import status_quo
from rebalance.rules.routes import Routes
from tests.counties import ADMIN, FIRST, Sketch
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
    assert complaints(Routes(), status_quo(POOLED.problem)) == set()


def with_stations(*stations: Station) -> Sketch:
    """The county with teams that may be handed down."""
    return replace(COUNTY, tables={"stations": stations})


def test_a_station_takes_the_route_from_its_unit_to_its_township() -> None:
    county = with_stations(Station("S1", "D", "T", "", ADMIN, 1, 1), Station("S2", "D", "S", "", ADMIN, 1, 1))
    assert complaints(Routes(), done(county, handed={"S1": 1})) == set()
    assert complaints(Routes(), done(county, handed={"S2": 1})) == {"D station"}
    plan = best_plan(replace(county, demand={"S": "9"}), Routes())
    assert plan is not None
    assert (plan.handed("S2", FIRST), received(plan)) == (0, {"S": 2})


def test_a_station_opens_no_way_for_positions_that_have_none() -> None:
    # the institution's station goes to T; a position of the department may not go to S in its stead
    county = with_stations(Station("S1", "I", "T", "", ADMIN, 1, 1))
    plan = done(county, handed={"S1": 1}, cut={"D": 1}, added={"S": 1})
    assert complaints(Routes(), plan) != set()


def test_where_nothing_is_said_of_routes_a_station_may_go_anywhere() -> None:
    county = replace(with_stations(Station("S2", "D", "S", "", ADMIN, 1, 1)), routes=())
    assert list(Routes().check(done(county, handed={"S2": 1}))) == []
