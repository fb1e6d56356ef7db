"""What rules and goals say in Langxi: their lines in the scenarios, and their sentences about its places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path

from docs.pages.spoken import spoken
from rebalance.model.finding import Place
from rebalance.model.plan import status_quo
from rebalance.scenario.read import read_scenario
from rebalance.scenario.scenario import Scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
BASELINE = "baseline.toml"
MANY = 4
"""Sentences of a rule that are enough to show how it speaks."""


@cache
def scenarios() -> Mapping[str, str]:
    """The text of every scenario by the name of its file, the baseline first."""
    files = sorted(SCENARIOS.glob("*.toml"), key=lambda file: (file.name != BASELINE, file.name))
    return {file.name: file.read_text(encoding="utf-8") for file in files}


def tables_of(rule: str, text: str) -> str:
    """The tables of a scenario file that are about a rule."""
    tables = re.split(r"^(?=\[)", text, flags=re.MULTILINE)
    head = re.compile(rf"\[+rules\.{rule}[\].]")
    return "".join(table for table in tables if head.match(table)).rstrip()


def lines_of(goal: str, text: str) -> str:
    """The lines of a scenario file's list of goals that name a goal."""
    listed = re.search(r"^goals = \[\n.*?^\]", text, re.DOTALL | re.MULTILINE)
    named = [line for line in (listed.group() if listed else "").splitlines() if f'"{goal}"' in line]
    return "\n".join(("goals = [", *named, "]")) if named else ""


def sentences(rule: str) -> Iterator[tuple[str, str]]:
    """What a rule says of places of Langxi as it stands today, in both languages: one place of each kind."""
    for name, text in scenarios().items():
        if tables_of(rule, text) and (places := _places(name, rule)):
            said = _read(name).rules[rule].explain
            yield from (in_both(partial(said, _read(name).problem, place)) for place in places[:MANY])
            return


def in_both(speak: Callable[[], str]) -> tuple[str, str]:
    """A sentence in English and in Chinese."""
    with spoken("en"):
        english = speak()
    with spoken("zh"):
        return english, speak()


def _places(name: str, rule: str) -> list[Place]:
    """One place of each kind that the rule speaks of in a scenario."""
    scenario, found = _read(name), dict[str, Place]()
    for finding in scenario.rules[rule].check(status_quo(scenario.problem)):
        found.setdefault(finding.place.aspect.rstrip("0123456789"), finding.place)
    return list(found.values())


@cache
def _read(name: str) -> Scenario:
    return read_scenario(SCENARIOS / name)
