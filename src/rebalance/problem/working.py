"""How a demand was worked out: an exact number of positions, and every step of the arithmetic that led to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Protocol

from rebalance.county.agencies import Method
from rebalance.county.remark import Remark
from rebalance.text import _

HUNDRED = 100
"""Demand is counted in hundredths of a position."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of arithmetic: what it gives, how, and how much."""

    label: str
    formula: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Working:
    """How many positions the work of an agency needs in a township (agency empty: in the township as one)."""

    township: str
    agency: str
    method: Method
    amount: Fraction
    common: tuple[Step, ...] = ()
    """The steps that are the same in every township."""
    own: tuple[Step, ...] = ()
    """The steps that are this township's."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """All the arithmetic, in order."""
        return self.common + self.own

    @property
    def hundredths(self) -> int:
        """What is used: the amount in hundredths, rounded up."""
        return rounded_up(self.amount)


class Model(Protocol):
    """A way of working demand out; it is made of a county."""

    def work_out(self, township: str, agency: str) -> Working | None:
        """The demand of an agency of a township; None where the county's figures do not settle it."""

    def gaps(self, agency: str) -> Iterator[Remark]:
        """What keeps the demand of an agency from being worked out, or had to be taken as nothing."""


def rounded_up(positions: Fraction) -> int:
    """Positions in hundredths, the last one begun counting whole."""
    return ceil(positions * HUNDRED)


def last_step(positions: Fraction) -> Step:
    """The one rounding, at the end."""
    return Step(_("demand"), _("rounded up to 1/100"), Fraction(rounded_up(positions), HUNDRED))


PLACES = 6


def digits(value: Fraction | Decimal | int) -> str:
    """A figure of zero or more: exact with up to six decimals; what goes on longer ends in "…" and is not rounded."""
    exact = Fraction(value)
    steps, rest = divmod(exact * 10**PLACES, 1)
    whole, decimals = divmod(int(steps), 10**PLACES)
    if rest:
        return f"{whole}.{decimals:0{PLACES}}…"
    return f"{whole}.{decimals:0{PLACES}}".rstrip("0").rstrip(".")


def time_taken(hours: Fraction) -> str:
    """How long something takes, exactly: in hours, or in minutes where no short decimal says it in hours."""
    if (hours * 10**PLACES).denominator == 1:
        return _("{hours} h").format(hours=digits(hours))
    return _("{minutes} min").format(minutes=digits(hours * 60))


def summed(values: Iterable[Fraction]) -> str:
    """A sum as it is written; nothing at all is 0."""
    return " + ".join(map(digits, values)) or "0"
