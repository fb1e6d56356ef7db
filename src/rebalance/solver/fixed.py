"""What a goal already comes to: held in a model, or asked whether it can be bettered.

A value says how many shares stand at each level, so it can be held, and bettered, without knowing which shares they
are. A better profile first differs at one of its own levels, so a few questions settle that there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rebalance.goals.goal import Leximin, LeximinVector, Minimise, Objective, Value
from rebalance.model.finding import Place
from rebalance.model.linear import Linear
from rebalance.model.model import Model
from rebalance.solver.leximin import HELD_INSIDE, CountBelow, FixedLevels, Threshold, fitting, order_encoding, packed

PAIR = 2
"""The cuts of one level: just below it and just beyond it."""

WHOLLY = Fraction(1)
"""A level itself, not a part of it."""


def hold(model: Model, aim: Objective, value: Value | None, part: Fraction = WHOLLY) -> FixedLevels | None:
    """Require that the goal comes to no less than a value; what is held of its shares, if it has any.

    With `part`, each level of a profile is held only at that part of it.
    """
    match aim, value:
        case Minimise(amount), int():
            model.add(amount <= value)
        case Leximin(), tuple():
            held = FixedLevels(aim.ratios, settled(aim, value, part), HELD_INSIDE if aim.inside_agencies else Place())
            held.add(model)
            return held
    return None


def settled(aim: Leximin, value: LeximinVector, part: Fraction = WHOLLY) -> tuple[CountBelow, ...]:
    """How many shares may lie below each cut at and beyond the levels of a profile, or a part of them.

    Where the profile goes all the way, whoever is not in it has enough.
    """
    found, below = [], 0
    for level, count in value:
        found.append(CountBelow(Threshold(level * part), below))
        if level == aim.enough:
            return tuple(found)
        below += count
        found.append(CountBelow(Threshold(level * part, beyond=True), below))
    if aim.enough is not None and (aim.depth is None or len(value) < aim.depth):
        found.append(CountBelow(Threshold(aim.enough * part), below))
    return tuple(found)


def bettered(model: Model, aim: Objective, value: Value, *, small: bool = False) -> Iterator[Model]:
    """Copies of a model: the goal can be better than a value just when one of them has a solution.

    With `small`, there are more of them, with smaller coefficients: a solver with tolerances may not see one more or
    less beside a weight of many millions.
    """
    match aim, value:
        case Minimise(amount), int():
            copy = model.copy()
            copy.add(amount <= value - 1)
            yield copy
        case Leximin(), tuple():
            yield from _levels(model, aim, settled(aim, value), small=small)


def _levels(model: Model, aim: Leximin, known: Sequence[CountBelow], *, small: bool) -> Iterator[Model]:
    start = 0
    while known[start:]:
        thresholds = [one.threshold for one in known[start:]]
        group = thresholds[:PAIR] if small else fitting(aim.ratios, thresholds)
        copy = model.copy()
        counts = order_encoding(copy, aim.ratios, [one.threshold for one in known[: start + len(group)]], Place())
        for one in known[:start]:
            copy.add(counts[one.threshold] <= one.below)
        now = {one.threshold: Linear(constant=one.below) for one in known}
        best = packed(aim.ratios, group, now).constant
        copy.add(packed(aim.ratios, group, counts) <= best - 1)
        yield copy
        start += len(group)
