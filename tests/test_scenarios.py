"""Every scenario in the folder is read, and has a lawful plan; the baseline is proven to the last goal.

In a campaign every scenario is solved to the end.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from rebalance.county.holders import RESERVE
from rebalance.model.linear import Linear
from rebalance.model.plan import Plan
from rebalance.plans.audit import audit
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.reached import GoalResult
from rebalance.rules import RULES
from rebalance.scenario.read import read_scenario, scenarios_in
from rebalance.scenario.scenario import Scenario
from rebalance.solver.cpsat import CpSat
from rebalance.solver.lexicographic import model_of, solve
from tests.langxi import Langxi

FOLDER = Path(__file__).parents[1] / "scenarios"
FILES = [path.name for path in scenarios_in(FOLDER)]
IMPOSSIBLE = "impossible.toml"
WITHOUT = {"borrowed_stay.toml": {"return_borrowed"}}
"""Rules that a scenario does without; all the others are in force everywhere."""

AGAIN = {f"fifteen_or_twenty.toml#{name}" for name in ("base", "fifteen", "veterinary_stay")}
"""They ask what others ask too."""

OTHERS = [name for name in FILES if name not in {IMPOSSIBLE, "baseline.toml", *AGAIN}]
"""Those that have a plan, beside the baseline."""


@cache
def read(name: str) -> Scenario:
    return read_scenario(FOLDER / name)


def proven(outcome: Outcome) -> None:
    """Everything is proven, and the plan comes to what it claims."""
    assert outcome.ending is Ending.DONE
    assert [(goal.name, goal.proven) for goal in outcome.goals] == [(goal.name, True) for goal in outcome.goals]
    assert not any(goal.conditional for goal in outcome.goals)
    assert outcome.plan is not None
    in_order(outcome.scenario, outcome.plan, outcome.goals)


def in_order(scenario: Scenario, plan: Plan, goals: tuple[GoalResult, ...] = ()) -> None:
    """The plan breaks no rule, comes to what it claims, and keeps every total."""
    checks = audit(scenario, plan, goals)
    assert (checks.broken, checks.mismatches) == ((), ())
    problem = scenario.problem
    for category in problem.categories:
        holders = {*problem.units, *problem.townships, RESERVE}
        sums = {
            sum(plan.owned(holder, category, year) for holder in holders) for year in (problem.today, *problem.years)
        }
        assert len(sums) == 1


def test_there_are_a_baseline_an_impossible_one_and_others() -> None:
    assert {"baseline.toml", IMPOSSIBLE} < set(FILES)
    assert len(FILES) >= 4


@pytest.mark.parametrize("name", FILES)
def test_a_scenario_says_what_it_is_for(name: str) -> None:
    scenario = read(name)
    assert scenario.why.endswith((".", "?"))
    assert scenario.why_zh.endswith(("。", "？"))
    assert scenario.rules.keys() == RULES.keys() - WITHOUT.get(name, set())


def test_no_two_scenarios_have_the_same_name() -> None:
    scenarios = [read(name) for name in FILES]
    assert len({one.name for one in scenarios}) == len({one.name_zh for one in scenarios}) == len(FILES)


@pytest.mark.parametrize("name", FILES)
def test_every_source_is_said_in_chinese_too(name: str) -> None:
    scenario = read(name)
    assert scenario.sources_zh.keys() == {rule for rule, one in scenario.rules.items() if one.source}


@pytest.mark.parametrize("name", OTHERS)
def test_there_is_a_lawful_plan(name: str) -> None:
    scenario = read(name)
    model = model_of(scenario)
    values = CpSat().solve(model, Linear()).values
    assert values is not None
    in_order(scenario, model.plan(values))


@pytest.mark.campaign
@pytest.mark.parametrize("name", OTHERS)
def test_solved_to_the_end_it_is_proven_in_every_goal(name: str) -> None:
    proven(solve(read(name)))


def test_the_impossible_one_names_its_two_reasons() -> None:
    outcome = solve(read(IMPOSSIBLE))
    assert outcome.ending is Ending.IMPOSSIBLE
    assert outcome.clash is not None
    assert outcome.clash.confirmed
    assert {(rule, place.holder, place.category) for rule, place in outcome.clash.members} == {
        ("pinned", "341821110", "administrative"),
        ("holder_limits", "341821110", "administrative"),
    }
    assert len(outcome.clash.members) == 2


def test_the_baseline_is_proven_in_every_goal_and_one_of_several_as_good(langxi: Langxi) -> None:
    proven(langxi.outcome)
    assert langxi.outcome.unique is False
