"""The sum over all holders never changes, and never passes the ceiling from above."""

from __future__ import annotations

from dataclasses import replace

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
