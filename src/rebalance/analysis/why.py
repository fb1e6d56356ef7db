"""Why a place has what it has: its story, and what asking for more or fewer there would lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rebalance.analysis.effect import Effect, Shift, effect
from rebalance.analysis.place import Where
from rebalance.analysis.what_if import WhatIf
from rebalance.model.finding import Finding
from rebalance.model.model import Model
from rebalance.model.plan import status_quo
from rebalance.plans.audit import Audit
from rebalance.rules.rule import Range

Found = tuple[str, Finding]


@dataclass(frozen=True)
class Story:
    """What a place has today and at the end, of what, and the findings that leave it no room.

    `here` are limits of the place itself, `everywhere` those that speak of the whole county.
    """

    where: Where
    today: int
    now: int
    parts: tuple[Shift, ...]
    here: tuple[Found, ...]
    everywhere: tuple[Found, ...]


def story(checks: Audit, where: Where) -> Story:
    """The story of a place, from the same findings as the audit."""
    plan = checks.plan
    problem, still = plan.problem, status_quo(plan.problem)
    parts = tuple(Shift(part, part.found(still), part.found(plan)) for part in where.parts(problem))
    bounding = ((rule, one) for rule, one in _tight(checks, where) if not checks.scenario.about(rule).bookkeeping)
    tight = tuple(_once(bounding))
    here = tuple(one for one in tight if where.concerns(one[1].place))
    everywhere = tuple(_everywhere(tight, where, where.categories(plan)))
    return Story(where, where.found(still), where.found(plan), parts, here, everywhere)


def _tight(checks: Audit, where: Where) -> Iterator[Found]:
    """Every limit that leaves no room; of what is so or not, also those that settle it."""
    yield from checks.tight
    for rule, findings in checks.findings.items() if where.others else ():
        yield from ((rule, one) for one in findings if one.tight and one.place.item in where.others)


def demanded(asking: WhatIf, where: Where, wanted: Range) -> Effect:
    """What it would lead to if the place had at least, or at most, so many; the goals solved again in order."""

    def demand(model: Model) -> None:
        amount = where.amount(model)
        if wanted.at_least is not None:
            model.add(amount >= wanted.at_least)
        if wanted.at_most is not None:
            model.add(amount <= wanted.at_most)

    return effect(asking, asking.tightened(demand))


def _everywhere(found: tuple[Found, ...], where: Where, categories: frozenset[str]) -> Iterator[Found]:
    """What is said of no place in particular, about all categories or one that there is here."""
    for rule, one in found if not where.others else ():
        if not (one.place.holder or one.place.agency) and one.place.category in {"", *categories}:
            yield rule, one


def _once(found: Iterator[Found]) -> Iterator[Found]:
    """The last year of what is said about the same place in several: the story is about how it ends."""
    last: dict[tuple[str, ...], Found] = {}
    for rule, finding in found:
        place = finding.place
        last[rule, place.holder, place.agency, place.category, place.aspect] = (rule, finding)
    return iter(last.values())
