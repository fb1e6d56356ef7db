"""The procedure that chooses one of the equals: only data and proven values have a say, and it says where it ends."""

from __future__ import annotations

import json

import pytest

from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.goal import Goal
from rebalance.goals.worst_off_first import WorstOffFirst
from rebalance.model.linear import Linear
from rebalance.plans.recorded import outcome_to_json, read_outcome
from rebalance.scenario.scenario import Scenario
from rebalance.solver.canonical import FixedProcedure, Last
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Clock
from rebalance.solver.lexicographic import model_of, solve
from rebalance.solver.stages import Stages
from tests.counties import Sketch, random_scenario

FOUR = Sketch(units={"U": 2, "V": 2}, townships=dict.fromkeys("ABCD", 0), demand=dict.fromkeys("ABCD", "1"))
"""Four positions in two units, for four townships that want one each."""


def asked(*goals: Goal) -> Scenario:
    return FOUR.scenario(goals=goals)


def stages_of(scenario: Scenario, seed: int) -> Stages:
    """All goals but the last brought to their best by a search with this seed."""
    model, engine = model_of(scenario), CpSat(seed=seed)
    answer = engine.solve(model, Linear())
    assert answer.values is not None
    stages = Stages(engine, model, answer.values)
    for goal in scenario.goals[:-1]:
        assert stages.reach(goal.aim(model)).proven
    return stages


@pytest.mark.parametrize("case", range(8))
def test_what_the_procedure_is_given_does_not_hang_on_the_search(case: int) -> None:
    scenario = next(one for one in map(random_scenario, range(100 * case, 1000)) if solve(one).proven)
    first, second = stages_of(scenario, 0), stages_of(scenario, 12345)
    assert first.model.variables == second.model.variables
    assert first.model.requirements == second.model.requirements
    assert first.last == second.last


def test_the_amount_before_is_at_its_best_in_the_plan_that_is_chosen() -> None:
    """Four positions are wanted and a unit has two: by itself nothing goes down, else both units have to give."""
    outcome = solve(asked(FewUnitsTouched()))
    assert [goal.value for goal in outcome.goals[:-1]] == [0]
    outcome = solve(asked(FillShortages(), FewUnitsTouched()))
    assert [goal.value for goal in outcome.goals[:-1]] == [0, 2]
    assert outcome.proven


def test_a_plan_that_would_worsen_the_amount_before_is_not_chosen() -> None:
    """Even where small weights would pull further than the amount before: then the plain question is asked."""
    model = model_of(asked())
    amount, other = model.variable(("amount",), 0, 10), model.variable(("other",), 0, 20)
    model.add(amount * 2 + other >= 20)  # one more of the amount spares two of the other
    model.add(amount <= 4)
    last = Last(amount, 4, model.requirements[-1])
    procedure = FixedProcedure(Clock(), model, other * 1, last)
    values = procedure.chosen()
    assert values is not None
    assert amount.value(values) <= 4


def of_little_work(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Let the procedure do no work after so many questions."""
    left, inner = [times], FixedProcedure._engine

    def engine(procedure: FixedProcedure, gap: int = 0) -> CpSat:
        left[0] -= 1
        made = inner(procedure, gap)
        return made if left[0] >= 0 else CpSat(procedure.clock, work=0.0)

    monkeypatch.setattr(FixedProcedure, "_engine", engine)


def test_where_the_work_does_not_suffice_nothing_is_chosen_and_the_goals_before_stand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = solve(asked(WorstOffFirst(), FillShortages()))
    of_little_work(monkeypatch, 0)
    outcome = solve(asked(WorstOffFirst(), FillShortages()))
    assert [goal.proven for goal in outcome.goals] == [True, True, False]
    assert [goal.value for goal in outcome.goals[:-1]] == [goal.value for goal in whole.goals[:-1]]
    assert outcome.unique is None
    assert list(outcome.state()) == ["This is the best plan found.", "NOT PROVEN to be the best: goals 3."]


def test_where_nobody_knows_of_another_plan_it_is_said_that_this_is_not_settled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    only = Sketch(units={"U": 2}, townships={"A": 0}, demand={"A": "2"}).scenario(goals=[FillShortages()])
    assert solve(only).unique is True
    of_little_work(monkeypatch, 1)
    outcome = solve(only)
    assert outcome.proven
    assert (outcome.unique, outcome.unrivalled, outcome.goals[-1].freedom) == (None, False, True)
    assert list(outcome.state()) == ["Every goal is proven. Whether another plan is as good has not been settled."]
    text = outcome_to_json(outcome)
    assert json.loads(text)["unique"] is None
    assert read_outcome(text, only.problem.county).outcome.unique is None


def test_a_procedure_that_time_has_cut_short_has_chosen_nothing() -> None:
    model = model_of(asked())
    assert FixedProcedure(Clock(0), model, Linear()).chosen() is None


def test_after_a_goal_that_is_not_proven_nothing_is_chosen() -> None:
    scenario = asked(FillShortages())
    stages = stages_of(scenario, 0)
    stages.proven, before = False, stages.values
    reached = stages.reach(scenario.goals[-1].aim(stages.model))
    assert (reached.proven, stages.unique) == (False, None)
    assert stages.values is before
