"""Relaxations: limits that can give way, moved by so many steps; in words, and as a scenario file says them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rebalance.problem.problem import Problem
from rebalance.scenario.codec import unstructure
from rebalance.scenario.scenario import Scenario
from rebalance.solver.relaxable import DataCell, RelaxableLimit, RuleNumber, Without
from rebalance.text import _


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A limit moved by so many steps."""

    limit: RelaxableLimit
    steps: int

    def describe(self, problem: Problem) -> str:
        """In words."""
        if isinstance(self.limit, Without):
            return _("leave out the rule {rule}").format(rule=self.limit.name)
        now = number_text(self.limit, self.steps) or ""
        return _("{number} → {now}").format(number=stands(problem, self.limit), now=now)

    def to_json(self, problem: Problem) -> dict[str, Any]:
        """As plain data."""
        return {
            "name": self.limit.name,
            "stands": stands(problem, self.limit),
            "before": number_text(self.limit, 0),
            "after": number_text(self.limit, self.steps),
            "steps": self.steps,
        }


def stands(problem: Problem, limit: RelaxableLimit) -> str:
    """Where a limit stands, and what it is."""
    match limit:
        case DataCell(table=table, key=key, field=field, value=value):
            row = ", ".join(problem.name(str(part)) for part in key if part)
            return f"{table.name}: {row}: {field} = {value}"
        case RuleNumber(rule=rule, path=path, value=value):
            place = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
            return f"[rules.{rule}] {place} = {toml_value(value)}"
        case _rule:
            return f"[rules.{limit.name}]"


def number_text(limit: RelaxableLimit, steps: int) -> str | None:
    """The number after so many steps, as a scenario file has it; None where it is none."""
    number = limit.number(steps)
    return None if number is None else toml_value(number)


def overlay(relaxations: Iterable[Relaxation], scenario: Scenario, extends: str) -> str:
    """A scenario file that extends another one by relaxations; `scenario` is what they make of it."""
    without: list[str] = []
    tables: dict[str, dict[str, None]] = defaultdict(dict)
    for one in relaxations:
        match one.limit:
            case RuleNumber(rule=rule, path=path):
                tables[f"rules.{toml_key(rule)}"][_parameter(scenario, rule, path)] = None
            case DataCell(table=table, key=key, field=field) as cell:
                where = ".".join(("data", table.name, *(toml_key(str(part)) for part in key)))
                tables[where][f"{field} = {cell.number(one.steps)}"] = None
            case _rule:
                without.append(toml_text(one.limit.name))
    lines = [f"extends = {toml_text(extends)}"]
    if without:
        lines.append(f"without = [{', '.join(without)}]")
    for name, entries in tables.items():
        lines += ["", f"[{name}]", *entries]
    return "\n".join(lines) + "\n"


def _parameter(scenario: Scenario, rule: str, path: tuple[str | int, ...]) -> str:
    """A parameter with its value; a list is written whole, for a file replaces lists and does not add to them."""
    value: Any = scenario.rules[rule]
    keys: list[str] = []
    for part in path:
        if isinstance(part, int):
            break
        value = getattr(value, part)
        keys.append(part.rstrip("_"))
    return f"{'.'.join(keys)} = {toml_value(value)}"


def toml_value(value: Any) -> str:  # noqa: ANN401  # any parameter
    """A value as TOML has it."""
    if isinstance(value, Fraction):
        cents = value * 100
        return f"{float(value):g}" if cents.denominator == 1 else toml_text(str(value))
    plain = unstructure(value)
    if isinstance(plain, list):
        return "[" + "".join(f"\n    {_inline(item)}," for item in plain) + "\n]"
    return _inline(plain)


def _inline(value: Any) -> str:  # noqa: ANN401  # plain data
    if isinstance(value, dict):
        entries = (f"{toml_key(key)} = {_inline(one)}" for key, one in value.items() if one is not None)
        return "{ " + ", ".join(entries) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else toml_text(str(value))


def toml_key(key: str) -> str:
    """A key, in quotes where it needs them."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else toml_text(key)


def toml_text(value: str) -> str:
    """A text in quotes; what JSON escapes, TOML does too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
