"""The one converter of the project: frozen dataclasses to plain data (what JSON can hold), and back."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum, StrEnum
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from cattrs import Converter
from cattrs.errors import BaseValidationError, IterableValidationError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from rebalance.fault import FaultsError
from rebalance.goals.slack import Slack
from rebalance.record.bounded import in_order, range_of
from rebalance.record.misfits import misfits
from rebalance.record.scalars import choice, decimal, flag, fraction, plain_fraction, plain_slack, slack, text, whole
from rebalance.record.unfit import UnfitError

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
