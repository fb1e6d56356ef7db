"""Leximin by plain rounds: find the worst level, count who is stuck at it, hold the count, go on with the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from ortools.sat.python import cp_model

from benchmarks.pairwise.search import Search
from benchmarks.pairwise.shares import Share

SCALE = 1000
"""The level is a variable, in thousandths: one so fine that it tells all shares apart kept the solver busy for ever.
The counts are exact; they notice when a thousandth was too coarse, the level is then taken from the plan they found."""


@dataclass(slots=True)
class Rounds:
    """A leximin goal under way. `free[i]` says that share i has left all the levels found so far behind."""

    search: Search
    shares: list[Share]
    enough: Fraction | None
    depth: int | None
    free: list[cp_model.IntVar] = field(init=False)
    stuck: int = 0

    def run(self) -> bool:
        """Round after round; whether all that was asked for is proven."""
        self.free = [self.search.cp.new_constant(1) for _ in self.shares]
        levels = 0
        while levels != self.depth and self._left():
            if not self._raise():
                return False
            known = self.stuck
            while self.stuck == known:
                level = min(self._left()) if self.enough is None else min(self.enough, *self._left())
                self._require(level, above=False)
                if level == self.enough:
                    return True
                if not self._count(level):
                    return False
            levels += 1
        return True

    def _left(self) -> list[Fraction]:
        """The shares, in the best plan so far, of those not stuck."""
        pairs = zip(self.shares, self.free, strict=True)
        every = (self.search.share(share) for share, free in pairs if self.search.holds(free))
        return [share for share in every if share is not None]

    def _raise(self) -> bool:
        """Raise all who are not stuck to the highest level they can reach together."""
        top = max(Fraction(share.most, min(share.wholes)) for share in self.shares)
        top = top if self.enough is None else min(top, self.enough)
        cp = self.search.cp
        level = cp.new_int_var(0, int(top * SCALE), "")
        for share, free in zip(self.shares, self.free, strict=True):
            for whole, when in share.cases:
                if whole:
                    cp.add(whole * level <= SCALE * share.amount).only_enforce_if(*when, free)
        proven = self.search.minimise(-level)
        if proven:
            cp.add(level == self.search.value(level))
        return proven

    def _require(self, level: Fraction, *, above: bool) -> None:
        """Whoever is free is at the level, or above it."""
        part, of = level.as_integer_ratio()
        for share, free in zip(self.shares, self.free, strict=True):
            for whole, when in share.cases:
                if whole:
                    self.search.cp.add(of * share.amount >= part * whole + above).only_enforce_if(*when, free)

    def _count(self, level: Fraction) -> bool:
        """As few as can be are stuck at the level or below; hold how many they are, not who."""
        self.free = [self.search.cp.new_bool_var("") for _ in self.shares]
        self._require(level, above=True)
        stuck = len(self.free) - cp_model.LinearExpr.sum(self.free)
        if not self.search.minimise(stuck):
            return False
        self.stuck = self.search.value(stuck)
        self.search.cp.add(stuck <= self.stuck)
        return True
