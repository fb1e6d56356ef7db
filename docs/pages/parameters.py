"""The parameters of a rule or goal, read off its fields: key, type, default, meaning."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from fractions import Fraction
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from docs.pages.docstring import said
from rebalance.county.columns import Ref, Within
from rebalance.goals.goal import Slack
from rebalance.rules.rule import Range
from rebalance.scenario.codec import unstructure

COMMON = frozenset({"source", "law"})
"""What every rule has; said once, on the page that lists them."""

PLAIN = {
    Fraction: "exact number",
    int: "whole number",
    str: "text",
    bool: "true or false",
    Slack: 'whole number, or a percentage such as `"5 %"`',
}
IDS = {
    "year": "year",
    "agency": "id of an agency",
    "holder": "id of a unit or township, or `reserve`",
    "units.force": "word of `units.force`",
    "stations.kind": "word of `stations.kind`",
}


def rows(part: type, above: str = "") -> Iterator[tuple[str, str, str, str]]:
    """A row for every parameter, those of inner tables behind a dot."""
    hints, meanings = get_type_hints(part, include_extras=True), said(part).fields
    for item in (item for item in fields(part) if above or item.name not in COMMON):
        key, kind = above + item.name.rstrip("_"), _bare(hints[item.name])
        inner = _inner(kind)
        if inner is Range:
            yield key, "table", "no limit", meanings[item.name]
            yield from rows(inner, f"{key}.")
        else:
            yield key, described(kind), _default(item), meanings[item.name]
            yield from rows(inner, f"{key}[].") if inner else ()


def described(kind: Any) -> str:  # noqa: ANN401  # a type
    """A type in the words of a scenario file."""
    kind = _bare(kind)
    if get_origin(kind) is Annotated:
        return _marked(*get_args(kind))
    if get_origin(kind) is tuple:
        return f"list of {_several(get_args(kind)[0])}"
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return "one of " + ", ".join(f'`"{one}"`' for one in kind)
    return PLAIN[kind]


def _marked(kind: Any, *marks: object) -> str:  # noqa: ANN401  # a type
    words = described(kind)
    for mark in marks:
        match mark:
            case Ref(refers):
                words = IDS.get(refers, f"id of a {refers}")
            case Within(least, None):
                words = f"{words} from {least} on"
            case Within(least, most):
                words = f"{words} from {least} to {most}"
    return words


def _several(kind: Any) -> str:  # noqa: ANN401  # a type
    if is_dataclass(kind):
        return "tables"
    return described(kind).replace("id of a category", "ids of categories").replace("word of", "words of")


def _bare(kind: Any) -> Any:  # noqa: ANN401  # a type
    """The type without the None that stands for nothing being said; a mark outside it moves inside."""
    if get_origin(kind) is Annotated:
        return Annotated[_bare(get_args(kind)[0]), *kind.__metadata__]
    if get_origin(kind) in {Union, UnionType}:
        return next(one for one in get_args(kind) if one is not NoneType)
    return kind


def _inner(kind: Any) -> type | None:  # noqa: ANN401  # a type
    """The dataclass of an inner table, or of the tables in a list."""
    inner = get_args(kind)[0] if get_origin(kind) is tuple else kind
    return inner if isinstance(inner, type) and is_dataclass(inner) and inner is not Slack else None


def _default(item: Field[Any]) -> str:
    if item.default is MISSING:
        return "must be given"
    if item.default in {None, ""}:
        return "–"
    return f"`{json.dumps(unstructure(item.default))}`"
