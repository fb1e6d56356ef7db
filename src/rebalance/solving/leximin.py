"""Exact leximin: raise the worst share first, then the next, proving several levels in each solve.

The sorted shares are lexicographically largest exactly when, going up from the worst, the *number* of shares below
each level is lexicographically smallest. Between two levels of a given plan nothing can be gained without showing at
one of the cuts just below and just beyond its own levels, so those cuts are all that must be asked about. Their
counts are packed into one objective whose weights make the first count decide before the second (each weight exceeds
all that the later ones can add up to), as many as keep the weights small. Counts are held afterwards, never which
shares were counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from rebalance.draft import Draft
from rebalance.finding import Place
from rebalance.goals.goal import Key, Profile, WorstFirst, profile
from rebalance.linear import Linear, total
from rebalance.solving.engine import Engine, Status
from rebalance.solving.ladder import NOTHING, Cut, alike, gap, ladder, thresholds
from rebalance.solving.relaxation import HELD_INSIDE

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
                if climbed and climbed != NOTHING:
                    draft.require(gap(key, climbed) >= 0)
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
