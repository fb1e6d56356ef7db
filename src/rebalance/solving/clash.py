"""Which rules cannot hold together: a set from which none can be taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from rebalance.draft import Draft
from rebalance.finding import Place
from rebalance.linear import Linear
from rebalance.solving.engine import Engine, Status
from rebalance.solving.hitting import Hitting

Member = TypeVar("Member")
Instance = tuple[str, Place]


class UnsettledError(Exception):
    """There was no time to find out whether some rules can hold together."""


def clash(engine: Engine, draft: Draft, blameless: frozenset[str]) -> tuple[Instance, ...] | None:
    """Instances of rules that cannot hold together, none of them superfluous.

    The rules in `blameless` (law) are taken as given. None when there was no time to find out.
    """
    said = {(one.rule, one.place): None for one in draft.requirements if one.rule and one.rule not in blameless}
    rules = list(dict.fromkeys(rule for rule, _place in said))
    try:
        kept = smallest(rules, lambda some: _impossible(engine, draft, {i for i in said if i[0] in some}, blameless))
        instances = [instance for instance in said if instance[0] in kept]
        return tuple(smallest(instances, lambda some: _impossible(engine, draft, set(some), blameless)))
    except UnsettledError:
        return None


def clashes(engine: Engine, draft: Draft, blameless: frozenset[str], most: int) -> tuple[tuple[Instance, ...], ...]:
    """Up to `most` different clashes; fewer are all there are, or all there was time for."""
    tree: Hitting[Instance] = Hitting(lambda _one: 1)
    for without in tree.sets():
        part = draft.relaxed(lambda one, without=without: (one.rule, one.place) not in without)  # type: ignore[misc]
        status = engine.solve(part, Linear()).status
        found = clash(engine, part, blameless) if status is Status.INFEASIBLE else ()
        if found:
            tree.clashes.append(found)
        if found is None or status is Status.UNKNOWN or len(tree.clashes) == most:
            break
        if not found:
            tree.enough.append(without)
    return tuple(tree.clashes)


def _impossible(engine: Engine, draft: Draft, kept: set[Instance], blameless: frozenset[str]) -> bool:
    part = draft.fork()
    part.trunk = None
    part.requirements = [
        one for one in draft.requirements if not one.rule or one.rule in blameless or (one.rule, one.place) in kept
    ]
    status = engine.solve(part, Linear()).status
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
