"""What plain data may be, in words: told to a person whose file holds something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from rebalance.county.parameters import Within
from rebalance.goals.slack import Slack
from rebalance.hints import near_miss, quoted
from rebalance.record.bounded import range_of
from rebalance.words import _


class UnfitError(Exception):
    """A value that is not what its place calls for."""

    def __init__(self, value: object) -> None:
        """Keep the value for the message."""
        super().__init__(value)
        self.value = value


def describe(value: object, kind: Any) -> str:  # noqa: ANN401 - a type, in any of the forms annotations have
    """The sentences about a value that does not fit its type."""
    message = _("not accepted (got {value}). Accepted: {accepted}.")
    is_choice = isinstance(kind, type) and issubclass(kind, Enum)
    near = near_miss(value, [str(option.value) for option in kind]) if is_choice and isinstance(value, str) else ""
    if isinstance(value, float):  # no file gives one, but a program may
        near = " " + _('A float is not exact: write "{value}" or Fraction("{value}").').format(value=value)
    return message.format(value=quoted(value), accepted=accepted(kind)) + near


def accepted(kind: Any) -> str:  # noqa: ANN401 - likewise
    """What a type accepts, in words."""
    arms = get_args(kind)
    match get_origin(kind) or kind:
        case origin if origin is Annotated:
            return _ranged(accepted(arms[0]), range_of(kind))
        case origin if origin in (Union, UnionType):
            return _(" or ").join(accepted(arm) for arm in arms if arm is not NoneType)
        case origin if origin is tuple and arms[-1] is Ellipsis:
            return _("a list, each item {item}").format(item=accepted(arms[0]))
        case origin if origin is tuple:
            return _("a list of {items}").format(items=_(" and ").join(map(accepted, arms)))
        case origin if isinstance(origin, type):
            return _class(origin)
    return _("any value")


def _ranged(words: str, within: Within | None) -> str:
    if within is None:
        return words
    if within.most is None:
        return _("{words}, {least} or more").format(words=words, least=within.least)
    return _("{words}, from {least} to {most}").format(words=words, least=within.least, most=within.most)


def keys(kind: type) -> tuple[str, ...]:
    """The keys of a dataclass in plain data: its fields (`from_`, so written for Python, is `from`)."""
    return tuple(item.name.rstrip("_") for item in fields(kind) if item.init)


def _class(kind: type) -> str:
    if is_dataclass(kind) and kind is not Slack:
        return _("a table with the keys {keys}").format(keys=", ".join(keys(kind)))
    if issubclass(kind, Enum):
        return _("one of: {words}").format(words=", ".join(str(option.value) for option in kind))
    if issubclass(kind, Mapping):
        return _("a table")
    words = {
        bool: _("true or false"),
        int: _("a whole number"),
        str: _("text"),
        Fraction: _('a number, or a fraction such as "1/3"'),
        Decimal: _("a number"),
        Slack: _('a whole number of zero or more, or a percentage such as "5 %"'),
    }
    return words.get(kind, _("any value"))
