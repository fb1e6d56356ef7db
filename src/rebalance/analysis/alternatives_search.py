"""The search for plans that are as good, or nearly, and as different as can be.

How different two plans are: by how many positions their holders' numbers differ at the end, over all holders and
categories (a position that one plan gives to another holder counts twice: missing here, more there). Each further plan
is the one whose distance to the nearest of those before is largest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from rebalance.analysis.alternatives import Alternative, Alternatives
from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import NONE, Goal, Slack
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.plans.outcome import Ending
from rebalance.plans.reached import GoalResult
from rebalance.scenario.scenario import Scenario
from rebalance.solver.engine import Clock, Progress, Silent, Status, as_far_as_it_came, heeding
from rebalance.solver.feasible_set import FeasibleSet, feasible_set
from rebalance.solver.lexicographic import Run


def unfinished(clock: Clock) -> Ending:
    """Why a search ended before its end."""
    return Ending.INTERRUPTED if clock.interrupted else Ending.OUT_OF_TIME


def alternatives(  # noqa: PLR0913  # all but the first two by name
    scenario: Scenario,
    count: int,
    *,
    slack: Mapping[Goal, Slack] | Slack | None = None,
    limit: float | None = None,
    progress: Progress | None = None,
    told: Callable[[Alternative], None] | None = None,
) -> Alternatives:
    """The best plan and up to `count` others, each as far as can be from those before it.

    Args:
        scenario: what is asked.
        count: how many others.
        slack: how much worse than its best each goal may be: one for all of them, or by goal (none: not at all). Of
            a leximin goal every level may be lower by the percentage.
        limit: seconds in all; the best plan may take them all, the others share what it leaves.
        progress: told of the goals.
        told: told of every other plan.
    """
    clock = Clock(limit)
    with heeding(clock):
        whole = feasible_set(scenario, clock)
        best = Run(scenario, whole.engine, clock, progress or Silent(), lambda: whole.second).outcome()
        search = Search(whole, clock, told or (lambda _other: None))
        if best.plan is not None:
            for goal, result in zip(scenario.goals, best.goals, strict=True):
                if not isinstance(goal, Canonical):
                    allow(whole, goal, result, slack if isinstance(slack, Slack) else (slack or {}).get(goal, NONE))
            with as_far_as_it_came(clock):
                search.run(scenario.goals, best.plan, count)
    short = len(search.others) < count and not search.complete
    ending = best.ending if best.plan is None or not short else unfinished(clock)
    return Alternatives(best, tuple(search.others), search.complete, ending, clock.elapsed)


@dataclass(slots=True)
class Search:
    """The plans so far, and how far a plan of the room is from each of them."""

    whole: FeasibleSet
    clock: Clock
    told: Callable[[Alternative], None]
    others: list[Alternative] = field(default_factory=list)
    apart: list[Linear] = field(default_factory=list)
    complete: bool = False

    def run(self, goals: Sequence[Goal], first: Plan, count: int) -> None:
        """Find one after another, each in its share of the time, until there are enough or no others."""
        limit, plan = self.clock.limit, first
        while len(self.others) < count and not self.clock.over:
            self.apart.append(distance(self.whole.model, plan))
            if limit is not None:
                self.clock.limit = limit - self.clock.left * (1 - 1 / (count - len(self.others)))
            found = self._furthest(goals, plan)
            self.clock.limit = limit
            if found is None:
                return
            self.others.append(found)
            self.told(found)
            plan = found.plan

    def _furthest(self, goals: Sequence[Goal], known: Plan) -> Alternative | None:
        """The plan furthest from the nearest, if any is another than those there are; searched for from a known one."""
        part = self.whole.narrowed()
        nearest = part.model.variable(("nearest",), 0, min(part.model.bounds(amount)[1] for amount in self.apart))
        for amount in self.apart:
            part.model.add(amount >= nearest)
        answer = part.solve(-nearest, part.values(known))
        if answer.values is None:
            return None
        if not nearest.value(answer.values):
            self.complete = answer.status is Status.OPTIMAL and not self._another(part, nearest)
            return None
        plan, far = self.whole.model.plan(answer.values), nearest.value(answer.values)
        return Alternative(plan, tuple(goal.measure(plan) for goal in goals), far, answer.status is Status.OPTIMAL)

    def _another(self, part: FeasibleSet, nearest: Linear) -> bool:
        """Whether there may be another plan after all; a second setting of the solver must agree that there is not."""
        part.model.add(nearest >= 1)
        return part.second.solve(part.model, Linear()).status is not Status.INFEASIBLE


def allow(whole: FeasibleSet, goal: Goal, result: GoalResult, slack: Slack) -> None:
    """From here on only plans in which a goal is no worse than the slack allows."""
    value = result.held
    if isinstance(value, int):
        whole.hold(goal.aim(whole.model), value + slack.room(value))
    elif value is not None:
        whole.hold(goal.aim(whole.model), value, min(Fraction(1), slack.amount / 100 * slack.percent))


def distance(model: Model, plan: Plan) -> Linear:
    """By how much holders' numbers at the end differ from those of a plan, over all of them."""
    last = model.problem.last
    return total(_gap(model, model.owned(*key, last), plan.owned(*key, last)) for key in model.problem.accounts)


def _gap(model: Model, amount: Linear, value: int) -> Linear:
    """How far an amount is from a value; where it can be on either side, a 0/1 says on which it is."""
    least, most = model.tight_bounds(amount)
    if value <= least:
        return amount - value
    if value >= most:
        return value - amount
    above = model.variable(("above",), 0, 1)
    more, less = model.variable(("more",), 0, most - value), model.variable(("less",), 0, value - least)
    model.define((amount - more + less).equals(value))
    model.define(more <= (most - value) * above)
    model.define(less <= (value - least) * (1 - above))
    return more + less
