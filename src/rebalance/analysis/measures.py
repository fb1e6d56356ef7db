"""What a plan comes to, in figures that can be set beside those of another: exact, and told apart by their type.

A whole number counts, a fraction is a share, a decimal is work in positions, a profile has levels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rebalance.county.columns import Heading, Number
from rebalance.county.county import County
from rebalance.county.tables import CATEGORIES, TABLES, Table
from rebalance.goals.goal import LeximinVector
from rebalance.model.plan import Plan
from rebalance.model.totals import busy, covered, gains, open_agencies, people, reserve, size, staff, work
from rebalance.problem.working import HUNDRED
from rebalance.rules import Rule
from rebalance.scenario.codec import unstructure
from rebalance.scenario.scenario import Scenario, defaults_of, goal_name
from rebalance.text import _

Value = int | Fraction | Decimal | LeximinVector | str


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a whole plan: what programs and people call it, and how it is worked out.

    `over` many plans, where that has sense; `brief` ones are shown where there is little room.
    """

    id: str
    name: str
    of: Callable[[Plan], Value]
    over: Callable[[Sequence[Any]], Value] | None = sum
    brief: bool = False


def measures() -> tuple[Measure, ...]:
    """Those that every plan has, named in the language spoken."""
    return (
        Measure("given", _("positions given"), lambda plan: sum(gains(plan, plan.problem.units, -1)), brief=True),
        Measure("received", _("positions received"), lambda plan: sum(gains(plan, plan.problem.townships))),
        Measure("givers", _("units that give"), lambda plan: len(gains(plan, plan.problem.units, -1)), brief=True),
        Measure("moved", _("people who go along"), lambda plan: people(plan, "moved_out")),
        Measure("hired", _("people hired"), lambda plan: people(plan, "hired")),
        Measure("reserve", _("reserve at the end"), lambda plan: reserve(plan, plan.problem.last)),
        Measure("open", _("agencies open"), lambda plan: open_agencies(plan, plan.problem.last)),
        Measure("short", _("work not covered"), lambda plan: Decimal(_short(plan)) / HUNDRED, brief=True),
        Measure("coverage", _("coverage of all work"), _overall, over=None),
        Measure("lowest_staffed", _("lowest staffed coverage"), lambda plan: _lowest(plan, plan.staffed), over=min),
        Measure(
            "lowest_coverage", _("lowest coverage"), lambda plan: _lowest(plan, plan.coverage), over=min, brief=True
        ),
    )


def figure_name(figure: str) -> str:
    """What people call a figure of a holder."""
    names = {
        "positions": _("positions"),
        "in_post": _("staff in post"),
        "coverage": _("coverage"),
        "staffed": _("staffed coverage"),
    }
    return names[figure]


def of_townships(plan: Plan) -> Mapping[tuple[str, str], Value]:
    """Figures of each township at the end, by its id and the figure's."""
    problem, found = plan.problem, dict[tuple[str, str], Value]()
    for township in problem.townships:
        found[township, "positions"] = size(plan, township)
        found[township, "in_post"] = staff(plan, township)
        if plan.work(township, problem.last):
            found[township, "coverage"] = plan.coverage(township, problem.last)
            found[township, "staffed"] = plan.staffed(township, problem.last)
    return found


def of_units(plan: Plan) -> Mapping[tuple[str, str], Value]:
    """Figures of each unit at the end, by its id and the figure's."""
    found: dict[tuple[str, str], Value] = {}
    for unit in plan.problem.units:
        found[unit, "positions"] = size(plan, unit)
        found[unit, "in_post"] = staff(plan, unit)
    return found


def _lowest(plan: Plan, share: Callable[[str, int], Fraction]) -> Fraction:
    """The share of the township that is worst off at the end; all of it where no work is given."""
    return min((share(township, plan.problem.last) for township in busy(plan)), default=Fraction(1))


def _short(plan: Plan) -> int:
    """Hundredths of positions of work that nobody does at the end."""
    those, last = plan.problem.townships, plan.problem.last
    return work(plan, those, last) - covered(plan, those, last)


def _overall(plan: Plan) -> Fraction:
    needed = work(plan, plan.problem.townships, plan.problem.last)
    return Fraction(needed - _short(plan), needed) if needed else Fraction(1)


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


def inputs(scenarios: Sequence[Scenario]) -> list[Input]:
    """Everything the scenarios set in rules and goals, and the county's figures that differ between them."""
    said = [dict(_said(scenario)) for scenario in scenarios]
    paths = dict.fromkeys(path for one in said for path in one)
    found = [Input(path, tuple(one.get(path) for one in said)) for path in paths]
    return [*found, *_county([scenario.problem.county for scenario in scenarios])]


def _said(scenario: Scenario) -> Iterator[tuple[str, Any]]:
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


def cell(heading: Heading, value: object) -> object:
    """The value as a cell has it: hundredths as the decimal they were read from."""
    kind = heading.column.kind
    if isinstance(value, int) and isinstance(kind, Number) and kind.places:
        return Decimal(value).scaleb(-kind.places)
    return value


def _differing(path: str, values: Sequence[object]) -> Iterator[Input]:
    found = Input(path, tuple(map(unstructure, values)))
    if found.differs:
        yield found
