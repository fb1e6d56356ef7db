"""What a commission can give way in: the numbers of rules, and the limits that stand in the county's tables.

Nothing here knows any rule. A number relaxes a constraint when changing it makes the rule require less there and
nowhere more; that is found out by posting the rule once more and comparing the constraints.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from fractions import Fraction
from math import floor, gcd
from typing import Annotated, Any, Protocol, get_args, get_origin, get_type_hints

from rebalance.county.columns import Ref
from rebalance.county.references import LIMITS, is_law
from rebalance.county.tables import TABLES, Table
from rebalance.model.finding import Place
from rebalance.model.linear import Constraint
from rebalance.model.linear_model import Variable
from rebalance.model.model import Model
from rebalance.problem.problem import Problem
from rebalance.scenario.scenario import Scenario

APART = frozenset({"source", "law"})
PERCENT = Fraction(1, 100)

Number = int | Fraction
Path = tuple[str | int, ...]


class RelaxableLimit(Protocol):
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
class DataCell:
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


def limits(problem: Problem, ids: frozenset[str | int] | None = None, *, law: bool = False) -> Iterator[DataCell]:
    """Every limit in the county's tables in a row about some of the ids (none: any), in both directions.

    Those that are law cannot be relaxed, and are left out; with `law`, they alone are given.
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
                            yield DataCell(table, table.key_of(row), column, value, sign, room)


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


Instance = tuple[str, Place]

Row = tuple[Mapping[int, int], int]
"""A sum that is at most a number."""

NOTHING: Row = ({}, 0)
"""Says only what the bounds of the variables say."""

Movable = RuleNumber | DataCell


@dataclass(frozen=True, slots=True)
class Posted:
    """What a rule says at every place, and of which unknowns."""

    variables: Sequence[Variable]
    said: Mapping[Place, Sequence[Row]]


def relaxable_limits(scenario: Scenario, members: Sequence[Instance]) -> dict[Instance, tuple[RelaxableLimit, ...]]:
    """What can be moved so that less is required at each of some places.

    The rule itself where there is nothing, unless some of what it says is law.
    """
    found: dict[Instance, tuple[RelaxableLimit, ...]] = {}
    for rule in dict.fromkeys(rule for rule, _place in members):
        places = [place for name, place in members if name == rule]
        yielding = list(_yielding(scenario, rule, places))
        whole = () if lawful_places(scenario, rule) else (Without(rule),)
        for place in places:
            here = tuple(relaxable for relaxable, where in yielding if place in where)
            found[rule, place] = here or whole
    return found


def law(scenario: Scenario, model: Model) -> frozenset[Instance]:
    """What nobody is blamed for in a model: what rules say that are law, or because of a limit that is law.

    Where another number, which is not law, stands behind the same constraint, somebody may be blamed for that.
    """
    every = dict.fromkeys((one.rule, one.place) for one in model.requirements if one.rule)
    own = {instance for instance in every if scenario.rules[instance[0]].law}
    for rule in dict.fromkeys(rule for rule, _place in every if not scenario.rules[rule].law):
        places = sorted(lawful_places(scenario, rule))
        yielding = _yielding(scenario, rule, places) if places else ()
        other = {place for _relaxable, where in yielding for place in where}
        own |= {(rule, place) for place in places if place not in other}
    return frozenset(own)


def lawful_places(scenario: Scenario, rule: str) -> frozenset[Place]:
    """Where a rule would require less if a limit that is law were another."""
    cells = list(limits(scenario.problem, law=True))
    if not cells:
        return frozenset()
    as_is = _posted(scenario, rule)
    groups = _alike(cells).values()
    return frozenset().union(*(relaxed(as_is, _posted(_moved(scenario, group), rule)) for group in groups))


def _yielding(
    scenario: Scenario, rule: str, places: Sequence[Place]
) -> Iterator[tuple[RelaxableLimit, frozenset[Place]]]:
    """Every limit of a rule that can be relaxed, with the places at which it then requires less."""
    ids = frozenset(part for p in places for part in (p.holder, p.agency, p.category, p.year, p.item) if part)
    as_is = _posted(scenario, rule)
    for group in _alike([*numbers(scenario, rule), *limits(scenario.problem, ids)]).values():
        for relaxable in _touching(scenario, as_is, rule, places, group):
            where = relaxed(as_is, _posted(_moved(scenario, [relaxable]), rule))
            if where:
                yield relaxable, where


