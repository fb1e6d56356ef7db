"""What a goal already comes to: held in a draft, or asked whether it can be bettered.

A value says how many shares stand at each level, so it can be held, and bettered, without knowing which shares they
are. A better profile first differs at one of its own levels, so a few questions settle that there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rebalance.goals.goal import Aim, Least, Profile, Value, WorstFirst
from rebalance.model.finding import Place
from rebalance.model.linear import Linear
from rebalance.model.model import Draft
from rebalance.solver.leximin import HELD_INSIDE, Cut, Held, Settled, fitting, ladder, packed

PAIR = 2
"""The cuts of one level: just below it and just beyond it."""

WHOLLY = Fraction(1)
"""A level itself, not a part of it."""


def hold(draft: Draft, aim: Aim, value: Value | None, part: Fraction = WHOLLY) -> Held | None:
    """Require that the goal comes to no less than a value; what is held of its shares, if it has any.

    With `part`, each level of a profile is held only at that part of it.
    """
    match aim, value:
        case Least(amount), int():
            draft.require(amount <= value)
        case WorstFirst(), tuple():
            held = Held(aim.keys, settled(aim, value, part), HELD_INSIDE if aim.inside_agencies else Place())
            held.require(draft)
            return held
    return None


def settled(aim: WorstFirst, value: Profile, part: Fraction = WHOLLY) -> tuple[Settled, ...]:
    """How many shares may lie below each cut at and beyond the levels of a profile, or a part of them.

    Where the profile goes all the way, whoever is not in it has enough.
    """
    found, below = [], 0
    for level, count in value:
        found.append(Settled(Cut(level * part), below))
        if level == aim.enough:
            return tuple(found)
        below += count
        found.append(Settled(Cut(level * part, beyond=True), below))
    if aim.enough is not None and (aim.depth is None or len(value) < aim.depth):
        found.append(Settled(Cut(aim.enough * part), below))
    return tuple(found)


def bettered(draft: Draft, aim: Aim, value: Value, *, small: bool = False) -> Iterator[Draft]:
    """Copies of a draft: the goal can be better than a value just when one of them has a solution.

    With `small`, more of them with smaller coefficients, as solvers with tolerances want.
    """
    match aim, value:
        case Least(amount), int():
            fork = draft.fork()
            fork.require(amount <= value - 1)
            yield fork
        case WorstFirst(), tuple():
            yield from _levels(draft, aim, settled(aim, value), small=small)


def _levels(draft: Draft, aim: WorstFirst, known: Sequence[Settled], *, small: bool) -> Iterator[Draft]:
    start = 0
    while known[start:]:
        cuts = [one.cut for one in known[start:]]
        group = cuts[:PAIR] if small else fitting(aim.keys, cuts)
        fork = draft.fork()
        counts = ladder(fork, aim.keys, [one.cut for one in known[: start + len(group)]], Place())
        for one in known[:start]:
            fork.require(counts[one.cut] <= one.below)
        now = {one.cut: Linear(constant=one.below) for one in known}
        best = packed(aim.keys, group, now).constant
        fork.require(packed(aim.keys, group, counts) <= best - 1)
        yield fork
        start += len(group)
