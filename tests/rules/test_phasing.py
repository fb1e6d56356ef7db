"""In no year more than a share of all moves, rounded up."""

from __future__ import annotations

from fractions import Fraction

import pytest

from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.serve_early import ServeEarly
from rebalance.rules.phasing import Phasing
from tests.counties import FIRST, Sketch
from tests.rules.judging import best_plan, complaints, done, given

COUNTY = Sketch(units={"U": 5}, townships={"T": 0}, years=3, demand={"T": "9"})


def moving(*yearly: int) -> dict[str, dict[tuple[str, int], int]]:
    """So many positions from U to T, year by year."""
    return {
        verb: {(holder, FIRST + n): count for n, count in enumerate(yearly)}
        for verb, holder in (("cut", "U"), ("added", "T"))
    }


@pytest.mark.parametrize("yearly", [(2, 2, 1), (1, 2, 2), (1, 0, 0), (1, 1, 1), (0, 0, 0)])
def test_moves_may_be_spread(yearly: tuple[int, ...]) -> None:
    assert complaints(Phasing(Fraction(2, 5)), done(COUNTY, **moving(*yearly))) == set()


@pytest.mark.parametrize("yearly", [(3, 1, 1), (0, 3, 2), (2, 0, 0)])
def test_moves_may_not_come_all_at_once(yearly: tuple[int, ...]) -> None:
    broken = [f for f in Phasing(Fraction(2, 5)).check(done(COUNTY, **moving(*yearly))) if f.broken]
    assert len(broken) == 1


def test_one_move_is_possible_at_any_share_above_nothing() -> None:
    assert complaints(Phasing(Fraction(1, 100)), done(COUNTY, **moving(0, 1, 0))) == set()


def test_a_share_of_nothing_stops_everything() -> None:
    assert given(best_plan(COUNTY, Phasing(Fraction(0)))) == {}


def test_the_best_plan_gives_early_what_it_may() -> None:
    plan = best_plan(COUNTY, Phasing(Fraction(2, 5)), goals=(FillShortages(), ServeEarly()))
    assert plan is not None
    assert [plan.cut("U", "admin", year) for year in plan.problem.years] == [2, 2, 1]