def _alike(relaxables: Sequence[Movable]) -> Mapping[tuple[str, int], Sequence[Movable]]:
    """The same number of several rows, in the same direction."""
    groups: dict[tuple[str, int], list[Movable]] = defaultdict(list)
    for relaxable in relaxables:
        groups[relaxable.name, relaxable.sign].append(relaxable)
    return groups


def _moved(scenario: Scenario, group: Iterable[Movable]) -> Scenario:
    """The scenario with all of these moved as far as can be."""
    for relaxable in group:
        scenario = relaxable.moved(scenario, relaxable.most)
    return scenario


def _touching(
    scenario: Scenario, as_is: Posted, rule: str, places: Sequence[Place], group: Sequence[Movable]
) -> Iterator[Movable]:
    """Those that make a difference at the places: where a whole group makes none, its members need no closer look."""
    posted = _posted(_moved(scenario, group), rule)
    if all(posted.said.get(place) == as_is.said.get(place) for place in places):
        return
    if len(group) == 1:
        yield group[0]
        return
    half = len(group) // 2
    yield from _touching(scenario, as_is, rule, places, group[:half])
    yield from _touching(scenario, as_is, rule, places, group[half:])


def relaxed(before: Posted, after: Posted) -> frozenset[Place]:
    """The places at which less is required than before; none if anywhere anything more is."""
    if not _wider(before.variables, after.variables):
        return frozenset()
    changed = [place for place in {**before.said, **after.said} if before.said.get(place) != after.said.get(place)]
    if not all(_follows(new, before, place) for place in changed for new in after.said.get(place, ())):
        return frozenset()
    return frozenset(
        place for place in changed if not all(_follows(old, after, place) for old in before.said.get(place, ()))
    )


def _wider(before: Sequence[Variable], after: Sequence[Variable]) -> bool:
    """Whether the same things are unknown, and none has less room."""
    if [one.name for one in before] != [one.name for one in after]:
        return False
    return all(b.least <= a.least and a.most <= b.most for a, b in zip(before, after, strict=True))


def _follows(row: Row, posted: Posted, place: Place) -> bool:
    """Whether a constraint is true wherever those made at a place are."""
    return any(_implies(one, row, posted.variables) for one in (NOTHING, *posted.said.get(place, ())))


def _posted(scenario: Scenario, rule: str) -> Posted:
    model = Model(scenario.problem)
    said: dict[Place, list[Row]] = defaultdict(list)
    model.rule = rule
    scenario.rules[rule].post(model)
    for one in model.requirements:
        if one.rule == rule:
            said[one.place] += rows(one.constraint)
    return Posted(model.variables, said)


def rows(constraint: Constraint) -> Iterable[Row]:
    """A constraint as sums that are at most a number, each divided by what its factors have in common."""
    signs = ((1, constraint.at_most), (-1, None if constraint.at_least is None else -constraint.at_least))
    common = gcd(*constraint.terms.values()) or 1
    for sign, most in signs:
        if most is not None:
            yield {index: sign * factor // common for index, factor in constraint.terms.items()}, most // common


def _implies(old: Row, new: Row, variables: Sequence[Variable]) -> bool:
    """Whether whatever satisfies one constraint satisfies the other, as far as a multiple of it shows that."""
    if _most(new[0], variables) <= new[1]:
        return True
    for times in _ratios(old[0], new[0]):
        rest = {i: new[0].get(i, 0) - times * old[0].get(i, 0) for i in {*old[0], *new[0]}}
        if floor(_most(rest, variables) + times * old[1]) <= new[1]:
            return True
    return False


def _ratios(old: Mapping[int, int], new: Mapping[int, int]) -> set[Fraction]:
    """By how much one sum could be a multiple of the other."""
    return {Fraction(new[i], factor) for i, factor in old.items() if new.get(i, 0) * factor > 0}


def _most(terms: Mapping[int, int | Fraction], variables: Sequence[Variable]) -> int | Fraction:
    ends = ((factor, variables[index]) for index, factor in terms.items())
    return sum((f * (v.most if f > 0 else v.least) for f, v in ends), Fraction(0))
