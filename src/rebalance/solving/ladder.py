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


def alike(key: Key, low: Cut, high: Cut) -> bool:
    """Whether being below one cut is the same, for this key, as being below the other."""
    return not key.moving.terms and thresholds(key, low) == thresholds(key, high)


def gap(key: Key, cut: Cut) -> Linear:
    """How far a share with a moving whole is from lying below the cut: not below it where this is zero or more.

    A level p/q is reached when q·amount ≥ p·whole: no division, and nothing is known of the whole beforehand.
    """
    p, q = cut.level.as_integer_ratio()
    whole = total((key.moving, *(present * whole for whole, present in key.wholes)))
    return key.amount * (q * key.scale.serves(1)) - whole * p - cut.beyond * (1 - key.left_out)


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
    if key.moving.terms:
        return [_moving_rung(draft, key, cut, place) for cut in cuts]
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


def _moving_rung(draft: Draft, key: Key, cut: Cut, place: Place) -> Linear:
    """A 0/1 that is 1 only where the share, whose whole is decided too, is not below the cut."""
    if cut == NOTHING:
        return Linear(constant=1)
    rung = draft.variable(("rung", str(cut.level), int(cut.beyond)), 0, 1)
    draft.require(rung <= key.active, place)
    clear = gap(key, cut)
    lowest = min(0, draft.tight_bounds(clear)[0])
    draft.require(clear >= lowest - lowest * rung, place)
    return rung


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
