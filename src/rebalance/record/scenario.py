"""A scenario as plain data, with nothing left to look up, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rebalance.county.changes import change
from rebalance.county.county import County
from rebalance.fault import FaultsError, gathered
from rebalance.goals import Goal
from rebalance.problem import Problem
from rebalance.record.kinds import PLUGINS, kinds_with, plugins_of
from rebalance.record.parts import parts_from, unknown_rules
from rebalance.record.values import structure, unstructure
from rebalance.rules import Rule
from rebalance.scenario import Scenario, goal_name


@dataclass(frozen=True)
class Resolved:
    """The whole of a scenario: every rule with all its parameters, every goal with all its options."""

    name: str
    name_zh: str = ""
    why: str = ""
    why_zh: str = ""
    county: str = ""
    rules: Mapping[str, Any] = field(default_factory=dict)
    goals: tuple[Any, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    plugins: tuple[str, ...] = ()
    sources_zh: Mapping[str, str] = field(default_factory=dict)


def resolved(scenario: Scenario) -> dict[str, Any]:
    """The scenario as plain data that JSON can hold, defaults spelt out; the county is the path given.

    What is said of plugins stands there only where there are any.
    """
    said = Resolved(
        name=scenario.name,
        name_zh=scenario.name_zh,
        why=scenario.why,
        why_zh=scenario.why_zh,
        county=scenario.county_path,
        rules={name: unstructure(rule) for name, rule in scenario.rules.items()},
        goals=tuple({"goal": goal_name(goal)} | unstructure(goal) for goal in scenario.goals),
        data=unstructure(dict(scenario.changes)),
        plugins=tuple(plugins_of(scenario)),
        sources_zh=dict(scenario.sources_zh),
    )
    whole: dict[str, Any] = unstructure(said)
    return whole if said.plugins else {key: value for key, value in whole.items() if key != PLUGINS}


def scenario_from(data: Mapping[str, Any], county: County, file: str = "plan.json") -> Scenario:
    """The scenario that `resolved` wrote down, on the county as its package says (the changes are made here).

    Args:
        data: what `resolved` gave.
        county: the county without the scenario's changes.
        file: where the data stood, for the faults.

    Raises:
        FaultsError: the data is no scenario, or it no longer fits the county.
    """
    whole = structure(data, Resolved, "", file)
    changed = change(county, whole.data, file)
    kinds = kinds_with(whole.plugins, file)
    faults = unknown_rules(whole.sources_zh, "sources_zh", file, kinds)
    rules: Mapping[str, Rule] = {}
    goals: tuple[Goal, ...] = ()
    with gathered(faults):
        rules, goals = parts_from(whole.rules, whole.goals, changed, file, kinds)
    if faults:
        raise FaultsError(faults)
    return Scenario(
        whole.name,
        Problem(changed),
        rules,
        goals,
        why=whole.why,
        county_path=whole.county,
        changes=whole.data,
        name_zh=whole.name_zh,
        why_zh=whole.why_zh,
        sources_zh=whole.sources_zh,
    )
