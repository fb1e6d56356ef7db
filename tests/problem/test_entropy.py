from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebalance.problem.demand import CERTAIN, Column, entropy_weights, unlikeness


def figures(*values: int | str) -> Column:
    return {f"T{n}": Fraction(value) for n, value in enumerate(values)}


def millionths(weights: dict[str, Fraction]) -> list[int]:
    found = [weight * 10**6 for weight in weights.values()]
    assert all(part.denominator == 1 for part in found)
    return [int(part) for part in found]


def test_unlikeness_by_hand() -> None:
    assert unlikeness(figures(3, 3, 3)) == 0
    assert unlikeness(figures(0, 7)) == 1  # all of it in one place: entropy 0
    # half and half among four: e = ln 2 ÷ ln 4 = 1/2
    assert abs(unlikeness(figures(1, 1, 0, 0)) - Decimal("0.5")) <= CERTAIN
    # a quarter and three quarters: e = 1/4·2 + 3/4·log2(4/3) = 0.5 + 0.75 × 0.4150374993 = 0.8112781245
    assert round(unlikeness(figures(1, 3)), 9) == Decimal("0.188721876")


def test_weights_by_hand() -> None:
    # 1 − e: 0.5 and 1, of 1.5: one third, two thirds
    assert millionths(entropy_weights({"a": figures(1, 1, 0, 0), "b": figures(9, 0, 0, 0)})) == [333_333, 666_667]
    # 1 − e: 0, 0.1887218755, 1, of 1.1887218755: 0, 0.158760…, 0.841240…
    columns = {"a": figures(5, 5), "b": figures(1, 3), "c": figures(0, 2)}
    assert millionths(entropy_weights(columns)) == [0, 158_760, 841_240]


def test_what_rounding_leaves_over_goes_to_the_first_of_the_largest() -> None:
    columns = {name: figures(1, 0) for name in "abc"}
    assert millionths(entropy_weights(columns)) == [333_334, 333_333, 333_333]

    # 1 − e: three halves and two wholes, of 3.5: 1/7 = 0.142857|14…, 2/7 = 0.285714|28…, together 0.999999
    half, whole = figures(1, 1, 0, 0), figures(1, 0, 0, 0)
    sevenths = dict(zip("abcde", (half, half, half, whole, whole), strict=True))
    assert millionths(entropy_weights(sevenths)) == [142_857, 142_857, 142_857, 285_715, 285_714]


@pytest.mark.parametrize("count", [3, 7, 30])
def test_the_rounding_of_50_digits_does_not_pass_for_a_difference(count: int) -> None:
    assert unlikeness(figures(*[1] * count)) == 0


def test_equal_columns_weigh_the_same() -> None:
    assert millionths(entropy_weights({"a": figures(1, 1, 1), "b": figures(7, 7, 7)})) == [500_000, 500_000]
    assert millionths(entropy_weights({"a": figures("1/3", "1/3"), "b": figures(10**18, 10**18)})) == [500_000, 500_000]


def test_differences_beyond_the_digits_count_as_none() -> None:
    nearly = {"a": figures("1", "1.000000000000000000000000000001"), "b": figures(2, 2)}
    assert millionths(entropy_weights(nearly)) == [500_000, 500_000]


def test_a_column_of_nothing_weighs_nothing() -> None:
    assert millionths(entropy_weights({"a": figures(0, 0), "b": figures(4, 4)})) == [0, 1_000_000]
    assert entropy_weights({"a": figures(0, 0)}) == {}
    assert entropy_weights({}) == {}


def test_one_township_has_nothing_to_tell() -> None:
    assert millionths(entropy_weights({"a": figures(3), "b": figures(0), "c": figures(8)})) == [500_000, 0, 500_000]


def test_the_precision_of_the_caller_does_not_matter() -> None:
    columns = {"a": figures(1, 2, 3), "b": figures(3, 1, 1), "c": figures(0, 1, 9)}
    usual = entropy_weights(columns)
    with localcontext(prec=3):
        assert entropy_weights(columns) == usual


COLUMNS = st.integers(1, 6).flatmap(
    lambda n: st.dictionaries(
        st.sampled_from("abcde"), st.lists(st.integers(0, 10**9), min_size=n, max_size=n), min_size=1
    )
)


@given(COLUMNS)
def test_weights_sum_to_one(columns: dict[str, list[int]]) -> None:
    weights = entropy_weights({name: figures(*values) for name, values in columns.items()})
    assert sum(weights.values()) == (1 if any(map(any, columns.values())) else 0)
    assert all(weight >= 0 for weight in weights.values())
