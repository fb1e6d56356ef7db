"""A scenario as a file of its own: everything it says, with nothing to look up but the county."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from csv import DictWriter
from io import StringIO
from typing import Any

from rebalance.scenario.parts import LAST
from rebalance.scenario.read import ROWS
from rebalance.scenario.scenario import Scenario
from rebalance.text import _

BARE = re.compile(r"[A-Za-z0-9_-]+")

HEAD = ("county", "name", "name_zh", "why", "why_zh")


def scenario_toml(scenario: Scenario, rows: Sequence[str] = ()) -> str:
    """The whole scenario, with nothing to look up but the county and the files of rows that stand beside it.

    Args:
        scenario: what is written.
        rows: what the files of `row_files` are called there; none: the rows stand in the scenario.
    """
    said, names = scenario.resolved(), iter(rows)
    for goal in said["goals"]:
        if goal.get(ROWS):
            goal[ROWS] = next(names, goal[ROWS])
    lines = [f"# {_('Written by rebalance review. `solve` takes it as it is.')}"]
    lines += [f"{name} = {_value(said[name])}" for name in HEAD if said[name]]
    goals = [goal for goal in said["goals"] if goal["goal"] != LAST]  # it comes by itself
    lines += ["", "goals = [", *(f"    {_value(goal)}," for goal in goals), "]"]
    for rule, parameters in said["rules"].items():
        lines += ["", f"[rules.{_key(rule)}]", *_lines(parameters)]
    if said["sources_zh"]:
        lines += ["", "[sources_zh]", *_lines(said["sources_zh"])]
    for name, changes in said["data"].items():
        lines += ["", f"[data.{_key(name)}]", *_lines(changes)]
    return "\n".join(lines) + "\n"


def row_files(scenario: Scenario) -> tuple[str, ...]:
    """The text of a CSV file for each goal with rows, such as a plan to stay close to."""
    goals = scenario.resolved()["goals"]
    return tuple(_csv(goal[ROWS]) for goal in goals if goal.get(ROWS))


def _csv(rows: Sequence[Mapping[str, Any]]) -> str:
    text = StringIO()
    made = DictWriter(text, list(rows[0]), lineterminator="\n")
    made.writeheader()
    made.writerows(rows)
    return text.getvalue()


def _lines(table: Mapping[str, Any]) -> Iterator[str]:
    for key, said in table.items():
        if said is not None and said != []:
            yield f"{_key(key)} = {_value(said)}"


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _toml_text(key)


def _value(value: Any) -> str:  # noqa: ANN401  # plain data
    if isinstance(value, Mapping):
        return "{ " + ", ".join(_lines(value)) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return _toml_text(value) if isinstance(value, str) else json.dumps(value)


def _toml_text(text: str) -> str:
    """A basic string: what JSON writes, but for the one character TOML wants escaped as well."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
