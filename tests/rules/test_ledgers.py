"""The books: who moves, moves with a position; what is placed is owned; ledgers follow from decisions."""

from __future__ import annotations

from dataclasses import replace

from rebalance.county.reform import Station
from rebalance.model.plan import Plan, status_quo
from rebalance.rules.ledgers import Ledgers
from tests.counties import ADMIN, FIRST, Has, Sketch, office
from tests.rules.judging import complaints, done, inherited

COUNTY = Sketch(units={"U": Has(3, willing=2)}, townships={"T": Has(1, staff=0)}, reserve=1)


def test_a_position_and_its_holder_may_move_together() -> None:
    plan = done(COUNTY, cut={"U": 1}, added={"T": 1}, moved_out={"U": 1}, moved_in={"T": 1})
    assert complaints(Ledgers(), plan) == set()


def test_nobody_moves_without_a_position() -> None:
    plan = done(COUNTY, moved_out={"U": 1}, moved_in={"T": 1})
    assert complaints(Ledgers(), plan) == {"U moved", "T moved"}


def test_whoever_leaves_a_unit_arrives_in_a_township() -> None:
    plan = done(COUNTY, cut={"U": 1}, added={"T": 1}, moved_out={"U": 1})
    assert complaints(Ledgers(), plan) == {"people"}


def test_a_unit_cannot_give_more_than_it_owns() -> None:
    assert "U owned" in complaints(Ledgers(), done(COUNTY, cut={"U": 4}))


def test_a_negative_number_is_reported_where_it_stands() -> None:
    assert "T cell" in complaints(Ledgers(), done(COUNTY, added={"T": -1}))


def test_a_number_for_a_holder_the_county_does_not_have_is_reported() -> None:
    assert complaints(Ledgers(), done(COUNTY, cut={"nobody": 1})) == {"nobody cell", "cells"}


def test_a_ledger_that_does_not_follow_from_the_decisions_is_reported() -> None:
    plan = done(COUNTY, cut={"U": 1}, added={"T": 1})
    cooked = replace(plan, owned_={**plan.owned_, ("T", ADMIN, FIRST): 3})
    assert complaints(Ledgers(), cooked) == {"T owned"}


def test_no_more_is_placed_than_is_owned() -> None:
    county = Sketch(townships={"T": 2}, agencies=(office("A"), office("B")))
    assert complaints(Ledgers(), done(county, placed={("T", "A"): 1, ("T", "B"): 1})) == set()
    assert complaints(Ledgers(), done(county, placed={("T", "A"): 2, ("T", "B"): 1})) == {"T placed"}


def test_what_is_placed_beyond_the_positions_today_may_stay_but_not_grow() -> None:
    county = Sketch(townships={"T": 1}, agencies=(office("A"),), placed={("T", "A"): 3})
    still = status_quo(county.problem)
    assert complaints(Ledgers(), still) == set()
    assert inherited(Ledgers(), still) == {"T placed"}
    assert "T placed" in complaints(Ledgers(), done(county, placed={("T", "A"): 4}))


def test_more_retirements_than_staff_are_inherited_and_leave_no_room_for_worse() -> None:
    county = Sketch(units={"U": Has(3, staff=1, willing=1)}, townships={"T": 0}, retirements={("U", FIRST): 2})
    assert complaints(Ledgers(), status_quo(county.problem)) == set()
    assert inherited(Ledgers(), status_quo(county.problem)) == {"U in post"}
    worse = done(county, cut={"U": 1}, added={"T": 1}, moved_out={"U": 1}, moved_in={"T": 1})
    assert complaints(Ledgers(), worse) == {"U in post"}


def test_more_retirements_than_staff_are_inherited_only_from_the_year_on_in_which_they_are() -> None:
    county = Sketch(units={"U": Has(3, staff=1)}, townships={"T": 0}, retirements={("U", FIRST + 1): 2}, years=2)
    places = ((one.place, one.inherited) for one in Ledgers().check(status_quo(county.problem)))
    found = {place.year: inherited for place, inherited in places if (place.holder, place.aspect) == ("U", "in post")}
    assert found == {FIRST: False, FIRST + 1: True}


def test_more_retirements_than_staff_at_headquarters_are_inherited_there() -> None:
    tables = {"stations": (Station("S", "U", "T", "", ADMIN, 1, 1),)}
    county = Sketch(units={"U": Has(3, staff=2)}, townships={"T": 0}, retirements={("U", FIRST): 2}, tables=tables)
    assert complaints(Ledgers(), status_quo(county.problem)) == set()
    assert inherited(Ledgers(), status_quo(county.problem)) == {"U in post", "U headquarters"}
    assert inherited(Ledgers(), status_quo(replace(county, retirements={("U", FIRST): 1}).problem)) == set()


def test_today_as_it_stands_is_in_order() -> None:
    plan: Plan = status_quo(COUNTY.problem)
    assert complaints(Ledgers(), plan) == set()


def test_a_station_that_has_come_down_is_in_the_ledgers_of_its_township() -> None:
    station = Station("S", "U", "T", "", ADMIN, 2, 1)
    county = replace(COUNTY, tables={"stations": (station,)})
    plan = done(county, handed={"S": 1})
    assert complaints(Ledgers(), plan) == set()
    assert [plan.owned(holder, ADMIN, FIRST) for holder in ("U", "T")] == [1, 3]
    assert [plan.in_post(holder, ADMIN, FIRST) for holder in ("U", "T")] == [2, 1]
    left = replace(plan, in_post_={**plan.in_post_, ("T", ADMIN, FIRST): 0})
    assert complaints(Ledgers(), left) == {"T in post"}


def test_a_unit_cannot_give_what_its_station_takes_along() -> None:
    county = replace(COUNTY, tables={"stations": (Station("S", "U", "T", "", ADMIN, 2, 1),)})
    assert complaints(Ledgers(), done(county, handed={"S": 1}, cut={"U": 1}, added={"T": 1})) == set()
    assert complaints(Ledgers(), done(county, handed={"S": 1}, cut={"U": 2}, added={"T": 2})) == {"U owned"}


def test_a_station_goes_whole() -> None:
    county = replace(COUNTY, tables={"stations": (Station("S", "U", "T", "", ADMIN, 1, 1),)})
    assert "cells" in complaints(Ledgers(), done(county, handed={"S": 2}))
