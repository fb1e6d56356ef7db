"""The sum over all holders never changes, and never passes the ceiling from above."""

from __future__ import annotations

from dataclasses import replace

from rebalance.county.holders import Level
from rebalance.county.reform import Station
from rebalance.model.plan import status_quo
from rebalance.rules.hold_total import HoldTotal
from tests.counties import ADMIN, FIRST, Sketch
from tests.rules.judging import best_plan, complaints, done, given, inherited, received

COUNTY = Sketch(units={"U": 3}, townships={"T": 1}, reserve=2, demand={"T": "9"})


def test_what_one_gives_another_receives() -> None:
    assert complaints(HoldTotal(), done(COUNTY, cut={"U": 2}, added={"T": 2})) == set()


def test_a_position_may_not_vanish_or_appear() -> None:
    assert complaints(HoldTotal(), done(COUNTY, cut={"U": 2}, added={"T": 1})) == {"total"}
    assert complaints(HoldTotal(), done(COUNTY, added={"T": 1})) == {"total"}


def test_the_reserve_counts_as_a_holder() -> None:
    plan = done(COUNTY, added={"T": 2}, reserve={FIRST: 0})
    assert complaints(HoldTotal(), plan) == set()


def test_the_best_plan_moves_all_there_is_and_no_more() -> None:
    assert received(best_plan(COUNTY)) == {"T": 5}
    assert given(best_plan(COUNTY)) == {"U": 3}


def test_a_ceiling_already_passed_may_stay_passed() -> None:
    county = replace(COUNTY, ceilings={ADMIN: 4})
    assert inherited(HoldTotal(), done(county)) == {"ceiling"}
    assert complaints(HoldTotal(), done(county)) == set()
    assert complaints(HoldTotal(), done(county, added={"T": 1})) == {"total", "ceiling"}


def test_a_ceiling_above_the_total_gives_no_leave_to_grow() -> None:
    county = replace(COUNTY, ceilings={ADMIN: 99})
    assert complaints(HoldTotal(), done(county, added={"T": 1})) == {"total"}


VERTICAL = Sketch(
    units={"U": 3, "V": 4},
    townships={"T": 1},
    about={"V": {"level": Level.ABOVE}},
    ceilings={ADMIN: 4},
    demand={"T": "9"},
    tables={"stations": (Station("S", "V", "T", "", ADMIN, 2, 2),)},
)
"""The county owns 4 positions, as many as its ceiling; the 4 of V belong to a level above."""


def limits(cut: int, handed: int) -> tuple[int, int | None]:
    """What the county itself owns, and its ceiling, when V gives so many positions, with a station or without."""
    plan = done(VERTICAL, cut={"V": cut}, added={"T": cut}, handed={"S": handed})
    (ceiling,) = (one for one in HoldTotal().check(plan) if one.place.aspect == "ceiling")
    assert not ceiling.broken
    return ceiling.found, ceiling.at_most


def test_the_ceiling_rises_by_exactly_what_is_handed_down_from_above() -> None:
    assert limits(0, 0) == (4, 4)
    assert limits(1, 0) == (5, 5)
    assert limits(0, 1) == (6, 6)
    assert limits(2, 1) == (8, 8)
    assert given(best_plan(VERTICAL)) == {"U": 3, "V": 4}


def test_what_appears_below_without_coming_from_above_passes_the_ceiling() -> None:
    plan = done(VERTICAL, cut={"V": 1}, added={"T": 2})
    assert complaints(HoldTotal(), plan) == {"total", "ceiling"}


def test_a_county_beyond_its_ceiling_stays_beyond_it_by_as_much() -> None:
    crowded = replace(VERTICAL, ceilings={ADMIN: 3})
    assert inherited(HoldTotal(), status_quo(crowded.problem)) == {"ceiling"}
    (found,) = (one for one in HoldTotal().check(status_quo(crowded.problem)) if one.place.aspect == "ceiling")
    assert (found.found, found.at_most) == (4, 4)


def test_a_station_changes_hands_within_the_total() -> None:
    assert complaints(HoldTotal(), done(VERTICAL, handed={"S": 1})) == set()
