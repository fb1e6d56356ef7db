"""Exact figures written with digits."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

PLACES = 6


def digits(value: Fraction | Decimal | int) -> str:
    """A figure of zero or more: exact with up to six decimals; what goes on longer ends in "…" and is not rounded."""
    exact = Fraction(value)
    steps, rest = divmod(exact * 10**PLACES, 1)
    whole, decimals = divmod(int(steps), 10**PLACES)
    if rest:
        return f"{whole}.{decimals:0{PLACES}}…"
    return f"{whole}.{decimals:0{PLACES}}".rstrip("0").rstrip(".")


def summed(values: Iterable[Fraction]) -> str:
    """A sum as it is written; nothing at all is 0."""
    return " + ".join(map(digits, values)) or "0"
