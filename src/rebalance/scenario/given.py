"""What is given in Python, in the forms that a scenario file has: the same things are accepted, and refused."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from typing import Any, TypeVar

from rebalance.goals import GOALS
from rebalance.goals.goal import NONE, Goal, Slack
from rebalance.rules import RULES, Rule
from rebalance.scenario.codec import UnfitError, describe, plain_slack, slack, structure
from rebalance.scenario.parts import LAST, OURS, goal_name, goals_from
from rebalance.text import _, near_miss, quoted

FILE = "but"
"""Where faults are said to be."""

Part = TypeVar("Part")


def strictly(part: Part) -> Part:
    """A rule or goal of ours with its parameters read as from a file: "0.15" becomes a fraction, 0.15 is refused.

    Raises:
        FaultsError: with every parameter that does not fit.
    """
    kind = type(part)
    if kind not in {*RULES.values(), *GOALS.values()}:
        return part
    return structure(as_written(part), kind, kind.__name__, FILE)


def exactly(path: str, value: Any) -> Any:  # noqa: ANN401  # whatever a scenario file can say
    """A value of a setting as a scenario file could have it; whole numbers of other libraries become Python's.

    Raises:
        ValueError: it is a float.
    """
    if isinstance(value, float):
        message = _('{path}: a float is not exact (got {value}). Write "{value}", or a Fraction.')
        raise ValueError(message.format(path=path, value=value))  # noqa: TRY004  # it is the value that is refused
    if not isinstance(value, bool) and hasattr(value, "__index__"):
        return operator.index(value)
    return str(value) if isinstance(value, Fraction) else value


def goals_given(given: Sequence[str | Mapping[str, Any] | Goal]) -> tuple[Goal, ...]:
    """Goals from names, tables and goals; `canonical`, wherever it is named, comes last.

    Raises:
        FaultsError: with everything that is none.
    """
    given = sorted(given, key=lambda one: _goal(one) in (LAST, {"goal": LAST}))
    own = {place: one for place, one in enumerate(given) if isinstance(one, Goal) and type(one) not in GOALS.values()}
    said = [next(iter(GOALS)) if place in own else _goal(one) for place, one in enumerate(given)]
    return tuple(own.get(place, one) for place, one in enumerate(goals_from(said, FILE, OURS)))


def left_out(rules: Mapping[str, Rule], names: Sequence[str]) -> tuple[str, ...]:
    """The names of rules to leave out.

    Raises:
        ValueError: one is not on, or is law.
    """
    for name in (names := (names,) if isinstance(names, str) else tuple(names)):
        if name not in rules:
            message = _("the rule is not on (got {value}). Accepted: {accepted}.")
            text = message.format(value=quoted(name), accepted=", ".join(rules))
            raise ValueError(text + near_miss(name, rules))
        if rules[name].law:
            message = _("the rule is law and cannot be left out (got {value}).")
            raise ValueError(message.format(value=quoted(name)))
    return names


def _goal(one: str | Mapping[str, Any] | Goal) -> object:
    """A goal as a scenario file has it."""
    if not isinstance(one, Goal):
        return as_written(one)
    return LAST if goal_name(one) == LAST else {"goal": goal_name(one), **as_written(one)}


def as_written(value: Any) -> Any:  # noqa: ANN401  # any parameter
    """A value as it was given, in the forms that a scenario file has: whether it fits is not asked yet."""
    if isinstance(value, Mapping):
        return {name: as_written(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [as_written(inner) for inner in value]
    if is_dataclass(value) and not isinstance(value, Slack):
        return {item.name.rstrip("_"): as_written(getattr(value, item.name)) for item in fields(value)}
    match value:
        case Slack():
            return plain_slack(value)
        case Enum():
            return value.value
    return str(value) if isinstance(value, Fraction) else value


def slack_given(
    goals: Sequence[Goal], given: Mapping[str, Slack | str | int] | Slack | str | int | None
) -> dict[Goal, Slack]:
    """The slack of each goal: what is said of it by name, or of all.

    Raises:
        ValueError: something is no slack, or names no goal of the scenario.
    """
    names = [goal_name(goal) for goal in goals]
    said = given if isinstance(given, Mapping) else dict.fromkeys(names, given or NONE)
    for name in said:
        if name not in names:
            message = _("the scenario has no such goal (got {value}). Accepted: {accepted}.")
            raise ValueError(message.format(value=quoted(name), accepted=", ".join(names)) + near_miss(name, names))
    return {goal: _slack(said.get(goal_name(goal), NONE)) for goal in goals}


def _slack(given: Slack | str | int) -> Slack:
    try:
        return given if isinstance(given, Slack) else slack(given, Slack)
    except UnfitError as error:
        raise ValueError(describe(error.value, Slack)) from None
