"""An agency whose demand comes from its posts needs a position for every one they are meant for."""

from __future__ import annotations

from dataclasses import replace

from rebalance.county.agencies import Method, Post
from rebalance.problem.demand import Demands
from rebalance.problem.problem import Problem
from tests.problem.counties import agency, amounts, county, towns

GENERAL = (Post("", "A", "1", "Desk", "civil", 2), Post("", "A", "2", "Field", "public", 3))
OWN = Post("T2", "A", "1", "Desk", "civil", 7)
COUNTY = county(
    towns(T1=10, T2=20),
    agencies=(agency("A", Method.POSTS),),
    posts=(*GENERAL, Post("T2", "A", "1", "Desk", "civil", 7)),
)


def test_posts_of_every_category_add_up_and_a_township_s_own_take_the_place_of_the_general_ones() -> None:
    assert amounts(Problem(COUNTY).work.demand) == {"T1": 500, "T2": 700}


def test_every_post_is_a_step_of_the_arithmetic() -> None:
    first, second = Demands(COUNTY).workings
    assert [(step.label, step.formula, int(step.value)) for step in first.steps] == [
        ("Desk", "as given in the table posts", 2),
        ("Field", "as given in the table posts", 3),
        ("demand", "2 + 3", 5),
    ]
    assert second.amount == 7


def test_an_agency_without_posts_in_a_township_has_no_demand_there_and_that_is_pointed_out() -> None:
    only = replace(COUNTY, posts=COUNTY.posts[2:])
    assert amounts(Problem(only).work.demand) == {"T2": 700}
    assert [(gap.table, gap.key) for gap in Demands(only).gaps()] == [("posts", ("T1", "A"))]
    assert list(Demands(COUNTY).gaps()) == []
