"""What a commission can give way in: the numbers of rules, and the limits that stand in the county's tables.

Nothing here knows any rule. A number is a lever of a statement when changing it makes the rule require less there and
nowhere more; that is found out by posting the rule once more and comparing the statements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from fractions import Fraction
from typing import Annotated, Any, Protocol, get_args, get_origin, get_type_hints

from rebalance.county.law import LIMITS, is_law
from rebalance.county.parameters import Ref
from rebalance.county.tables import TABLES, Table
from rebalance.problem import Problem
from rebalance.scenario import Scenario

APART = frozenset({"source", "law"})
PERCENT = Fraction(1, 100)

Number = int | Fraction
Path = tuple[str | int, ...]


class Lever(Protocol):
    """A number that can be moved in one direction, step by step, or a rule that can be left out."""

    @property
    def name(self) -> str:
        """What it is called where weights are given."""

    @property
    def most(self) -> int:
        """So many steps make it require nothing any more."""

    def number(self, steps: int) -> Number | None:
        """The number after so many steps; None where it is none."""

    def moved(self, scenario: Scenario, steps: int) -> Scenario:
        """The scenario with the number moved: never more is required than with fewer steps."""

    def agreed(self, scenario: Scenario, steps: int) -> Scenario:
        """The same as a person would write it."""


@dataclass(frozen=True, slots=True)
class RuleNumber:
    """A parameter of a rule; `path` leads to it through its fields and lists."""

    rule: str
    path: Path
    value: Number
    sign: int
    most: int

    @property
    def name(self) -> str:
        """The rule with the field."""
        return ".".join((self.rule, *(str(part) for part in self.path if isinstance(part, str))))

    def number(self, steps: int) -> Number:
        """The number after so many steps; a share moves by one in a hundred and stays one."""
        if isinstance(self.value, int):
            return self.value + self.sign * steps
        return min(Fraction(1), max(Fraction(0), self.value + self.sign * steps * PERCENT))

    def moved(self, scenario: Scenario, steps: int) -> Scenario:
        """Where a number is fixed exactly, all between it and the one moved to is allowed."""
        changed = _put(scenario.rules[self.rule], self.path, self.number(steps), widened=True)
        return replace(scenario, rules={**scenario.rules, self.rule: changed})

    def agreed(self, scenario: Scenario, steps: int) -> Scenario:
        """The parameter itself changed."""
        changed = _put(scenario.rules[self.rule], self.path, self.number(steps), widened=False)
        return replace(scenario, rules={**scenario.rules, self.rule: changed})


@dataclass(frozen=True, slots=True)
class Cell:
    """A limit in a table of the county."""

    table: Table
    key: tuple[str | int, ...]
    field: str
    value: int
    sign: int
    most: int

    @property
    def name(self) -> str:
        """The table with the column."""
        return f"{self.table.name}.{self.field}"

    def number(self, steps: int) -> int:
        """The number after so many steps."""
        return self.value + self.sign * steps

    def moved(self, scenario: Scenario, steps: int) -> Scenario:
        """The county with another number in this cell."""
        county, table = scenario.problem.county, self.table
        rows = getattr(county, table.name)
        new = tuple(
            replace(row, **{self.field: self.number(steps)}) if table.key_of(row) == self.key else row for row in rows
        )
        changed: dict[str, Any] = {table.name: new}
        return replace(scenario, problem=Problem(replace(county, **changed)))

    agreed = moved


@dataclass(frozen=True, slots=True)
class Without:
    """A whole rule, where no number in it can be moved."""

    rule: str
    value: None = None
    most: int = 1

    @property
    def name(self) -> str:
        """The rule."""
        return self.rule

    def number(self, steps: int) -> None:
        """A rule is no number."""

    def moved(self, scenario: Scenario, steps: int) -> Scenario:
        """The scenario without it."""
        return scenario.but(without=(self.rule,)) if steps else scenario

    agreed = moved


def numbers(scenario: Scenario, name: str) -> Iterator[RuleNumber]:
    """Every number among a rule's parameters, in both directions."""
    for path, value in _numbers(scenario.rules[name], ()):
        for sign in (1, -1):
            if room := _room(scenario.problem, value, sign):
                yield RuleNumber(name, path, value, sign, room)


def limits(problem: Problem, ids: frozenset[str | int] | None = None, *, law: bool = False) -> Iterator[Cell]:
    """Every limit in the county's tables in a row about some of the ids (none: any), in both directions.

    Those that are law are no levers; with `law`, they alone.
    """
    for table in TABLES:
        columns = [heading.field for heading in table.headings if heading.field in LIMITS]
        rows = getattr(problem.county, table.name) if columns else ()
        for row in (row for row in rows if ids is None or ids & set(table.key_of(row))):
            for column in columns:
                value = getattr(row, column)
                if isinstance(value, int) and is_law(problem.county, table, row, column) is law:
                    for sign in (1, -1):
                        if room := _room(problem, value, sign):
                            yield Cell(table, table.key_of(row), column, value, sign, room)


def _room(problem: Problem, value: Number, sign: int) -> int:
    """How far a number can be moved before it can mean nothing any more."""
    if isinstance(value, Fraction):
        return -(-max(Fraction(0), 1 - value if sign > 0 else value) // PERCENT)
    every = sum(row.authorised + row.in_post for row in problem.county.positions)
    return max(0, every - value) if sign > 0 else max(0, value)


def _numbers(value: Any, path: Path) -> Iterator[tuple[Path, Number]]:  # noqa: ANN401  # any parameter
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        yield path, value
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _numbers(part, (*path, number))
    elif is_dataclass(value) and not isinstance(value, type):
        hints = get_type_hints(type(value), include_extras=True)
        for item in fields(value):
            if item.name not in APART and not _names_something(hints[item.name]):
                yield from _numbers(getattr(value, item.name), (*path, item.name))


def _names_something(hint: Any) -> bool:  # noqa: ANN401  # a type
    """Whether a parameter is an id, such as a year, and no amount."""
    return get_origin(hint) is Annotated and any(isinstance(mark, Ref) for mark in get_args(hint))


def _put(value: Any, path: Path, number: Number, *, widened: bool) -> Any:  # noqa: ANN401  # any parameter
    """A copy with one number in it changed."""
    if not path:
        return number
    first, rest = path[0], path[1:]
    if isinstance(first, int):
        return (*value[:first], _put(value[first], rest, number, widened=widened), *value[first + 1 :])
    if widened and first == "exactly" and not rest:
        known = [one for one in (value.exactly, value.at_least, value.at_most) if one is not None]
        return replace(value, exactly=None, at_least=min(*known, number), at_most=max(*known, number))
    return replace(value, **{first: _put(getattr(value, first), rest, number, widened=widened)})
