"""Units only give, townships only receive, up to a share of each unit and a total."""

from __future__ import annotations

from fractions import Fraction

from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.rule import Range
from tests.counties import Sketch
from tests.rules.judging import best_plan, complaints, done, given

COUNTY = Sketch(units={"U": 7, "V": 2}, townships={"T": 1}, demand={"T": "20"})


def test_without_parameters_any_cut_is_allowed() -> None:
    assert complaints(CutAboveAddBelow(), done(COUNTY, cut={"U": 7}, added={"T": 7})) == set()


def test_the_share_of_a_whole_number_is_rounded_up() -> None:
    rule = CutAboveAddBelow(share=Fraction(3, 20))  # 15 % of 7 is 1.05, of 2 is 0.3
    assert complaints(rule, done(COUNTY, cut={"U": 2, "V": 1}, added={"T": 3})) == set()
    assert complaints(rule, done(COUNTY, cut={"U": 3}, added={"T": 3})) == {"U share"}
    assert given(best_plan(COUNTY, rule)) == {"U": 2, "V": 1}


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
