"""A bound that follows from the constraints by adding them up, worked out in fractions.

Whatever multipliers the constraints are given, their sum is a constraint too, and with the bounds of the variables it
says how small an amount can be at least. Good multipliers come from the linear relaxation, out of a solver that works
with floating-point numbers. Bad ones give a poor bound, but never a wrong one: so nothing rests on that solver.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from rebalance.model.linear import Constraint, Linear
from rebalance.model.model import Model

FINEST = 10**6
"""The largest denominator of a multiplier: those of an exact solution mostly are small, and so they are found again."""


def fraction(multiplier: float) -> Fraction:
    """The plain fraction that a solver's multiplier most likely stands for."""
    return Fraction(multiplier).limit_denominator(FINEST)


def least(model: Model, amount: Linear, multipliers: Sequence[Fraction]) -> int:
    """What the amount comes to at least in every solution of the model; one multiplier for each requirement."""
    rest = {index: Fraction(factor) for index, factor in amount.terms.items()}
    known = Fraction(amount.constant)
    for requirement, multiplier in zip(model.requirements, multipliers, strict=True):
        side = _side(requirement.constraint, multiplier)
        if side is None:
            continue
        known += multiplier * side
        for index, factor in requirement.constraint.terms.items():
            rest[index] = rest.get(index, Fraction(0)) - multiplier * factor
    for index, left in rest.items():
        variable = model.variables[index]
        known += left * (variable.least if left > 0 else variable.most)
    return ceil(known)


def _side(constraint: Constraint, multiplier: Fraction) -> int | None:
    """The end of a constraint that bounds its multiple from below; None where it has none."""
    if not multiplier:
        return None
    return constraint.at_least if multiplier > 0 else constraint.at_most
