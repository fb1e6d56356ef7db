"""Which goals of a scenario a question is about."""

from __future__ import annotations

from collections.abc import Sequence

from rebalance.goals import GOALS, Goal
from rebalance.goals.canonical import Canonical
from rebalance.hints import near_miss, quoted
from rebalance.scenario import Scenario, goal_name
from rebalance.words import _

FEWEST, MOST = 2, 3


def traded(scenario: Scenario, wanted: Sequence[str | Goal]) -> tuple[Goal, ...]:
    """The goals to trade against each other: each by name, with the options the scenario gives it, or as itself.

    Raises:
        ValueError: too few or too many, one twice, one unknown, or one that has nothing to trade.
    """
    goals = tuple(_known(scenario, one) if isinstance(one, str) else one for one in wanted)
    if not FEWEST <= len(goals) <= MOST:
        message = _("a trade-off is between two or three goals (got {count}). Name so many.")
        raise ValueError(message.format(count=len(goals)))
    for number, goal in enumerate(goals):
        if goal in goals[:number]:
            message = _("{goal} is named twice. Name different goals, or give them different options.")
            raise ValueError(message.format(goal=goal_name(goal)))
    for last in (goal for goal in goals if isinstance(goal, Canonical)):
        message = _("{goal} chooses among equals and has nothing to trade. Name another goal.")
        raise ValueError(message.format(goal=goal_name(last)))
    return goals


def above(scenario: Scenario, goals: Sequence[Goal]) -> tuple[Goal, ...]:
    """The goals that a scenario ranks before the first of some goals; none where it ranks none of these.

    A goal with other options than the scenario gives it stands where the scenario first names it.
    """
    ranks = (_rank(scenario, goal) for goal in goals)
    return scenario.goals[: min((rank for rank in ranks if rank is not None), default=0)]


def _rank(scenario: Scenario, goal: Goal) -> int | None:
    if goal in scenario.goals:
        return scenario.goals.index(goal)
    return next((rank for rank, one in enumerate(scenario.goals) if type(one) is type(goal)), None)


def _known(scenario: Scenario, name: str) -> Goal:
    """The goal as the scenario has it, or with its defaults."""
    own = next((goal for goal in scenario.goals if goal_name(goal) == name), None)
    if own is None and name not in GOALS:
        message = _("unknown goal (got {value}). Accepted: {accepted}.")
        text = message.format(value=quoted(name), accepted=", ".join(GOALS))
        raise ValueError(text + near_miss(name, GOALS))
    return own or GOALS[name]()
