"""Rules and goals from plain data: what a scenario file or a plan on disk says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rebalance.county.county import County
from rebalance.fault import Fault, FaultsError, gathered
from rebalance.goals import GOALS, Goal
from rebalance.hints import near_miss, plain, quoted
from rebalance.record.kinds import OURS, Kinds
from rebalance.record.names import unknown_names
from rebalance.record.values import structure
from rebalance.rules import RULES, Rule
from rebalance.words import _

LAST = "canonical"
"""The goal that always comes last: one plan out of all the best."""


def is_law(name: str) -> bool:
    """Whether a rule is law whatever a scenario says: always on, and never left out."""
    return name in RULES and getattr(RULES[name], "law", False) is True


def parts_from(
    rules: Mapping[str, object], goals: Sequence[object], county: County | None, file: str, kinds: Kinds = OURS
) -> tuple[dict[str, Rule], tuple[Goal, ...]]:
    """The rules named, and those that are law, in the order of the reform, then one's own; the goals in theirs.

    Where the county is not known, nothing is said about the ids they name.

    Raises:
        FaultsError: with everything unknown and every parameter that is not right.
    """
    faults: list[Fault] = []
    made, aims = _rules(rules, file, kinds, faults), _goals(goals, file, kinds, faults)
    if county:
        faults.extend(unknown_names(made, aims, county, file))
    if faults:
        raise FaultsError(faults)
    return made, tuple(aims.values())


def unknown_rules(names: Iterable[str], where: str, file: str, kinds: Kinds = OURS) -> list[Fault]:
    """A fault for each key of a table that is not the name of a rule."""
    return [_unknown(f"{where}.{name}", name, kinds.rules, file) for name in names if name not in kinds.rules]


def goals_from(wanted: Sequence[object], file: str, kinds: Kinds = OURS) -> tuple[Goal, ...]:
    """The goals in order of rank: each a name, or a table with its name under `goal` and its options.

    Raises:
        FaultsError: with every unknown goal and every option that is not right.
    """
    return parts_from({}, wanted, None, file, kinds)[1]


def _rules(tables: Mapping[str, object], file: str, kinds: Kinds, faults: list[Fault]) -> dict[str, Rule]:
    faults.extend(unknown_rules(tables, "rules", file, kinds))
    rules: dict[str, Rule] = {}
    for name, kind in kinds.rules.items():
        if name in tables or is_law(name):
            with gathered(faults):
                rules[name] = structure(tables.get(name, {}), kind, f"rules.{name}", file)
    return rules


def _goals(wanted: Sequence[object], file: str, kinds: Kinds, faults: list[Fault]) -> dict[int, Goal]:
    """The goals by their number in the list, and the one that always comes last."""
    goals: dict[int, Goal] = {}
    for number, one in enumerate(wanted, 1):
        with gathered(faults):
            goals[number] = _goal(one, f"goals[{number}]", file, kinds)
    for number, one in enumerate(wanted[:-1], 1):
        if one in (LAST, {"goal": LAST}):
            message = _("{goal} chooses one plan out of the best. Put it at the end, or leave it out.")
            faults.append(Fault(file, 0, f"goals[{number}]", message.format(goal=LAST), LAST))
    last = GOALS[LAST]
    return goals if goals and isinstance(goals[max(goals)], last) else goals | {len(wanted) + 1: last()}


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
