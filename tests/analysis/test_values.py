from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from rebalance.analysis.settings import draws, value_in, values_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.05..0.30/0.05", ["0.05", "0.10", "0.15", "0.20", "0.25", "0.30"]),
        ("0.1..0.4/0.2", ["0.1", "0.3"]),
        ("0.1..0.3", ["0.1", "0.2", "0.3"]),
        ("1..1", ["1"]),
        ("-1..1", ["-1", "0", "1"]),
        ("2,4, 8", ["2", "4", "8"]),
        ("1..3,10", ["1", "2", "3", "10"]),
        ("on,off", ["on", "off"]),
        ('"007",medium', ["007", "medium"]),
    ],
    ids=str,
)
def test_values_are_exact(text: str, expected: list[str]) -> None:
    assert list(map(str, values_in(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", 3),
        ("0.15", Decimal("0.15")),
        ("true", True),
        ('"3"', "3"),
        ("U012", "U012"),
        ("", ""),
        ("1\n2", "1\n2"),
        ("[" * 9999, "[" * 9999),
        ("9" * 5000, "9" * 5000),
    ],
    ids=lambda value: str(value)[:9],
)
def test_a_value_is_what_toml_says_or_a_text(text: str, expected: object) -> None:
    found = value_in(text)
    assert (found, type(found)) == (expected, type(expected))


def test_draws_stay_within_the_values_and_reach_all_of_them() -> None:
    axes: list[list[Any]] = [[1, 2, 3], ["on", "off"]]
    found = list(draws(axes, 200, seed=5))
    assert set(found) == {(number, switch) for number in axes[0] for switch in axes[1]}
    assert found == list(draws(axes, 200, seed=5))
    assert found != list(draws(axes, 200, seed=6))
