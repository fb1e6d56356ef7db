"""Single values of a scenario set by key path, as a scenario file would: rules, goals, and the county's data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from rebalance.county.changes import change
from rebalance.fault import Fault, FaultsError
from rebalance.hints import quoted
from rebalance.problem import Problem
from rebalance.record.kinds import kinds_of
from rebalance.record.parts import is_law, parts_from
from rebalance.record.scenario import resolved
from rebalance.record.values import unstructure
from rebalance.scenario import Scenario
from rebalance.words import _

Settings = Mapping[str, Any]
"""Values by key path, such as `rules.cut_above_add_below.share` or `data.demand.341821110.service_centre.positions`."""

STEP = re.compile(r'"([^"]*)"|([^.\[\]"]+)|\[([0-9]{1,6})\]')
"""One step of a path: a name (in quotes where it has dots), or the number of an item in a list, from 1."""

GROWING = ("add", "drop")
"""The lists of a table's changes to which others are added."""

SWITCH = (("on", True), ("off", False), (True, True), (False, False))
"""What may stand for a rule as a whole."""


def with_settings(scenario: Scenario, settings: Settings, file: str = "--set") -> Scenario:
    """The scenario with these values; setting a rule's parameter switches the rule on, `rules.phasing = off` off.

    Raises:
        FaultsError: with every path that leads nowhere and every value that does not fit.
    """
    whole, changes, faults = resolved(scenario), dict[str, Any](), list[Fault]()
    for path, value in settings.items():
        try:
            _set(whole, changes, _steps(path), value)
        except ValueError as error:
            faults.append(Fault(file, 0, path, str(error), path))
    if faults:
        raise FaultsError(faults)
    county = change(scenario.problem.county, changes, file)
    rules, goals = parts_from(whole["rules"], whole["goals"], county, file, kinds_of(scenario))
    problem = Problem(county) if changes else scenario.problem
    return replace(scenario.asking(rules, goals), problem=problem, changes=laid(scenario.changes, changes))


def _steps(path: str) -> list[str | int]:
    """The steps of a path.

    Raises:
        ValueError: it is no path.
    """
    found = list(STEP.finditer(path))
    steps: list[str | int] = [_step(match) for match in found]
    dots = STEP.sub("", path)
    names = sum(isinstance(step, str) for step in steps)
    if dots.strip(".") or len(dots) != names - 1 or len(steps) < 2:  # noqa: PLR2004  # a part and a name
        raise _nowhere()
    return steps


def _step(match: re.Match[str]) -> str | int:
    in_quotes, name, number = match.groups()
    if number is not None:
        return int(number)
    return name if in_quotes is None else in_quotes


def _set(whole: dict[str, Any], changes: dict[str, Any], steps: list[str | int], value: object) -> None:
    match steps:
        case ["rules", str(name)]:
            _switch(whole["rules"], name, value)
        case ["rules", str(name), *rest]:
            _put(whole["rules"].setdefault(name, {}), rest, value)
        case ["goals", int(), _option, *_deeper]:
            _put(whole["goals"], steps[1:], value)
        case ["data", str(), str(), *_deeper]:
            _put(changes, [str(step) for step in steps[1:]], unstructure(value))
        case _other:
            raise _nowhere()


def _switch(rules: dict[str, Any], name: str, value: object) -> None:
    """A rule as a whole: on, with its defaults where it was off, or off."""
    wanted = next((on for said, on in SWITCH if said is value or said == value), None)
    if wanted is None:
        raise ValueError(_("a rule is on or off (got {value}).").format(value=quoted(value)))
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
