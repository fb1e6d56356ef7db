"""Positions are placed where there is a post to fill, and posts do not stay empty."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from rebalance.county.agencies import Method, Post
from rebalance.model.finding import Place
from rebalance.model.plan import Plan, status_quo
from rebalance.problem.problem import Problem
from rebalance.rules.agency_quota import AgencyQuota
from rebalance.rules.compulsory_agencies import CompulsoryAgencies
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.pinned import Pin, Pinned
from rebalance.rules.posts_filled import PostsFilled
from tests.counties import ADMIN, FIRST, Sketch, office, optional
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


OFFICES = Sketch(
    units={"U": 9},
    townships={"T": 3},
    agencies=(office("social"), optional("planning", falls_to="social")),
    demand={("T", "social"): "3", ("T", "planning"): "2"},
    placed={("T", "social"): 3},
    tables={"posts": (Post("", "social", "1", "Desk", ADMIN, 3), Post("", "planning", "1", "Planner", ADMIN, 2))},
)
"""A social office with three posts, and a planning office with two that need not be opened."""


def seated(*, social: int, planning: int | None = None, county: Sketch = OFFICES) -> Plan:
    """So many sit in the social office, and in the planning office, which nobody has opened if nothing is said."""
    numbers = {("T", "social", FIRST): social, ("T", "planning", FIRST): planning or 0}
    opened = {("T", "social", FIRST): 1, ("T", "planning", FIRST): int(planning is not None)}
    return done(county, open=opened, placed=numbers)


def test_the_planning_office_is_not_opened_its_two_posts_stand_in_the_social_office_which_may_take_two_more() -> None:
    assert complaints(PostsFilled(), seated(social=5)) == set()
    assert complaints(PostsFilled(), seated(social=6)) == {"T social spare"}
    assert complaints(PostsFilled(), seated(social=3, planning=2)) == set()
    assert complaints(PostsFilled(), seated(social=4, planning=2)) == {"T social spare"}
    alone = replace(OFFICES, agencies=(office("social"), optional("planning")))  # its work is nobody's then
    assert complaints(PostsFilled(), seated(social=4, county=alone)) == {"T social spare"}


def test_the_solver_fills_them_there() -> None:
    plan = best_plan(OFFICES, CutAboveAddBelow(share=Fraction(1)), PostsFilled(), AgencyQuota(medium=0))
    assert plan is not None
    assert plan.placed("T", "social", ADMIN, FIRST) == 5
    assert plan.coverage("T", FIRST) == 1


def test_they_are_to_be_filled_there_too() -> None:
    rule = PostsFilled(least=Fraction(4, 5), by=FIRST)  # of five posts four, of three posts all
    assert complaints(rule, seated(social=3)) == {"T social filled"}
    assert complaints(rule, seated(social=4)) == set()
    assert complaints(rule, seated(social=3, planning=2)) == set()
    still = PostsFilled(least=Fraction(4, 5))  # of today's five posts one more is to be filled: one may stay empty
    assert complaints(still, seated(social=3)) == set()
    assert complaints(still, seated(social=2)) == {"T social filled"}
    assert complaints(still, seated(social=2, planning=1)) == set()


def test_once_it_is_opened_only_what_is_beyond_all_posts_today_may_stay_beyond() -> None:
    county = replace(OFFICES, townships={"T": 9}, placed={("T", "social"): 6})
    assert inherited(PostsFilled(), status_quo(county.problem)) == {"T social spare"}
    assert complaints(PostsFilled(), seated(social=6, county=county)) == set()
    assert complaints(PostsFilled(), seated(social=7, county=county)) == {"T social spare"}
    assert complaints(PostsFilled(), seated(social=4, planning=2, county=county)) == set()
    assert complaints(PostsFilled(), seated(social=5, planning=1, county=county)) == {"T social spare"}


def test_the_sentence_names_the_office_whose_posts_may_stand_there() -> None:
    said = PostsFilled().explain(OFFICES.problem, Place("T", "social", "", FIRST, "spare"))
    assert said == (
        "T, social, 2026: positions placed there fill its 3 posts; up to 0 % of them may be beyond these."
        " Where one of these is not open, its posts stand there too: planning."
    )


def test_the_solver_leaves_posts_empty_until_the_year_from_which_they_are_filled() -> None:
    full, nobody_yet = PostsFilled(least=Fraction(1), by=FIRST + 1), Pinned((Pin("T", year=FIRST, exactly=3),))
    plan = best_plan(COUNTY, full, nobody_yet, CompulsoryAgencies())
    assert plan is not None
    assert plan.placed("T", "A", ADMIN, FIRST + 1) == 5
