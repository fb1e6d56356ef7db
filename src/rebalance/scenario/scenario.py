"""A problem with rules and goals: everything it takes to ask for a plan."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any, cast

from rebalance.goals import GOALS
from rebalance.goals.goal import Goal
from rebalance.problem.problem import Problem
from rebalance.rules import RULES, AboutRule, Rule, about
from rebalance.text import _, name_of

NOTHING: Mapping[str, Any] = MappingProxyType({})

RULE = ("tables", "source", "law", "post", "check", "explain")
GOAL = ("aim", "measure", "explain")
"""What makes a class a rule, and what a goal."""


@dataclass(frozen=True)
class Scenario:
    """What is asked: a problem, the rules that must hold by name, and the goals in order of rank.

    `name_zh`, `why_zh` and, by rule, `sources_zh` say in Chinese what `name`, `why` and the rules' `source` say.
    """

    name: str
    problem: Problem
    rules: Mapping[str, Rule]
    goals: tuple[Goal, ...]
    why: str = ""
    county_path: str = ""
    changes: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    name_zh: str = ""
    why_zh: str = ""
    sources_zh: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """The name, in the language spoken."""
        return name_of(self.name, self.name_zh)

    def __repr__(self) -> str:
        """The name, the county, and how many rules and goals."""
        text = _("{scenario}; {county}: rules: {rules}, goals: {goals}").format(
            scenario=self, county=self.problem, rules=len(self.rules), goals=len(self.goals)
        )
        return f"Scenario({text})"

    def but(self, *changed: Rule | Goal, without: tuple[str, ...] = (), name: str | None = None) -> Scenario:
        """A copy with rules put in or left out, and with goals added before the last.

        A rule takes the place of the one of the same kind.

        Raises:
            TypeError: something is neither a rule nor a goal.
        """
        rules: dict[str, Rule] = {known: rule for known, rule in self.rules.items() if known not in without}
        goals = list(self.goals)
        for one in changed:
            if isinstance(one, type):
                raise TypeError(_("{name} is a class. Give an object of it: {name}(…).").format(name=one.__name__))
            if problem := misshapen(type(one)):
                raise TypeError(problem)
            if is_goal(type(one)):
                goals.insert(len(goals) - 1, cast("Goal", one))
            else:
                rules[rule_name(type(one))] = cast("Rule", one)
        made = self.asking(rules, tuple(goals))
        return replace(made, name=name, name_zh="") if name else made

    def asking(self, rules: Mapping[str, Rule], goals: tuple[Goal, ...]) -> Scenario:
        """A copy with other rules and goals; a source that was not kept is no longer said in Chinese either."""
        kept = {name for name in self.rules.keys() & rules if self.rules[name].source == rules[name].source}
        said = {name: text for name, text in self.sources_zh.items() if name in kept}
        return replace(self, rules=rules, goals=goals, sources_zh=said)

    def called(self, case: str) -> Scenario:
        """A copy named after one of its cases, in both languages."""
        return replace(self, name=f"{self.name}: {case}", name_zh=self.name_zh and f"{self.name_zh}: {case}")

    @property
    def reason(self) -> str:
        """Why it is asked, in the language spoken."""
        return name_of(self.why, self.why_zh)

    def source(self, rule: str) -> str:
        """Where a rule comes from, in the language spoken."""
        return name_of(self.rules[rule].source, self.sources_zh.get(rule, ""))

    def about(self, rule: str) -> AboutRule:
        """What is said about one of its rules, in the language spoken."""
        return about(self.rules[rule], rule)

    @property
    def own(self) -> tuple[type, ...]:
        """The classes of its rules and goals that are not ours, but written by somebody for themselves."""
        ours = {*RULES.values(), *GOALS.values()}
        kinds = dict.fromkeys(type(part) for part in (*self.rules.values(), *self.goals))
        return tuple(kind for kind in kinds if kind not in ours)

    def silent(self) -> tuple[str, ...]:
        """Names of the rules that have nothing to say, because the county lacks a table they read."""
        county = self.problem.county
        return tuple(n for n, rule in self.rules.items() if not all(getattr(county, table) for table in rule.tables))


def goal_name(goal: Goal) -> str:
    """The name under which a scenario file knows a goal."""
    return next((name for name, kind in GOALS.items() if type(goal) is kind), own_name(type(goal)))


def rule_name(kind: type) -> str:
    """The name under which a scenario file knows rules of a class."""
    return next((name for name, known in RULES.items() if kind is known), own_name(kind))


def own_name(kind: type) -> str:
    """The name of a rule or goal that is not ours: one like ours, made of its class's name."""
    return re.sub(r"\B[A-Z]", r"_\g<0>", kind.__name__).lower()


def is_goal(kind: type) -> bool:
    """Whether a class is one of goals (it measures plans), and not of rules."""
    return hasattr(kind, "measure")


def misshapen(kind: object) -> str:
    """Why a class is none of rules or goals; empty where it is one."""
    if not isinstance(kind, type):
        return _("not a class of rules or goals (got {value}).").format(value=type(kind).__name__)
    missing = [face for face in (GOAL if is_goal(kind) else RULE) if not hasattr(kind, face)]
    if missing:
        text = _("{name} is neither a rule nor a goal: it lacks {missing}. A rule has {rule}; a goal has {goal}.")
        said = {"missing": ", ".join(missing), "rule": ", ".join(RULE), "goal": ", ".join(GOAL)}
        return text.format(name=kind.__name__, **said)
    if not is_dataclass(kind) or not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        return _("{name} can be changed. Write @dataclass(frozen=True) above its class.").format(name=kind.__name__)
    return ""


def defaults_of(kind: type) -> dict[str, Any]:
    """What the parameters of a rule, or options of a goal, are when nobody says; those that must be said are absent."""
    made = ((item.name, item.default_factory()) for item in fields(kind) if item.default_factory is not MISSING)
    plain = {item.name: item.default for item in fields(kind) if item.default is not MISSING}
    return plain | dict(made)
