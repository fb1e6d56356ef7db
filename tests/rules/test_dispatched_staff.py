"""Dispatched staff: owned above, used below, within their rows, and real people."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from rebalance.county.reform import Dispatched
from rebalance.goals.worst_off_first import WorstOffFirst
from rebalance.model.plan import status_quo
from rebalance.rules.compulsory_agencies import CompulsoryAgencies
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.dispatched_staff import DispatchedStaff
from rebalance.rules.rule import Range
from rebalance.rules.vacancies_first import VacanciesFirst
from tests.counties import ADMIN, FIRST, Has, Sketch, office
from tests.rules.judging import best_plan, complaints, done, inherited

LATER = FIRST + 1


def sketch(*rows: Dispatched, staff: int = 5, **more: Any) -> Sketch:  # noqa: ANN401  # whatever a sketch takes
    """A unit of 5 positions that sends staff to two townships of 2."""
    tables = {"dispatched": rows}
    return Sketch(units={"U": Has(5, staff=staff)}, townships={"S": 2, "T": 2}, tables=tables, **more)


def test_two_ledgers_owned_above_used_below() -> None:
    plan = status_quo(sketch(Dispatched("U", "T", "", ADMIN, 3)).problem)
    assert (plan.owned("U", ADMIN, FIRST), plan.used("U", ADMIN, FIRST), plan.working("U", ADMIN, FIRST)) == (5, 2, 2)
    assert (plan.owned("T", ADMIN, FIRST), plan.used("T", ADMIN, FIRST), plan.working("T", ADMIN, FIRST)) == (2, 5, 5)
    assert (plan.owned("S", ADMIN, FIRST), plan.used("S", ADMIN, FIRST)) == (2, 2)


def test_strength_counts_them_in_their_agency_or_in_the_whole_township() -> None:
    rows = (Dispatched("U", "S", "", ADMIN, 1), Dispatched("U", "T", "A", ADMIN, 2))
    demand: dict[str | tuple[str, str], str] = {"S": "9", ("T", "A"): "8"}
    placed = {("T", "A"): 2}
    county = sketch(*rows, demand=demand, agencies=(office("A", most=4),), placed=placed)
    plan = done(county, placed={("T", "A"): 2}, open={("T", "A"): 1, ("S", "A"): 1})
    assert plan.strength("T", "A", FIRST) == 4
    assert plan.coverage("T", FIRST) == Fraction(4, 8)
    assert plan.coverage("S", FIRST) == Fraction(3, 9)
    assert complaints(CompulsoryAgencies(), plan) == set()
    crowded = done(county, placed={("T", "A"): 3}, open={("T", "A"): 1, ("S", "A"): 1})
    assert complaints(CompulsoryAgencies(), crowded) == {"T A most"}


def test_a_row_without_bounds_stays_as_it_is() -> None:
    county = sketch(Dispatched("U", "T", "", ADMIN, 2))
    assert complaints(DispatchedStaff(), done(county)) == set()
    for staff in (1, 3):
        plan = done(county, dispatched={("U", "T", ""): staff})
        assert complaints(DispatchedStaff(), plan) == {"U sent"}


def test_a_row_with_bounds_may_move_within_them_from_its_year_on() -> None:
    county = sketch(Dispatched("U", "T", "", ADMIN, 2, LATER, 1, 4), years=2)
    assert complaints(DispatchedStaff(), done(county, dispatched={("U", "T", "", LATER): 4})) == set()
    assert complaints(DispatchedStaff(), done(county, dispatched={("U", "T", "", LATER): 1})) == set()
    assert complaints(DispatchedStaff(), done(county, dispatched={("U", "T", "", LATER): 0})) == {"U sent"}
    assert complaints(DispatchedStaff(), done(county, dispatched={("U", "T", "", LATER): 5})) == {"U sent"}
    assert complaints(DispatchedStaff(), done(county, dispatched={("U", "T", "", FIRST): 3})) == {"U sent"}


def test_whoever_is_dispatched_is_in_post() -> None:
    county = sketch(
        Dispatched("U", "S", "", ADMIN, 1, None, 0, 5), Dispatched("U", "T", "", ADMIN, 1, None, 0, 5), staff=3
    )
    three = {("U", "S", ""): 1, ("U", "T", ""): 2}
    assert complaints(DispatchedStaff(), done(county, dispatched=three)) == set()
    four = {("U", "S", ""): 2, ("U", "T", ""): 2}
    assert complaints(DispatchedStaff(), done(county, dispatched=four)) == {"U in post"}


def test_a_dispatched_person_s_position_is_not_cut() -> None:
    # 5 positions, 3 people, all of them dispatched: the 2 vacant ones may go, and nothing else
    county = sketch(Dispatched("U", "S", "", ADMIN, 3), staff=3, demand={"T": "9"})
    plan = best_plan(county, DispatchedStaff(), VacanciesFirst())
    assert plan is not None
    assert plan.owned("U", ADMIN, FIRST) == 3


def test_retirements_may_leave_fewer_people_than_are_dispatched_and_that_is_inherited() -> None:
    county = sketch(Dispatched("U", "T", "", ADMIN, 3), staff=3, retirements={("U", FIRST): 1})
    still = status_quo(county.problem)
    assert complaints(DispatchedStaff(), still) == set()
    assert inherited(DispatchedStaff(), still) == {"U in post"}


def test_all_rows_of_a_unit_together_or_today_s_number() -> None:
    rows = (Dispatched("U", "S", "", ADMIN, 1, None, 0, 5), Dispatched("U", "T", "", ADMIN, 1, None, 0, 5))
    three = done(sketch(*rows), dispatched={("U", "S", ""): 1, ("U", "T", ""): 2})
    assert complaints(DispatchedStaff(most=3), three) == set()
    assert complaints(DispatchedStaff(most=2), three) == {"U unit"}
    today = done(sketch(*rows))
    assert complaints(DispatchedStaff(most=1), today) == set()
    assert inherited(DispatchedStaff(most=1), today) == {"U unit"}
    assert complaints(DispatchedStaff(most=1), three) == {"U unit"}


def test_the_solver_sends_them_where_they_are_needed_most() -> None:
    rows = (Dispatched("U", "S", "", ADMIN, 1, None, 0, 3), Dispatched("U", "T", "", ADMIN, 1, None, 0, 3))
    county = sketch(*rows, demand={"S": "4", "T": "6"})
    stay = CutAboveAddBelow(total=Range(at_most=0))
    plan = best_plan(county, DispatchedStaff(most=4), stay, goals=(WorstOffFirst(),))
    assert plan is not None
    # four people for two townships that have 2 each: 1 and 3 make 3/4 and 5/6, better than 2 and 2 (1 and 4/6)
    assert [plan.dispatched("U", town, "", ADMIN, FIRST) for town in ("S", "T")] == [1, 3]


def test_the_solver_holds_a_unit_with_a_single_row_to_the_most_it_may_send() -> None:
    county = sketch(Dispatched("U", "T", "", ADMIN, 1, None, 0, 5), demand={"S": "1", "T": "9"})
    stay = CutAboveAddBelow(total=Range(at_most=0))
    plan = best_plan(county, DispatchedStaff(most=2), stay, goals=(WorstOffFirst(),))
    assert plan is not None
    assert plan.dispatched("U", "T", "", ADMIN, FIRST) == 2
