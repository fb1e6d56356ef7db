"""Counting who lies below a cut, with whole-number thresholds: against fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product

import pytest

from rebalance.goals.goal import ALWAYS, Key, Steps
from rebalance.model.finding import Place
from rebalance.model.model import Draft
from rebalance.solver.cpsat import CpSat
from rebalance.solver.leximin import Cut, ladder, shares, threshold
from tests.counties import Sketch

LEVELS = sorted({Fraction(p, q) for q in range(1, 8) for p in range(2 * q + 1)})


@pytest.mark.parametrize("whole", [1, 2, 7, 100, 3_000_001])
def test_a_threshold_is_the_smallest_amount_that_is_not_below(whole: int) -> None:
    for cut in (Cut(level, beyond) for level in LEVELS for beyond in (False, True)):
        least = threshold(cut, whole)
        assert not cut.above(Fraction(least, whole))
        assert least == 0 or cut.above(Fraction(least - 1, whole))


def test_cuts_come_in_the_order_of_what_lies_below_them() -> None:
    cuts = [Cut(level, beyond) for level in LEVELS for beyond in (False, True)]
    assert sorted(cuts) == cuts
    for low, high in pairwise(cuts):
        assert all(high.above(share) for share in LEVELS if low.above(share))


def test_a_ladder_counts_who_lies_below_every_cut() -> None:
    whole = Draft(Sketch().problem)
    amounts = [whole.variable(("number", n), 0, most) for n, most in enumerate((4, 3))]
    keys = [Key(amounts[0], ((5, ALWAYS),)), Key(amounts[1], ((3, ALWAYS),), scale=Steps(2))]
    cuts = [Cut(Fraction(1, 3)), Cut(Fraction(2, 3)), Cut(Fraction(2, 3), beyond=True), Cut(Fraction(3))]
    for values in product(range(5), range(4)):
        draft = whole.fork()
        counts = ladder(draft, keys, cuts, Place())
        for amount, value in zip(amounts, values, strict=True):
            draft.require(amount.equals(value))
        for cut in cuts:
            answer = CpSat().solve(draft, counts[cut])
            assert answer.bound == sum(cut.above(share) for share in shares(keys, list(values)))
