"""What units keep of what their work needs: the one hit hardest first, as deep as is asked."""

from __future__ import annotations

import pytest

from rebalance.county.reform import Borrowed, Dispatched, Station
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.spare_the_units import SpareTheUnits
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.dispatched_staff import DispatchedStaff
from rebalance.rules.pinned import Pin, Pinned
from rebalance.rules.rule import Range
from tests.counties import ADMIN, FIRST, Has, Sketch
from tests.goals.aiming import aimed, levels
from tests.rules.judging import done, given

ALL = SpareTheUnits(depth=0)


def gives(total: int) -> CutAboveAddBelow:
    return CutAboveAddBelow(total=Range(at_least=total, at_most=total))


def test_what_is_kept_is_measured_against_what_is_needed() -> None:
    county = Sketch(units={"A": Has(8, needed=4), "B": Has(6, needed=8), "C": 5}, townships={"T": 0})
    assert ALL.measure(done(county)) == levels("3/4 1 2")
    assert ALL.measure(done(county, cut={"A": 2, "C": 1})) == levels("3/4 4/5 3/2")


def test_a_unit_that_needs_nothing_is_left_out() -> None:
    county = Sketch(units={"A": Has(3, needed=0), "B": 0, "C": 4}, townships={"T": 0})
    assert ALL.measure(done(county, cut={"A": 3})) == levels("1")


def test_what_all_categories_of_a_unit_need_is_added_up() -> None:
    county = Sketch(units={"A": {"admin": Has(4, needed=2), "works": 2}}, townships={"T": 0})
    assert ALL.measure(done(county)) == levels("3/2")
    assert ALL.measure(done(county, cut={"A": 3})) == levels("3/4")


def station(name: str, positions: int, unit: str = "A") -> Station:
    return Station(name, unit, "T", "", ADMIN, positions, positions)


def test_a_station_that_goes_is_neither_had_nor_needed() -> None:
    # A has 10, of which 4 sit in a station: 6 of 6 once it has gone, 5 of 6 when one more is cut
    county = Sketch(units={"A": 10, "B": 10}, townships={"T": 0}, years=2, tables={"stations": (station("S", 4),)})
    assert ALL.measure(done(county, handed={("S", FIRST): 1, ("S", FIRST + 1): 1})) == levels("1*2")
    late = done(county, handed={("S", FIRST + 1): 1}, cut={"A": 1})
    assert [late.needed("A", year) for year in (FIRST, FIRST + 1)] == [1000, 600]
    assert ALL.measure(late) == levels("5/6 1")


def test_a_unit_all_of_whose_work_has_gone_with_its_stations_is_left_out() -> None:
    stations = (station("S", 2), station("X", 1))
    county = Sketch(units={"A": 3, "B": 4}, townships={"T": 0}, tables={"stations": stations})
    assert ALL.measure(done(county, handed={"S": 1})) == levels("1*2")
    assert ALL.measure(done(county, handed={"S": 1, "X": 1})) == levels("1")


def test_where_stations_have_more_than_a_unit_needs_the_need_is_theirs_in_proportion() -> None:
    # 2.00 are needed, 3 sit in stations: 1.33 in S, and 0.67 in X, so that nothing is left when both have gone
    stations = (station("S", 2), station("X", 1))
    county = Sketch(units={"A": Has(4, needed=2)}, townships={"T": 0}, tables={"stations": stations})
    assert [done(county, handed=gone).needed("A", FIRST) for gone in ({"S": 1}, {"X": 1}, {"S": 1, "X": 1})] == [
        67,
        133,
        0,
    ]


def test_whom_a_unit_dispatches_it_cannot_use_and_whom_it_borrows_it_can() -> None:
    sent = (Dispatched("A", "T", "", ADMIN, 1, least=0, most=3),)
    lent = (Borrowed("T", "B", ADMIN, 2),)
    county = Sketch(units={"A": 5, "B": 8}, townships={"T": 4}, tables={"dispatched": sent, "borrowed": lent})
    assert ALL.measure(done(county)) == levels("4/5 5/4")
    assert ALL.measure(done(county, dispatched={("A", "T", ""): 3}, borrowed={("T", "B"): 1})) == levels("2/5 9/8")


