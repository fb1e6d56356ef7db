"""A leximin goal on its way up: all levels are closed in on together, and one question proves the whole vector.

Looking for a good plan and proving that there is no better one are two things. The search asks for few shares below
many cuts at once, first far apart, then ever closer around the levels of the best plan so far; a cut weighs more the
lower it is, and nothing rests on by how much. When it finds nothing better, one question with the levels' own cuts
says whether there is anything better at all: if so, that is where the search goes on from, and if not, all is proven.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import takewhile
from math import gcd

from rebalance.goals.goal import Leximin, LeximinVector, better
from rebalance.model.finding import Place
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.solver.engine import Engine, Status
from rebalance.solver.fixed import settled
from rebalance.solver.guide import HEAVIEST, Guide
from rebalance.solver.leximin import CountBelow, Threshold, bettering, profile, require, tops

GRID = 24
"""So many cuts, evenly apart, are asked about first."""

PARTS = 4
"""Into so many parts the distance between cuts is divided from one question to the next."""

CUTS = 32
"""So many cuts fit into one question."""

LOWEST, STEEP, GROWTH = 8, 4, Fraction(3, 2)
"""By how much a cut outweighs the next higher one: among the lowest few steeply, above them less.

So all weights stay below 10⁹, which a linear relaxation in floats still sees. Where one share more at a lower cut is
paid for by many at higher ones, the search may not see that it is worth it; the proof does.
"""

FEW = 2
"""Where no more levels than this have changed, what is left is likely to be nothing, and the proof is tried."""


@dataclass(slots=True)
class Ascent:
    """A leximin goal in one model, with the best plan there so far.

    Attributes:
        finder: looks for better plans, and need not prove that what it finds is the best
        prover: says whether there is any better plan
        model: what must hold
        aim: the goal
        values: the best plan so far, as one value per variable; at first, what to begin with
        proven: whether there is no better plan in this model
        top: no share that counts is higher
        step: how far the cuts around a level go
        kept: how many of the lowest levels have stayed as they were when the plan was last bettered
        near: whether hardly any level has changed then
        guide: how high the shares might get, where that is known
    """

    finder: Engine
    prover: Engine
    model: Model
    aim: Leximin
    values: list[int]
    proven: bool = False
    top: Fraction = field(init=False)
    step: Fraction = field(init=False)
    kept: int = 0
    near: bool = False
    guide: Guide | None = None

    def __post_init__(self) -> None:
        """Begin with cuts far apart."""
        enough = self.aim.enough
        self.top = max(tops(self.model, self.aim.ratios), default=Fraction(0)) if enough is None else enough
        self.step = self.top / GRID

    @property
    def reached(self) -> LeximinVector:
        """The levels of the best plan so far, as far as they count."""
        return profile(self.aim, self.values)

    @property
    def worst(self) -> Fraction:
        """The lowest of them."""
        return self.reached[0][0] if self.reached else self.top

    def begin(self) -> bool:
        """Find a first plan, near the guide or as high as cuts far apart let one see; whether there is one."""
        values = self._guided(self.guide.values) if self.guide else None
        if self.top and not values:
            cuts = (Threshold(_simple(self.step * number, self.step / PARTS)) for number in range(1, GRID))
            values = self._few_below([*cuts, Threshold(self.top)])
        values = values or self.prover.solve(self.model, Linear(), self.values).values
        if values is None:
            return False
        if len(self.values) < len(self.model.variables) or better(profile(self.aim, values), self.reached):
            self.values = values
        # Where only the lowest levels are settled, the guide has aimed at them, and raises would mostly go above them.
        while self.guide and self.aim.depth is None and (raised := self._raised()) and self._take(raised):
            pass
        self.near = self.guide is not None
        return True

    def better(self) -> bool:
        """Find a better plan; there is none where it is `proven`, and else there was no time."""
        if not self.near and self._closer():
            return True
        known = settled(self.aim, self.reached)
        if not any(one.below for one in known):
            self.proven = True
            return False
        answer = self.prover.solve(bettering(self.model, self.aim.ratios, known), Linear(), self.values)
        self.proven = answer.status is Status.INFEASIBLE
        if answer.values is None or not self._take(answer.values):
            return False
        self.near = False
        self.step = self.top / GRID / PARTS  # the levels above the one that is better may be lower now
        again = self._guided(self.values, settled(self.aim, self.reached)[: 2 * self.kept + 2])
        if again:
            self._take(again)
        return True

    def _closer(self) -> bool:
        """Ask with closer cuts around the levels; whether the plan is better."""
        before = self.reached
        values = self._few_below(self._around(before), settled(self.aim, before)[: 2 * self.kept])
        if values is None or not self._take(values):
            self.step /= PARTS
            return False
        kept = self.kept
        far = min(len(before), len(self.reached)) > kept and self.reached[kept][0] - before[kept][0] > self.step * 3 / 4
        self.step = self.step * PARTS if far else self.step / PARTS
        return True

    def _guided(self, hint: list[int], held: Sequence[CountBelow] = ()) -> list[int] | None:
        """A plan that falls short of the guide by as little as can be."""
        if self.guide is None:
            return None
        copy = self.model.copy()
        require(copy, self.aim.ratios, held, (), Place())
        return self.finder.solve(copy, self.guide.shortage(copy, self.aim), hint).values

    def _raised(self) -> list[int] | None:
        """A plan in which no share is lower and as many as can be are a step higher, the worst of them first.

        What is left is given to whoever can take it: mostly it costs nobody anything.
        """
        copy, gained = self.model.copy(), list[Linear]()
        shares = [(share, one) for one in self.aim.ratios if (share := one.share(self.values)) is not None]
        levels = {level: rank for rank, (level, _count) in enumerate(reversed(profile(self.aim, self.values)))}
        growth = HEAVIEST ** (1 / max(1, len(levels)))
        for share, ratio in shares:
            rank = levels.get(share, 0)
            step = gcd(*ratio.amount.terms.values())
            if ratio.moving.terms or len(ratio.wholes) > 1 or not step:
                return None
            copy.add(ratio.active >= (1 if share else 0))
            copy.add(ratio.wholes[0][1].equals(1))
            up = copy.variable(("up", len(gained)), 0, 1)
            now = ratio.amount.value(self.values)
            more = copy.variable(
                ("more", len(gained)), 0, max(0, self.model.tight_bounds(ratio.amount)[1] - now) // step
            )
            copy.add(ratio.amount >= now + (up + more) * step)
            gained += [up * -int(growth**rank * len(shares)), -more]
        hint = [*self.values[: len(self.model.variables)], *(0 for _one in gained)]
        return self.finder.solve(copy, total(gained), hint).values

    def _take(self, values: list[int]) -> bool:
        """Go on from another plan, if it is better."""
        before, now = self.reached, profile(self.aim, values)
        if not better(now, before):
            return False
        self.values = values
        self.kept = sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], zip(before, now, strict=False)))
        self.near = len(set(now) - set(before)) <= FEW
        return True

    def _around(self, levels: LeximinVector) -> list[Threshold]:
        """The lowest of all cuts just below and beyond each level that may still change, and in steps above it."""
        cuts: set[Threshold] = set()
        for level, _count in levels[self.kept :]:
            if level == self.aim.enough or len(cuts) >= CUTS:
                break
            above = (level + self.step * part / PARTS for part in range(1, PARTS + 1))
            nearby = (_simple(cut, self.step / PARTS**2) for cut in above)
            cuts |= {Threshold(level), Threshold(level, beyond=True)}
            cuts |= {Threshold(cut) for cut in nearby if level < cut < self.top}
        return sorted(cuts | {Threshold(self.top)})[:CUTS]

    def _few_below(self, cuts: Sequence[Threshold], held: Sequence[CountBelow] = ()) -> list[int] | None:
        """A plan with few shares below the cuts, the lower the cut the fewer."""
        copy, weight, parts = self.model.copy(), Fraction(1), []
        counts = require(copy, self.aim.ratios, held, cuts, Place())
        for left, cut in reversed(list(enumerate(cuts))):
            parts.append(counts[cut] * int(weight))
            weight *= STEEP if left <= LOWEST else GROWTH
        return self.finder.solve(copy, total(parts), self.values).values


def _simple(number: Fraction, tolerance: Fraction) -> Fraction:
    """A number nearby with a small denominator: long fractions make large coefficients."""
    denominator = 16
    while abs((simple := number.limit_denominator(denominator)) - number) > tolerance:
        denominator *= 4
    return simple
