"""Values of settings: one by one, in ranges, on a grid, or drawn."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

from rebalance.scenario.settings import Settings
from rebalance.text import _, quoted

MOST = 100_000
"""As many values, or cases, as anybody can wait for."""


def values_in(text: str) -> list[Any]:
    """The values, exactly: numbers, true or false, or texts.

    `a..b/step` goes from one number to another; without a step, in steps of the last digit written. Several are
    separated by commas.

    Raises:
        ValueError: saying what is wrong with the text.
    """
    found = [value for part in text.split(",") for value in _part(part.strip())]
    if len(found) > MOST:
        raise ValueError(_("too many values (got {count}). At most {most}.").format(count=len(found), most=MOST))
    return found


def value_in(text: str) -> Any:  # noqa: ANN401  # whatever TOML can say
    """One value as in a scenario file; what is no TOML is a text."""
    try:
        return tomllib.loads(f"value = {text}", parse_float=Decimal)["value"] if "\n" not in text else text
    except (ValueError, ArithmeticError, RecursionError):
        return text


def draws(axes: Sequence[Sequence[Any]], count: int, seed: int) -> Iterator[tuple[Any, ...]]:
    """So many random choices of one value of each axis, the same for the same seed."""
    rng = Random(seed)  # noqa: S311  # cases, not secrets
    for _number in range(count):
        yield tuple(axis[rng.getrandbits(64) % len(axis)] for axis in axes)


def _part(text: str) -> list[Any]:
    if not text:
        raise ValueError(_("a value is missing. Write values such as 0.05..0.30/0.05 or 2,4,8."))
    if ".." not in text:
        return [value_in(text)]
    ends, slash, step = text.partition("/")
    first, _dots, last = ends.partition("..")
    numbers = [_number(part.strip(), text) for part in (first, last, *([step] if slash else []))]
    return list(_range(numbers[0], numbers[1], numbers[2] if slash else _digit(numbers), text))


def _number(text: str, whole: str) -> int | Decimal:
    found = value_in(text)
    if isinstance(found, bool) or not isinstance(found, int | Decimal) or not Decimal(found).is_finite():
        message = _("not a range (got {value}). Write one such as 0.05..0.30/0.05 or 1..9.")
        raise ValueError(message.format(value=quoted(whole)))
    return found


def _digit(numbers: Sequence[int | Decimal]) -> int | Decimal:
    """One of the last digit written."""
    places = max(-int(Decimal(number).as_tuple().exponent) for number in numbers)
    return Decimal(1).scaleb(-places) if places > 0 else 1


def _range(first: int | Decimal, last: int | Decimal, step: int | Decimal, text: str) -> Iterator[int | Decimal]:
    if step <= 0 or last < first or (Decimal(last) - first) / step >= MOST:
        message = _("not a range (got {value}). It goes up, in steps above 0, at most {most} of them.")
        raise ValueError(message.format(value=quoted(text), most=MOST))
    value = first
    while value <= last:
        yield value
        value += step


def grid(axes: Mapping[str, Sequence[Any]]) -> list[Settings]:
    """Every combination, the last path changing fastest."""
    return [dict(zip(axes, values, strict=True)) for values in product(*axes.values())]


def drawn(axes: Mapping[str, Sequence[Any]], count: int, seed: int) -> list[Settings]:
    """So many random combinations, the same for the same seed."""
    return [dict(zip(axes, values, strict=True)) for values in draws(list(axes.values()), count, seed)]


def name_of(settings: Settings) -> str:
    """What is set, in short: the last two steps of each path tell one from the other well enough."""
    return ", ".join(f"{'.'.join(path.split('.')[-2:])} = {value}" for path, value in settings.items())
