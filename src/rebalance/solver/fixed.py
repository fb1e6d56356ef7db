"""What a goal already comes to: held in a model, or asked whether it can be bettered.

A value says how many shares stand at each level, so it can be held, and bettered, without knowing which shares they
are. A better profile first differs at one of its own levels, so one question settles that there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from rebalance.goals.goal import Leximin, LeximinVector, Minimise, Objective, Value
from rebalance.model.finding import Place
from rebalance.model.model import Model
from rebalance.solver.leximin import HELD_INSIDE, CountBelow, FixedLevels, Threshold, bettering

WHOLLY = Fraction(1)
"""A level itself, not a part of it."""

BEYOND = Threshold(Fraction(10**6))
"""A cut above any share: below it lies whoever is not left out. To be left out is better than any share."""


def hold(model: Model, aim: Objective, value: Value | None, part: Fraction = WHOLLY) -> FixedLevels | None:
    """Require that the goal comes to no less than a value; what is held of its shares, if it has any.

    With `part`, each level of a profile is held only at that part of it.
    """
    match aim, value:
        case Minimise(amount), int():
            model.add(amount <= value)
        case Leximin(), tuple():
            held = levels_held(aim, value, part)
            held.add(model)
            return held
    return None


def levels_held(aim: Leximin, value: LeximinVector, part: Fraction = WHOLLY) -> FixedLevels:
    """What is held of a leximin goal that has come to a profile."""
    return FixedLevels(aim.ratios, settled(aim, value, part), HELD_INSIDE if aim.inside_agencies else Place())


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
    complete = aim.depth is None or len(value) < aim.depth
    if aim.enough is not None and complete:
        found.append(CountBelow(Threshold(aim.enough * part), below))
    elif complete and part == WHOLLY and any(ratio.left_out.terms for ratio in aim.ratios):
        found.append(CountBelow(BEYOND, below))
    return tuple(found)


def bettered(model: Model, aim: Objective, value: Value) -> Iterator[Model]:
    """Copies of a model: the goal can be better than a value just when one of them has a solution."""
    match aim, value:
        case Minimise(amount), int():
            copy = model.copy()
            copy.add(amount <= value - 1)
            yield copy
        case Leximin(), tuple():
            known = settled(aim, value)
            if any(one.below for one in known):
                yield bettering(model, aim.ratios, known)
