"""Whether the ids that rules and goals name exist in the county."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from rebalance.county.county import County
from rebalance.county.known import known_in
from rebalance.county.parameters import Ref
from rebalance.fault import Fault
from rebalance.goals import Goal
from rebalance.rules import Rule
from rebalance.words import _


def unknown_names(rules: Mapping[str, Rule], goals: Mapping[int, Goal], county: County, file: str) -> list[Fault]:
    """A fault for every id among the parameters (marked with `Ref`) that names nothing in the county.

    Goals come by their number in the list.
    """
    places: dict[str, object] = {f"rules.{name}": rule for name, rule in rules.items()}
    places |= {f"goals[{number}]": goal for number, goal in goals.items()}
    known = known_in(county)
    named = (found for where, part in places.items() for found in _named(part, type(part), where))
    years = [str(year) for year in county.years]
    problems = (
        (where, got, _not_planned(got, years) if refers == "year" else known.problem(refers, got))
        for where, got, refers in named
    )
    return [Fault(file, 0, where, problem, got) for where, got, problem in problems if problem]


def _not_planned(year: str, years: Sequence[str]) -> str:
    if year in years:
        return ""
    return _("not a planned year (got {value}). Accepted: {years}.").format(value=year, years=", ".join(years))


def _named(value: Any, kind: Any, where: str) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401 - a type
    """Every id in a value: its key path, the id, and what it refers to."""
    args = get_args(kind)
    if get_origin(kind) is Annotated:
        yield from ((where, str(value), mark.refers) for mark in args[1:] if isinstance(mark, Ref) and value)
    elif is_dataclass(value) and not isinstance(value, type):
        hints = get_type_hints(type(value), include_extras=True)
        for item in fields(value):
            yield from _named(getattr(value, item.name), hints[item.name], f"{where}.{item.name.rstrip('_')}")
    elif isinstance(value, tuple) and args:
        kinds = args[:1] * len(value) if args[-1] is Ellipsis else args
        for number, part in enumerate(value):
            yield from _named(part, kinds[number], f"{where}[{number + 1}]")
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _named(key, args[0], f"{where}.{key}")
            yield from _named(part, args[1], f"{where}.{key}")
    elif get_origin(kind) in (Union, UnionType):
        for arm in args:
            yield from _named(value, arm, where)
