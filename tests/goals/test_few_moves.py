"""As few entries in the schedule as can be."""

from __future__ import annotations

from fractions import Fraction

import pytest

from rebalance.goals.few_moves import FewMoves
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.holder_limits import HolderLimits
from rebalance.rules.phasing import Phasing
from rebalance.rules.rule import Range
from tests.counties import FIRST, Has, Sketch
from tests.goals.aiming import aimed
from tests.rules.judging import done

COUNTY = Sketch(units={"A": 3, "B": 3}, townships={"S": Has(0, ceiling=4), "T": Has(0, ceiling=4)}, years=2)


def test_a_move_is_a_holder_a_category_and_a_year_in_which_anything_leaves_or_arrives() -> None:
    cut = {("A", FIRST): 2, ("A", FIRST + 1): 1, ("B", FIRST): 1}
    plan = done(COUNTY, cut=cut, added={("S", FIRST): 3, ("S", FIRST + 1): 1})
    assert FewMoves().measure(plan) == 3 + 2
    assert FewMoves().measure(done(COUNTY)) == 0


def test_stations_are_not_moves_and_neither_are_people() -> None:
    assert FewMoves().measure(done(COUNTY, moved_out={"A": 1}, moved_in={"S": 1})) == 0


@pytest.mark.parametrize(
    ("total", "moves"),
    [
        (0, 0),
        (3, 1 + 1),  # all from one unit to one township, in one year
        (4, 2 + 1),
        (5, 2 + 2),
    ],
)
def test_as_few_givers_and_receivers_as_it_takes(total: int, moves: int) -> None:
    rules = (CutAboveAddBelow(total=Range(at_least=total)), HolderLimits())
    assert aimed(COUNTY, *rules, goals=(FewMoves(),)).goals[0].value == moves


def test_years_cost_moves() -> None:
    # at most half in a year: two positions in each, one unit and one township every time
    rules = (CutAboveAddBelow(total=Range(at_least=4)), Phasing(Fraction(1, 2)), HolderLimits())
    assert aimed(COUNTY, *rules, goals=(FewMoves(),)).goals[0].value == 4


def test_each_category_is_a_move_of_its_own() -> None:
    county = Sketch(units={"A": {"admin": 1, "works": 1}, "B": {"works": 2}}, townships={"T": 0})
    rules = (CutAboveAddBelow(total=Range(at_least=2)),)
    assert aimed(county, *rules, goals=(FewMoves(),)).goals[0].value == 2  # both of B
