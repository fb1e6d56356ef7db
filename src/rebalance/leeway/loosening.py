"""Whether a changed rule requires less: its statements compared with those it made before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, gcd

from rebalance.draft import Draft
from rebalance.finding import Place
from rebalance.gate import Variable
from rebalance.leeway.levers import Cell, Lever, RuleNumber, Without, limits, numbers
from rebalance.linear import Statement
from rebalance.scenario import Scenario

Instance = tuple[str, Place]

Row = tuple[Mapping[int, int], int]
"""A sum that is at most a number."""

NOTHING: Row = ({}, 0)
"""Says only what the bounds of the variables say."""

Movable = RuleNumber | Cell


@dataclass(frozen=True, slots=True)
class Posted:
    """What a rule says at every place, and of which unknowns."""

    variables: Sequence[Variable]
    said: Mapping[Place, Sequence[Row]]


def levers(scenario: Scenario, members: Sequence[Instance]) -> dict[Instance, tuple[Lever, ...]]:
    """What can be moved so that less is required at each of some places.

    The rule itself where there is nothing, unless some of what it says is law.
    """
    found: dict[Instance, tuple[Lever, ...]] = {}
    for rule in dict.fromkeys(rule for rule, _place in members):
        places = [place for name, place in members if name == rule]
        yielding = list(_yielding(scenario, rule, places))
        whole = () if lawful_places(scenario, rule) else (Without(rule),)
        for place in places:
            here = tuple(lever for lever, where in yielding if place in where)
            found[rule, place] = here or whole
    return found


def law(scenario: Scenario, draft: Draft) -> frozenset[Instance]:
    """What nobody is blamed for in a draft: what rules say that are law, or because of a limit that is law.

    Where another number, which is not law, stands behind the same statement, somebody may be blamed for that.
    """
    every = dict.fromkeys((one.rule, one.place) for one in draft.requirements if one.rule)
    own = {instance for instance in every if scenario.rules[instance[0]].law}
    for rule in dict.fromkeys(rule for rule, _place in every if not scenario.rules[rule].law):
        places = sorted(lawful_places(scenario, rule))
        other = {place for _lever, where in _yielding(scenario, rule, places) for place in where} if places else set()
        own |= {(rule, place) for place in places if place not in other}
    return frozenset(own)


def lawful_places(scenario: Scenario, rule: str) -> frozenset[Place]:
    """Where a rule would require less if a limit that is law were another."""
    cells = list(limits(scenario.problem, law=True))
    if not cells:
        return frozenset()
    as_is = _posted(scenario, rule)
    groups = _alike(cells).values()
    return frozenset().union(*(looser(as_is, _posted(_moved(scenario, group), rule)) for group in groups))


def _yielding(scenario: Scenario, rule: str, places: Sequence[Place]) -> Iterator[tuple[Lever, frozenset[Place]]]:
    """Every lever of a rule with the places at which it then requires less."""
    ids = frozenset(part for p in places for part in (p.holder, p.agency, p.category, p.year, p.item) if part)
    as_is = _posted(scenario, rule)
    for group in _alike([*numbers(scenario, rule), *limits(scenario.problem, ids)]).values():
        for lever in _touching(scenario, as_is, rule, places, group):
            where = looser(as_is, _posted(_moved(scenario, [lever]), rule))
            if where:
                yield lever, where


def _alike(levers_: Sequence[Movable]) -> Mapping[tuple[str, int], Sequence[Movable]]:
    """The same number of several rows, in the same direction."""
    groups: dict[tuple[str, int], list[Movable]] = defaultdict(list)
    for lever in levers_:
        groups[lever.name, lever.sign].append(lever)
    return groups


def _moved(scenario: Scenario, group: Iterable[Movable]) -> Scenario:
    """The scenario with all of these moved as far as can be."""
    for lever in group:
        scenario = lever.moved(scenario, lever.most)
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


def looser(before: Posted, after: Posted) -> frozenset[Place]:
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
    """Whether a statement is true wherever those made at a place are."""
    return any(_implies(one, row, posted.variables) for one in (NOTHING, *posted.said.get(place, ())))


def _posted(scenario: Scenario, rule: str) -> Posted:
    draft = Draft(scenario.problem)
    said: dict[Place, list[Row]] = defaultdict(list)
    draft.rule = rule
    scenario.rules[rule].post(draft)
    for one in draft.requirements:
        if one.rule == rule:
            said[one.place] += rows(one.statement)
    return Posted(draft.variables, said)


def rows(statement: Statement) -> Iterable[Row]:
    """A statement as sums that are at most a number, each divided by what its factors have in common."""
    signs = ((1, statement.at_most), (-1, None if statement.at_least is None else -statement.at_least))
    common = gcd(*statement.terms.values()) or 1
    for sign, most in signs:
        if most is not None:
            yield {index: sign * factor // common for index, factor in statement.terms.items()}, most // common


def _implies(old: Row, new: Row, variables: Sequence[Variable]) -> bool:
    """Whether whatever satisfies one statement satisfies the other, as far as a multiple of it shows that."""
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
