"""The sum over all holders never changes, and never passes the ceiling from above."""

from __future__ import annotations

from dataclasses import replace

from rebalance.county.holders import Level
from rebalance.county.reform import Station
from rebalance.model.plan import status_quo
from rebalance.rules.hold_total import HoldTotal
from rebalance.rules.routes import Routes
from rebalance.rules.vacancies_first import VacanciesFirst
from tests.counties import ADMIN, FIRST, Has, Sketch
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
    """What counts against the ceiling, and the ceiling, when V gives so many positions, with a station or without."""
    plan = done(VERTICAL, cut={"V": cut}, added={"T": cut}, handed={"S": handed})
    (ceiling,) = (one for one in HoldTotal().check(plan) if one.place.aspect == "ceiling")
    assert not ceiling.broken
    return ceiling.found, ceiling.at_most


def test_the_ceiling_rises_by_exactly_what_is_handed_down_from_above() -> None:
    assert [limits(0, 0), limits(1, 0), limits(0, 1), limits(2, 1)] == [(4, 4)] * 4
    assert given(best_plan(VERTICAL)) == {"U": 3, "V": 4}


def test_what_appears_below_without_coming_from_above_passes_the_ceiling() -> None:
    plan = done(VERTICAL, cut={"V": 1}, added={"T": 2})
    assert complaints(HoldTotal(), plan) == {"total", "ceiling"}


def test_a_county_beyond_its_ceiling_stays_beyond_it_by_as_much() -> None:
    crowded = replace(VERTICAL, ceilings={ADMIN: 3})
    assert inherited(HoldTotal(), status_quo(crowded.problem)) == {"ceiling"}
    (found,) = (one for one in HoldTotal().check(status_quo(crowded.problem)) if one.place.aspect == "ceiling")
    assert (found.found, found.at_most, found.asked) == (4, 4, 3)


def test_a_station_changes_hands_within_the_total() -> None:
    assert complaints(HoldTotal(), done(VERTICAL, handed={"S": 1})) == set()


def test_a_unit_that_is_vertical_by_its_kind_does_not_count_against_the_ceiling() -> None:
    by_kind = replace(VERTICAL, about={}, kinds={"V": "vertical"})
    assert by_kind.county.counted(ADMIN) == 4
    assert inherited(HoldTotal(), status_quo(by_kind.problem)) == set()


CROWDED = Sketch(
    units={"U1": Has(3, 3), "U2": Has(10, 6)},
    townships={"T1": 3, "T2": 4},
    years=2,
    demand={"T1": "6", "T2": "8"},
    ceilings={ADMIN: 15},
)
"""Twenty positions, five above the ceiling; one unit has four vacancies."""


def test_above_the_ceiling_the_county_stays_unless_it_is_to_come_back() -> None:
    plan = best_plan(CROWDED, VacanciesFirst())
    assert (sum(given(plan).values()), received(plan)) == (4, {"T1": 3, "T2": 1})


def test_back_to_the_ceiling_by_a_year() -> None:
    county = replace(CROWDED, ceilings={ADMIN: 17})
    plan = best_plan(county, VacanciesFirst(), law=HoldTotal(back_to_ceiling=FIRST + 1))
    assert plan is not None
    assert [plan.held(ADMIN, year) for year in (FIRST - 1, FIRST + 1)] == [20, 17]
    assert (given(plan), sum(received(plan).values())) == ({"U2": 4}, 1)


def test_more_than_is_vacant_cannot_be_given_back_without_forcing_anybody() -> None:
    assert best_plan(CROWDED, VacanciesFirst(), law=HoldTotal(back_to_ceiling=FIRST)) is None


def test_positions_come_back_from_the_reserve_too() -> None:
    county = Sketch(units={"U": 3}, townships={"T": 1}, reserve=2, demand={"T": "9"}, ceilings={ADMIN: 4})
    plan = done(county, reserve={FIRST: 0})
    assert complaints(HoldTotal(back_to_ceiling=FIRST), plan) == set()
    assert plan.granted(ADMIN, FIRST) == -2


