from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from rebalance.problem.working import digits, summed


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (1840, "1840"),
        (Decimal("2.50"), "2.5"),
        (Fraction(1, 10**6), "0.000001"),
        (Fraction(1, 3), "0.333333…"),
        (Fraction(2, 3), "0.666666…"),
        (Fraction(1, 10**7), "0.000000…"),
        (10**20, "1" + "0" * 20),
    ],
)
def test_digits(value: Fraction | Decimal | int, written: str) -> None:
    assert digits(value) == written


def test_sums() -> None:
    assert summed([Fraction(1), Fraction(1, 3)]) == "1 + 0.333333…"
    assert summed([]) == "0"
