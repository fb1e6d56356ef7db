from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rebalance.county.county import County
from rebalance.county.norms import Classes
from rebalance.problem.classes import ScoreSheet, classes_of, score_sheet
from rebalance.problem.problem import Problem
from rebalance.rules.agency_quota import AgencyQuota
from tests.problem.counties import county, town, towns

BY_TWO = Classes(population=Decimal("0.6"), area_km2=Decimal("0.2"), large=1)
"""Weights 0.75 and 0.25."""

COUNTY = county(
    [town("T1", 20_000, area_km2="100"), town("T2", 50_000, area_km2="40"), town("T3", 40_000, area_km2="80")],
    classes=BY_TWO,
)
# Shares of the largest: population 0.4, 1, 0.8; area 1, 0.4, 0.8.
# T1: 0.75 × 0.4 + 0.25 × 1 = 0.55.  T2: 0.75 + 0.25 × 0.4 = 0.85.  T3: 0.8.


def sheet(found: County) -> ScoreSheet:
    made = score_sheet(found)
    assert made is not None
    return made


def test_scores_by_hand() -> None:
    lines = sheet(COUNTY).scores
    assert [(one.township, one.score, one.rank, one.class_) for one in lines] == [
        ("T2", Fraction("0.85"), 1, "large"),
        ("T3", Fraction("0.8"), 2, "medium"),
        ("T1", Fraction("0.55"), 3, "medium"),
    ]
    assert lines[2].parts == {"population": Fraction("0.4"), "area_km2": 1}
    assert sheet(COUNTY).tied == ()
    assert sheet(COUNTY).remarks == ()


def test_a_cut_off_by_score_takes_in_who_reaches_it() -> None:
    by_score = replace(COUNTY, classes=replace(BY_TWO, large=None, score=Decimal("0.8")))
    assert classes_of(by_score) == {"T1": "medium", "T2": "large", "T3": "large"}


def test_more_large_ones_than_townships() -> None:
    assert set(classes_of(replace(COUNTY, classes=replace(BY_TWO, large=9))).values()) == {"large"}
    assert set(classes_of(replace(COUNTY, classes=replace(BY_TWO, large=0))).values()) == {"medium"}


def test_what_the_county_says_overrides_the_score() -> None:
    first, *others = COUNTY.townships
    overridden = replace(COUNTY, townships=(replace(first, class_="large"), *others))
    last = sheet(overridden).scores[2]
    assert (last.township, last.by_score, last.given, last.class_) == ("T1", "medium", "large", "large")
    assert classes_of(overridden)["T2"] == "large"


def test_a_tie_at_the_cut_off_goes_by_population_then_id_and_is_reported() -> None:
    # weights by area only, three with the same
    rows = [
        town("T1", 10, area_km2="5"),
        town("T2", 30, area_km2="5"),
        town("T3", 30, area_km2="5"),
        town("T4", 99, area_km2="1"),
    ]
    tied = county(rows, classes=Classes(area_km2=Decimal(1), large=1))
    found = sheet(tied)
    assert found.tied == ("T2", "T3", "T1")
    assert [(one.township, one.rank) for one in found.scores] == [("T2", 1), ("T3", 1), ("T1", 1), ("T4", 4)]
    assert classes_of(tied) == {"T2": "large", "T3": "medium", "T1": "medium", "T4": "medium"}


def test_a_tie_on_one_side_is_nobodys_concern() -> None:
    rows = [town("T1", 5), town("T2", 5), town("T3", 1)]
    assert sheet(county(rows, classes=Classes(population=Decimal(1), large=2))).tied == ()


def test_a_missing_figure_counts_as_nothing_and_is_said() -> None:
    first, second, third = COUNTY.townships
    found = sheet(replace(COUNTY, townships=(first, replace(second, population=None), third)))
    # T2 has its area only: 0.25 × 0.4 = 0.1; the largest population is now 40,000
    assert [one.score for one in found.scores] == [Fraction("0.95"), Fraction("0.625"), Fraction("0.1")]
    assert [remark.key for remark in found.remarks] == [("T2",)]


def test_by_entropy() -> None:
    rows = [town("T1", 7, gdp="3"), town("T2", 7, gdp="9")]
    found = sheet(county(rows, classes=Classes(entropy=True, large=1)))
    assert [(one.indicator, one.weight) for one in found.weights] == [("gdp", Fraction(1))]
    assert [one.score for one in found.scores] == [Fraction(1), Fraction(1, 3)]


def test_nothing_to_score_by() -> None:
    found = sheet(county([town("T1"), town("T2")], classes=Classes(population=Decimal(1), large=1)))
    assert [one.score for one in found.scores] == [0, 0]
    assert found.tied == ("T1", "T2")
    assert len(found.remarks) == 2


def test_a_cut_off_that_is_missing_or_out_of_reach_is_said() -> None:
    for score, said in ((None, "No cut-off"), (Decimal(60), "No township can reach the cut-off of 60")):
        found = sheet(replace(COUNTY, classes=replace(BY_TWO, large=None, score=score)))
        assert said in found.remarks[0].sentence
        assert {one.class_ for one in found.scores} == {"medium"}


def test_without_classes_the_county_says_or_nobody_does() -> None:
    assert classes_of(county([town("T1", class_="large"), town("T2")])) == {"T1": "large", "T2": ""}


def test_the_quota_of_agencies_follows_the_class() -> None:
    problem, rule = Problem(COUNTY), AgencyQuota(large=9, medium=7)
    assert problem.class_of("T2") == "large"
    assert [rule.quota(problem, township) for township in problem.townships] == [7, 9, 7]


@given(st.dictionaries(st.sampled_from(["T1", "T2", "T3", "T4"]), st.integers(0, 3), min_size=1), st.integers(0, 4))
def test_as_many_are_large_as_are_asked_for(people: dict[str, int], large: int) -> None:
    found = county(towns(**people), classes=Classes(population=Decimal(1), large=large))
    classes = classes_of(found)
    assert list(classes.values()).count("large") == min(large, len(people))
    least = min((people[name] for name, class_ in classes.items() if class_ == "large"), default=3)
    assert all(count <= least for name, count in people.items() if classes[name] == "medium")
