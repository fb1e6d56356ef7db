"""How single values of plain data become numbers, flags and texts, and back: strictly.

A text is no number, a number no flag, a float nothing at all; what does not fit raises `UnfitError`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from rebalance.goals.slack import Slack
from rebalance.record.unfit import UnfitError

LARGEST = 2**53  # beyond it other readers of JSON lose digits
DIGITS = 64
DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
FRACTION = re.compile(r"[+-]?[0-9]+(\.[0-9]+|/0*[1-9][0-9]*)?")


def whole(value: object, _kind: object) -> int:
    """A whole number; true and 1.0 are none."""
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
        raise UnfitError(value)
    return value


def flag(value: object, _kind: object) -> bool:
    """True or false; 1, 0 and "yes" are neither."""
    if not isinstance(value, bool):
        raise UnfitError(value)
    return value


def text(value: object, _kind: object) -> str:
    """A text; a number is none."""
    if not isinstance(value, str):
        raise UnfitError(value)
    return value


def decimal(value: object, kind: object) -> Decimal:
    """An exact decimal, from a whole number, a TOML decimal, or its digits as a text."""
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) <= DIGITS:
        return value
    if isinstance(value, str) and len(value) <= DIGITS and DECIMAL.fullmatch(value):
        return Decimal(value)
    return Decimal(whole(value, kind))


def fraction(value: object, kind: object) -> Fraction:
    """An exact fraction, from a number, or a text such as "1/3" or "0.15"."""
    if isinstance(value, str) and len(value) <= DIGITS and FRACTION.fullmatch(value):
        return Fraction(value)
    return Fraction(decimal(value, kind))


def choice(value: object, kind: type[Enum]) -> Enum:
    """One of a fixed list, by its value."""
    if not isinstance(value, str) or value not in [option.value for option in kind]:
        raise UnfitError(value)
    return kind(value)


def slack(value: object, kind: object) -> Slack:
    """A whole number, or a percentage such as "5 %"."""
    if isinstance(value, str) and value.endswith("%"):
        amount = fraction(value.removesuffix("%").strip(), kind)
        if amount < 0:
            raise UnfitError(value)
        return Slack(amount, percent=True)
    if whole(value, kind) < 0:
        raise UnfitError(value)
    return Slack(Fraction(whole(value, kind)))


def plain_slack(value: Slack) -> int | str:
    """The same the other way round."""
    return str(value) if value.percent else int(value.amount)


def plain_fraction(value: Fraction) -> int | str:
    """A whole number as one, where other readers would not lose digits; any other fraction as "p/q"."""
    return value.numerator if value.denominator == 1 and abs(value) <= LARGEST else str(value)
