"""What scenarios say, place by place: rules, goals, and the figures of their counties that differ."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Annotated, Any, Protocol

from rebalance.county.county import County
from rebalance.county.tables import CATEGORIES, TABLES, Table, cell
from rebalance.goals.goal import Goal
from rebalance.problem.problem import Problem
from rebalance.rules import Rule
from rebalance.scenario.codec import unstructure
from rebalance.scenario.parts import defaults_of, goal_name
from rebalance.table import Cell, Fact, Figure, Unit, sheet
from rebalance.table import Table as Shown
from rebalance.text import _

ScenarioName = Annotated[str, Fact("The scenario.", Unit.TEXT)]


class Asked(Protocol):
    """A scenario, as far as it is looked at here."""

    @property
    def problem(self) -> Problem:
        """The county, with the changes made."""

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The rules that must hold, by name."""

    @property
    def goals(self) -> tuple[Goal, ...]:
        """The goals, in order of rank."""


TABLED = frozenset(table.name for table in (CATEGORIES, *TABLES))


@dataclass(frozen=True, slots=True)
class Input:
    """A key path as in a scenario file, and what each scenario says there: plain data; None where it says nothing."""

    path: str
    values: tuple[Any, ...]

    @property
    def differs(self) -> bool:
        """Whether not all say the same."""
        return any(value != self.values[0] for value in self.values[1:])


def inputs(scenarios: Sequence[Asked]) -> list[Input]:
    """Everything the scenarios set in rules and goals, and the county's figures that differ between them."""
    said = [dict(_said(scenario)) for scenario in scenarios]
    paths = dict.fromkeys(path for one in said for path in one)
    found = [Input(path, tuple(one.get(path) for one in said)) for path in paths]
    return [*found, *_county([scenario.problem.county for scenario in scenarios])]


def _said(scenario: Asked) -> Iterator[tuple[str, Any]]:
    for name, rule in scenario.rules.items():
        yield f"rules.{name}", True
        yield from _parameters(f"rules.{name}", rule)
    for rank, goal in enumerate(scenario.goals, 1):
        options = ", ".join(f"{path[1:]} = {value}" for path, value in _parameters("", goal))
        yield f"goals[{rank}]", f"{goal_name(goal)} ({options})" if options else goal_name(goal)


def _parameters(where: str, part: Rule | object) -> Iterator[tuple[str, Any]]:
    """What differs from the defaults."""
    default = {name.rstrip("_"): unstructure(value) for name, value in defaults_of(type(part)).items()}
    for name, value in unstructure(part).items():
        if name not in default or value != default[name]:
            yield from _flat(f"{where}.{name}", value)


def _flat(path: str, value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  # plain data
    if isinstance(value, Mapping) and value:
        for name, inner in value.items():
            yield from _flat(f"{path}.{name}", inner)
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for number, inner in enumerate(value, 1):
            yield from _flat(f"{path}[{number}]", inner)
    elif value is not None:
        yield path, value


def _county(counties: Sequence[County]) -> Iterator[Input]:
    for item in fields(County):
        if item.name not in TABLED:
            yield from _differing(f"county.{item.name}", [getattr(county, item.name) for county in counties])
    for table in (CATEGORIES, *TABLES):
        yield from _rows(table, counties)


def _rows(table: Table, counties: Sequence[County]) -> Iterator[Input]:
    tables = [{table.key_of(row): row for row in getattr(county, table.name)} for county in counties]
    for key in dict.fromkeys(key for rows in tables for key in rows):
        found = [rows.get(key) for rows in tables]
        if any(row != found[0] for row in found):
            where = ".".join(("data", table.name, *map(str, key)))
            for heading in table.headings:
                if heading.field not in table.key:
                    values = [None if row is None else cell(heading, getattr(row, heading.field)) for row in found]
                    yield from _differing(f"{where}.{heading.header}", values)


def _differing(path: str, values: Sequence[object]) -> Iterator[Input]:
    found = Input(path, tuple(map(unstructure, values)))
    if found.differs:
        yield found


@dataclass(frozen=True, slots=True)
class AskedRow:
    """Something that a scenario says."""

    scenario: ScenarioName
    path: Annotated[str, Fact("Where it stands, as in a scenario file.", Unit.ID)]
    value: Annotated[object, Fact("What stands there; empty: nothing.", Unit.OWN)]


def asked_rows(names: Sequence[str], inputs: Iterable[Input]) -> Iterator[AskedRow]:
    """What scenarios of these names say, place by place."""
    for one in inputs:
        yield from (AskedRow(name, one.path, said) for name, said in zip(names, one.values, strict=True))


def asked(names: Sequence[str], inputs: Iterable[Input], *, everything: bool) -> Shown:
    """What the scenarios ask; only what differs, or `everything`."""
    rows = [(one.path, *(_cell(value) for value in one.values)) for one in inputs if everything or one.differs]
    return sheet(_("What is asked"), (_("what"), *names), rows, figures=1)


def _cell(value: Any) -> Cell:  # noqa: ANN401  # plain data
    if value is None or isinstance(value, str):
        return value
    if value is True:
        return Figure(exact="yes", shown=_("yes"))
    exact = str(value).lower() if isinstance(value, bool) else json.dumps(value, ensure_ascii=False)
    texts = value if isinstance(value, list) and all(isinstance(one, str) for one in value) else [exact]
    return Figure(exact, ", ".join(texts))
