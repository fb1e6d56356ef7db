"""How many shares lie below a level, as a sum of 0/1 steps shared by all levels: the ladder of the leximin engine.

A share a/d reaches the level p/q when q·a ≥ p·d. With d known, that is a ≥ ⌈p·d/q⌉: coefficients stay small however
large the figures are, and no division is ever rounded. One ladder per share carries all the levels asked about, and
one inequality ties all its rungs to the amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rebalance.draft import Draft
from rebalance.finding import Place
from rebalance.goals.goal import Key
from rebalance.linear import Linear, Statement, total


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """A line between shares: those that do not reach `level` are below it (`beyond`: those that do not exceed it)."""

    level: Fraction
    beyond: bool = False

    def above(self, share: Fraction) -> bool:
        """Whether a share lies below the cut."""
        return share <= self.level if self.beyond else share < self.level


NOTHING = Cut(Fraction(0))
"""Nobody is below it, not even a share that is nothing because it is not active."""


def threshold(cut: Cut, whole: int) -> int:
    """The smallest amount, out of a known whole, that is not below the cut."""
    scaled = cut.level.numerator * whole
    return scaled // cut.level.denominator + 1 if cut.beyond else -(-scaled // cut.level.denominator)


def thresholds(key: Key, cut: Cut) -> tuple[int, ...]:
    """The amount a key needs not to be below the cut, in every case of its whole."""
    return tuple(key.scale.needs(threshold(cut, whole)) for whole, _present in key.wholes)


def ladder(draft: Draft, keys: Sequence[Key], cuts: Iterable[Cut], place: Place) -> dict[Cut, Linear]:
    """Add a ladder for each key to the draft; answer with the number of keys below each cut.

    An upper estimate that is exact when minimised.
    """
    cuts = sorted(cuts)
    reached: dict[Cut, list[Linear]] = {cut: [] for cut in cuts}
    for key in keys:
        for cut, rung in zip(cuts, _rungs(draft, key, cuts, place), strict=True):
            reached[cut].append(rung)
    return {cut: len(keys) - total(rungs) for cut, rungs in reached.items()}


def _rungs(draft: Draft, key: Key, cuts: Sequence[Cut], place: Place) -> list[Linear]:
    """For each cut a 0/1 that is 1 only where the key is not below it.

    Shared by cuts that ask the same, a constant where the answer is known.
    """
    least, most = draft.tight_bounds(key.amount)
    heights = [thresholds(key, cut) for cut in cuts]
    rungs: dict[tuple[int, ...], Linear] = {}
    climbed: list[tuple[Cut, Linear]] = []
    for cut, height in zip(cuts, heights, strict=True):
        if height in rungs:
            continue
        if max(height) <= least and (not key.active.terms or cut == NOTHING):
            rungs[height] = Linear(constant=1)
        elif min(height) > most and _always(key):
            rungs[height] = Linear()
        else:
            rungs[height] = rung = draft.variable(("rung", *height), 0, 1)
            draft.require(rung <= (climbed[-1][1] if climbed else key.active), place)
            climbed.append((cut, rung))
    for one in (key, key.simpler) if key.simpler and climbed else (key,):
        _climb(draft, one, climbed, place)
    return [rungs[height] for height in heights]


def _climb(draft: Draft, key: Key, climbed: Sequence[tuple[Cut, Linear]], place: Place) -> None:
    """The amount is at least what the highest rung climbed needs, in whichever case is present."""
    least = draft.tight_bounds(key.amount)[0]
    for case, (_whole, present) in enumerate(key.wholes):
        steps = [(thresholds(key, cut)[case], rung) for cut, rung in climbed]
        draft.require(_tied(key.amount, least, steps, present), place)


def _always(key: Key) -> bool:
    """Whether the share is there whatever is decided."""
    return len(key.wholes) == 1 and not key.wholes[0][1].terms


def _tied(amount: Linear, bottom: int, steps: Sequence[tuple[int, Linear]], present: Linear) -> Statement:
    """The amount is at least the height of the highest rung climbed, in the case that is present."""
    heights = [bottom, *(max(height, bottom) for height, _rung in steps)]
    climb = [rung * (high - low) for (_height, rung), low, high in zip(steps, heights, heights[1:], strict=False)]
    absent = (1 - present) * (heights[-1] - bottom)
    return amount + absent >= total((bottom, *climb))