def test_dispatching_is_not_free() -> None:
    # The township wants two more. Cutting B by two leaves 8/10; to dispatch two from A as well would leave it 3/5.
    sent = (Dispatched("A", "T", "", ADMIN, 0, least=0, most=2),)
    county = Sketch(units={"A": 5, "B": 10}, townships={"T": 0}, tables={"dispatched": sent})
    outcome = aimed(county, gives(2), DispatchedStaff(), goals=(ALL,))
    assert given(outcome.plan) == {"B": 2}
    assert outcome.goals[0].value == levels("4/5 1")


def test_handing_a_station_down_is_no_reason_to_spare_the_rest_of_its_unit() -> None:
    # Of A's 12, 6 go down with the station; then A and B are alike, and give one each.
    county = Sketch(units={"A": 12, "B": 6}, townships={"T": 0}, tables={"stations": (station("S", 6),)})
    rules = (CutAboveAddBelow(total=Range(at_least=8, at_most=8)), Pinned((Pin("T", exactly=8),)))
    outcome = aimed(county, *rules, goals=(ALL,))
    assert outcome.plan is not None
    assert outcome.plan.handed("S", FIRST) == 1
    assert outcome.goals[0].value == levels("5/6*2")


def test_a_unit_that_dispatches_more_than_it_has_left_is_left_out_once_it_needs_nothing() -> None:
    # A needs 2.00, all of it in the station, and dispatches one: 1 of 2. With the station gone nothing is needed, so
    # that B alone is looked at, which has 1 of 3: that is better.
    sent = (Dispatched("A", "T", "", ADMIN, 1),)
    tables = {"stations": (station("S", 2),), "dispatched": sent}
    county = Sketch(units={"A": Has(2, needed=2), "B": Has(1, needed=3)}, townships={"T": 0}, tables=tables)
    outcome = aimed(county, DispatchedStaff(), goals=(ALL,))
    assert outcome.goals[0].value == levels("1/3")


def test_the_last_year_counts() -> None:
    county = Sketch(units={"A": 4}, townships={"T": 0}, years=2)
    assert ALL.measure(done(county, cut={("A", FIRST): 1, ("A", FIRST + 1): 1})) == levels("1/2")


def test_units_with_more_than_they_need_give_first() -> None:
    # A keeps 4 of 4 after giving 4: 1, as B. Any cut of B would leave 7/8.
    county = Sketch(units={"A": Has(8, needed=4), "B": 8}, townships={"T": 0})
    outcome = aimed(county, gives(4), goals=(ALL,))
    assert outcome.goals[0].value == levels("1*2")
    assert given(outcome.plan) == {"A": 4}


def test_equals_are_treated_alike() -> None:
    county = Sketch(units=dict.fromkeys("ABC", 10), townships={"T": 0})
    outcome = aimed(county, gives(6), goals=(SpareTheUnits(),))
    assert given(outcome.plan) == {"A": 2, "B": 2, "C": 2}


def test_a_permille_would_cut_the_wrong_unit() -> None:
    # One position: A keeps 1000/1001 = 0.9990, B 1001/1002 = 0.9990: B is hit less, in the seventh place
    county = Sketch(units={"A": 1001, "B": 1002}, townships={"T": 0})
    assert given(aimed(county, gives(1), goals=(ALL,)).plan) == {"B": 1}


@pytest.mark.parametrize(
    ("depth", "value", "touched"), [(1, "1/2", 2), (2, "1/2 9/10*2", 3), (3, "1/2 9/10*2", 3), (0, "1/2 9/10*2", 3)]
)
def test_only_as_many_levels_as_the_depth_are_settled(depth: int, value: str, touched: int) -> None:
    # A is pinned to 5 of 10. Two more are due from B and C: one each, unless nobody asks: then both from one.
    county = Sketch(units=dict.fromkeys("ABC", 10), townships={"T": 0})
    rules = (gives(7), Pinned((Pin("A", exactly=5),)))
    outcome = aimed(county, *rules, goals=(SpareTheUnits(depth), FewUnitsTouched()))
    assert [result.value for result in outcome.goals[:2]] == [levels(value), touched]


def test_a_unit_is_left_out_only_when_all_that_it_does_has_gone() -> None:
    # A needs 3, of which 2 sit in the station; T may have 2 in all, so that not all of A's work can go.
    stations = (station("S", 2), station("X", 1))
    county = Sketch(units={"A": 3, "B": 4}, townships={"T": 0}, tables={"stations": stations})
    outcome = aimed(county, gives(2), goals=(ALL,))
    assert outcome.goals[0].value == outcome.goals[0].bound == levels("1*2")
