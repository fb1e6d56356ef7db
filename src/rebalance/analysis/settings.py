"""Single values of a scenario set by the path to their place, and many of them at once: ranges, grids, random draws."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, product
from random import Random
from typing import Any

from rebalance.county.changes import change
from rebalance.fault import Fault, FaultsError
from rebalance.problem.problem import Problem
from rebalance.scenario.codec import unstructure
from rebalance.scenario.parts import is_law, kinds_of, parts_from, resolved
from rebalance.scenario.scenario import Scenario
from rebalance.text import _, quoted

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
