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

from rebalance.goals.goal import Key, Profile, WorstFirst, profile
from rebalance.model.finding import Place
from rebalance.model.linear import Linear, Statement, total
from rebalance.model.model import Draft, Requirement
from rebalance.solver.engine import Engine, Status


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


HELD_INSIDE = Place(agency="*", aspect="held")
"""Marks what is held of single agencies."""


def smaller_questions(draft: Draft, aim: WorstFirst) -> Iterator[tuple[Draft, WorstFirst]]:
    """The question without agencies; the last year alone, at first without what is held inside agencies.

    And at the end the whole question.

    Each leaves out part of what is required and nothing else, so what is proven best in it bounds the whole.
    """
    last = draft.problem.last

    def at_the_end(requirement: Requirement) -> bool:
        return requirement.place.year in {0, last}

    def outside_agencies(requirement: Requirement) -> bool:
        return at_the_end(requirement) and not requirement.place.agency

    def loosely(requirement: Requirement) -> bool:
        return at_the_end(requirement) and requirement.place != HELD_INSIDE

    if not aim.inside_agencies:
        yield draft.relaxed(outside_agencies), replace(aim, keys=tuple(key.simpler or key for key in aim.keys))
        if any(requirement.place == HELD_INSIDE for requirement in draft.requirements):
            yield draft.relaxed(loosely), aim
    if len(draft.problem.years) > 1:
        yield draft.relaxed(at_the_end), aim
    yield draft, aim


def loosened(draft: Draft) -> Draft | None:
    """The question without what is held inside agencies; None where nothing is."""
    if all(requirement.place != HELD_INSIDE for requirement in draft.requirements):
        return None
    return draft.relaxed(lambda requirement: requirement.place != HELD_INSIDE)


CLOSE = Fraction(1, 2000)
SIMPLE = 10**4  # whoever bisects needs no long fractions
PACK = 10**8  # the largest weight: far from any overflow, and still well seen by the linear relaxation


@dataclass(frozen=True, slots=True)
class Settled:
    """At most `below` shares lie below the cut."""

    cut: Cut
    below: int


@dataclass(frozen=True, slots=True)
class Held:
    """What a leximin goal leaves behind: the counts that later goals may not worsen."""

    keys: tuple[Key, ...]
    settled: tuple[Settled, ...]
    place: Place

    def require(self, draft: Draft) -> None:
        """Hold the counts, whichever shares are counted."""
        _require(draft, self.keys, self.settled, (), self.place)

    def pin(self, draft: Draft, values: list[int], seen: Sequence[Key] = ()) -> None:
        """Hold every share at the rung where it stands (as `seen`, where the values are of a simpler question).

        More than is required, and much easier to search in.
        """
        for key, looked_at in zip(self.keys, seen or self.keys, strict=True):
            share = looked_at.share(values)
            climbed = self._climbed(share)
            if share is None or (climbed and climbed != NOTHING):
                draft.require(key.active >= 1)
            if key.moving.terms:
                draft.require(key.left_out.equals(int(share is None)))
                draft.require(gap(key, climbed or NOTHING) >= 0)
                continue
            for case, (_whole, present) in enumerate(key.wholes):
                standing = present.value(values)
                draft.require(present.equals(standing))
                if standing and climbed:
                    draft.require(key.amount >= thresholds(key, climbed)[case])

    def _climbed(self, share: Fraction | None) -> Cut | None:
        """The highest settled cut that a share is not below."""
        cuts = (one.cut for one in self.settled if share is not None and not one.cut.above(share))
        return max(cuts, default=None)


