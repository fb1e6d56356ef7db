"""What may be said of a search that was not finished, and of a plan that is not the best there is."""

from __future__ import annotations

from rebalance.outcome import Ending, GoalResult, Outcome
from rebalance.plan import Plan
from rebalance.scenario import Scenario, goal_name
from rebalance.solving.clock import Clock


def unfinished(clock: Clock) -> Ending:
    """Why a search ended before its end."""
    return Ending.INTERRUPTED if clock.interrupted else Ending.OUT_OF_TIME


def measured(scenario: Scenario, plan: Plan) -> Outcome:
    """A plan as an outcome: its goals measured, nothing claimed about how good they are."""
    goals = tuple(
        GoalResult(goal_name(goal), goal.measure(plan), None, proven=False, seconds=0.0, conditional=number > 0)
        for number, goal in enumerate(scenario.goals)
    )
    return Outcome(scenario, Ending.DONE, plan, goals)
