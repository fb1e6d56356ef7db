"""Constraints of many digits: said in smaller numbers, or refused where nobody can add them up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebalance.fault import FaultsError
from rebalance.model.linear import Constraint, Linear
from rebalance.model.linear_model import LinearModel, Variable

HUGE = 10**17


def model(most: int) -> LinearModel:
    made = LinearModel()
    made.variables += [Variable(("cut", str(number), "", 2026), 0, most) for number in range(2)]
    return made


def test_a_share_of_seventeen_digits_is_the_cap_it_rounds_to() -> None:
    made = model(100)
    made.add(Linear({0: HUGE, 1: HUGE}) <= 33333333333333333 * 14)
    assert made.requirements[0].constraint == Constraint({0: 1, 1: 1}, at_most=4)


def test_a_bound_that_nothing_reaches_is_drawn_near() -> None:
    made = model(100)
    made.add(Linear({0: 2, 1: 3}) <= 10**40)
    made.add(Linear({0: 2, 1: 3}) >= 10**40)
    assert [one.constraint for one in made.requirements] == [
        Constraint({0: 2, 1: 3}, at_most=500),
        Constraint({0: 2, 1: 3}, at_least=501),
    ]


def test_what_nobody_can_add_up_is_a_fault_of_its_rule() -> None:
    made = model(10**9)
    with pytest.raises(FaultsError, match="too many digits"):
        made.add(Linear({0: HUGE, 1: HUGE + 1}) <= HUGE)


FACTORS = st.integers(-9, 9).filter(bool).map(lambda factor: factor * 10**15)


@given(
    st.tuples(FACTORS, FACTORS),
    st.integers(-(10**18), 10**18),
    st.sampled_from([0, 1]),
    st.lists(st.integers(0, 40), min_size=2, max_size=2),
)
def test_the_same_values_hold_in_smaller_numbers(
    factors: tuple[int, int], bound: int, side: int, values: list[int]
) -> None:
    amount = Linear(dict(enumerate(factors)))
    written = (amount <= bound, amount >= bound)[side]
    made = model(40)
    made.add(written)
    assert made.requirements[0].constraint.holds(values) == written.holds(values)
