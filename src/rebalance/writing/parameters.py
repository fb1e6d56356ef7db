"""The parameters of rules and the options of goals, as a scenario file writes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from rebalance.goals import Goal
from rebalance.record.values import unstructure
from rebalance.rules import Rule
from rebalance.scenario import defaults_of, goal_name
from rebalance.words import _
from rebalance.writing.numbers import NOTHING
from rebalance.writing.rule_names import goal_title
from rebalance.writing.strung import listed

APART = frozenset({"source", "law"})
"""What every rule has, and tables show in a place of its own."""


def parameters(part: Rule | Goal, *, resolved: bool) -> tuple[str, ...]:
    """Lines such as `total.at_most = 60`: those that differ from the default, or (`resolved`) all."""
    default = defaults_of(type(part))
    names = [item.name for item in fields(part) if item.name not in APART]  # type: ignore[arg-type]  # a dataclass
    said = [name for name in names if resolved or name not in default or getattr(part, name) != default[name]]
    values = {name.rstrip("_"): unstructure(getattr(part, name)) for name in said}
    return tuple(line for name, found in values.items() for line in flat(name, found, absent=resolved))


def label(goal: Goal) -> str:
    """A goal's name, with the options that differ from the default."""
    return "\n  ".join((goal_name(goal), *parameters(goal, resolved=False)))


def titled(goal: Goal) -> str:
    """A goal's name for people, with the options that change what it measures; slack does not."""
    options = [said for said in parameters(goal, resolved=False) if not said.startswith("slack")]
    name = goal_title(goal_name(goal))
    return _("{goal} ({options})").format(goal=name, options=listed(options)) if options else name


def flat(key: str, value: object, *, absent: bool = False) -> Iterator[str]:
    """Plain data as lines of `key = value`; what has no value is shown only with `absent`."""
    if isinstance(value, Mapping) and value:
        for name, inner in value.items():
            yield from flat(f"{key}.{name}", inner, absent=absent)
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for number, inner in enumerate(value, 1):
            yield from flat(f"{key}[{number}]", inner, absent=absent)
    elif value is not None or absent:
        yield f"{key} = {NOTHING if value is None else _plain(value)}"


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return str(value)
