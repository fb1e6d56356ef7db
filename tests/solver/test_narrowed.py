"""A model said more shortly has the very same solutions."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from rebalance.model.linear import Constraint, Linear
from rebalance.model.linear_model import LinearModel
from rebalance.solver.lexicographic import model_of
from rebalance.solver.narrowed import Narrowed
from tests.counties import random_scenario


def drawn(seed: int) -> LinearModel:
    """A few variables and sums of them that mostly say little, now and then too much."""
    draw, model = Random(seed), LinearModel()
    for number in range(4):
        least = draw.randint(-2, 1)
        model.variable(("x", number), least, least + draw.randint(0, 3))
    for _each in range(draw.randint(1, 6)):
        chosen = draw.sample(range(4), draw.randint(1, 3))
        amount = Linear({index: draw.choice((-3, -2, -1, 1, 2, 3)) for index in chosen})
        bound = draw.randint(-6, 6)
        model.add(draw.choice((amount <= bound, amount >= bound, amount.equals(bound))))
    return model


def solutions(model: LinearModel, ends: list[tuple[int, int]], constraints: list[Constraint]) -> set[tuple[int, ...]]:
    """Every solution within the variables' own bounds that lies within narrower ones and keeps the constraints."""
    box = product(*(range(one.least, one.most + 1) for one in model.variables))
    inside = (
        point for point in box if all(least <= value <= most for value, (least, most) in zip(point, ends, strict=True))
    )
    return {point for point in inside if all(one.holds(list(point)) for one in constraints)}


@pytest.mark.parametrize("seed", range(400))
def test_what_is_left_has_the_same_solutions(seed: int) -> None:
    model = drawn(seed)
    said = [one.constraint for one in model.requirements]
    narrowed = Narrowed(model)
    ends = list(zip(narrowed.least, narrowed.most, strict=True))
    everywhere = [(one.least, one.most) for one in model.variables]
    assert solutions(model, ends, narrowed.constraints) == solutions(model, everywhere, said)


def test_what_fixes_a_variable_settles_the_constraints_on_it() -> None:
    model = LinearModel()
    opened, staff = model.variable(("open",), 0, 1), model.variable(("staff",), 0, 9)
    model.add(opened <= 0)
    model.add(staff <= 9 * opened)
    narrowed = Narrowed(model)
    assert (narrowed.least, narrowed.most) == ([0, 0], [0, 0])
    assert narrowed.constraints == []


def test_most_of_a_county_follows() -> None:
    model = model_of(random_scenario(1))
    assert len(Narrowed(model).constraints) < len(model.requirements) * 2 / 3