def test_what_lies_below_the_ceiling_is_not_given_back() -> None:
    rule = HoldTotal(back_to_ceiling=FIRST + 1)
    assert complaints(rule, done(CROWDED, cut={"U2": 6})) == {"given back"}
    assert complaints(rule, done(CROWDED)) == {"ceiling"}


def test_what_is_given_back_does_not_return() -> None:
    plan = done(CROWDED, cut={"U2": 5}, added={("T1", FIRST + 1): 1})
    assert complaints(HoldTotal(back_to_ceiling=FIRST), plan) == {"one way", "ceiling"}


ROOMY = Sketch(units={"U": 3}, townships={"T": 1}, reserve=0, years=2, demand={"T": "9"}, ceilings={ADMIN: 6})
"""Four positions, of at most six."""


def test_up_to_the_ceiling_positions_may_be_granted_to_townships() -> None:
    assert received(best_plan(ROOMY)) == {"T": 3}
    assert received(best_plan(ROOMY, law=HoldTotal(headroom=True))) == {"T": 5}
    assert received(best_plan(ROOMY, law=HoldTotal(headroom=1))) == {"T": 4}
    assert received(best_plan(ROOMY, law=HoldTotal(headroom=9))) == {"T": 5}


def test_what_is_granted_goes_to_townships_and_stays() -> None:
    rule = HoldTotal(headroom=True)
    assert complaints(rule, done(ROOMY, added={"T": 2})) == set()
    assert complaints(rule, done(ROOMY, added={"T": 3})) == {"granted", "ceiling"}
    assert complaints(rule, done(ROOMY, reserve={FIRST: 1, FIRST + 1: 1})) == {"arrives"}
    assert complaints(rule, done(ROOMY, added={"T": 1}, cut={("U", FIRST + 1): 1})) == {"one way"}


def test_a_grant_needs_no_route_and_opens_none() -> None:
    county = replace(ROOMY, routes=[("institution", "town")])
    rules = (HoldTotal(headroom=True), Routes())
    assert [complaints(rule, done(county, added={"T": 2})) for rule in rules] == [set(), set()]
    assert complaints(Routes(), done(county, cut={"U": 1}, added={"T": 2})) != set()
    assert received(best_plan(county, Routes(), law=HoldTotal(headroom=True))) == {"T": 2}


def test_giving_back_needs_no_route_but_only_the_countys_own_can() -> None:
    county = replace(CROWDED, routes=[("institution", "town")], kinds={"U1": "vertical"}, ceilings={ADMIN: 15})
    assert complaints(Routes(), done(county, cut={"U2": 2})) == set()
    assert complaints(Routes(), done(county, cut={"U1": 2})) != set()


FROZEN = replace(ROOMY, reserve=2, frozen=[ADMIN])


def test_nobody_gains_any_of_a_frozen_category() -> None:
    assert received(best_plan(FROZEN, law=HoldTotal(headroom=True))) == {}
    moved = done(FROZEN, cut={"U": 1}, added={"T": 1})
    assert complaints(HoldTotal(), moved) == {"T frozen"}
    pooled = done(FROZEN, cut={"U": 1}, reserve={FIRST: 3, FIRST + 1: 3})
    assert complaints(HoldTotal(), pooled) == {"reserve frozen"}


def test_a_station_of_a_frozen_category_comes_whole() -> None:
    county = replace(FROZEN, tables={"stations": (Station("S", "U", "T", "", ADMIN, 2, 2),)})
    assert complaints(HoldTotal(), done(county, handed={"S": 1, ("S", FIRST + 1): 1})) == set()


def test_of_a_frozen_category_above_its_ceiling_positions_are_given_back() -> None:
    county = replace(FROZEN, ceilings={ADMIN: 4})
    plan = best_plan(county, law=HoldTotal(back_to_ceiling=FIRST))
    assert plan is not None
    assert (plan.held(ADMIN, FIRST), received(plan)) == (4, {})


def test_a_single_position_above_a_ceiling_of_none_may_stay() -> None:
    county = Sketch(units={"U": 1}, townships={"T": 0}, ceilings={ADMIN: 0})
    assert complaints(HoldTotal(), done(county)) == set()
    assert inherited(HoldTotal(), done(county)) == {"ceiling"}
