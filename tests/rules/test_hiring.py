"""Hiring within the yearly plan, and nobody taken in where there is no vacancy."""

from __future__ import annotations

from dataclasses import replace

from rebalance.county.holders import Hiring
from rebalance.county.reform import Station
from rebalance.goals.few_people_moved import FewPeopleMoved
from rebalance.goals.fill_vacancies import FillVacancies
from rebalance.model.plan import status_quo
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.hiring import HiringPlan
from rebalance.rules.pinned import PinHired, Pinned
from rebalance.rules.rule import Range
from rebalance.rules.stations_go_down import StationsGoDown
from rebalance.rules.vacancies_first import VacanciesFirst
from rebalance.solver.lexicographic import model_of
from tests.counties import ADMIN, FIRST, Has, Sketch
from tests.rules.judging import best_plan, complaints, done, received

RULE = HiringPlan()
COUNTY = Sketch(
    units={"U": Has(4, staff=1)}, townships={"T": Has(4, staff=1)}, hiring={("", FIRST): 3, ("T", FIRST): 2}
)


def test_the_plan_of_a_holder_and_that_of_the_county_both_hold() -> None:
    assert complaints(RULE, done(COUNTY, hired={"U": 1, "T": 2})) == set()
    assert complaints(RULE, done(COUNTY, hired={"T": 3})) == {"T plan"}
    assert complaints(RULE, done(COUNTY, hired={"U": 2, "T": 2})) == {"plan"}


def test_nobody_is_hired_beyond_the_positions() -> None:
    county = Sketch(townships={"T": Has(2, staff=1)}, hiring={("", FIRST): 9})
    assert complaints(RULE, done(county, hired={"T": 1})) == set()
    assert complaints(RULE, done(county, hired={"T": 2})) == {"T full"}


def test_a_retirement_makes_room_in_its_own_year() -> None:
    county = Sketch(townships={"T": Has(2)}, hiring={("", FIRST): 9}, retirements={("T", FIRST): 1})
    assert complaints(RULE, done(county, hired={"T": 1})) == set()
    assert complaints(RULE, done(county, hired={"T": 2})) == {"T full"}


def test_an_over_full_holder_may_stay_so_while_it_takes_nobody_in() -> None:
    county = Sketch(townships={"T": Has(2, staff=4)}, hiring={("", FIRST): 9}, retirements={("T", FIRST): 1})
    assert complaints(RULE, status_quo(county.problem)) == set()
    assert complaints(RULE, done(county, hired={"T": 1})) == {"T full"}


def test_whoever_comes_with_a_position_needs_a_vacancy_too() -> None:
    full, vacant = Has(1, staff=2), Has(1)
    county = Sketch(units={"U": Has(2, willing=2)}, townships={"T": full, "S": vacant}, demand={"T": "9"})
    moved = done(county, cut={"U": 1}, added={"T": 1}, moved_out={"U": 1}, moved_in={"T": 1})
    assert complaints(RULE, moved) == {"T full"}
    assert received(best_plan(county, RULE, VacanciesFirst())) == {}
    assert received(best_plan(replace(county, demand={"S": "9"}), RULE, VacanciesFirst())) == {"S": 2}


def test_who_is_hired_frees_nobody_from_moving() -> None:
    county = Sketch(units={"U": Has(1, willing=1)}, townships={"T": 0}, demand={"T": "1"}, hiring={("", FIRST): 1})
    must = CutAboveAddBelow(total=Range(at_least=1))
    plan = best_plan(county, RULE, VacanciesFirst(), must, goals=(FewPeopleMoved(),))
    assert plan is not None
    assert FewPeopleMoved().measure(plan) == 1


def test_an_over_full_station_may_come_down_as_long_as_nobody_else_is_taken_in() -> None:
    station = Station("S", "U", "T", "", ADMIN, 1, 3)
    tables = {"stations": (station,)}
    county = Sketch(units={"U": 4}, townships={"T": Has(2, staff=1)}, hiring={("T", FIRST): 1}, tables=tables)
    assert complaints(RULE, done(county, handed={"S": 1})) == set()  # 4 people in 3 positions
    assert complaints(RULE, done(county, handed={"S": 1}, hired={"T": 1})) == {"T full"}
    wanted = replace(county, demand={"T": "3"})
    plan = best_plan(wanted, RULE, CutAboveAddBelow(total=Range(at_most=1)), StationsGoDown(kinds=("",)))
    assert plan is not None
    assert plan.in_post("T", ADMIN, FIRST) == 4


def test_at_least_so_many_are_hired() -> None:
    """Four of eight positions are vacant; the plan asks for two to three people, wherever they are hired."""
    rows = (Hiring(ADMIN, FIRST, 3, least=2),)
    county = Sketch(units={"U": Has(4, 2)}, townships={"T": Has(4, 2)}, tables={"hiring": rows})
    assert complaints(RULE, done(county)) == {"plan"}
    assert complaints(RULE, done(county, hired={"U": 1, "T": 1})) == set()
    assert complaints(RULE, done(county, hired={"U": 2, "T": 2})) == {"plan"}
    plan = best_plan(county, RULE)
    assert plan is not None
    assert sum(plan.hired(holder, ADMIN, FIRST) for holder in ("U", "T")) in {2, 3}
    full = replace(county, units={"U": 4}, townships={"T": 4})
    assert best_plan(full, RULE, VacanciesFirst()) is None  # nobody can be hired where nothing is vacant


def test_where_the_plan_says_nothing_nobody_is_hired() -> None:
    """Of `admin` up to five may be hired; of `other`, with four vacancies, no row speaks."""
    rows = (Hiring(ADMIN, FIRST, 5),)
    both = {ADMIN: Has(3, 3), "other": Has(4, 0)}
    county = Sketch(townships={"T": both}, demand={"T": "7"}, tables={"hiring": rows})
    goals = (FillVacancies(),)
    plan = best_plan(county, RULE, goals=goals)
    assert plan is not None
    assert FillVacancies().measure(plan) == 4
    assert ("hired", "T", "other", FIRST) not in model_of(county.scenario(RULE)).cells
    by_hand = done(county)
    by_hand = replace(by_hand, decided={**by_hand.decided, ("hired", "T", "other", FIRST): 1})
    assert complaints(RULE, by_hand) == {"unplanned"}


def test_a_row_of_one_holder_is_no_plan_for_the_others() -> None:
    county = Sketch(townships={"S": Has(2, 0), "T": Has(2, 0)}, hiring={("T", FIRST): 2})
    assert complaints(RULE, done(county, hired={"T": 2})) == set()
    assert complaints(RULE, done(county, hired={"S": 1})) == {"unplanned"}


def test_the_solver_hires_nobody_into_a_township_that_is_full() -> None:
    for staff, possible in ((1, True), (2, False)):
        county = Sketch(townships={"T": Has(2, staff=staff)}, hiring={("T", FIRST): 1})
        assert (best_plan(county, RULE, Pinned(hires=(PinHired("T", at_least=1),))) is not None) is possible