@dataclass(slots=True)
class Climb:
    """A leximin goal on its way up: the best values so far and the counts that are proven."""

    engine: Engine
    draft: Draft
    aim: WorstFirst
    values: list[int]
    settled: list[Settled] = field(default_factory=list)
    levels: int = 0

    def run(self) -> Status:
        """Climb until every level asked for is proven (OPTIMAL), or the engine ran out of time (FEASIBLE)."""
        status = self._approach()
        while status is Status.OPTIMAL and (levels := self._open_levels()):
            cuts = fitting(self.aim.keys, [Cut(level, beyond) for level in levels for beyond in (False, True)])
            before = self.reached()
            status = self._solve(cuts, self.settled)
            if status is Status.OPTIMAL:
                self._settle(before, cuts)
        return status

    def _approach(self) -> Status:
        """Close in on the worst level from both sides, asking only whether every share can reach a level.

        A plan near the best makes the proof short.
        """
        top = self.aim.enough or max(tops(self.draft, self.aim.keys), default=Fraction(0))
        while (levels := self._open_levels()) and top - levels[0] > CLOSE:
            middle = _between(levels[0], top)
            status = self._solve((), [Settled(Cut(middle), 0)])
            if status is Status.INFEASIBLE:
                top = middle
            elif status is not Status.OPTIMAL:
                return Status.FEASIBLE
        return Status.OPTIMAL

    def reached(self) -> Profile:
        """The profile of the best values so far."""
        return profile(shares(self.aim.keys, self.values), self.aim.enough, None)

    def held(self, aim: WorstFirst) -> Held:
        """The settled counts, of the shares as `aim` has them in another draft."""
        settled = list(self.settled)
        if self.aim.enough is not None and {level for level, _count in self.reached()[self.levels :]} <= {
            self.aim.enough
        }:
            settled.append(Settled(Cut(self.aim.enough), settled[-1].below if settled else 0))
        return Held(aim.keys, tuple(settled), HELD_INSIDE if aim.inside_agencies else Place())

    def _open_levels(self) -> list[Fraction]:
        """The levels not yet proven, from the worst up; whoever has enough is left alone."""
        levels = [level for level, _count in self.reached()][self.levels : self.aim.depth]
        return [level for level in levels if level != self.aim.enough]

    def _solve(self, cuts: Sequence[Cut], held: Sequence[Settled]) -> Status:
        fork = self.draft.fork()
        counts = _require(fork, self.aim.keys, held, cuts, Place())
        answer = self.engine.solve(fork, packed(self.aim.keys, cuts, counts), self.values)
        self.values = answer.values or self.values
        return answer.status

    def _settle(self, before: Profile, cuts: Sequence[Cut]) -> None:
        """Hold the counts at the cuts asked about, as far as the answer left the levels where they were."""
        below = sum(count for _level, count in before[: self.levels])
        for was, now in zip(before[self.levels :], self.reached()[self.levels :], strict=False):
            if was != now or Cut(was[0], beyond=True) not in cuts:
                return
            self.settled.append(Settled(Cut(was[0]), below))
            below += was[1]
            self.settled.append(Settled(Cut(was[0], beyond=True), below))
            self.levels += 1


def _between(low: Fraction, high: Fraction) -> Fraction:
    """About the middle, as a simple fraction where one lies between."""
    middle = (low + high) / 2
    simple = middle.limit_denominator(SIMPLE)
    return simple if low < simple < high else middle


def _require(
    draft: Draft, keys: Sequence[Key], settled: Sequence[Settled], cuts: Sequence[Cut], place: Place
) -> dict[Cut, Linear]:
    """Require the settled counts, and answer with the count below every cut."""
    counts = ladder(draft, keys, {one.cut for one in settled} | set(cuts), place)
    for one in settled:
        draft.require(counts[one.cut] <= one.below, place)
    return counts


def fitting(keys: Sequence[Key], cuts: Sequence[Cut]) -> Sequence[Cut]:
    """As many of the cuts, from the worst, as one objective can carry; at least the first level's two."""
    weight, chosen = 1, 0
    for cap in caps(keys, cuts):
        weight *= cap + 1
        if weight > PACK and chosen >= 2:  # noqa: PLR2004  # just below a level and just beyond it
            break
        chosen += 1
    return cuts[:chosen]


def packed(keys: Sequence[Key], cuts: Sequence[Cut], counts: dict[Cut, Linear]) -> Linear:
    """The counts at the cuts as one amount, the first deciding before the second."""
    parts, weight = [], 1
    lasts = [Linear(), *(counts[cut] for cut in cuts)]
    for cut, last, cap in reversed(list(zip(cuts, lasts, caps(keys, cuts), strict=False))):
        parts.append((counts[cut] - last) * weight)
        weight *= cap + 1
    return total(parts)


def caps(keys: Sequence[Key], cuts: Sequence[Cut]) -> list[int]:
    """How many shares can lie between each cut and the one before it, whatever is decided."""
    between = (sum(not alike(key, low, high) for key in keys) for low, high in pairwise(cuts))
    return [len(keys), *between]


def shares(keys: Sequence[Key], values: list[int]) -> Iterator[Fraction]:
    """What each key that is present comes to."""
    return (share for key in keys if (share := key.share(values)) is not None)


def tops(draft: Draft, keys: Sequence[Key]) -> Iterator[Fraction]:
    """The most each share could be, from the bounds of the variables alone."""
    for key in keys:
        most = key.scale.serves(draft.tight_bounds(key.amount)[1])
        moving = draft.tight_bounds(key.moving)[0]
        yield Fraction(most, max(1, moving + min(whole for whole, _present in key.wholes)))
