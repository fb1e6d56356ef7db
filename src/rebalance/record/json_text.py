"""JSON as text: written so that a person can read and compare it, read without trusting it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from rebalance.fault import Fault, FaultsError
from rebalance.hints import quoted
from rebalance.words import _


def written(whole: Mapping[str, Any]) -> str:
    """The same text for the same data: one key a line, and one line for every row of a list of tables."""
    return "{\n" + ",\n".join(f"{_inline(key)}: {_value(value)}" for key, value in whole.items()) + "\n}\n"


def read(text: str, file: str) -> dict[str, Any]:
    """The object a text holds; decimals exactly.

    Raises:
        FaultsError: it is no JSON, or no object, or a key stands twice in it.
    """
    twice: list[str] = []
    whole = _loaded(text, file, twice)
    faults = [Fault(file, 0, key, _("the key stands twice. Keep one of the two.")) for key in twice]
    if not isinstance(whole, dict):
        message = _("not a table (got {value}). Take the file as it was written.")
        faults.append(Fault(file, 0, "", message.format(value=quoted(whole))))
    if faults:
        raise FaultsError(faults)
    found: dict[str, Any] = whole
    return found


def _loaded(text: str, file: str, twice: list[str]) -> Any:  # noqa: ANN401 - whatever the text holds
    try:
        return json.loads(text, parse_float=Decimal, object_pairs_hook=lambda pairs: _object(pairs, twice))
    except json.JSONDecodeError as error:
        message = _("no JSON ({problem}, column {column}). Take the file as it was written.")
        text = message.format(problem=error.msg, column=error.colno)
        raise FaultsError([Fault(file, error.lineno, "", text)]) from None
    except (ArithmeticError, ValueError, RecursionError):  # thousands of digits, or of lists within lists
        message = _("too large or too deep to be a plan. Take the file as it was written.")
        raise FaultsError([Fault(file, 0, "", message)]) from None


def _object(pairs: Iterable[tuple[str, Any]], twice: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            twice.append(key)
        found[key] = value
    return found


def _value(value: object) -> str:
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        return "[\n " + ",\n ".join(map(_inline, value)) + "\n]"
    return _inline(value)


def _inline(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=float)  # a decimal
