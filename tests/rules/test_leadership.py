"""A unit keeps the size that its leaders need."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from rebalance.county.holders import UnitKind
from rebalance.county.norms import Band, BandUse
from rebalance.model.plan import status_quo
from rebalance.rules.leadership import Leadership
from tests.counties import Sketch
from tests.rules.judging import best_plan, complaints, done, given, inherited

BANDS = tuple(Band(BandUse.LEADERSHIP, size, 0, leaders) for size, leaders in ((5, 1), (10, 2), (20, 3)))
"""Up to 5 positions one leader, from 6 on two, from 11 on three."""


def sketch(size: int, leaders: int | None, kind: str = "department") -> Sketch:
    """A unit of a size that is authorised so many leaders."""
    about = {"U": {"leaders_authorised": leaders}}
    return Sketch(
        units={"U": size},
        townships={"T": 0},
        kinds={"U": kind},
        about=about,
        demand={"T": "30"},
        tables={"bands": BANDS},
    )


@pytest.mark.parametrize(("leaders", "smallest"), [(0, 0), (1, 0), (2, 6), (3, 11), (9, 11)])
def test_the_smallest_size_at_which_the_bands_allow_the_leaders(leaders: int, smallest: int) -> None:
    county = sketch(15, leaders)
    assert Leadership().smallest(county.problem, "U") == smallest
    assert given(best_plan(county, Leadership())) == {"U": 15 - smallest}


def test_no_cut_takes_a_unit_below_it() -> None:
    county = sketch(8, 2)
    assert complaints(Leadership(), done(county, cut={"U": 2}, added={"T": 2})) == set()
    assert complaints(Leadership(), done(county, cut={"U": 3}, added={"T": 3})) == {"U"}


def test_a_unit_too_small_for_its_leaders_today_may_not_get_smaller() -> None:
    county = sketch(4, 2)
    assert complaints(Leadership(), status_quo(county.problem)) == set()
    assert inherited(Leadership(), status_quo(county.problem)) == {"U"}
    assert complaints(Leadership(), done(county, cut={"U": 1}, added={"T": 1})) == {"U"}
    assert given(best_plan(county, Leadership())) == {}


def test_units_of_other_kinds_and_of_unknown_leaders_are_not_bound() -> None:
    cut = {"cut": {"U": 5}, "added": {"T": 5}}
    rule = Leadership(kinds=(UnitKind.DEPARTMENT,))
    assert complaints(rule, done(sketch(8, 2), **cut)) == {"U"}
    assert complaints(rule, done(sketch(8, 2, "institution"), **cut)) == set()
    assert complaints(Leadership(), done(sketch(8, None), **cut)) == set()


def test_staffing_bands_and_no_bands_say_nothing() -> None:
    staffing = tuple(replace(band, applies_to=BandUse.STAFFING) for band in BANDS)
    for bands in (staffing, ()):
        county = replace(sketch(8, 3), tables={"bands": bands})
        assert list(Leadership().check(status_quo(county.problem))) == []


def test_all_categories_make_the_size() -> None:
    county = replace(sketch(0, 2), units={"U": {"admin": 4, "public": 4}})
    plan = best_plan(county, Leadership())
    assert plan is not None
    assert sum(plan.owned("U", category, plan.problem.last) for category in ("admin", "public")) == 6
    assert plan.coverage("T", plan.problem.last) == Fraction(2, 30)
