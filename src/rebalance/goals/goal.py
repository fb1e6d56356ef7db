"""What every goal is: something to make as small, or as even, as can be, and a way to measure it on a finished plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Protocol, runtime_checkable

from rebalance.model.linear import Linear
from rebalance.model.model import Model
from rebalance.model.plan import Decision, Plan
from rebalance.text import NOTHING, _, hundredths, percent


@dataclass(frozen=True, slots=True)
class Slack:
    """A whole number, or a percentage of the best value; in a scenario file `slack = 2` or `slack = "5 %"`."""

    amount: Fraction = Fraction(0)
    percent: bool = False

    def room(self, best: int) -> int:
        """By how much the goal's amount may lie above its best, rounded down."""
        return int(self.amount * abs(best) / 100) if self.percent else int(self.amount)

    def __str__(self) -> str:
        """As it is written in a scenario file."""
        return f"{self.amount} %" if self.percent else str(self.amount)


NONE = Slack()
"""The best itself is held."""

LeximinVector = tuple[tuple[Fraction, int], ...]
"""The levels of a leximin goal from the worst up, each with how many stand exactly at it."""

Value = int | LeximinVector
"""What a goal comes to: a whole number, or a profile of levels."""

Mark = int | Fraction
"""One number of a goal: the whole of an amount (the less the better), the worst share of a leximin goal (the more)."""


@dataclass(frozen=True, slots=True)
class Minimise:
    """Make one amount as small as can be; afterwards it is held at that, or within the slack.

    `parts` add up to the amount. What each comes to at least is often proven sooner, and the sum bounds the whole.
    """

    amount: Linear
    slack: Slack = NONE
    parts: tuple[Linear, ...] = ()


ALWAYS = Linear(constant=1)
NEVER = Linear()


