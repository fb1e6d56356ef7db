"""The work left undone, in hundredths of positions, and how townships may be weighted."""

from __future__ import annotations

import pytest

from rebalance.goals.fill_shortages import FillShortages, Weight
from tests.counties import FIRST, Sketch, office
from tests.goals.aiming import aimed
from tests.rules.judging import done, received

COUNTY = Sketch(units={"U": 2}, townships={"A": 0, "B": 0}, demand={"A": "1.5", "B": "1"})


@pytest.mark.parametrize(
    ("added", "short"),
    [({}, 250), ({"A": 1}, 150), ({"A": 2}, 100), ({"A": 1, "B": 1}, 50), ({"A": 9, "B": 9}, 0)],
    ids=str,
)
def test_the_shortage_is_what_is_needed_and_not_covered(added: dict[str, int], short: int) -> None:
    assert FillShortages().measure(done(COUNTY, added=added)) == short


def test_a_weighted_shortage_counts_more_often() -> None:
    heavy = FillShortages((Weight("A", 3),))
    assert heavy.measure(done(COUNTY, added={"A": 1, "B": 1})) == 150
    assert heavy.measure(done(COUNTY, added={"A": 2})) == 100
    assert FillShortages((Weight("A", 0),)).measure(done(COUNTY)) == 100


def test_positions_go_where_they_serve_most() -> None:
    outcome = aimed(COUNTY, goals=(FillShortages(),))
    assert outcome.goals[0].value == 50
    assert received(outcome.plan) == {"A": 1, "B": 1}


def test_positions_go_where_they_weigh_most() -> None:
    outcome = aimed(COUNTY, goals=(FillShortages((Weight("A", 3),)),))
    assert outcome.goals[0].value == 100
    assert received(outcome.plan) == {"A": 2}


def test_only_the_last_year_counts() -> None:
    late = Sketch(units={"U": 1}, townships={"A": 0}, years=2, demand={"A": "1"})
    assert FillShortages().measure(done(late, cut={("U", FIRST + 1): 1}, added={("A", FIRST + 1): 1})) == 0


def test_what_one_office_has_too_much_does_not_help_another() -> None:
    offices = Sketch(
        townships={"A": 4},
        agencies=(office("X"), office("Y")),
        demand={("A", "X"): "1.25", ("A", "Y"): "2.5"},
    )
    doors = {("A", "X"): 1, ("A", "Y"): 1}
    assert FillShortages().measure(done(offices, open=doors, placed={("A", "X"): 4})) == 250
    assert FillShortages().measure(done(offices, open=doors, placed={("A", "X"): 2, ("A", "Y"): 2})) == 50
    # X 2, Y 2: 0.5 short; X 1, Y 3: 0.25 short
    assert aimed(offices, goals=(FillShortages(),)).goals[0].value == 25


def test_demands_in_the_millions_are_added_up_to_the_last_hundredth() -> None:
    big = Sketch(townships={"A": 1_999_999, "B": 1}, demand={"A": "2000000.01", "B": "3000000.99"})
    assert FillShortages().measure(done(big)) == 101 + 300_000_099 - 100
