"""Leadership posts follow the size of a unit, or a unit keeps the size that its leaders need."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from rebalance.county.holders import UnitKind
from rebalance.county.norms import Band, BandUse
from rebalance.goals.spare_the_units import SpareTheUnits
from rebalance.goals.worst_off_first import WorstOffFirst
from rebalance.model.plan import Plan, status_quo
from rebalance.rules.leadership import Leadership
from rebalance.rules.vacancies_first import VacanciesFirst
from tests.counties import Has, Sketch
from tests.rules.judging import best_plan, complaints, done, given, inherited

BANDS = tuple(Band(BandUse.LEADERSHIP, size, 0, leaders) for size, leaders in ((5, 1), (10, 2), (20, 3)))
"""Up to 5 positions one leader, from 6 on two, from 11 on three."""

HELD = Leadership(follow=False)


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
    assert HELD.smallest(county.problem, "U") == smallest
    assert given(best_plan(county, HELD)) == {"U": 15 - smallest}


def test_no_cut_takes_a_unit_below_it() -> None:
    county = sketch(8, 2)
    assert complaints(HELD, done(county, cut={"U": 2}, added={"T": 2})) == set()
    assert complaints(HELD, done(county, cut={"U": 3}, added={"T": 3})) == {"U"}


def test_a_unit_too_small_for_its_leaders_today_may_not_get_smaller() -> None:
    county = sketch(4, 2)
    assert complaints(HELD, status_quo(county.problem)) == set()
    assert inherited(HELD, status_quo(county.problem)) == {"U"}
    assert complaints(HELD, done(county, cut={"U": 1}, added={"T": 1})) == {"U"}
    assert given(best_plan(county, HELD)) == {}


def test_units_of_other_kinds_and_of_unknown_leaders_are_not_bound() -> None:
    cut = {"cut": {"U": 5}, "added": {"T": 5}}
    rule = Leadership(kinds=(UnitKind.DEPARTMENT,), follow=False)
    assert complaints(rule, done(sketch(8, 2), **cut)) == {"U"}
    assert complaints(rule, done(sketch(8, 2, "institution"), **cut)) == set()
    assert complaints(HELD, done(sketch(8, None), **cut)) == set()


def test_staffing_bands_and_no_bands_say_nothing() -> None:
    staffing = tuple(replace(band, applies_to=BandUse.STAFFING) for band in BANDS)
    for bands in (staffing, ()):
        county = replace(sketch(8, 3), tables={"bands": bands})
        assert list(HELD.check(status_quo(county.problem))) == []


def test_all_categories_make_the_size() -> None:
    county = replace(sketch(0, 2), units={"U": {"admin": 4, "public": 4}})
    plan = best_plan(county, HELD)
    assert plan is not None
    assert sum(plan.owned("U", category, plan.problem.last) for category in ("admin", "public")) == 6
    assert plan.coverage("T", plan.problem.last) == Fraction(2, 30)


def followed(county: Sketch, plan: Plan | None = None) -> dict[str, tuple[int, bool]]:
    """Posts and surplus leaders that the rule finds, each with whether it is inherited."""
    found = list(Leadership().check(plan or status_quo(county.problem)))
    assert all(one.at_least is None and one.at_most is None for one in found)
    return {f"{one.place.holder} {one.place.aspect}": (one.found, one.inherited) for one in found}


def test_posts_fall_with_the_band_of_the_size_left_and_forbid_nothing() -> None:
    county = sketch(15, 3)
    assert followed(county) == {"U posts": (3, False), "U surplus": (0, False)}
    assert followed(county, done(county, cut={"U": 5})) == {"U posts": (2, False), "U surplus": (1, False)}
    assert followed(county, done(county, cut={"U": 15})) == {"U posts": (1, False), "U surplus": (2, False)}
    assert given(best_plan(county, Leadership())) == {"U": 15}


def test_todays_surplus_is_inherited_until_a_cut_makes_it_larger() -> None:
    county = sketch(8, 3)
    assert followed(county) == {"U posts": (2, False), "U surplus": (1, True)}
    assert followed(county, done(county, cut={"U": 2}))["U surplus"] == (1, True)
    assert followed(county, done(county, cut={"U": 3}))["U surplus"] == (2, False)


def test_whoever_is_in_post_counts_where_that_is_known_and_no_more_posts_than_authorised() -> None:
    county = replace(sketch(30, 2), about={"U": {"leaders_authorised": 2, "leaders_in_post": 4}})
    assert followed(county) == {"U posts": (2, False), "U surplus": (2, True)}
    few = replace(county, about={"U": {"leaders_authorised": 2, "leaders_in_post": 0}})
    assert followed(few) == {"U posts": (2, False), "U surplus": (0, False)}


def test_of_two_equal_units_the_one_with_too_many_leaders_is_not_spared() -> None:
    bands = tuple(Band(BandUse.LEADERSHIP, *row) for row in ((10, 1, 2), (50, 2, 3), (100, 3, 4)))
    county = Sketch(
        units={"A": Has(20, 10), "B": Has(20, 10)},
        townships={"T": 2},
        about={"A": {"leaders_authorised": 2}, "B": {"leaders_authorised": 9}},
        demand={"T": "22"},
        tables={"bands": bands},
    )
    goals = (WorstOffFirst(), SpareTheUnits())
    plan = best_plan(county, Leadership(), VacanciesFirst(), goals=goals)
    assert given(plan) == {"A": 10, "B": 10}
    assert followed(county, plan) == {
        "A posts": (2, False),
        "A surplus": (0, False),
        "B posts": (2, False),
        "B surplus": (7, False),
    }
    held = best_plan(county, HELD, VacanciesFirst(), goals=goals)
    assert given(held) == {"A": 10}
