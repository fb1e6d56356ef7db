"""Exact leximin: which share lies below which level, counted; what is held of a goal; and whether it can be better.

The sorted shares are lexicographically largest exactly when, going up from the worst, the *number* of shares below
each level is lexicographically smallest. Between two levels of a given plan nothing can be gained without showing at
one of the cuts just below and just beyond its own levels, so those cuts are all that must be asked about, and all of
them are asked about at once. Counts are held afterwards, never which shares were counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from rebalance.goals.goal import Leximin, LeximinVector, Ratio, leximin_vector
from rebalance.model.finding import Place
from rebalance.model.linear import Constraint, Linear, total
from rebalance.model.model import Model


@dataclass(frozen=True, slots=True, order=True)
class Threshold:
    """A line between shares: those that do not reach `level` are below it (`beyond`: those that do not exceed it)."""

    level: Fraction
    beyond: bool = False

    def above(self, share: Fraction) -> bool:
        """Whether a share lies below the cut."""
        return share <= self.level if self.beyond else share < self.level


NOTHING = Threshold(Fraction(0))
"""Nobody is below it, not even a share that is nothing because it is not active."""


def least_amount(threshold: Threshold, whole: int) -> int:
    """The smallest amount, out of a known whole, that is not below the cut."""
    scaled = threshold.level.numerator * whole
    return scaled // threshold.level.denominator + 1 if threshold.beyond else -(-scaled // threshold.level.denominator)


def least_amounts(ratio: Ratio, threshold: Threshold) -> tuple[int, ...]:
    """The amount a ratio needs not to be below the cut, in every case of its whole.

    Only amounts that its coefficients allow: cuts that differ by less ask the same of it.
    """
    step, constant = gcd(*ratio.amount.terms.values()), ratio.amount.constant
    needed = (ratio.scale.needs(least_amount(threshold, whole)) for whole, _present in ratio.wholes)
    return tuple(constant - (constant - least) // step * step if step else least for least in needed)


def gap(ratio: Ratio, threshold: Threshold) -> Linear:
    """How far a share with a moving whole is from lying below the cut: not below it where this is zero or more.

    A level p/q is reached when q·amount ≥ p·whole: no division, and nothing is known of the whole beforehand.
    """
    p, q = threshold.level.as_integer_ratio()
    whole = total((ratio.moving, *(present * whole for whole, present in ratio.wholes)))
    return ratio.amount * (q * ratio.scale.serves(1)) - whole * p - threshold.beyond * (1 - ratio.left_out)


def order_encoding(
    model: Model, ratios: Sequence[Ratio], thresholds: Iterable[Threshold], place: Place
) -> dict[Threshold, Linear]:
    """Add a ladder for each ratio to the model; answer with the number of ratios below each cut.

    The numbers are upper estimates: a rung may be 0 although its height is reached, but it can always be raised to the
    truth without breaking anything. So they are exact wherever they are minimised, or required to be small.
    """
    thresholds = sorted(thresholds)
    reached: dict[Threshold, list[Linear]] = {threshold: [] for threshold in thresholds}
    for ratio in ratios:
        for threshold, literal in zip(thresholds, _literals(model, ratio, thresholds, place), strict=True):
            reached[threshold].append(literal)
    return {threshold: len(ratios) - total(literals) for threshold, literals in reached.items()}


def _literals(model: Model, ratio: Ratio, thresholds: Sequence[Threshold], place: Place) -> list[Linear]:
    """For each cut a 0/1 that is 1 only where the ratio is not below it.

    Cuts that ask the same of it share one; where the answer is known, it is a constant.
    """
    if ratio.moving.terms:
        return [_moving_literal(model, ratio, threshold, place) for threshold in thresholds]
    least, most = model.tight_bounds(ratio.amount)
    heights = [least_amounts(ratio, threshold) for threshold in thresholds]
    literals: dict[tuple[int, ...], Linear] = {}
    linked: list[tuple[Threshold, Linear]] = []
    for threshold, height in zip(thresholds, heights, strict=True):
        if height in literals:
            continue
        if max(height) <= least and (not ratio.active.terms or threshold == NOTHING):
            literals[height] = Linear(constant=1)
        elif min(height) > most and _always(ratio):
            literals[height] = Linear()
        else:
            literals[height] = literal = model.variable(("rung", *height), 0, 1)
            model.add(literal <= (linked[-1][1] if linked else ratio.active), place)
            linked.append((threshold, literal))
    for one in (ratio, ratio.simpler) if ratio.simpler and linked else (ratio,):
        _link(model, one, linked, place)
    return [literals[height] for height in heights]


def _moving_literal(model: Model, ratio: Ratio, threshold: Threshold, place: Place) -> Linear:
    """A 0/1 that is 1 only where the share, whose whole is decided too, is not below the cut."""
    if threshold == NOTHING:
        return Linear(constant=1)
    literal = model.variable(("rung", str(threshold.level), int(threshold.beyond)), 0, 1)
    model.add(literal <= ratio.active, place)
    clear = gap(ratio, threshold)
    lowest = min(0, model.tight_bounds(clear)[0])
    model.add(clear >= lowest - lowest * literal, place)
    return literal


def _link(model: Model, ratio: Ratio, linked: Sequence[tuple[Threshold, Linear]], place: Place) -> None:
    """The amount is at least what the highest rung climbed needs, in whichever case is present."""
    least = model.tight_bounds(ratio.amount)[0]
    for case, (_whole, present) in enumerate(ratio.wholes):
        steps = [(least_amounts(ratio, threshold)[case], literal) for threshold, literal in linked]
        model.add(_linking(ratio.amount, least, steps, present), place)


def _always(ratio: Ratio) -> bool:
    """Whether the share is there whatever is decided."""
    return len(ratio.wholes) == 1 and not ratio.wholes[0][1].terms


def _linking(amount: Linear, bottom: int, steps: Sequence[tuple[int, Linear]], present: Linear) -> Constraint:
    """The amount is at least the height of the highest rung climbed, in the case that is present."""
    heights = [bottom, *(max(height, bottom) for height, _rung in steps)]
    climb = [literal * (high - low) for (_height, literal), low, high in zip(steps, heights, heights[1:], strict=False)]
    absent = (1 - present) * (heights[-1] - bottom)
    return amount + absent >= total((bottom, *climb))


HELD_INSIDE = Place(agency="*", aspect="held")
"""Marks what is held of single agencies."""


def without_agency_levels(model: Model) -> Model | None:
    """The question without what is held inside agencies; None where nothing is."""
    if all(requirement.place != HELD_INSIDE for requirement in model.requirements):
        return None
    return model.relaxed(lambda requirement: requirement.place != HELD_INSIDE)


@dataclass(frozen=True, slots=True)
class CountBelow:
    """At most `below` shares lie below the cut."""

    threshold: Threshold
    below: int


@dataclass(frozen=True, slots=True)
class FixedLevels:
    """What a leximin goal leaves behind: the counts that later goals may not worsen."""

    ratios: tuple[Ratio, ...]
    settled: tuple[CountBelow, ...]
    place: Place

    def add(self, model: Model) -> None:
        """Hold the counts, whichever shares are counted."""
        require(model, self.ratios, self.settled, (), self.place)

    def pin(self, model: Model, values: list[int], seen: Sequence[Ratio] = ()) -> None:
        """Hold every share at the rung where it stands (as `seen`, where the values are of a simpler question).

        That is more than is required, and much easier to search in.
        """
        for ratio, looked_at in zip(self.ratios, seen or self.ratios, strict=True):
            share = looked_at.share(values)
            linked = self._climbed(share)
            if share is None or (linked and linked != NOTHING):
                model.add(ratio.active >= 1)
            if ratio.moving.terms:
                model.add(ratio.left_out.equals(int(share is None)))
                if linked:
                    model.add(gap(ratio, linked) >= 0)
                continue
            for case, (_whole, present) in enumerate(ratio.wholes):
                standing = present.value(values)
                model.add(present.equals(standing))
                if standing and linked:
                    model.add(ratio.amount >= least_amounts(ratio, linked)[case])

    def _climbed(self, share: Fraction | None) -> Threshold | None:
        """The highest settled cut that a share is not below."""
        thresholds = (one.threshold for one in self.settled if share is not None and not one.threshold.above(share))
        return max(thresholds, default=None)


def require(
    model: Model, ratios: Sequence[Ratio], settled: Sequence[CountBelow], thresholds: Sequence[Threshold], place: Place
) -> dict[Threshold, Linear]:
    """Require the settled counts, and answer with the count below every cut."""
    counts = order_encoding(model, ratios, {one.threshold for one in settled} | set(thresholds), place)
    for one in settled:
        model.add(counts[one.threshold] <= one.below, place)
    return counts


def bettering(model: Model, ratios: Sequence[Ratio], known: Sequence[CountBelow]) -> Model:
    """A copy that has a solution just when the counts can be lexicographically smaller than those known.

    Going up from the worst cut, `still` is 1 as long as no count has become smaller, and `first` is 1 where one does:
    up to there none may be larger, and beyond that everything goes. Only where more lie below a cut than below the one
    before can fewer do so without having shown before.
    """
    copy = model.copy()
    counts = order_encoding(copy, ratios, [one.threshold for one in known], Place())
    still, firsts, before = Linear(constant=1), [], 0
    for number, one in enumerate(known):
        first = copy.variable(("first", number), 0, 1) if one.below > before else Linear()
        copy.add(counts[one.threshold] <= one.below - first + (len(ratios) - one.below) * (1 - still))
        if first.terms:
            same = copy.variable(("still", number), 0, 1)
            copy.add((first + same).equals(still))
            firsts.append(first)
            still, before = same, one.below
    copy.add(total(firsts) >= 1)
    return copy


def shares(ratios: Sequence[Ratio], values: list[int]) -> Iterator[Fraction]:
    """What each ratio that is present comes to."""
    return (share for ratio in ratios if (share := ratio.share(values)) is not None)


def profile(aim: Leximin, values: list[int]) -> LeximinVector:
    """The levels a plan reaches, from the worst up, as far as they count."""
    return leximin_vector(shares(aim.ratios, values), aim.enough, aim.depth)


def tops(model: Model, ratios: Sequence[Ratio]) -> Iterator[Fraction]:
    """The most each share could be, from the bounds of the variables alone."""
    for ratio in ratios:
        most = ratio.scale.serves(model.tight_bounds(ratio.amount)[1])
        moving = model.tight_bounds(ratio.moving)[0]
        yield Fraction(most, max(1, moving + min(whole for whole, _present in ratio.wholes)))
