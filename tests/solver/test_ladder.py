"""Counting who lies below a cut, with whole-number thresholds: against fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product

import pytest

from rebalance.goals.goal import ALWAYS, Ratio, Steps
from rebalance.model.finding import Place
from rebalance.model.model import Model
from rebalance.solver.cpsat import CpSat
from rebalance.solver.leximin import Threshold, least_amount, order_encoding, shares
from tests.counties import Sketch

LEVELS = sorted({Fraction(p, q) for q in range(1, 8) for p in range(2 * q + 1)})


@pytest.mark.parametrize("whole", [1, 2, 7, 100, 3_000_001])
def test_a_threshold_is_the_smallest_amount_that_is_not_below(whole: int) -> None:
    for threshold in (Threshold(level, beyond) for level in LEVELS for beyond in (False, True)):
        least = least_amount(threshold, whole)
        assert not threshold.above(Fraction(least, whole))
        assert least == 0 or threshold.above(Fraction(least - 1, whole))


def test_cuts_come_in_the_order_of_what_lies_below_them() -> None:
    thresholds = [Threshold(level, beyond) for level in LEVELS for beyond in (False, True)]
    assert sorted(thresholds) == thresholds
    for low, high in pairwise(thresholds):
        assert all(high.above(share) for share in LEVELS if low.above(share))


def test_a_ladder_counts_who_lies_below_every_cut() -> None:
    whole = Model(Sketch().problem)
    amounts = [whole.variable(("number", n), 0, most) for n, most in enumerate((4, 3))]
    ratios = [Ratio(amounts[0], ((5, ALWAYS),)), Ratio(amounts[1], ((3, ALWAYS),), scale=Steps(2))]
    thresholds = [
        Threshold(Fraction(1, 3)),
        Threshold(Fraction(2, 3)),
        Threshold(Fraction(2, 3), beyond=True),
        Threshold(Fraction(3)),
    ]
    for values in product(range(5), range(4)):
        model = whole.copy()
        counts = order_encoding(model, ratios, thresholds, Place())
        for amount, value in zip(amounts, values, strict=True):
            model.add(amount.equals(value))
        for threshold in thresholds:
            answer = CpSat().solve(model, counts[threshold])
            assert answer.bound == sum(threshold.above(share) for share in shares(ratios, list(values)))
