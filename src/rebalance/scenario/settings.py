"""Single values of a scenario by their place, such as `rules.phasing.share`: put there, and listed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from itertools import pairwise
from typing import Any

from rebalance.goals import GOALS
from rebalance.goals.goal import Goal, about
from rebalance.rules import RULES, Rule
from rebalance.scenario.codec import unstructure
from rebalance.scenario.names import FILE, flag_in, rule_named, table_called, typed, walked
from rebalance.scenario.parts import defaults_of, goal_name, is_law
from rebalance.text import NOTHING, _, listed, quoted

Settings = Mapping[str, Any]
"""Values by key path, such as `rules.cut_above_add_below.share` or `data.demand.341821110.service_centre.positions`."""

STEP = re.compile(r'"([^"]*)"|([^.\[\]"]+)|\[([0-9]{1,6})\]')
"""One step of a path: a name (in quotes where it has dots), or the number of an item in a list, from 1."""

GROWING = ("add", "drop")
"""The lists of a table's changes to which others are added."""


def put(whole: dict[str, Any], changes: dict[str, Any], path: str, value: object) -> None:
    """Put a value in its place in a resolved scenario, or among the changes to the county's data.

    Raises:
        ValueError: the path leads nowhere, or the value cannot stand there.
    """
    match steps := _steps(path):
        case ["rules", str(name)]:
            _switch(whole["rules"], name, value)
        case ["rules", str(name), *rest]:
            found, kind = walked(RULES.get(name), rest)
            _put(whole["rules"].setdefault(name, {}), found, _meant(value, kind))
        case ["goals", int(rank), *rest] if rest:
            said = whole["goals"][rank - 1] if 0 < rank <= len(whole["goals"]) else {}
            found, kind = walked(GOALS.get(str(said.get("goal"))), rest)
            _put(whole["goals"], [rank, *found], _meant(value, kind))
        case ["data", str(), str(), *_deeper]:
            _put(changes, [str(step) for step in steps[1:]], unstructure(value))
        case _other:
            raise _nowhere()


def _steps(path: str) -> list[str | int]:
    """The steps of a path.

    Raises:
        ValueError: it is no path.
    """
    steps = steps_of(path)
    if len(steps) < 2:  # noqa: PLR2004  # a part and a name
        raise _nowhere()
    return _english(steps)


def steps_of(path: str) -> list[str | int]:
    """The names and numbers in a path.

    Raises:
        ValueError: it is no path.
    """
    found = list(STEP.finditer(path))
    steps: list[str | int] = [_step(match) for match in found]
    dots = STEP.sub("", path)
    names = sum(isinstance(step, str) for step in steps)
    if dots.strip(".") or len(dots) != names - 1:
        raise _nowhere()
    return steps


def _english(steps: list[str | int]) -> list[str | int]:
    """The steps with the part, and the rule or the table, by the names under which we know them."""
    part = next((key for key in PARTS if steps[0] in (key, FILE[key])), steps[0])
    name = PARTS[part](steps[1]) if part in PARTS and isinstance(steps[1], str) else steps[1]
    return [part, name, *steps[2:]]


PARTS: Mapping[Any, Callable[[str], str]] = {"rules": rule_named, "goals": str, "data": table_called}
"""The parts of a scenario that a path leads into, and how the names of what stands there are known."""


def _meant(value: object, kind: Any) -> object:  # noqa: ANN401 - a type, in any of the forms annotations have
    """A text as a value of the type asked for; anything else as it is."""
    return typed(value, kind) if isinstance(value, str) else value


def _step(match: re.Match[str]) -> str | int:
    in_quotes, name, number = match.groups()
    if number is not None:
        return int(number)
    return name if in_quotes is None else in_quotes


