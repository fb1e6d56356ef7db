"""Profiles of shares, and which value of a goal is better."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product

import pytest

from rebalance.goals import GOALS
from rebalance.goals.goal import Goal, Steps, Value, better, leximin_vector
from tests.goals.aiming import levels


def shares(text: str) -> list[Fraction]:
    return [Fraction(share) for share in text.split()]


def test_a_profile_counts_shares_from_the_worst_up() -> None:
    assert leximin_vector(shares("1 1/2 1/3 1/2 2/4"), None, None) == levels("1/3 1/2*3 1")
    assert leximin_vector([], None, None) == ()


def test_what_is_enough_counts_no_more() -> None:
    assert leximin_vector(shares("1 9/10 1/3 2/3"), Fraction(2, 3), None) == levels("1/3 2/3*3")
    assert leximin_vector(shares("1 9/10"), Fraction(0), None) == levels("0*2")


def test_only_as_many_levels_as_the_depth_are_kept() -> None:
    assert leximin_vector(shares("1 1/2 1/3 1/2"), None, 2) == levels("1/3 1/2*2")
    assert leximin_vector(shares("1/3"), None, 2) == levels("1/3")


def test_shares_that_differ_by_less_than_any_rounding_are_different_levels() -> None:
    low, high = Fraction(333_333_333_333, 10**12), Fraction(1, 3)
    assert leximin_vector([high, low], None, None) == ((low, 1), (high, 1))


@pytest.mark.parametrize(
    ("best", "worse"),
    [
        (3, 4),
        (levels("1/2 1"), levels("1/3 1")),
        (levels("1/2 1*2"), levels("1/2*2 1")),
        (levels("1/2 3/4"), levels("1/2 2/3")),
        (levels("1/2"), levels("1/2*2")),
        (levels("1/2"), levels("1/2 3/4")),
        ((), levels("99/100")),
        (levels("333333334/1000000000"), levels("333333333/1000000000")),
    ],
    ids=str,
)
def test_one_value_is_better(best: Value, worse: Value) -> None:
    assert better(best, worse)
    assert not better(worse, best)
    assert not better(best, best)


def test_of_any_values_one_is_better_or_they_are_the_same() -> None:
    known = [leximin_vector(some, None, None) for some in product(shares("0 1/2 1"), repeat=3)]
    for mine, theirs in product(known, repeat=2):
        assert better(mine, theirs) + better(theirs, mine) == (mine != theirs)
    ranked = sorted({tuple(sorted(some)) for some in product(shares("0 1/2 1"), repeat=3)})
    for low, high in pairwise(ranked):
        assert better(leximin_vector(high, None, None), leximin_vector(low, None, None))


def test_a_number_and_a_profile_cannot_be_compared() -> None:
    with pytest.raises(TypeError, match="cannot compare"):
        better(1, levels("1/2"))


@pytest.mark.parametrize("size", [1, 7, 100])
def test_as_many_steps_are_needed_as_serve_enough(size: int) -> None:
    scale = Steps(size)
    for numerator in range(3 * size + 2):
        needed = scale.needs(numerator)
        assert scale.serves(needed) >= numerator
        assert needed == 0 or scale.serves(needed - 1) < numerator


@pytest.mark.parametrize("name", GOALS)
def test_every_goal_is_a_goal_and_says_so_in_a_sentence(name: str) -> None:
    goal = GOALS[name]()
    assert isinstance(goal, Goal)
    assert goal.explain().endswith(".")
