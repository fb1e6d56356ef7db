"""How many shares lie below a level, as a sum of 0/1 steps shared by all levels: the ladder of the leximin engine.

A share a/d reaches the level p/q when q·a ≥ p·d. With d known, that is a ≥ ⌈p·d/q⌉: coefficients stay small however large the figures are, and no
division is ever rounded. One ladder per share carries all the levels asked about, and one inequality ties all its rungs to the amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rebalance.draft import Draft
from rebalance.goals.goal import Key
from rebalance.linear import Linear, total


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """A line between shares: those that do not reach `level` are below it (`beyond`: those that do not exceed it)."""

    level: Fraction
    beyond: bool = False


def threshold(cut: Cut, whole: int) -> int:
    """The smallest amount, out of a known whole, that is not below the cut."""
    scaled = cut.level.numerator * whole
    return scaled // cut.level.denominator + 1 if cut.beyond else -(-scaled // cut.level.denominator)


def ladder(draft: Draft, keys: Sequence[Key], cuts: Iterable[Cut]) -> dict[Cut, Linear]:
    """Add a ladder for each key to the draft; answer with the number of keys below each cut (an upper estimate that is exact when minimised)."""
    cuts = sorted(cuts)
    reached: dict[Cut, list[Linear]] = {cut: [] for cut in cuts}
    for key in keys:
        rungs = _fixed(draft, key, cuts) if not key.whole.terms else _moving(draft, key, cuts)
        for cut, rung in zip(cuts, rungs, strict=True):
            reached[cut].append(rung)
    return {cut: len(keys) - total(rungs) for cut, rungs in reached.items()}


def _fixed(draft: Draft, key: Key, cuts: Sequence[Cut]) -> list[Linear]:
    """Rungs over a known whole: one variable for each different threshold within the amount's bounds."""
    least, most = draft.bounds(key.amount)
    rungs: dict[int, Linear] = {}
    steps: list[Linear] = [Linear(constant=least)]
    below: Linear | int = 1
    reached = least
    for level in sorted({threshold(cut, key.whole.constant) for cut in cuts}):
        if not least < level <= most:
            rungs[level] = Linear(constant=int(level <= least))
            continue
        rungs[level] = rung = draft.variable(("rung", level), 0, 1)
        if isinstance(below, Linear):
            draft.require(rung <= below)
        steps.append(rung * (level - reached))
        below, reached = rung, level
    if len(steps) > 1:
        draft.require(key.amount >= total(steps))
    return [rungs[threshold(cut, key.whole.constant)] for cut in cuts]


def _moving(draft: Draft, key: Key, cuts: Sequence[Cut]) -> list[Linear]:
    """Rungs over a whole that depends on what is decided: compare q·amount with p·whole, rung by rung."""
    rungs: list[Linear] = []
    for cut in cuts:
        p, q = cut.level.as_integer_ratio()
        ahead = q * key.amount - p * key.whole - (key.present if cut.beyond else 0)
        behind = draft.bounds(ahead)[0]
        rung = draft.variable(("rung", str(cut.level), int(cut.beyond)), 0, 1)
        draft.require(ahead >= behind - behind * rung)
        if rungs:
            draft.require(rung <= rungs[-1])
        rungs.append(rung)
    return rungs
