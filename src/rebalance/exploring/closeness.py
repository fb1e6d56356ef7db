"""Scenarios solved as close as can be to a reference, so that differences come from them and not from ties."""

from __future__ import annotations

from dataclasses import replace

from rebalance.goals.stay_close import StayClose, close_to
from rebalance.outcome import Outcome
from rebalance.plan import Plan
from rebalance.scenario import Scenario


def close(scenario: Scenario, reference: Plan) -> Scenario:
    """The scenario with one more goal, after all that choose: as near as can be to the reference."""
    goal, accounts = close_to(reference), set(scenario.problem.accounts)
    return scenario.but(replace(goal, to=tuple(row for row in goal.to if (row.holder, row.category) in accounts)))


def as_asked(outcome: Outcome, scenario: Scenario) -> Outcome:
    """What came of a scenario so changed, under the scenario as it was: the goal that only settled ties left out."""
    pairs = zip(outcome.scenario.goals, outcome.goals, strict=False)
    goals = tuple(result for goal, result in pairs if goal in scenario.goals or not isinstance(goal, StayClose))
    return replace(outcome, scenario=scenario, goals=goals)
