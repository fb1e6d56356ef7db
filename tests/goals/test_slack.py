"""How much of a goal's best may be given up, and what is said about it afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import pytest

from rebalance.goals.canonical import Canonical
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.goal import Goal, Slack
from rebalance.model.linear import Linear
from rebalance.model.model import Model
from rebalance.plans.audit import audit
from rebalance.plans.outcome import Outcome
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Answer, Clock, Engine, Status
from rebalance.solver.lexicographic import Run, solve
from tests.brute import lawful
from tests.counties import Sketch
from tests.goals.aiming import chosen

COUNTY = Sketch(units={"A": 2, "B": 1, "C": 1}, townships={"T": 0}, demand={"T": "6.5"})
"""With all four positions 2.5 are missing, which takes three units; with three of them 3.5; with two 4.5."""


@pytest.mark.parametrize(
    ("slack", "best", "room"),
    [
        (Slack(), 250, 0),
        (Slack(Fraction(2)), 250, 2),
        (Slack(Fraction(5), percent=True), 250, 12),  # 12.5
        (Slack(Fraction(5), percent=True), 19, 0),  # 0.95
        (Slack(Fraction(5), percent=True), 20, 1),
        (Slack(Fraction("12.5"), percent=True), 1000, 125),
        (Slack(Fraction(5), percent=True), 0, 0),
        (Slack(Fraction(2)), 0, 2),
    ],
    ids=str,
)
def test_room_is_a_number_or_a_share_of_the_best_rounded_down(slack: Slack, best: int, room: int) -> None:
    assert slack.room(best) == room


def filled(slack: Slack) -> Outcome:
    scenario = COUNTY.scenario(goals=(FillShortages(slack=slack), FewUnitsTouched()))
    outcome = solve(scenario)
    assert lawful(scenario, chosen(outcome))
    assert audit(scenario, chosen(outcome), outcome.goals).mismatches == ()
    return outcome


@pytest.mark.parametrize(
    ("slack", "short", "units"),
    [
        (Slack(), 250, 3),
        (Slack(Fraction(99)), 250, 3),
        (Slack(Fraction(100)), 350, 2),
        (Slack(Fraction(39), percent=True), 250, 3),  # 97.5
        (Slack(Fraction(40), percent=True), 350, 2),
        (Slack(Fraction(200)), 450, 1),
    ],
    ids=str,
)
def test_the_next_goal_may_use_up_the_slack_and_the_value_is_measured_at_the_end(
    slack: Slack, short: int, units: int
) -> None:
    first, second, _canonical = filled(slack).goals
    assert (first.value, first.bound, first.proven, first.slack) == (short, 250, True, slack.room(250))
    assert (second.value, second.bound, second.slack) == (units, units, 0)


def test_a_claim_of_the_best_value_is_found_out_where_the_slack_was_used() -> None:
    outcome = filled(Slack(Fraction(100)))
    best = (replace(outcome.goals[0], value=250), *outcome.goals[1:])
    mismatches = audit(outcome.scenario, chosen(outcome), best).mismatches
    assert [(one.number, one.claimed, one.measured) for one in mismatches] == [(1, 250, 350)]


@dataclass
class NeverSure:
    """An engine that finds the best but never says so, while it is in doubt."""

    engine: Engine
    in_doubt: bool = True

    def solve(self, model: Model, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """The answer, without the proof."""
        answer = self.engine.solve(model, minimise, hint, enough)
        doubtful = self.in_doubt and minimise.terms and answer.status is Status.OPTIMAL
        return replace(answer, status=Status.FEASIBLE, bound=None) if doubtful else answer


def test_a_goal_that_is_not_proven_is_held_without_slack() -> None:
    goals: tuple[Goal, ...] = (FillShortages(slack=Slack(Fraction(200))), FewUnitsTouched(), Canonical())
    scenario = replace(COUNTY.scenario(), goals=goals)
    clock = Clock(60)
    first, second, _canonical = Run(scenario, NeverSure(CpSat(clock, 1, 0)), clock).outcome().goals
    assert (first.proven, first.slack, first.value) == (False, 0, 250)
    assert (second.proven, second.conditional, second.value) == (False, True, 3)
