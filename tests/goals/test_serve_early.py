"""The work left undone in the years before the last."""

from __future__ import annotations

import pytest

from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.serve_early import ServeEarly
from rebalance.rules.phasing import Phasing
from rebalance.rules.vacancies_first import VacanciesFirst
from tests.counties import ADMIN, FIRST, SHARES, Has, Sketch
from tests.goals.aiming import aimed, chosen
from tests.rules.judging import done

COUNTY = Sketch(units={"U": 4}, townships={"A": 0, "B": 1}, years=3, demand={"A": "2.5", "B": "3"})


@pytest.mark.parametrize(
    ("year", "short"),
    [(None, 2 * (250 + 200)), (FIRST, 2 * (50 + 200)), (FIRST + 1, 450 + 250), (FIRST + 2, 900)],
)
def test_every_year_before_the_last_counts(year: int | None, short: int) -> None:
    moved = {} if year is None else {"cut": {("U", year): 2}, "added": {("A", year): 2}}
    assert ServeEarly().measure(done(COUNTY, **moved)) == short


def test_a_single_year_has_none_before_it() -> None:
    county = Sketch(units={"U": 2}, townships={"A": 0}, demand={"A": "2"})
    assert ServeEarly().measure(done(county)) == 0
    result = aimed(county, goals=(ServeEarly(),)).goals[0]
    assert (result.value, result.freedom) == (0, False)


def test_what_can_be_done_is_done_in_the_first_year() -> None:
    outcome = aimed(COUNTY, goals=(FillShortages(), ServeEarly()))
    plan = chosen(outcome)
    assert [plan.owned("U", ADMIN, year) for year in plan.problem.years] == [0, 0, 0]
    # four positions serve 4.00 of the 4.50 missing from the first year on, wherever half a position is wasted or not
    assert [result.value for result in outcome.goals[:2]] == [50, 2 * 50]


def test_what_becomes_vacant_late_serves_late() -> None:
    county = Sketch(
        units={"U": Has(3, staff=2)},
        townships={"A": 0},
        years=3,
        demand={"A": "3"},
        retirements={("U", FIRST + 1): 1, ("U", FIRST + 2): 1},
    )
    # one today, one from the second year, one from the third: short 2.00 and then 1.00
    outcome = aimed(county, VacanciesFirst(), goals=(FillShortages(), ServeEarly()))
    assert [result.value for result in outcome.goals[:2]] == [0, 200 + 100]


def test_half_of_all_moves_a_year_holds_it_back() -> None:
    half = Phasing(SHARES[0])
    county = Sketch(units={"U": 4}, townships={"A": 0}, years=2, demand={"A": "4"})
    assert aimed(county, half, goals=(FillShortages(), ServeEarly())).goals[1].value == 200
