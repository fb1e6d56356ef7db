from __future__ import annotations

from dataclasses import replace

from rebalance.county.agencies import Placed, Post
from rebalance.model.plan import Plan, status_quo
from rebalance.model.posts import Filled, Filling, fill, fillings, standing
from rebalance.problem.problem import Problem
from tests.counties import Sketch, office, optional

YEAR = 2026
P1 = Post("", "A1", "P1", "Head", "admin", 3)
P2 = Post("", "A1", "P2", "Clerk", "inst", 1)
P3 = Post("", "A1", "P3", "Driver", "admin", 1)
OWN = Post("T2", "A1", "P9", "All-rounder", "inst", 5)
HEIR = optional("A2", falls_to="A1")
SPECIAL = Post("", "A2", "P1", "Vet", "inst", 1)


def still(*posts: Post, admin: int, inst: int, worker: int = 0) -> Plan:
    """Two townships with one office and one optional agency; positions placed in T1's office."""
    sketch = Sketch(
        townships={"T1": {"admin": 9, "inst": 9, "worker": 9}, "T2": {"inst": 2}},
        agencies=[office("A1"), optional("A2")],
        placed={("T1", "A1"): {"admin": admin, "inst": inst, "worker": worker}},
    )
    return status_quo(Problem(replace(sketch.county, posts=posts)))


def test_own_category_first_then_what_others_leave() -> None:
    # admin 2 go to P1 (short 1); inst 1 to P2; of the 2 inst left over one goes to P1, one to P3
    found = fill(still(P1, P2, P3, admin=2, inst=3), "T1", "A1", YEAR)
    assert found.posts == (Filled(P1, 2, (("inst", 1),)), Filled(P2, 1), Filled(P3, 0, (("inst", 1),)))
    assert [one.shortfall for one in found.posts] == [0, 0, 0]
    assert found.spare == ()


def test_of_several_categories_left_over_no_more_than_needed() -> None:
    # P1 needs 3 and has 1 admin: of inst 1 and worker 4 it takes 1 and 1, which leaves 3 workers; P3 takes one of them
    found = fill(still(P1, P3, admin=1, inst=1, worker=4), "T1", "A1", YEAR)
    assert found.posts == (Filled(P1, 1, (("inst", 1), ("worker", 1))), Filled(P3, 0, (("worker", 1),)))
    assert found.spare == (("worker", 2),)


def test_what_is_missing() -> None:
    # admin 1 to P1, inst 1 to P2, nothing left: P1 lacks 2, P3 lacks 1
    found = fill(still(P1, P2, P3, admin=1, inst=1), "T1", "A1", YEAR)
    assert [(one.filled, one.shortfall) for one in found.posts] == [(1, 2), (1, 0), (0, 1)]


def test_no_post_takes_what_another_of_the_category_needs() -> None:
    # P1 could take inst as well, but P2 is filled first: inst 1 is all there is
    found = fill(still(P1, P2, admin=0, inst=1), "T1", "A1", YEAR)
    assert found.posts == (Filled(P1, 0), Filled(P2, 1))


def test_more_positions_than_posts() -> None:
    # inst 1 to P2; 4 admin fill nothing of their own: none is short, so 4 admin and 2 inst are over
    found = fill(still(P2, admin=4, inst=3), "T1", "A1", YEAR)
    assert found.posts == (Filled(P2, 1),)
    assert found.spare == (("admin", 4), ("inst", 2))


def test_a_townships_own_rows_replace_the_general_ones() -> None:
    plan = still(P1, P2, OWN, admin=2, inst=0)
    assert [one.post for one in fill(plan, "T2", "A1", YEAR).posts] == [OWN]
    assert [one.post for one in fill(plan, "T1", "A1", YEAR).posts] == [P1, P2]


def test_only_agencies_that_are_there_have_posts() -> None:
    plan = still(P1, SPECIAL, admin=2, inst=0)
    assert [(township, agency) for township, agency, _filling in fillings(plan, YEAR)] == [("T1", "A1"), ("T2", "A1")]


def test_posts_of_an_agency_that_is_not_open_stand_where_its_work_falls_to() -> None:
    # T1 has opened the vets' station, T2 has not: there the vet is a post of the office, after its own, and takes what
    # is left; in T1 the office's third inst is beyond its posts
    county = still(P1, P2, replace(SPECIAL, post="P0"), admin=2, inst=3).problem.county
    placed = (*county.placed, *(replace(row, township="T2") for row in county.placed), Placed("T1", "A2", "inst", 1))
    plan = status_quo(Problem(replace(county, agencies=(office("A1"), HEIR), placed=placed)))
    vet = replace(SPECIAL, post="P0")
    assert {(town, agency): filling for town, agency, filling in fillings(plan, YEAR)} == {
        ("T1", "A1"): Filling((Filled(P1, 2, (("inst", 1),)), Filled(P2, 1)), (("inst", 1),)),
        ("T1", "A2"): Filling((Filled(vet, 1),), ()),
        ("T2", "A1"): Filling((Filled(P1, 2, (("inst", 1),)), Filled(P2, 1), Filled(vet, 1)), ()),
    }


def test_without_an_heir_the_posts_of_what_is_not_open_stand_nowhere() -> None:
    plan = still(P1, SPECIAL, admin=2, inst=0)
    assert standing(plan, "T1", "A1", YEAR) == (P1,)
