"""Exact leximin: raise the worst share first, then the next, proving several levels in each solve.

The sorted shares are lexicographically largest exactly when, going up from the worst, the *number* of shares below
each level is lexicographically smallest. Between two levels of a given plan nothing can be gained without showing at
one of the cuts just below and just beyond its own levels, so those cuts are all that must be asked about. Their
counts are packed into one objective whose weights make the first count decide before the second (each weight exceeds
all that the later ones can add up to), as many as keep the weights small. Counts are held afterwards, never which
shares were counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise

from rebalance.goals.goal import Leximin, LeximinVector, Ratio, leximin_vector
from rebalance.model.finding import Place
from rebalance.model.linear import Constraint, Linear, total
from rebalance.model.linear_model import NamedConstraint
from rebalance.model.model import Model
from rebalance.solver.engine import Engine, Status


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
    """The amount a ratio needs not to be below the cut, in every case of its whole."""
    return tuple(ratio.scale.needs(least_amount(threshold, whole)) for whole, _present in ratio.wholes)


def alike(ratio: Ratio, low: Threshold, high: Threshold) -> bool:
    """Whether being below one cut is the same, for this ratio, as being below the other."""
    return not ratio.moving.terms and least_amounts(ratio, low) == least_amounts(ratio, high)


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


def relaxations(model: Model, aim: Leximin) -> Iterator[tuple[Model, Leximin]]:
    """Ever larger questions, the whole one at the end.

    The first is without agencies, the next ones of the last year alone, without and with what is held inside agencies.
    Each leaves out part of what is required and nothing else, so what is proven best in it bounds the whole.
    """
    last = model.problem.last

    def at_the_end(requirement: NamedConstraint) -> bool:
        return requirement.place.year in {0, last}

    def outside_agencies(requirement: NamedConstraint) -> bool:
        return at_the_end(requirement) and not requirement.place.agency

    def loosely(requirement: NamedConstraint) -> bool:
        return at_the_end(requirement) and requirement.place != HELD_INSIDE

    if not aim.inside_agencies:
        simpler = tuple(ratio.simpler or ratio for ratio in aim.ratios)
        yield model.relaxed(outside_agencies), replace(aim, ratios=simpler)
        if any(requirement.place == HELD_INSIDE for requirement in model.requirements):
            yield model.relaxed(loosely), aim
    if len(model.problem.years) > 1:
        yield model.relaxed(at_the_end), aim
    yield model, aim


def without_agency_levels(model: Model) -> Model | None:
    """The question without what is held inside agencies; None where nothing is."""
    if all(requirement.place != HELD_INSIDE for requirement in model.requirements):
        return None
    return model.relaxed(lambda requirement: requirement.place != HELD_INSIDE)


CLOSE = Fraction(1, 2000)
"""So near to the worst level bisecting ends: it proves nothing, and only spares the proof that follows some time."""

SIMPLE = 10**4
"""The largest denominator of a level that is asked about while bisecting: long fractions make large coefficients."""

PACK = 10**8
"""The largest weight of a count: far from any overflow, and still well seen by the linear relaxation in floats."""


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
        _require(model, self.ratios, self.settled, (), self.place)

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


@dataclass(slots=True)
class LeximinSearch:
    """A leximin goal on its way up: the best values so far and the counts that are proven."""

    engine: Engine
    model: Model
    aim: Leximin
    values: list[int]
    settled: list[CountBelow] = field(default_factory=list)
    levels: int = 0

    def run(self) -> Status:
        """Climb until every level asked for is proven (OPTIMAL), or the engine ran out of time (FEASIBLE)."""
        status = self._approach()
        while status is Status.OPTIMAL and (levels := self._open_levels()):
            thresholds = fitting(
                self.aim.ratios, [Threshold(level, beyond) for level in levels for beyond in (False, True)]
            )
            before = self.reached()
            status = self._solve(thresholds, self.settled)
            if status is Status.OPTIMAL:
                self._settle(before, thresholds)
        return status

    def _approach(self) -> Status:
        """Close in on the worst level from both sides, asking only whether every share can reach a level.

        A plan near the best makes the proof short.
        """
        top = self.aim.enough or max(tops(self.model, self.aim.ratios), default=Fraction(0))
        while (levels := self._open_levels()) and top - levels[0] > CLOSE:
            middle = _between(levels[0], top)
            status = self._solve((), [CountBelow(Threshold(middle), 0)])
            if status is Status.INFEASIBLE:
                top = middle
            elif status is not Status.OPTIMAL:
                return Status.FEASIBLE
        return Status.OPTIMAL

    def reached(self) -> LeximinVector:
        """The profile of the best values so far."""
        return leximin_vector(shares(self.aim.ratios, self.values), self.aim.enough, None)

    def held(self, aim: Leximin) -> FixedLevels:
        """The settled counts, of the shares as `aim` has them in another model."""
        settled = list(self.settled)
        if self.aim.enough is not None and {level for level, _count in self.reached()[self.levels :]} <= {
            self.aim.enough
        }:
            settled.append(CountBelow(Threshold(self.aim.enough), settled[-1].below if settled else 0))
        return FixedLevels(aim.ratios, tuple(settled), HELD_INSIDE if aim.inside_agencies else Place())

    def _open_levels(self) -> list[Fraction]:
        """The levels not yet proven, from the worst up; whoever has enough is left alone."""
        levels = [level for level, _count in self.reached()][self.levels : self.aim.depth]
        return [level for level in levels if level != self.aim.enough]

    def _solve(self, thresholds: Sequence[Threshold], held: Sequence[CountBelow]) -> Status:
        copy = self.model.copy()
        counts = _require(copy, self.aim.ratios, held, thresholds, Place())
        answer = self.engine.solve(copy, packed(self.aim.ratios, thresholds, counts), self.values)
        self.values = answer.values or self.values
        return answer.status

    def _settle(self, before: LeximinVector, thresholds: Sequence[Threshold]) -> None:
        """Hold the counts at the cuts asked about, as far as the answer left the levels where they were."""
        below = sum(count for _level, count in before[: self.levels])
        for was, now in zip(before[self.levels :], self.reached()[self.levels :], strict=False):
            if was != now or Threshold(was[0], beyond=True) not in thresholds:
                return
            self.settled.append(CountBelow(Threshold(was[0]), below))
            below += was[1]
            self.settled.append(CountBelow(Threshold(was[0], beyond=True), below))
            self.levels += 1


def _between(low: Fraction, high: Fraction) -> Fraction:
    """About the middle, as a simple fraction where one lies between."""
    middle = (low + high) / 2
    simple = middle.limit_denominator(SIMPLE)
    return simple if low < simple < high else middle


def _require(
    model: Model, ratios: Sequence[Ratio], settled: Sequence[CountBelow], thresholds: Sequence[Threshold], place: Place
) -> dict[Threshold, Linear]:
    """Require the settled counts, and answer with the count below every cut."""
    counts = order_encoding(model, ratios, {one.threshold for one in settled} | set(thresholds), place)
    for one in settled:
        model.add(counts[one.threshold] <= one.below, place)
    return counts


def fitting(ratios: Sequence[Ratio], thresholds: Sequence[Threshold]) -> Sequence[Threshold]:
    """As many of the cuts, from the worst, as one objective can carry; at least the first level's two."""
    weight, chosen = 1, 0
    for cap in caps(ratios, thresholds):
        weight *= cap + 1
        if weight > PACK and chosen >= 2:  # noqa: PLR2004  # just below a level and just beyond it
            break
        chosen += 1
    return thresholds[:chosen]


