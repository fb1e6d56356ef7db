"""Units only give, townships only receive, up to a share of each unit and a total."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from rebalance.county.holders import Level
from rebalance.county.reform import Station
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.routes import Routes
from rebalance.rules.rule import Range
from rebalance.rules.vacancies_first import VacanciesFirst
from tests.counties import ADMIN, Has, Sketch
from tests.rules.judging import best_plan, complaints, done, given

COUNTY = Sketch(units={"U": 7, "V": 2}, townships={"T": 1}, demand={"T": "20"})


def test_without_parameters_any_cut_is_allowed() -> None:
    assert complaints(CutAboveAddBelow(), done(COUNTY, cut={"U": 7}, added={"T": 7})) == set()


def test_the_share_of_a_whole_number_is_rounded_down() -> None:
    rule = CutAboveAddBelow(share=Fraction(3, 20))  # 15 % of 7 is 1.05, of 2 is 0.3
    assert complaints(rule, done(COUNTY, cut={"U": 1}, added={"T": 1})) == set()
    assert complaints(rule, done(COUNTY, cut={"U": 2}, added={"T": 2})) == {"U share"}
    assert complaints(rule, done(COUNTY, cut={"V": 1}, added={"T": 1})) == {"V share"}
    assert given(best_plan(COUNTY, rule)) == {"U": 1}


def test_everybody_may_be_let_give_one() -> None:
    rule = CutAboveAddBelow(share=Fraction(3, 20), at_least_one=True)
    assert given(best_plan(COUNTY, rule)) == {"U": 1, "V": 1}
    assert complaints(rule, done(COUNTY, cut={"V": 2}, added={"T": 2})) == {"V share"}


def test_where_the_share_is_nothing_nobody_gives_not_even_one() -> None:
    assert given(best_plan(COUNTY, CutAboveAddBelow(share=Fraction(0), at_least_one=True))) == {}


BRANCH = Sketch(units={"V": Has(10, 6)}, townships={"T": 2}, demand={"T": "12"}, kinds={"V": "vertical"})
"""A branch of the city with four vacancies, over a town that is short of ten."""


def test_a_unit_under_vertical_management_gives_nothing_without_a_route() -> None:
    by_level = replace(BRANCH, kinds={}, about={"V": {"level": Level.ABOVE}})
    for county in (BRANCH, by_level):
        assert given(best_plan(county, CutAboveAddBelow(), VacanciesFirst())) == {}
        assert complaints(CutAboveAddBelow(), done(county, cut={"V": 1}, added={"T": 1})) == {"V vertical"}


def test_a_route_from_vertical_units_opens_the_way_whether_or_not_routes_are_in_force() -> None:
    by_level = replace(BRANCH, kinds={"V": "institution"}, about={"V": {"level": Level.ABOVE}})
    for county in (BRANCH, by_level):
        opened, other = (replace(county, routes=[(kind, "town")]) for kind in ("vertical", "institution"))
        assert given(best_plan(opened, CutAboveAddBelow(), VacanciesFirst())) == {"V": 4}
        assert given(best_plan(opened, CutAboveAddBelow(), VacanciesFirst(), Routes())) == {"V": 4}
        assert given(best_plan(other, CutAboveAddBelow(), VacanciesFirst())) == {}


def test_a_station_of_a_unit_under_vertical_management_goes_down_all_the_same() -> None:
    county = replace(BRANCH, tables={"stations": (Station("S", "V", "T", "", ADMIN, 3, 3),)})
    assert given(best_plan(county, CutAboveAddBelow(), VacanciesFirst())) == {"V": 3}


def test_a_share_that_comes_out_whole_is_not_rounded_any_further() -> None:
    rule = CutAboveAddBelow(share=Fraction(1, 2))
    assert complaints(rule, done(COUNTY, cut={"V": 1}, added={"T": 1})) == set()
    assert complaints(rule, done(COUNTY, cut={"V": 2}, added={"T": 2})) == {"V share"}


def test_the_share_counts_all_years_together() -> None:
    county = Sketch(units={"U": 4}, townships={"T": 0}, years=2, demand={"T": "9"})
    rule = CutAboveAddBelow(share=Fraction(1, 2))
    twice = done(county, cut={("U", 2026): 2, ("U", 2027): 1}, added={("T", 2026): 2, ("T", 2027): 1})
    assert complaints(rule, twice) == {"U share"}
    assert given(best_plan(county, rule)) == {"U": 2}


def test_all_units_together_stay_within_the_total() -> None:
    rule = CutAboveAddBelow(total=Range(at_least=2, at_most=3))
    assert complaints(rule, done(COUNTY, cut={"U": 1}, added={"T": 1})) == {"total"}
    assert complaints(rule, done(COUNTY, cut={"U": 2, "V": 2}, added={"T": 4})) == {"total"}
    assert sum(given(best_plan(COUNTY, rule)).values()) == 3


def test_a_total_that_the_units_do_not_have_is_impossible() -> None:
    assert best_plan(COUNTY, CutAboveAddBelow(total=Range(at_least=10))) is None


def test_a_unit_that_receives_and_a_township_that_gives_are_reported() -> None:
    plan = done(COUNTY, cut={"U": -1}, added={"T": -1})
    assert complaints(CutAboveAddBelow(), plan) == {"U share", "U gives", "T receives"}
