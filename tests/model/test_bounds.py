"""Bounds of sums: true for every solution, and the same whenever they were asked for before."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from rebalance.model.linear import Bounds, Constraint, Linear

ENDS = [(0, 3)] * 5


def constraint(rng: Random) -> Constraint:
    terms = {index: rng.choice((-2, -1, 1, 1, 2)) for index in sorted(rng.sample(range(len(ENDS)), rng.randint(1, 3)))}
    return Constraint(terms, at_most=rng.randint(0, 4), at_least=rng.choice((None, -6)))


@pytest.mark.parametrize("seed", range(60))
def test_what_was_asked_before_changes_no_bound_and_every_bound_is_true(seed: int) -> None:
    """Each time something is learnt, bounds worked out before are taken again only where nothing new concerns them."""
    rng = Random(seed)
    said = [constraint(rng) for _ in range(8)]
    amounts = [Linear({index: 1}) for index in range(len(ENDS))] + [Linear({0: 1, 1: 2, 2: -1}), Linear({3: 1, 4: 1})]
    asked = Bounds()
    asked.learn(ENDS, ())
    for count in range(1, len(said) + 1):
        asked.learn((), said[count - 1 : count])
        fresh = Bounds()
        fresh.learn(ENDS, said[:count])
        assert [asked.most(one) for one in amounts] == [fresh.most(one) for one in amounts]
    for values in product(*(range(least, most + 1) for least, most in ENDS)):
        if all(one.holds(list(values)) for one in said):
            assert all(asked.least(one) <= one.value(list(values)) <= asked.most(one) for one in amounts)
