"""What is said about a goal stands with the goal: its title, its unit, and how its value is written."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from rebalance.goals import GOALS, FillShortages, HandDownMatters, InProportion, about
from rebalance.goals.goal import BARE, instead, value
from rebalance.goals.hand_down_matters import Counted
from rebalance.text import activate
from tests.own import SpareOne


@pytest.fixture
def chinese() -> Iterator[None]:
    activate("zh")
    yield
    activate("en")


@pytest.mark.parametrize("name", GOALS)
def test_a_goal_has_a_title_and_a_unit(name: str) -> None:
    said = about(GOALS[name](), name)
    assert said.title.isascii()
    assert said.title != name
    assert BARE in said.unit


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("name", GOALS)
def test_and_both_in_chinese(name: str) -> None:
    said = about(GOALS[name](), name)
    assert not said.title.isascii()
    assert said.unit == BARE or not said.unit.isascii()


def test_no_two_goals_have_the_same_title() -> None:
    assert len({kind().about().title for kind in GOALS.values()}) == len(GOALS)


def test_matters_are_counted_or_their_work_is() -> None:
    assert value(HandDownMatters(), 1250) == "not delegated: 1250"
    assert value(HandDownMatters(Counted.WORK), 1250) == "not delegated: 12.50"


def test_a_unit_is_said_once() -> None:
    assert instead(FillShortages(), 1250, 300) == "positions short: 12.50 instead of 3.00"


def test_what_is_in_proportion_is_no_percentage() -> None:
    assert value(InProportion(), ((Fraction(3, 7), 2),)) == "3/7 × 2"


def test_a_goal_of_ones_own_goes_by_its_name_and_has_no_unit() -> None:
    assert about(SpareOne("U1"), "spare_one").title == "spare_one"
    assert value(SpareOne("U1"), 12) == "12"
    assert value(SpareOne("U1"), ((Fraction(1, 2), 1),)) == "50.0 % × 1"
    assert instead(SpareOne("U1"), 2, 3) == "2 instead of 3"
