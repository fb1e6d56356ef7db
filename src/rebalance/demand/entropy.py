"""The entropy method: an indicator weighs more the more unlike the townships are in it.

The share of township i in indicator k is p = x ÷ Σx; its entropy e = −Σ p·ln p ÷ ln n lies between 0 and 1, and is 1
where all townships are alike; the weight is (1 − e) ÷ Σ (1 − e).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction

from rebalance.demand.indicators import Column

DIGITS = Context(prec=50, rounding=ROUND_HALF_EVEN)
CERTAIN = Decimal("1e-40")
"""Differences from 1 smaller than this are what 50 digits leave of a 1."""

MILLION = 10**6
"""Weights are rounded to millionths, shown, and used as shown."""


def unlikeness(column: Column) -> Decimal:
    """1 − e. 0 where all are alike, where all figures are 0, and where there is one township only."""
    total = sum(column.values())
    if len(column) < 2 or not total:  # noqa: PLR2004 - two are the fewest that can differ
        return Decimal(0)
    with localcontext(DIGITS):
        shares = [_decimal(x / total) for x in column.values() if x]
        entropy = -sum((p * p.ln() for p in shares), Decimal(0)) / Decimal(len(column)).ln()
        return max(Decimal(0), (1 - entropy).quantize(CERTAIN))


def entropy_weights(columns: Mapping[str, Column]) -> dict[str, Fraction]:
    """Weights in millionths that sum to 1; none where no indicator has any figure.

    An indicator without figures weighs 0. Where the others tell no two townships apart, they weigh the same.
    What rounding leaves over goes to the largest, the first of equals.
    """
    telling = {name: unlikeness(column) for name, column in columns.items() if any(column.values())}
    if not any(telling.values()):
        telling = dict.fromkeys(telling, Decimal(1))
    total = sum(map(Fraction, telling.values()), Fraction(0))
    parts = {name: round(MILLION * Fraction(one) / total) for name, one in telling.items()}
    if parts:
        largest = max(parts, key=parts.__getitem__)
        parts[largest] += MILLION - sum(parts.values())
    return {name: Fraction(parts.get(name, 0), MILLION) for name in columns} if parts else {}


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
