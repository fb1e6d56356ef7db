"""A problem with rules and goals: everything it takes to ask for a plan."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from rebalance.goals import GOALS, Goal
from rebalance.problem import Problem
from rebalance.rules import RULES, Rule
from rebalance.words import _

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Scenario:
    """What is asked: a problem, the rules that must hold by name, and the goals in order of rank."""

    name: str
    problem: Problem
    rules: Mapping[str, Rule]
    goals: tuple[Goal, ...]
    why: str = ""
    county_path: str = ""
    changes: Mapping[str, Any] = field(default_factory=lambda: NOTHING)

    def __str__(self) -> str:
        """The name."""
        return self.name

    def __repr__(self) -> str:
        """The name, the county, and how many rules and goals."""
        text = _("{scenario}; {county}: rules: {rules}, goals: {goals}").format(
            scenario=self, county=self.problem, rules=len(self.rules), goals=len(self.goals)
        )
        return f"Scenario({text})"

    def but(self, *changed: Rule | Goal, without: tuple[str, ...] = (), name: str | None = None) -> Scenario:
        """A copy with some rules put in.

        Or put in place of the one of the same kind, goals added before the last, and rules left out.
        """
        names: dict[type, str] = {kind: known for known, kind in RULES.items()}
        rules: dict[str, Rule] = {known: rule for known, rule in self.rules.items() if known not in without}
        goals = list(self.goals)
        for one in changed:
            if isinstance(one, Goal):
                goals.insert(len(goals) - 1, one)
            else:
                rules[names.get(type(one), type(one).__name__)] = one
        return replace(self, rules=rules, goals=tuple(goals), name=name or self.name)

    def silent(self) -> tuple[str, ...]:
        """Names of the rules that have nothing to say, because the county lacks a table they read."""
        county = self.problem.county
        return tuple(n for n, rule in self.rules.items() if not all(getattr(county, table) for table in rule.tables))


def goal_name(goal: Goal) -> str:
    """The name under which a scenario file knows a goal; for any other, one like it made of its class's name."""
    own = re.sub(r"\B[A-Z]", r"_\g<0>", type(goal).__name__).lower()
    return next((name for name, kind in GOALS.items() if type(goal) is kind), own)
