"""Limits of which at most one is moved a step, as one draft: every statement as it is, and as each of them makes it.

A limit that is moved changes how much some sums may come to. Where a sum is bounded by b, and by c when the limit is
moved, it is at most b + (c - b)·z with a 0/1 for the limit: tight, and the same as asking for each limit by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rebalance.draft import Draft
from rebalance.finding import Place
from rebalance.gate import Requirement
from rebalance.leeway.levers import Lever
from rebalance.leeway.loosening import rows
from rebalance.linear import Linear, Statement, total
from rebalance.scenario import Scenario
from rebalance.solving.choice import Choice
from rebalance.solving.lexicographic import drafted

Spot = tuple[str, Place]
Sum = frozenset[tuple[int, int]]
Bounded = Mapping[Sum, int]
"""The most that each of several sums may come to."""


def choices(scenario: Scenario, levers: Sequence[Lever]) -> Iterator[Choice[Lever]]:
    """One choice among all limits that leave the same things to decide; of any other, that or nothing."""

    def alone(lever: Lever) -> Draft:
        return drafted(lever.moved(scenario, 1))

    offer = Offer(drafted(scenario))
    for lever in levers:
        draft = alone(lever)
        if not offer.takes(lever, draft):
            yield Choice(draft, {lever: Linear(constant=1)}, alone)
    if offer.done:
        yield Choice(offer.drafted(), offer.done, alone)


class Offer:
    """A draft, and what each of some limits would change in it."""

    def __init__(self, draft: Draft) -> None:
        """Begin with the draft as it is."""
        self.draft = draft
        self.as_is = _said(draft.requirements)
        self.own = list(draft.variables)
        self.done: dict[Lever, Linear] = {}
        self.changes: dict[Spot, dict[Lever, Bounded]] = defaultdict(dict)
        self.wider: dict[int, dict[Lever, int]] = defaultdict(dict)

    def takes(self, lever: Lever, moved: Draft) -> bool:
        """Take a limit in, if the draft in which it is moved is about the same variables from the same least on."""
        if [(one.name, one.least) for one in moved.variables] != [(one.name, one.least) for one in self.own]:
            return False
        for index, (before, after) in enumerate(zip(self.own, moved.variables, strict=True)):
            if before.most != after.most:
                self.wider[index][lever] = after.most
        said = _said(moved.requirements)
        for spot in {**self.as_is, **said}:
            if self.as_is.get(spot) != said.get(spot):
                self.changes[spot][lever] = _bounded(said.get(spot, ()))
        self.done[lever] = self.draft.variable(("moved", len(self.done)), 0, 1)
        return True

    def drafted(self) -> Draft:
        """The draft in which at most one of them is moved."""
        draft = self.draft
        draft.define(total(self.done.values()) <= 1)
        for index, ends in self.wider.items():
            most = draft.variables[index].most
            draft.variables[index] = replace(draft.variables[index], most=max(most, *ends.values()))
            draft.define(Linear({index: 1}) <= self._either(most, ends))
        draft.requirements = [one for one in draft.requirements if (one.rule, one.place) not in self.changes]
        for (rule, place), changed in self.changes.items():
            as_is = _bounded(self.as_is.get((rule, place), ()))
            for terms in dict.fromkeys(key for bounded in (as_is, *changed.values()) for key in bounded):
                draft.requirements.append(Requirement(self._statement(terms, as_is, changed), rule, place))
        return draft

    def _statement(self, terms: Sum, as_is: Bounded, changed: Mapping[Lever, Bounded]) -> Statement:
        """A sum within its bound, whichever limit is moved; where it has none, within what it can be at all."""
        amount = Linear(dict(terms))
        free = self.draft.bounds(amount)[1]
        ends = {lever: bounded.get(terms, free) for lever, bounded in changed.items()}
        return amount <= self._either(as_is.get(terms, free), ends)

    def _either(self, as_is: int, ends: Mapping[Lever, int]) -> Linear:
        return total((as_is, *(self.done[lever] * (end - as_is) for lever, end in ends.items())))


def _said(requirements: Sequence[Requirement]) -> dict[Spot, list[Statement]]:
    said: dict[Spot, list[Statement]] = defaultdict(list)
    for one in requirements:
        said[one.rule, one.place].append(one.statement)
    return dict(said)


def _bounded(statements: Sequence[Statement]) -> Bounded:
    """What statements say, sum by sum; of two about the same, the tighter."""
    found: dict[Sum, int] = {}
    for terms, most in (row for statement in statements for row in rows(statement)):
        key = frozenset(terms.items())
        found[key] = min(most, found.get(key, most))
    return found
