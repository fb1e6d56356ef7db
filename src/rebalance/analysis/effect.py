"""What one plan does differently from another: to the goals, and to everybody's positions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rebalance.analysis.place import Where
from rebalance.analysis.what_if import Reply, WhatIf
from rebalance.goals.goal import Goal, Value, better
from rebalance.model.plan import Plan
from rebalance.plans.outcome import Conflict


@dataclass(frozen=True, slots=True)
class Change:
    """A goal, with its rank from 1, that comes to something else; `better` than before, or worse."""

    rank: int
    goal: Goal
    before: Value
    after: Value

    @property
    def better(self) -> bool:
        """Whether it gains."""
        return better(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Shift:
    """A place at which there are more or fewer positions than before."""

    where: Where
    before: int
    after: int

    @property
    def by(self) -> int:
        """How many more; below zero, fewer."""
        return self.after - self.before


@dataclass(frozen=True)
class Effect:
    """What follows from asking for something else.

    Nothing can follow where `possible` is False; None: there was no time to find out. `settled`: all of it is proven.
    """

    possible: bool | None
    settled: bool = False
    changes: tuple[Change, ...] = ()
    owned: tuple[Shift, ...] = ()
    strengths: tuple[Shift, ...] = ()
    clash: Conflict | None = None


def effect(asking: WhatIf, reply: Reply) -> Effect:
    """What a reply says, beside the plan it was asked of."""
    if reply.plan is None:
        return Effect(None if reply.clash is None else False, clash=reply.clash)
    goals = zip(asking.goals, asking.values, reply.values, strict=True)
    changes = tuple(Change(n, goal, old, new) for n, (goal, old, new) in enumerate(goals, 1) if old != new)
    before, after = asking.plan, reply.plan
    return Effect(
        possible=True,
        settled=reply.settled,
        changes=changes,
        owned=owned(before, after),
        strengths=strengths(before, after),
    )


def owned(before: Plan, after: Plan) -> tuple[Shift, ...]:
    """By how many positions every holder and category differs at the end; together by nothing."""
    return tuple(_shifts((Where(h, "", c) for h, c in before.problem.accounts), before, after))


def strengths(before: Plan, after: Plan) -> tuple[Shift, ...]:
    """By how much the strength of every agency differs at the end."""
    problem = before.problem
    return tuple(_shifts((Where(t, a) for t in problem.townships for a in problem.agencies), before, after))


def _shifts(places: Iterator[Where], before: Plan, after: Plan) -> Iterator[Shift]:
    both = ((where, where.found(before), where.found(after)) for where in places)
    return (Shift(where, was, now) for where, was, now in both if was != now)
