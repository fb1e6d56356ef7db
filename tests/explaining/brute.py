"""Every lawful plan of a tiny county written out, and the best of those that also do as asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Value
from rebalance.plan import Plan, plan_of
from rebalance.scenario import Scenario
from tests.brute import BUDGET, Book, Budget, TooManyError, merit
from tests.counties import Size, random_scenario


@dataclass(frozen=True)
class Known:
    """A scenario and all its lawful plans."""

    scenario: Scenario
    plans: tuple[Plan, ...]

    def best(self, asked: Callable[[Plan], bool] = lambda _plan: True) -> list[Plan]:
        """The plans that do as asked and are the best under every goal but `canonical`."""
        rivals = [plan for plan in self.plans if asked(plan)]
        for goal in (goal for goal in self.scenario.goals if not isinstance(goal, Canonical)):
            ranks = [merit(goal, goal.measure(plan)) for plan in rivals]
            rivals = [plan for plan, rank in zip(rivals, ranks, strict=True) if rank == max(ranks)]
        return rivals

    def values(self, plan: Plan) -> tuple[Value, ...]:
        """What the goals but `canonical` come to."""
        return tuple(goal.measure(plan) for goal in self.scenario.goals if not isinstance(goal, Canonical))


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
            yield seed, written_out(random_scenario(seed, size), budget)
        except TooManyError:
            continue
