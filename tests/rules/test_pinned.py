"""What a person fixed stays fixed: a cell, a holder, a total, an agency."""

from __future__ import annotations

from dataclasses import replace

from rebalance.county.reform import Dispatched, Station
from rebalance.goals.fill_vacancies import FillVacancies
from rebalance.rules.hiring import HiringPlan
from rebalance.rules.pinned import Pin, PinAgency, PinHired, Pinned, PinTotal
from tests.counties import ADMIN, FIRST, Has, Sketch, office
from tests.rules.judging import best_plan, complaints, done, given, received

COUNTY = Sketch(
    units={"U": {"admin": 4, "other": 2}, "V": 3},
    townships={"T": 1, "S": 1},
    years=2,
    demand={"T": "9", "S": "9"},
)


def test_a_holder_keeps_at_least_what_was_fixed() -> None:
    rule = Pinned(cells=(Pin("U", "admin", at_least=3),))
    assert complaints(rule, done(COUNTY, cut={"U": 1}, added={"T": 1})) == set()
    assert complaints(rule, done(COUNTY, cut={"U": 2}, added={"T": 2})) == {"U cell 1"}


def test_a_pin_without_a_category_means_all_of_them_together() -> None:
    rule = Pinned(cells=(Pin("U", at_least=5),))
    assert complaints(rule, done(COUNTY, cut={"U": 1}, added={"T": 1})) == set()
    assert complaints(rule, done(COUNTY, cut={"U": 2}, added={"T": 2})) == {"U cell 1"}


def test_a_pin_without_a_year_means_the_last() -> None:
    plan = done(COUNTY, cut={("V", FIRST): 1}, added={("T", FIRST + 1): 1})
    assert complaints(Pinned(cells=(Pin("T", "admin", exactly=2),)), plan) == set()
    assert complaints(Pinned(cells=(Pin("T", "admin", FIRST, exactly=2),)), plan) == {"T cell 1"}


def test_exactly_and_a_range_are_both_kept_where_both_are_given() -> None:
    rule = Pinned(cells=(Pin("T", "admin", exactly=3, at_most=2),))
    assert complaints(rule, done(COUNTY, cut={"V": 1}, added={"T": 1})) == {"T cell 1"}
    assert complaints(rule, done(COUNTY, cut={"V": 2}, added={"T": 2})) == {"T cell 1"}
    assert best_plan(COUNTY, rule) is None


def test_a_pinned_total_counts_what_units_give() -> None:
    rule = Pinned(totals=(PinTotal("admin", FIRST, exactly=2),))
    assert complaints(rule, done(COUNTY, cut={"U": 1, "V": 1}, added={"T": 2})) == set()
    assert complaints(rule, done(COUNTY, cut={("V", FIRST + 1): 2}, added={("T", FIRST + 1): 2})) == {"total 1"}
    plan = best_plan(COUNTY, Pinned(totals=(PinTotal(at_most=3),)))
    assert sum(given(plan).values()) == 3


def test_a_pinned_agency_has_the_strength_agreed() -> None:
    county = Sketch(townships={"T": 3}, agencies=(office("A"), office("B")), demand={("T", "B"): "3"})
    plan = best_plan(county, Pinned(agencies=(PinAgency("T", "A", exactly=2),)))
    assert plan is not None
    assert plan.strength("T", "A", FIRST) == 2
    assert plan.served("T", "B", FIRST) == 100


def test_the_best_plan_goes_round_what_is_fixed() -> None:
    rule = Pinned(cells=(Pin("T", exactly=1), Pin("U", "admin", exactly=4), Pin("U", "other", exactly=2)))
    assert received(best_plan(COUNTY, rule)) == {"S": 3}


def test_stations_count_in_what_all_units_give() -> None:
    county = replace(COUNTY, tables={"stations": (Station("S1", "V", "T", "", ADMIN, 2, 2),)})
    plan = done(county, handed={("S1", FIRST): 1, ("S1", FIRST + 1): 1}, cut={"U": 1}, added={"T": 1})
    assert complaints(Pinned(totals=(PinTotal(exactly=3),)), plan) == set()
    assert complaints(Pinned(totals=(PinTotal(year=FIRST, exactly=3),)), plan) == set()
    assert complaints(Pinned(totals=(PinTotal(at_most=2),)), plan) == {"total 1"}
    found = best_plan(county, Pinned(totals=(PinTotal(exactly=2),)))
    assert sum(given(found).values()) == 2


def test_dispatched_staff_count_in_an_agency() -> None:
    rows = {"dispatched": (Dispatched("U", "T", "A", ADMIN, 1),)}
    county = replace(COUNTY, agencies=(office("A"),), demand={}, tables=rows)
    plan = done(county, placed={("T", "A", FIRST + 1): 1})
    assert complaints(Pinned(agencies=(PinAgency("T", "A", exactly=2),)), plan) == set()
    assert complaints(Pinned(agencies=(PinAgency("T", "A", exactly=1),)), plan) == {"T A agency 1"}


def test_who_is_hired_can_be_fixed_for_one_and_for_all() -> None:
    county = Sketch(townships={"S": Has(4, 0), "T": Has(4, 0)}, years=2, hiring={("", FIRST): 4, ("", FIRST + 1): 4})
    rule = Pinned(hires=(PinHired("T", ADMIN, FIRST, exactly=1), PinHired(at_most=3), PinHired("S", at_least=1)))
    assert complaints(rule, done(county, hired={"T": 1, "S": 2})) == set()
    assert [one.place.year for one in rule.check(done(county))] == [FIRST, 0, 0]
    assert complaints(rule, done(county, hired={"T": 2, "S": 1})) == {"T hired 1"}
    assert complaints(rule, done(county, hired={"T": 1, ("S", FIRST + 1): 3})) == {"hired 2"}
    assert complaints(rule, done(county, hired={"T": 1})) == {"S hired 3"}
    plan = best_plan(county, rule, HiringPlan(), goals=(FillVacancies(),))
    assert plan is not None
    assert FillVacancies().measure(plan) == 5  # eight are vacant, three may be hired
    assert plan.hired("T", ADMIN, FIRST) == 1


def test_hires_that_no_plan_allows_are_a_clash_and_not_silence() -> None:
    county = Sketch(townships={"T": Has(4, 0)})
    assert best_plan(county, Pinned(hires=(PinHired("T", at_least=1),)), HiringPlan()) is None
