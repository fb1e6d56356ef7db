"""Plans that are easy to carry out: few people moved, few units touched."""

from __future__ import annotations

import pytest

from rebalance.county.reform import Station
from rebalance.goals.few_people_moved import FewPeopleMoved
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.hiring import HiringPlan
from rebalance.rules.holder_limits import HolderLimits
from rebalance.rules.rule import Range
from rebalance.rules.vacancies_first import VacanciesFirst
from tests.counties import ADMIN, FIRST, Has, Sketch
from tests.goals.aiming import aimed
from tests.rules.judging import done, given


def gives(total: int) -> CutAboveAddBelow:
    return CutAboveAddBelow(total=Range(at_least=total))


PEOPLE = Sketch(
    units={"A": Has(5, staff=3), "B": Has(5, willing=3)},
    townships={"T": 0},
    years=2,
    retirements={("B", FIRST + 1): 1},
)
"""Two vacancies in A today, one in B from the second year on; three people of B are willing to go."""


@pytest.mark.parametrize(("total", "moved"), [(0, 0), (2, 0), (3, 0), (4, 1), (6, 3)])
def test_people_go_only_when_vacancies_and_retirements_are_used_up(total: int, moved: int) -> None:
    outcome = aimed(PEOPLE, gives(total), VacanciesFirst(), HiringPlan(), goals=(FewPeopleMoved(),))
    assert outcome.goals[0].value == moved


def test_people_are_counted_over_all_years_where_they_leave() -> None:
    plan = done(PEOPLE, moved_out={("B", FIRST): 1, ("B", FIRST + 1): 2}, moved_in={("T", FIRST): 1})
    assert FewPeopleMoved().measure(plan) == 3


UNITS = Sketch(units={"A": 2, "B": 2, "C": Has(5, floor=1)}, townships={"T": 0}, years=2)


@pytest.mark.parametrize(("total", "units"), [(0, 0), (1, 1), (5, 1), (6, 2), (7, 2), (8, 3), (9, 3)])
def test_the_units_with_most_to_give_are_asked_first(total: int, units: int) -> None:
    assert aimed(UNITS, gives(total), goals=(FewUnitsTouched(),)).goals[0].value == units


def test_a_unit_that_gives_twice_is_touched_once() -> None:
    plan = done(UNITS, cut={("A", FIRST): 1, ("A", FIRST + 1): 1}, added={("T", FIRST): 2})
    assert FewUnitsTouched().measure(plan) == 1


def test_one_position_in_one_category_is_enough_to_be_touched() -> None:
    county = Sketch(units={"A": {"admin": 2, "works": 2}, "B": {"works": 4}}, townships={"T": 0})
    assert FewUnitsTouched().measure(done(county, cut={"A": 1})) == 1
    outcome = aimed(county, gives(5), goals=(FewUnitsTouched(),))
    assert outcome.goals[0].value == 2
    assert given(aimed(county, gives(4), goals=(FewUnitsTouched(),)).plan) in ({"A": 4}, {"B": 4})


def test_a_unit_of_which_only_a_station_goes_is_touched() -> None:
    # two stations would do, one of A and one of B; two positions of C touch one unit
    stations = tuple(Station(f"S{unit}", unit, "T", "", ADMIN, 1, 1) for unit in "AB")
    county = Sketch(
        units={"A": Has(2, floor=1), "B": Has(2, floor=1), "C": 2}, townships={"T": 0}, tables={"stations": stations}
    )
    outcome = aimed(county, gives(2), HolderLimits(), goals=(FewUnitsTouched(),))
    assert outcome.goals[0].value == 1
    assert given(outcome.plan) == {"C": 2}
