"""What solving comes to under a few goals, everything proven and measured again."""

from __future__ import annotations

from fractions import Fraction

from rebalance.goals.goal import Goal, LeximinVector
from rebalance.model.plan import Plan
from rebalance.plans.outcome import Outcome
from rebalance.rules import Rule
from rebalance.solver.lexicographic import solve
from tests.brute import lawful
from tests.counties import Sketch


def aimed(sketch: Sketch, *rules: Rule, goals: tuple[Goal, ...]) -> Outcome:
    """The outcome under these rules and the law; its plan is lawful, proven, and as good as claimed."""
    scenario = sketch.scenario(*rules, goals=goals)
    outcome = solve(scenario)
    assert outcome.plan is not None
    assert outcome.proven
    assert lawful(scenario, outcome.plan)
    assert [result.value for result in outcome.goals] == [goal.measure(outcome.plan) for goal in scenario.goals]
    return outcome


def chosen(outcome: Outcome) -> Plan:
    """The plan there is."""
    assert outcome.plan is not None
    return outcome.plan


def levels(text: str) -> LeximinVector:
    """Levels written as "1/2 3/4*2": one at a half, two at three quarters."""
    parts = (part.partition("*") for part in text.split())
    return tuple((Fraction(level), int(count or 1)) for level, _times, count in parts)
