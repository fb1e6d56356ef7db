"""Conflicts: sets of constraints from which none can be taken away, and the smallest sets that hit them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Generic, TypeVar

from rebalance.model.linear import Linear
from rebalance.model.model import Model
from rebalance.plans.conflict import Conflict
from rebalance.scenario.scenario import Scenario
from rebalance.solver.engine import Engine, Status
from rebalance.solver.relaxable import Instance, law

Member = TypeVar("Member")

MOST_SETS = 5_000
"""So many sets are looked at: with many clashes that have little in common there are more than anybody can wait for."""


@dataclass(slots=True)
class HittingSets(Generic[Member]):
    """The clashes known so far; whoever takes a set and learns of another clash puts it in."""

    cost: Callable[[Member], int]
    clashes: list[tuple[Member, ...]] = field(default_factory=list)
    enough: list[frozenset[Member]] = field(default_factory=list)

    def sets(self) -> Iterator[frozenset[Member]]:
        """Sets that hit all clashes known by then, none with a part that is `enough`; ends when there are no more."""
        heap: list[tuple[int, int, frozenset[Member]]] = [(0, 0, frozenset())]
        seen: set[frozenset[Member]] = set()
        while heap and len(seen) < MOST_SETS:
            price, _number, chosen = heappop(heap)
            if any(one <= chosen for one in self.enough):
                continue
            missed = self._missed(chosen)
            if missed is None:
                yield chosen
                missed = self._missed(chosen)
            for member in missed or ():
                more = chosen | {member}
                if more not in seen:
                    seen.add(more)
                    heappush(heap, (price + self.cost(member), len(seen), more))

    def _missed(self, chosen: frozenset[Member]) -> tuple[Member, ...] | None:
        return next((clash for clash in self.clashes if chosen.isdisjoint(clash)), None)


class UnsettledError(Exception):
    """There was no time to find out whether some rules can hold together."""


def conflict(engine: Engine, model: Model, scenario: Scenario, second: Engine | None = None) -> Conflict | None:
    """Instances of rules that cannot hold together, none of them superfluous; confirmed if a `second` engine agrees.

    What is law is taken as given. None when there was no time to find out.
    """
    given = law(scenario, model)
    said = [one for one in _said(model) if one not in given]
    rules = list(dict.fromkeys(rule for rule, _place in said))
    marked = [one for one in _said(model) if one in given and not scenario.rules[one[0]].law]

    def impossible(some: Iterable[Instance], law_: Iterable[Instance] = given) -> bool:
        return _impossible(engine, model, {*some, *law_})

    try:
        kept = smallest(rules, lambda some: impossible(one for one in said if one[0] in some))
        members = smallest([one for one in said if one[0] in kept], impossible)
        behind = smallest(marked, lambda some: impossible(members, given.difference(marked).union(some)))
    except UnsettledError:
        return None
    agreed = second is not None and _status(second, model, given.union(members)) is Status.INFEASIBLE
    return Conflict(tuple(members), agreed, tuple(behind))


def conflicts(engine: Engine, model: Model, scenario: Scenario, most: int, second: Engine) -> tuple[Conflict, ...]:
    """Up to `most` different clashes; fewer are all there are, or all there was time for."""
    tree: HittingSets[Instance] = HittingSets(lambda _one: 1)
    found: list[Conflict] = []
    for without in tree.sets():
        part = model.relaxed(lambda one, without=without: (one.rule, one.place) not in without)  # type: ignore[misc]
        status = engine.solve(part, Linear()).status
        if status is Status.FEASIBLE or status is Status.OPTIMAL:
            tree.enough.append(without)
            continue
        one = conflict(engine, part, scenario, second) if status is Status.INFEASIBLE else None
        if one is None:
            break
        found.append(one)
        tree.clashes.append(one.members)
        if len(found) == most:
            break
    return tuple(found)


def _said(model: Model) -> list[Instance]:
    return list(dict.fromkeys((one.rule, one.place) for one in model.requirements if one.rule))


def _status(engine: Engine, model: Model, kept: AbstractSet[Instance]) -> Status:
    """What an engine says of these instances alone."""
    part = model.relaxed(lambda one: not one.rule or (one.rule, one.place) in kept)
    return engine.solve(part, Linear()).status


def _impossible(engine: Engine, model: Model, kept: AbstractSet[Instance]) -> bool:
    status = _status(engine, model, kept)
    if status is Status.UNKNOWN:
        raise UnsettledError
    return status is Status.INFEASIBLE


def smallest(members: Sequence[Member], impossible: Callable[[Sequence[Member]], bool]) -> list[Member]:
    """An irreducible part of `members` that is still impossible (QuickXplain: Junker 2004)."""
    if impossible(()):
        return []
    return _explain([], members, impossible)


def _explain(
    given: list[Member],
    members: Sequence[Member],
    impossible: Callable[[Sequence[Member]], bool],
    *,
    grown: bool = False,
) -> list[Member]:
    if grown and impossible(given):
        return []
    if len(members) == 1:
        return list(members)
    half = len(members) // 2
    first, second = members[:half], members[half:]
    from_second = _explain([*given, *first], second, impossible, grown=True)
    from_first = _explain([*given, *from_second], first, impossible, grown=bool(from_second))
    return from_first + from_second
