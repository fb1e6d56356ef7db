"""What people see of the values that the library hands out, in a shell or a notebook: one short line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from rebalance.county.county import County, span
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.plans.audit import audit
from rebalance.plans.outcome import Ending, Outcome
from rebalance.problem.problem import Problem
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.pinned import Pin, Pinned
from rebalance.scenario.scenario import Scenario
from rebalance.solver.lexicographic import solve
from rebalance.text import activate
from tests.counties import Has, Sketch
from tests.rules.judging import done

SKETCH = Sketch(units={"U": Has(5, 3), "V": 2}, townships={"T": 2}, years=2, demand={"T": "3"})


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Leave in English, whatever a test speaks."""
    yield
    activate("en")


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return SKETCH.scenario(CutAboveAddBelow(), Pinned((Pin("T", exactly=5),)), goals=(FewUnitsTouched(),))


@pytest.fixture(scope="module")
def outcome(scenario: Scenario) -> Outcome:
    return solve(scenario)


def test_a_county(scenario: Scenario) -> None:
    county = scenario.problem.county
    assert repr(county) == "County(Tiny, 2026–2027: units: 2, townships: 1, positions: 9)"
    assert str(county) == "Tiny"


def test_a_problem(scenario: Scenario) -> None:
    assert repr(scenario.problem) == f"Problem({scenario.problem.county!r})"
    assert str(scenario.problem) == "Tiny"


def test_a_scenario(scenario: Scenario) -> None:
    assert repr(scenario) == "Scenario(tiny; Tiny: rules: 4, goals: 2)"
    assert str(scenario) == "tiny"


def test_a_plan_and_an_outcome(outcome: Outcome) -> None:
    assert outcome.plan is not None
    assert str(outcome.plan) == "Tiny, 2026–2027: positions going down: 3"
    assert repr(outcome.plan) == f"Plan({outcome.plan})"
    assert str(outcome) == "tiny: goals proven: 2 of 2, positions going down: 3"
    assert repr(outcome) == f"Outcome({outcome})"


def test_an_outcome_without_a_plan(scenario: Scenario) -> None:
    impossible = Outcome(scenario, Ending.IMPOSSIBLE, None, ())
    assert repr(impossible) == "Outcome(tiny: no plan exists)"
    for ending in (Ending.OUT_OF_TIME, Ending.INTERRUPTED):
        assert repr(replace(impossible, ending=ending)) == "Outcome(tiny: ended before any plan was found)"


def test_an_audit(scenario: Scenario, outcome: Outcome) -> None:
    assert outcome.plan is not None
    fine = audit(scenario, outcome.plan, outcome.goals)
    assert str(fine) == "tiny: broken: 0, inherited: 0, goals that differ: 0"
    wrong = audit(scenario, done(SKETCH, added={"T": 4}), outcome.goals)
    assert str(wrong) == "tiny: broken: 3, inherited: 0, goals that differ: 2"
    assert "Rules are broken, at 3 places." in repr(wrong)


def test_a_name_is_in_the_language_spoken(scenario: Scenario) -> None:
    county = replace(scenario.problem.county, name_zh="小县")
    activate("zh")
    assert "小县" in repr(county)
    assert "小县" in repr(Problem(county))


def test_even_what_is_empty_can_be_printed() -> None:
    county = County("", "", (), (), (), (), ())
    assert repr(county).startswith("County(")
    assert [span(()), span((2026,)), span((2026, 2027, 2028))] == ["", "2026", "2026–2028"]
