"""Rules and goals from plain data: what a scenario file or a plan on disk says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rebalance.fault import Fault, FaultsError
from rebalance.goals import GOALS, Goal
from rebalance.hints import near_miss, plain, quoted
from rebalance.record.kinds import OURS, Kinds
from rebalance.record.values import structure
from rebalance.rules import RULES, Rule
from rebalance.words import _

LAST = "canonical"
"""The goal that always comes last: one plan out of all the best."""


def is_law(name: str) -> bool:
    """Whether a rule is law whatever a scenario says: always on, and never left out."""
    return name in RULES and getattr(RULES[name], "law", False) is True


def rules_from(tables: Mapping[str, object], file: str, kinds: Kinds = OURS) -> dict[str, Rule]:
    """The rules named, and those that are law, in the order in which the reform states them; one's own come last.

    Raises:
        FaultsError: with every unknown rule and every parameter that is not right.
    """
    faults = unknown_rules(tables, "rules", file, kinds)
    rules: dict[str, Rule] = {}
    for name, kind in kinds.rules.items():
        if name not in tables and not is_law(name):
            continue
        try:
            rules[name] = structure(tables.get(name, {}), kind, f"rules.{name}", file)
        except FaultsError as error:
            faults.extend(error.faults)
    if faults:
        raise FaultsError(faults)
    return rules


def unknown_rules(names: Iterable[str], where: str, file: str, kinds: Kinds = OURS) -> list[Fault]:
    """A fault for each key of a table that is not the name of a rule."""
    return [_unknown(f"{where}.{name}", name, kinds.rules, file) for name in names if name not in kinds.rules]


def goals_from(wanted: Sequence[object], file: str, kinds: Kinds = OURS) -> tuple[Goal, ...]:
    """The goals in order of rank: each a name, or a table with its name under `goal` and its options.

    Raises:
        FaultsError: with every unknown goal and every option that is not right.
    """
    faults: list[Fault] = []
    goals: list[Goal] = []
    for number, one in enumerate(wanted, 1):
        try:
            goals.append(_goal(one, f"goals[{number}]", file, kinds))
        except FaultsError as error:
            faults.extend(error.faults)
    for number, one in enumerate(wanted[:-1], 1):
        if one in (LAST, {"goal": LAST}):
            message = _("{goal} chooses one plan out of the best. Put it at the end, or leave it out.")
            faults.append(Fault(file, 0, f"goals[{number}]", message.format(goal=LAST), LAST))
    if faults:
        raise FaultsError(faults)
    last = GOALS[LAST]
    return tuple(goals) if goals and isinstance(goals[-1], last) else (*goals, last())


def _goal(one: object, where: str, file: str, kinds: Kinds) -> Goal:
    options: dict[str, Any] = dict(one) if isinstance(one, Mapping) else {"goal": one}
    name = options.pop("goal", None)
    if not isinstance(name, str):
        message = _('not a goal (got {value}). Write its name, or a table such as {{ goal = "{example}" }}.')
        text = message.format(value=quoted(one), example=next(iter(GOALS)))
        raise FaultsError([Fault(file, 0, where, text, plain(one))])
    if name not in kinds.goals:
        raise FaultsError([_unknown(where, name, kinds.goals, file)])
    return structure(options, kinds.goals[name], where, file)


def _unknown(where: str, name: str, known: Mapping[str, object], file: str) -> Fault:
    message = _("unknown name (got {value}). Accepted: {accepted}.")
    text = message.format(value=quoted(name), accepted=", ".join(known))
    return Fault(file, 0, where, text + near_miss(name, known), name)
