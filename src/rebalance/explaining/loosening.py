"""Whether a changed rule requires less: its statements compared with those it made before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import floor, gcd

from rebalance.draft import Draft
from rebalance.explaining.levers import Lever, Without, limits, numbers
from rebalance.finding import Place
from rebalance.gate import Variable
from rebalance.linear import Statement
from rebalance.scenario import Scenario

Instance = tuple[str, Place]

Row = tuple[Mapping[int, int], int]
"""A sum that is at most a number."""

Said = Mapping[Place, Sequence[Row]]


def levers(scenario: Scenario, members: Sequence[Instance]) -> dict[Instance, tuple[Lever, ...]]:
    """What can be moved so that less is required at each of some places; the rule itself where there is nothing."""
    found: dict[Instance, tuple[Lever, ...]] = {}
    for rule in dict.fromkeys(rule for rule, _place in members):
        places = [place for name, place in members if name == rule]
        yielding = list(_yielding(scenario, rule, places))
        for place in places:
            here = tuple(lever for lever, where in yielding if place in where)
            found[rule, place] = here or (Without(rule),)
    return found


def _yielding(scenario: Scenario, rule: str, places: Sequence[Place]) -> Iterator[tuple[Lever, frozenset[Place]]]:
    """Every lever of a rule with the places at which it then requires less."""
    ids = frozenset(part for p in places for part in (p.holder, p.agency, p.category, p.year) if part)
    draft, before = _posted(scenario, rule)
    candidates: list[Lever] = [*numbers(scenario, rule), *limits(scenario.problem, ids)]
    for lever in candidates:
        other, after = _posted(lever.moved(scenario, lever.most), rule)
        if other.variables == draft.variables:
            where = looser(before, after, draft.variables)
            if where:
                yield lever, where


def looser(before: Said, after: Said, variables: Sequence[Variable]) -> frozenset[Place]:
    """The places at which less is required than before; none if anywhere anything more is."""
    for place, rows in after.items():
        if not all(any(_implies(old, new, variables) for old in before.get(place, ())) for new in rows):
            return frozenset()
    return frozenset(
        place
        for place, rows in before.items()
        if not all(any(_implies(new, old, variables) for new in after.get(place, ())) for old in rows)
    )


def _posted(scenario: Scenario, rule: str) -> tuple[Draft, Said]:
    draft = Draft(scenario.problem)
    said: dict[Place, list[Row]] = defaultdict(list)
    draft.rule = rule
    scenario.rules[rule].post(draft)
    for one in draft.requirements:
        if one.rule == rule:
            said[one.place] += _rows(one.statement)
    return draft, said


def _rows(statement: Statement) -> Iterable[Row]:
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
