"""Every lawful plan of a tiny county written out, and the best of those that also do as asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count
from random import Random

from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import NONE, Goal, Slack, Value
from rebalance.model.plan import Plan, plan_of
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.reached import GoalResult
from rebalance.scenario.parts import goal_name
from rebalance.scenario.scenario import Scenario
from tests.brute import BUDGET, Book, Budget, TooManyError, merit
from tests.counties import Size, random_scenario

HALF = 0.5


@dataclass(frozen=True)
class Known:
    """A scenario and all its lawful plans."""

    scenario: Scenario
    plans: tuple[Plan, ...]

    def ranked(self, asked: Callable[[Plan], bool] = lambda _plan: True) -> tuple[list[Plan], list[Value]]:
        """The plans that do as asked and are the best under every goal but `canonical`, and the best of each goal.

        Of a goal with slack whatever lies within it is as good for the goals after it.
        """
        rivals, bests = [plan for plan in self.plans if asked(plan)], []
        for goal in weighing(self.scenario) if rivals else ():
            values = [goal.measure(plan) for plan in rivals]
            best = max(values, key=lambda value, goal=goal: merit(goal, value))  # type: ignore[misc]
            rivals = [plan for plan, value in zip(rivals, values, strict=True) if _within(goal, value, best)]
            bests.append(best)
        return rivals, bests

    def best(self, asked: Callable[[Plan], bool] = lambda _plan: True) -> list[Plan]:
        """The plans alone."""
        return self.ranked(asked)[0]

    @property
    def outcome(self) -> Outcome:
        """What solving should lead to."""
        rivals, bests = self.ranked()
        plan = rivals[0]
        goals: list[GoalResult] = []
        for goal in self.scenario.goals:
            value = goal.measure(plan)
            best = bests[len(goals)] if len(goals) < len(bests) else value
            slack = _slack(goal).room(best) if isinstance(best, int) else 0
            goals.append(GoalResult(goal_name(goal), value, best, proven=True, seconds=0.0, slack=slack))
        return Outcome(self.scenario, Ending.DONE, plan, tuple(goals), unique=True)


def weighing(scenario: Scenario) -> tuple[Goal, ...]:
    """The goals that say what is better."""
    return tuple(goal for goal in scenario.goals if not isinstance(goal, Canonical))


def _slack(goal: Goal) -> Slack:
    found: Slack = getattr(goal, "slack", NONE)
    return found


def _within(goal: Goal, value: Value, best: Value) -> bool:
    if isinstance(value, int) and isinstance(best, int):
        return value <= best + _slack(goal).room(best)
    return merit(goal, value) == merit(goal, best)


def slackened(scenario: Scenario, seed: int) -> Scenario:
    """The scenario with a slack of one on some of its goals."""
    dice = Random(f"slack {seed}")
    goals = tuple(
        replace(goal, slack=Slack(Fraction(1))) if hasattr(goal, "slack") and dice.random() < HALF else goal  # type: ignore[type-var]
        for goal in scenario.goals
    )
    return replace(scenario, goals=goals)


def written_out(scenario: Scenario, budget: int = BUDGET) -> Known:
    """All lawful plans.

    Raises:
        TooManyError: they are more than a test can wait for.
    """
    book = Book(scenario, Budget(budget))
    bundles = list(book.bundles())
    plans = []
    for bundle in bundles:
        for decided in bundle.all():
            book.budget.spend(1)
            plans.append(plan_of(scenario.problem, decided))
    return Known(scenario, tuple(plans))


def dealt(first: int, size: Size | None = None, budget: int = BUDGET) -> Iterator[tuple[int, Known]]:
    """Random counties from a seed on, as far as their plans can all be written out."""
    for seed in count(first):
        try:
            yield seed, written_out(slackened(random_scenario(seed, size), seed), budget)
        except TooManyError:
            continue
