"""What units keep of what their work needs: the one hit hardest first, as deep as is asked."""

from __future__ import annotations

import pytest

from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.spare_the_units import SpareTheUnits
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.pinned import Pin, Pinned
from rebalance.rules.rule import Range
from tests.counties import FIRST, Has, Sketch
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