def packed(ratios: Sequence[Ratio], thresholds: Sequence[Threshold], counts: dict[Threshold, Linear]) -> Linear:
    """The counts at the cuts as one amount, the first deciding before the second."""
    parts, weight = [], 1
    lasts = [Linear(), *(counts[threshold] for threshold in thresholds)]
    for threshold, last, cap in reversed(list(zip(thresholds, lasts, caps(ratios, thresholds), strict=False))):
        parts.append((counts[threshold] - last) * weight)
        weight *= cap + 1
    return total(parts)


def caps(ratios: Sequence[Ratio], thresholds: Sequence[Threshold]) -> list[int]:
    """How many shares can lie between each cut and the one before it, whatever is decided."""
    between = (sum(not alike(ratio, low, high) for ratio in ratios) for low, high in pairwise(thresholds))
    return [len(ratios), *between]


def shares(ratios: Sequence[Ratio], values: list[int]) -> Iterator[Fraction]:
    """What each ratio that is present comes to."""
    return (share for ratio in ratios if (share := ratio.share(values)) is not None)


def tops(model: Model, ratios: Sequence[Ratio]) -> Iterator[Fraction]:
    """The most each share could be, from the bounds of the variables alone."""
    for ratio in ratios:
        most = ratio.scale.serves(model.tight_bounds(ratio.amount)[1])
        moving = model.tight_bounds(ratio.moving)[0]
        yield Fraction(most, max(1, moving + min(whole for whole, _present in ratio.wholes)))
