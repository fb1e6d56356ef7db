"""Unified use: positions serve posts of their own category, but where it has been opened up."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from rebalance.county.agencies import Post
from rebalance.county.holders import TownshipKind
from rebalance.model.plan import Decision, Plan, plan_of, status_quo
from rebalance.rules.unified_use import Opening, UnifiedUse
from tests.counties import FIRST, Sketch, office, optional
from tests.rules.judging import best_plan, complaints, inherited

LATER = FIRST + 1
POSTS = (
    Post("", "A", "P1", "Clerk", "civil", 2),
    Post("", "A", "P2", "Window", "public", 1),
    Post("", "A", "P3", "Window", "public", 2),
)
COUNTY = Sketch(
    townships={"S": {"civil": 4, "public": 4}, "T": {"civil": 4, "public": 4}},
    kinds={"S": "subdistrict"},
    years=2,
    agencies=(office("A"), office("B")),
    demand={("T", "A"): "9", ("S", "A"): "9"},
    tables={"posts": POSTS},
)


def sitting(town: str, civil: int, public: int, year: int = FIRST, county: Sketch = COUNTY) -> Plan:
    """A plan with so many of each category in agency A."""
    numbers = {"civil": civil, "public": public}
    return plan_of(county.problem, {("placed", town, "A", what, year): n for what, n in numbers.items()})


def test_each_category_has_its_posts() -> None:
    assert complaints(UnifiedUse(), sitting("T", 2, 3)) == set()
    assert complaints(UnifiedUse(), sitting("T", 3, 3)) == {"T A own"}
    assert complaints(UnifiedUse(), sitting("T", 0, 4)) == {"T A own"}


def test_an_agency_without_posts_is_not_bound() -> None:
    crowd: dict[Decision, int] = {("placed", "T", "B", what, FIRST): 4 for what in ("civil", "public")}
    assert complaints(UnifiedUse(), plan_of(COUNTY.problem, crowd)) == set()


def test_a_township_s_own_posts_take_the_place_of_those_for_every_township() -> None:
    own = replace(COUNTY, tables={"posts": (*POSTS, Post("T", "A", "Q", "Clerk", "civil", 4))})
    assert complaints(UnifiedUse(), sitting("T", 4, 0, county=own)) == set()
    assert complaints(UnifiedUse(), sitting("T", 0, 1, county=own)) == {"T A own"}
    assert complaints(UnifiedUse(), sitting("S", 3, 0, county=own)) == {"S A own"}


def test_opened_in_sub_districts_first_then_everywhere() -> None:
    pilots = Opening(kind=TownshipKind.SUBDISTRICT)
    everywhere = Opening(from_=LATER)
    rule = UnifiedUse(openings=(pilots, everywhere))
    assert complaints(rule, sitting("S", 4, 1)) == set()
    assert complaints(rule, sitting("T", 4, 1)) == {"T A own"}
    assert complaints(rule, sitting("T", 4, 1, LATER)) == set()
    assert complaints(UnifiedUse(openings=(Opening(township="T"),)), sitting("T", 4, 1)) == set()


@pytest.mark.parametrize(
    ("share", "most"), [(Fraction(2, 5), 2), (Fraction(1, 5), 1), (Fraction(3, 10), 1), (Fraction(0), 0)]
)
def test_up_to_a_share_of_the_posts_rounded_down(share: Fraction, most: int) -> None:
    rule = UnifiedUse(openings=(Opening(share=share),))  # of 2 + 1 + 2 = 5 posts
    assert complaints(rule, sitting("T", 2 + most, 0)) == set()
    assert complaints(rule, sitting("T", 3 + most, 0)) == {"T A opened"}
    assert complaints(rule, sitting("T", 2 + most, 4)) == {"T A opened"}


def test_what_is_beyond_the_posts_today_may_stay_but_not_grow() -> None:
    county = replace(COUNTY, placed={("T", "A"): {"civil": 4}})
    shut, opened = UnifiedUse(), UnifiedUse(openings=(Opening(share=Fraction(1, 5)),))
    for rule, place in ((shut, "T A own"), (opened, "T A opened")):
        assert complaints(rule, status_quo(county.problem)) == set()
        assert inherited(rule, status_quo(county.problem)) == {place}
    assert complaints(opened, sitting("T", 4, 4, county=county)) == {"T A opened"}


def test_the_category_of_a_position_never_changes() -> None:
    plan = sitting("S", 4, 1)
    assert [plan.owned("S", category, LATER) for category in ("civil", "public")] == [4, 4]


def test_the_solver_uses_the_opening_and_no_more() -> None:
    shut, opened = best_plan(COUNTY, UnifiedUse()), best_plan(COUNTY, UnifiedUse((Opening(share=Fraction(2, 5)),)))
    assert shut is not None
    assert opened is not None
    assert shut.strength("T", "A", LATER) == 2 + 3
    assert opened.strength("T", "A", LATER) == 2 + 3 + 2


def test_the_posts_of_an_office_that_is_not_opened_are_posts_of_the_office_that_does_its_work() -> None:
    # 2 civil and 3 public posts; the planning office has 2 civil ones
    planners = Post("", "planning", "P1", "Planner", "civil", 2)
    offices = (office("A"), optional("planning", falls_to="A"))
    county = replace(COUNTY, agencies=offices, tables={"posts": (*POSTS, planners)})
    opened: Decision = ("open", "T", "planning", FIRST)
    shut, some = UnifiedUse(), UnifiedUse((Opening(share=Fraction(3, 10)),))
    for civil, is_open, wrong in ((4, 0, set()), (5, 0, {"T A own"}), (2, 1, set()), (3, 1, {"T A own"})):
        plan = sitting("T", civil, 3, county=county)
        assert complaints(shut, plan_of(county.problem, {**plan.decided, opened: is_open})) == wrong
    # three tenths of 5 posts: 1 beyond; of 7: 2
    for civil, is_open, wrong in ((6, 0, set()), (7, 0, {"T A opened"}), (3, 1, set()), (4, 1, {"T A opened"})):
        plan = sitting("T", civil, 0, county=county)
        assert complaints(some, plan_of(county.problem, {**plan.decided, opened: is_open})) == wrong


def test_what_is_beyond_the_posts_today_counts_by_what_is_open_today() -> None:
    # today 5 civil for 2 posts and the planning office's 2: 1 beyond; once it is open 1 beyond is 3
    planners = Post("", "planning", "P1", "Planner", "civil", 2)
    offices = (office("A"), optional("planning", falls_to="A"))
    county = replace(COUNTY, agencies=offices, placed={("T", "A"): {"civil": 5}}, tables={"posts": (*POSTS, planners)})
    assert inherited(UnifiedUse(), status_quo(county.problem)) == {"T A own"}
    opened: Decision = ("open", "T", "planning", FIRST)
    for civil, wrong in ((3, set()), (4, {"T A own"})):
        plan = sitting("T", civil, 0, county=county)
        assert complaints(UnifiedUse(), plan_of(county.problem, {**plan.decided, opened: 1})) == wrong


def test_of_several_openings_the_widest_counts() -> None:
    narrow, wide = Opening(share=Fraction(1, 5)), Opening(share=Fraction(2, 5))
    for openings in ((narrow, wide), (wide, narrow)):
        assert complaints(UnifiedUse(openings), sitting("T", 4, 0)) == set()
        assert complaints(UnifiedUse(openings), sitting("T", 5, 0)) == {"T A opened"}
        plan = best_plan(COUNTY, UnifiedUse(openings))
        assert plan is not None
        assert plan.strength("T", "A", LATER) == 2 + 3 + 2