class Scale(Protocol):
    """How an amount turns into the numerator of a share, never falling as the amount grows."""

    def serves(self, amount: int) -> int:
        """The numerator an amount comes to."""

    def needs(self, numerator: int) -> int:
        """The smallest amount that comes to at least a numerator."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Each unit of the amount is worth `size`."""

    size: int = 1

    def serves(self, amount: int) -> int:
        """So many steps."""
        return amount * self.size

    def needs(self, numerator: int) -> int:
        """As many steps as it takes, rounded up."""
        return -(-numerator // self.size)


@dataclass(frozen=True, slots=True)
class Ratio:
    """One of the shares a leximin goal compares: what an `amount` comes to on a scale, over a whole.

    What the whole is may depend on what is decided: `wholes` lists every case with the 0/1 that says it is the one;
    in none of them the share is left out. There are few cases, and in each the whole is a known number, so that a level
    is a whole-number threshold on the amount. Where `active` is 0 the share is nothing, whatever the amount. `simpler`,
    where there is one, is a share of fewer unknowns that is never smaller: what bounds it bounds this one, and it
    spares the solver much of the search.
    """

    amount: Linear
    wholes: tuple[tuple[int, Linear], ...]
    active: Linear = ALWAYS
    scale: Scale = Steps()
    simpler: Ratio | None = None
    moving: Linear = NEVER
    """A part of the whole that is decided freely, beside the cases; then the scale is in `Steps`."""
    left_out: Linear = NEVER
    """1 when the moving whole is nothing."""

    def share(self, values: list[int]) -> Fraction | None:
        """What the share comes to, given one value per variable; None where it is left out."""
        whole = self.moving.value(values) + sum(whole for whole, present in self.wholes if present.value(values))
        if not self.active.value(values):
            return Fraction(0)
        return Fraction(self.scale.serves(self.amount.value(values)), whole) if whole else None


@dataclass(frozen=True, slots=True)
class Leximin:
    """Raise the worst share first, then the next, and so on: exact leximin.

    Shares beyond `enough` count no more (None: no such level); only the lowest `depth` distinct levels are settled
    (None: all).
    """

    ratios: tuple[Ratio, ...]
    enough: Fraction | None = None
    depth: int | None = None
    inside_agencies: bool = False
    """Whether the shares are of single agencies."""


@dataclass(frozen=True, slots=True)
class TieBreak:
    """Choose one plan out of all that are equally good, with a small weighted sum of its cells."""

    weights: Mapping[Decision, int]


Objective = Minimise | Leximin | TieBreak

Least, WorstFirst = Minimise, Leximin
"""Older names, which goals of other people's hold on to."""


@runtime_checkable
class Goal(Protocol):
    """Something to aim for. Its dataclass fields are its options, under the very names of the scenario file."""

    def aim(self, model: Model) -> Objective:
        """What the solver is to do about it."""

    def measure(self, plan: Plan) -> Value:
        """What a finished plan achieves, worked out without the solver."""

    def explain(self) -> str:
        """Say in one sentence what is aimed at."""


BARE = "{count}"
"""The unit of what is shown without one: shares, and the fingerprint of a plan."""


@dataclass(frozen=True, slots=True)
class AboutGoal:
    """What others want to know of a goal, whichever it is.

    Attributes:
        title: the goal for people, in the language spoken
        unit: what its amount counts, with `{count}` where the number stands
        number: how an amount is written, without the unit
        level: how a level of a leximin goal is written
    """

    title: str
    unit: str
    number: Callable[[int], str] = str
    level: Callable[[Fraction], str] = percent

    @property
    def counts_work(self) -> bool:
        """Whether an amount is in hundredths of positions."""
        return self.number is hundredths


@runtime_checkable
class KnownGoal(Goal, Protocol):
    """A goal of `GOALS`: it also says what is said about it. A goal that somebody writes for one county need not."""

    def about(self) -> AboutGoal:
        """What others want to know of it."""


def about(goal: Goal, name: str = "") -> AboutGoal:
    """What is said about a goal; of one that does not say it, that it goes by its name and has no unit."""
    return goal.about() if isinstance(goal, KnownGoal) else AboutGoal(name, BARE)


LEVELS = 2
"""How many levels of a leximin goal are shown."""


def value(goal: Goal, found: Value | None) -> str:
    """What a goal came to, in short, with its unit."""
    said = about(goal)
    if isinstance(found, int):
        return said.unit.format(count=said.number(found))
    shown = [f"{said.level(level)} × {count}" for level, count in (found or ())[:LEVELS]]
    if found and len(found) > LEVELS:
        shown.append(_("… ({count} levels)").format(count=len(found)))
    return ", ".join(shown) or NOTHING


def instead(goal: Goal, now: int, was: int) -> str:
    """What a scalar goal comes to now, instead of before, with its unit said once."""
    said, text = about(goal), _("{now} instead of {was}")
    return said.unit.format(count=text.format(now=said.number(now), was=said.number(was)))


def leximin_vector(shares: Iterable[Fraction], enough: Fraction | None, depth: int | None) -> LeximinVector:
    """Count shares by level, from the worst up, capped at `enough`, down to `depth` distinct levels."""
    counts: dict[Fraction, int] = {}
    for share in sorted(shares if enough is None else (min(share, enough) for share in shares)):
        counts[share] = counts.get(share, 0) + 1
    return tuple(counts.items())[:depth]


def better(mine: Value, theirs: Value) -> bool:
    """Whether one value of a goal is strictly better than another of the same goal."""
    if isinstance(mine, int) and isinstance(theirs, int):
        return mine < theirs
    if isinstance(mine, tuple) and isinstance(theirs, tuple):
        return _ascending(mine) > _ascending(theirs)
    raise TypeError(f"cannot compare {mine!r} with {theirs!r}")


def _ascending(value: LeximinVector) -> tuple[tuple[float | Fraction, int], ...]:
    """Higher level first wins; at equal levels, fewer standing there; nobody left to stand anywhere is best of all."""
    return (*((level, -count) for level, count in value), (inf, 0))