def _switch(rules: dict[str, Any], name: str, value: object) -> None:
    """A rule as a whole: on, with its defaults where it was off, or off."""
    wanted = flag_in(value) if isinstance(value, str) else value
    if not isinstance(wanted, bool):
        message = _("a rule is on or off (got {value}).")
        raise ValueError(message.format(value=quoted(value)))  # noqa: TRY004  # it is the value that is refused
    if not wanted and (is_law(name) or rules.get(name, {}).get("law") is True):
        raise ValueError(_("the rule is law and cannot be left out (got {value}).").format(value=quoted(name)))
    if wanted:
        rules.setdefault(name, {})
    else:
        rules.pop(name, None)


def _put(where: Any, steps: list[str | int], value: object) -> None:  # noqa: ANN401  # plain data
    """Put a value in its place among plain data; tables on the way are made, items of lists must exist."""
    for step, following in pairwise(steps):
        where = _at(where, step) if isinstance(where, list) else _table(where, step, following)
    if isinstance(where, list):
        _at(where, steps[-1])
        where[int(steps[-1]) - 1] = value
    elif isinstance(where, dict) and isinstance(steps[-1], str):
        where[steps[-1]] = value
    else:
        raise _nowhere()


def _at(items: list[Any], number: str | int) -> Any:  # noqa: ANN401  # plain data
    if not isinstance(number, int) or not 0 < number <= len(items):
        message = _("no such item (got {value}). Accepted: [1] to [{count}].")
        raise ValueError(message.format(value=number, count=len(items)))
    return items[number - 1]


def _table(where: Any, step: str | int, following: str | int) -> Any:  # noqa: ANN401  # plain data
    """The table or list at a step; a table is made where there is none."""
    if not isinstance(where, dict) or not isinstance(step, str):
        raise _nowhere()
    if where.get(step) is None:
        where[step] = [] if isinstance(following, int) else {}
    return where[step]


def _nowhere() -> ValueError:
    message = _("not a place in a scenario. Accepted: {accepted}.")
    return ValueError(
        message.format(accepted="rules.RULE.PARAMETER, rules.RULE, goals[N].OPTION, data.TABLE.KEY.COLUMN")
    )


def laid(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Changes on top of others, table by table; rows added and dropped come on top of those before."""
    found = dict(below)
    for key, value in above.items():
        old = found.get(key)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            found[key] = laid(old, value)
        else:
            found[key] = [*old, *value] if key in GROWING and isinstance(old, list) else value
    return found


APART = frozenset({"source", "law"})
"""What every rule has, and tables show in a place of its own."""


LONG = 12
"""A longer list of tables is told by its length."""


def parameters(part: Rule | Goal, *, resolved: bool) -> tuple[str, ...]:
    """Lines such as `total.at_most = 60`: those that differ from the default, or (`resolved`) all."""
    default = defaults_of(type(part))
    names = [item.name for item in fields(part) if item.name not in APART]  # type: ignore[arg-type]  # a dataclass
    said = [name for name in names if resolved or name not in default or getattr(part, name) != default[name]]
    values = {name.rstrip("_"): unstructure(getattr(part, name)) for name in said}
    return tuple(line for name, found in values.items() for line in _short(name, found, resolved=resolved))


def _short(name: str, value: object, *, resolved: bool) -> Iterator[str]:
    """A parameter as lines; of a long list of tables only how long it is, where not all is asked for."""
    if not resolved and isinstance(value, list) and len(value) > LONG and isinstance(value[0], Mapping):
        return iter([_("{name}: {count} entries").format(name=name, count=len(value))])
    return flat(name, value, absent=resolved)


def label(goal: Goal) -> str:
    """A goal's name, with the options that differ from the default."""
    return "\n  ".join((goal_name(goal), *parameters(goal, resolved=False)))


def titled(goal: Goal) -> str:
    """A goal's name for people, with the options that change what it measures; slack does not."""
    options = [said for said in parameters(goal, resolved=False) if not said.startswith("slack")]
    name = about(goal, goal_name(goal)).title
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
