"""Positions are placed where there is a post to fill, and posts do not stay empty."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from rebalance.county.agencies import Method, Post
from rebalance.model.plan import Plan, status_quo
from rebalance.problem.problem import Problem
from rebalance.rules.compulsory_agencies import CompulsoryAgencies
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.posts_filled import PostsFilled
from tests.counties import ADMIN, FIRST, Sketch, office
from tests.rules.judging import best_plan, complaints, done, inherited

COUNTY = Sketch(
    units={"U": 9},
    townships={"T": 3},
    years=2,
    agencies=(office("A"), office("B")),
    demand={("T", "A"): "9", ("T", "B"): "9"},
    placed={("T", "A"): 3},
    tables={"posts": (Post("", "A", "1", "Desk", ADMIN, 3), Post("", "A", "2", "Field", "other", 2))},
)
"""An agency with five posts, of whatever category, and one of whose posts nothing is said."""


def placed(*, a: int, b: int = 0, county: Sketch = COUNTY) -> Plan:
    """So many positions sit in A and B in both years, and both are open."""
    years = (FIRST, FIRST + 1)
    doors = {("T", agency, year): 1 for agency in "AB" for year in years}
    return done(county, open=doors, placed={("T", x, y): n for x, n in (("A", a), ("B", b)) for y in years})


def test_every_position_placed_in_an_agency_has_a_post_unless_nothing_is_said_of_its_posts() -> None:
    assert complaints(PostsFilled(), placed(a=5, b=9)) == set()
    assert complaints(PostsFilled(), placed(a=6)) == {"T A spare"}


@pytest.mark.parametrize(("share", "most"), [("1/10", 5), ("1/6", 6), ("1/4", 6), ("2/7", 7), ("1/2", 10)])
def test_a_share_of_those_placed_may_be_beyond_the_posts_rounded_down(share: str, most: int) -> None:
    # a sixth of six is one; a quarter of six is one and a half, of seven less than two
    rule = PostsFilled(spare=Fraction(share))
    assert complaints(rule, placed(a=most)) == set()
    assert complaints(rule, placed(a=most + 1)) == {"T A spare"}


def test_more_than_the_posts_today_may_stay_but_not_become_more() -> None:
    county = replace(COUNTY, townships={"T": 7}, placed={("T", "A"): 7})
    assert inherited(PostsFilled(), status_quo(county.problem)) == {"T A spare"}
    assert complaints(PostsFilled(), status_quo(county.problem)) == set()
    assert complaints(PostsFilled(), placed(a=8, county=county)) == {"T A spare"}


def test_at_least_a_share_of_the_posts_is_filled_from_a_year_on() -> None:
    later = PostsFilled(least=Fraction(7, 10), by=FIRST + 1)  # 3.5 of five posts: four
    assert complaints(later, placed(a=4)) == set()
    assert [one.place.year for one in later.check(placed(a=3)) if one.broken] == [FIRST + 1]
    assert complaints(PostsFilled(least=Fraction(7, 10), by=FIRST), done(COUNTY)) == set()  # not open: no posts


def test_without_a_year_what_is_emptier_today_may_stay_as_it_is() -> None:
    rule = PostsFilled(least=Fraction(7, 10))
    assert inherited(rule, placed(a=3)) == {"T A filled"}
    assert complaints(rule, placed(a=3)) == set()
    assert complaints(rule, placed(a=2)) == {"T A filled"}


def test_the_solver_places_no_more_than_there_are_posts() -> None:
    every = CutAboveAddBelow(share=Fraction(1))
    free, bound = best_plan(COUNTY, every), best_plan(COUNTY, every, PostsFilled())
    assert free is not None
    assert bound is not None
    assert bound.placed("T", "A", ADMIN, FIRST + 1) <= 5 < free.placed("T", "A", ADMIN, FIRST + 1)
    full, two = PostsFilled(least=Fraction(1), by=FIRST + 1), CutAboveAddBelow(share=Fraction(2, 9))
    filled = best_plan(COUNTY, two, full, CompulsoryAgencies())
    assert filled is not None
    assert filled.placed("T", "A", ADMIN, FIRST + 1) == 5


def test_where_demand_comes_from_posts_filling_them_covers_the_work() -> None:
    by_posts = tuple(replace(row, demand=Method.POSTS) for row in COUNTY.agencies[:1])
    county = replace(COUNTY, agencies=by_posts, demand={})
    problem = Problem(county.county)
    assert problem.work.demand == {("T", "A"): 500}
    plan = best_plan(county, CutAboveAddBelow(share=Fraction(1)), PostsFilled())
    assert plan is not None
    assert plan.coverage("T", FIRST + 1) == 1
