"""The one converter of the project: frozen dataclasses to plain data (what JSON can hold), and back."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum, StrEnum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from cattrs import Converter
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from rebalance.county.columns import NotBelow, Unless, Within
from rebalance.fault import Fault, FaultsError
from rebalance.goals.goal import Slack
from rebalance.scenario.names import said_all
from rebalance.table import LARGEST, plain_fraction
from rebalance.text import _, near_miss, plain, quoted


def range_of(kind: Any) -> Within | None:  # noqa: ANN401 - a type, in any of the forms annotations have
    """The range a number is marked with."""
    marks = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    return next((mark for mark in marks if isinstance(mark, Within)), None)


def in_order(made: object, kind: type) -> None:
    """Refuse a table in which a number is below another that it must not be below, or two choices do not go together.

    Raises:
        ClassValidationError: with every such number and choice.
    """
    errors = [error for name, mark in _marked(kind) for error in _out_of_order(made, name, mark)]
    if errors:
        raise ClassValidationError("", errors, kind)


def _out_of_order(made: object, name: str, mark: NotBelow | Unless) -> Iterator[ValueError]:
    match mark:
        case NotBelow(others=others):
            yield from _below(made, name, others)
        case Unless(value=value, other=other, taken=taken):
            if getattr(made, name) is value and getattr(made, other) is taken:
                message = _("does not go with {other} = {taken} (got {value}). Leave one of the two out.")
                error = ValueError(message.format(other=other, taken=quoted(str(taken)), value=quoted(str(value))))
                error.add_note(AttributeValidationNote("", name, type(value)))
                yield error


def _below(made: object, name: str, others: tuple[str, ...]) -> Iterator[ValueError]:
    number = getattr(made, name)
    for other in others:
        least = getattr(made, other, None)
        if number is not None and least is not None and number < least:
            message = _("less than {other} (got {value}). Accepted: {least} or more.")
            error = ValueError(message.format(other=other, value=number, least=least))
            error.add_note(AttributeValidationNote("", name, type(number)))
            yield error
            return


@cache
def _marked(kind: type) -> tuple[tuple[str, NotBelow | Unless], ...]:
    """The fields marked with something that binds them to others, each with its mark."""
    hints = get_type_hints(kind, include_extras=True) if is_dataclass(kind) else {}
    marks = ((item.name, mark) for item in fields(kind) for mark in get_args(hints[item.name])[1:])
    return tuple((name, mark) for name, mark in marks if isinstance(mark, NotBelow | Unless))


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
        return _("a table with the keys {keys}").format(keys=", ".join(said_all(keys(kind))))
    if issubclass(kind, Enum):
        return _("one of: {words}").format(words=", ".join(str(option.value) for option in kind))
    if issubclass(kind, Mapping):
        return _("a table")
    words = {
        bool: _("true or false"),
        int: _("a whole number"),
        str: _("text"),
        Fraction: _('a number, or a fraction such as "1/3" or "15 %"'),
        Decimal: _("a number"),
        Slack: _('a whole number of zero or more, or a percentage such as "5 %"'),
    }
    return words.get(kind, _("any value"))


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
    """An exact fraction, from a number, or a text such as "1/3", "0.15" or "15 %"."""
    if isinstance(value, str) and len(value) <= DIGITS and FRACTION.fullmatch(value):
        return Fraction(value)
    if isinstance(value, str) and len(value) <= DIGITS and DECIMAL.fullmatch(plain := value.removesuffix("%").rstrip()):
        return Fraction(plain) / 100
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


def misfits(error: Exception, kind: Any, where: str, file: str) -> Iterator[Fault]:  # noqa: ANN401 - a type
    """Every fault in an error of the converter, down to the single value.

    Args:
        error: what the converter raised.
        kind: the type that was called for.
        where: the key path there.
        file: the file's name.
    """
    match error:
        case ClassValidationError() | IterableValidationError():
            noted, others = error.group_exceptions()
            for inner, note in noted:
                yield from misfits(inner, note.type, _path(where, note), file)
            for inner in others:
                yield from misfits(inner, error.cl, where, file)
        case ForbiddenExtraKeysError():
            yield from (_unknown(key, error.cl, where, file) for key in sorted(error.extra_fields))
        case UnfitError():
            yield Fault(file, 0, where, describe(error.value, kind), plain(error.value))
        case KeyError():
            yield Fault(file, 0, where, _("missing. Accepted: {accepted}.").format(accepted=accepted(kind)))
        case ValueError():  # a dataclass that checks itself
            yield Fault(file, 0, where, str(error))
        case _:
            raise error


def _path(where: str, note: AttributeValidationNote | IterableValidationNote) -> str:
    """The key path one step further in; items of lists are counted from 1."""
    if isinstance(note, AttributeValidationNote):
        return _join(where, note.name.rstrip("_"))
    return f"{where}[{note.index + 1}]" if isinstance(note.index, int) else _join(where, note.index)


def _unknown(key: str, kind: type | None, where: str, file: str) -> Fault:
    known = keys(kind) if kind else ()
    message = _("unknown key (got {value}). Accepted: {accepted}.")
    text = message.format(value=quoted(key), accepted=", ".join(said_all(known)) or _("no keys"))
    return Fault(file, 0, _join(where, key), text + near_miss(key, dict.fromkeys((*known, *said_all(known)))), key)


def _join(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


T = TypeVar("T")
Hook = Callable[[Any, Any], Any]


def structure(data: object, cls: type[T], where: str, file: str) -> T:
    """Make an object of plain data.

    Args:
        data: what a TOML or JSON reader gave (decimals read as `Decimal`).
        cls: the dataclass; its fields are the keys, and there may be no others.
        where: the key path of the data in its file, for the faults.
        file: the file's name, for the faults.

    Raises:
        FaultsError: with everything that is unknown, missing or of the wrong type.
    """
    try:
        return _converter.structure(data, cls)
    except (UnfitError, BaseValidationError) as error:
        raise FaultsError(list(misfits(error, cls, where, file))) from None


def unstructure(value: object) -> Any:  # noqa: ANN401 - plain data is a tree of anything JSON can hold
    """Make plain data of an object, leaving out nothing; fractions become "p/q", decimals their digits."""
    return _converter.unstructure(value)


def _dataclass_hook(kind: type) -> Hook:
    hints = get_type_hints(kind, include_extras=True)
    for item in fields(kind):
        item.type = hints[item.name]  # left to itself, the converter would not see what numbers are marked with
    inner: Hook = make_dict_structure_fn(kind, _converter, **_renames(kind))

    def hook(value: object, _kind: object) -> object:
        if not isinstance(value, Mapping):
            raise UnfitError(value)
        made = inner(value, kind)
        in_order(made, kind)
        return made

    return hook


def _range_hook(kind: Any) -> Hook:  # noqa: ANN401 - a type, in any of the forms annotations have
    within = range_of(kind)

    def hook(value: object, _kind: object) -> object:
        number = _converter.structure(value, get_args(kind)[0])
        if within and not within.holds(number):
            raise UnfitError(value)
        return number

    return hook


def _tuple_hook(kind: Any) -> Hook:  # noqa: ANN401 - likewise
    args = get_args(kind)

    def hook(value: object, _kind: object) -> object:
        if not isinstance(value, list | tuple):
            raise UnfitError(value)
        kinds = args[:1] * len(value) if args[-1] is Ellipsis else args
        if len(kinds) != len(value):
            raise UnfitError(value)
        return tuple(_each(dict(enumerate(value)), dict(enumerate(kinds)), kind).values())

    return hook


def _mapping_hook(kind: Any) -> Hook:  # noqa: ANN401 - likewise
    key, item = get_args(kind)

    def hook(value: object, _kind: object) -> object:
        if not isinstance(value, Mapping):
            raise UnfitError(value)
        found = _each(value, dict.fromkeys(value, item), kind)
        names = _each({name: name for name in value}, dict.fromkeys(value, key), kind)
        return {names[name]: got for name, got in found.items()}

    return hook


def _each(values: Mapping[Any, object], kinds: Mapping[Any, Any], container: type) -> dict[Any, Any]:
    """Structure every item, and report on all of them that do not fit."""
    found = {}
    errors: list[Exception] = []
    for place, value in values.items():
        try:
            found[place] = _converter.structure(value, kinds[place])
        except (UnfitError, BaseValidationError) as error:
            error.add_note(IterableValidationNote(str(place), place, kinds[place]))
            errors.append(error)
    if errors:
        raise IterableValidationError("", errors, container)
    return found


def _union_hook(union: Any) -> Hook:  # noqa: ANN401 - likewise
    arms = [arm for arm in get_args(union) if arm is not NoneType]

    def hook(value: object, _kind: object) -> object:
        if value is None and NoneType in get_args(union):
            return None
        for arm in arms[:-1]:
            try:
                return _converter.structure(value, arm)
            except (UnfitError, BaseValidationError):
                continue
        return _converter.structure(value, arms[-1])

    return hook


def _renames(kind: type) -> dict[str, Any]:
    """Fields named after a Python keyword carry a trailing underscore; their keys do not."""
    names = [item.name for item in fields(kind)]
    return {name: override(rename=name.rstrip("_")) for name in names if name.endswith("_")}


def _is_dataclass(kind: Any) -> bool:  # noqa: ANN401 - likewise
    return isinstance(kind, type) and is_dataclass(kind)


def _is_a(*origins: object) -> Callable[[Any], bool]:
    return lambda kind: get_origin(kind) in origins


def _text(value: object, kind: type) -> object:
    """A text, or a member of a `StrEnum`, which the converter takes for a kind of text."""
    return choice(value, kind) if issubclass(kind, Enum) else text(value, kind)


def _made() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    for kind, hook in {int: whole, bool: flag, str: _text, Decimal: decimal, Fraction: fraction}.items():
        converter.register_structure_hook(kind, hook)
    converter.register_structure_hook(Enum, choice)
    converter.register_structure_hook(Slack, slack)
    converter.register_unstructure_hook(Slack, plain_slack)
    converter.register_structure_hook_factory(_is_dataclass, _dataclass_hook)
    converter.register_structure_hook_factory(lambda kind: range_of(kind) is not None, _range_hook)
    converter.register_structure_hook_factory(_is_a(tuple), _tuple_hook)
    converter.register_structure_hook_factory(_is_a(Mapping, dict), _mapping_hook)
    converter.register_structure_hook_factory(_is_a(Union, UnionType), _union_hook)
    converter.register_unstructure_hook(Fraction, plain_fraction)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_unstructure_hook(StrEnum, operator.attrgetter("value"))
    converter.register_unstructure_hook_func(_is_a(tuple), _list)
    converter.register_unstructure_hook(tuple, _list)
    converter.register_unstructure_hook_factory(
        _is_dataclass, lambda kind: make_dict_unstructure_fn(kind, converter, **_renames(kind))
    )
    return converter


def _list(values: tuple[object, ...]) -> list[Any]:
    return [_converter.unstructure(value) for value in values]


_converter = _made()
