"""How many shares lie below a level, as a sum of 0/1 steps shared by all levels: the ladder of the leximin engine.

A share a/d reaches the level p/q when q·a ≥ p·d. With d known, that is a ≥ ⌈p·d/q⌉: coefficients stay small however large the figures are, and no
division is ever rounded. One ladder per share carries all the levels asked about, and one inequality ties all its rungs to the amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

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


def thresholds(key: Key, cut: Cut) -> tuple[int, ...]:
    """The threshold of every case of a key, raised to the next amount that can occur at all (the amount moves in steps of its factors)."""
    step = gcd(*key.amount.terms.values()) or 1
    start = key.amount.constant
    return tuple(start + -(-(threshold(cut, whole) - start) // step) * step for whole, _present in key.wholes)


def ladder(draft: Draft, keys: Sequence[Key], cuts: Iterable[Cut]) -> dict[Cut, Linear]:
    """Add a ladder for each key to the draft; answer with the number of keys below each cut (an upper estimate that is exact when minimised)."""
    cuts = sorted(cuts)
    reached: dict[Cut, list[Linear]] = {cut: [] for cut in cuts}
    for key in keys:
        asked = {cut: thresholds(key, cut) for cut in cuts}
        rungs = _rungs(draft, key, sorted(set(asked.values())))
        for cut in cuts:
            reached[cut].append(rungs[asked[cut]])
    return {cut: len(keys) - total(rungs) for cut, rungs in reached.items()}


def _rungs(draft: Draft, key: Key, heights: Sequence[tuple[int, ...]]) -> dict[tuple[int, ...], Linear]:
    """A 0/1 for each different height of a key, 1 only where the key has climbed it; none where the answer is known beforehand."""
    least, most = draft.bounds(key.amount)
    rungs: dict[tuple[int, ...], Linear] = {}
    climbed: list[tuple[tuple[int, ...], Linear]] = []
    for height in heights:
        if max(height) <= least and not key.active.terms:
            rungs[height] = Linear(constant=1)
        elif min(height) > most and _always(key):
            rungs[height] = Linear()
        else:
            rungs[height] = rung = draft.variable(("rung", *height), 0, 1)
            draft.require(rung <= (climbed[-1][1] if climbed else key.active))
            climbed.append((height, rung))
    for case, (_whole, present) in enumerate(key.wholes) if climbed else ():
        _tie(draft, key.amount, least, [(height[case], rung) for height, rung in climbed], present)
    if climbed and key.means is not None:
        steps = [(key.needs(height[0]), rung) for height, rung in climbed]
        _tie(draft, key.means, key.needs(least), steps, key.wholes[0][1])
    return rungs


def _always(key: Key) -> bool:
    """Whether the share is there whatever is decided."""
    return len(key.wholes) == 1 and not key.wholes[0][1].terms


def _tie(draft: Draft, amount: Linear, bottom: int, steps: Sequence[tuple[int, Linear]], present: Linear) -> None:
    """The amount is at least the height of the highest rung climbed, in the case that is present."""
    heights = [bottom, *(max(height, bottom) for height, _rung in steps)]
    climb = [rung * (high - low) for (_height, rung), low, high in zip(steps, heights, heights[1:], strict=False)]
    absent = (1 - present) * (heights[-1] - bottom)
    draft.require(amount + absent >= total((bottom, *climb)))
