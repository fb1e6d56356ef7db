"""What the audit says of plans, ours and others: every rule, every goal, no solver."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest

from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.worst_off_first import Per, WorstOffFirst
from rebalance.model.finding import Finding, Place
from rebalance.model.plan import Decision, Plan, plan_of, status_quo
from rebalance.plans.audit import Mismatch, audit, today
from rebalance.plans.reached import GoalResult
from rebalance.rules.compulsory_agencies import CompulsoryAgencies
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.hiring import HiringPlan
from rebalance.rules.rule import Range
from rebalance.rules.vacancies_first import VacanciesFirst
from rebalance.scenario.scenario import Scenario
from tests.counties import ADMIN, FIRST, Has, Sketch, office

SKETCH = Sketch(
    units={"U1": Has(6, 4), "U2": Has(3, 4)},
    townships={"T1": Has(2, 2), "T2": 3},
    demand={"T1": "4", "T2": "6"},
)
GOALS = (WorstOffFirst(), FewUnitsTouched())


@pytest.fixture
def scenario() -> Scenario:
    """Two units, one of them over-established; at most two positions go down."""
    return SKETCH.scenario(CutAboveAddBelow(total=Range(at_most=2)), VacanciesFirst(), goals=GOALS)


def moved(scenario: Scenario, unit: str = "U1", count: int = 2, arriving: int | None = None) -> Plan:
    """The plan in which a unit gives so many positions to T1."""
    decided: dict[Decision, int] = {
        ("cut", unit, ADMIN, FIRST): count,
        ("added", "T1", ADMIN, FIRST): count if arriving is None else arriving,
    }
    return plan_of(scenario.problem, decided)


def claim(name: str, value: int | tuple[tuple[Fraction, int], ...]) -> GoalResult:
    return GoalResult(name, value, value, proven=True, seconds=0.0)


def claims(scenario: Scenario, plan: Plan) -> list[GoalResult]:
    return [claim(name, value) for name, value in audit(scenario, plan).values]


def rules(found: tuple[tuple[str, Finding], ...]) -> set[str]:
    return {rule for rule, _finding in found}


def test_a_lawful_plan_is_lawful(scenario: Scenario) -> None:
    checks = audit(scenario, moved(scenario))
    assert checks.lawful
    assert checks.broken == ()
    assert set(checks.findings) == set(scenario.rules)
    assert all(checks.findings.values())


@pytest.mark.parametrize(
    ("unit", "count", "arriving", "expected"),
    [
        ("U1", 2, 3, {"hold_total"}),
        ("U1", 3, 3, {"cut_above_add_below", "vacancies_first"}),
        ("U2", 1, 1, {"vacancies_first"}),
        ("U1", -1, -1, {"ledgers", "cut_above_add_below"}),
    ],
    ids=["one too many arrives", "more than the total", "an over-full unit gives", "the wrong way round"],
)
def test_a_broken_rule_is_named(scenario: Scenario, unit: str, count: int, arriving: int, expected: set[str]) -> None:
    checks = audit(scenario, moved(scenario, unit, count, arriving))
    assert not checks.lawful
    assert rules(checks.broken) == expected


def test_what_today_breaks_is_inherited_not_broken(scenario: Scenario) -> None:
    checks = audit(scenario, moved(scenario))
    place = Place("U2", "", ADMIN, FIRST, "staff")
    assert checks.inherited == (("vacancies_first", Finding(place, 1, at_most=1, inherited=True, asked=0)),)


def test_a_limit_that_is_reached_leaves_no_room(scenario: Scenario) -> None:
    assert rules(audit(scenario, moved(scenario)).tight) == {"cut_above_add_below"}
    assert rules(audit(scenario, moved(scenario, count=1)).tight) == set()


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        (Finding(Place(), 3, at_most=3), True),
        (Finding(Place(), 3, 3, 5), True),
        (Finding(Place(), 4, 3, 5), False),
        (Finding(Place(), 3, 3, 3), False),
        (Finding(Place(), 0, at_most=0), False),
        (Finding(Place(), 4, at_most=3), True),
        (Finding(Place(), 1, at_most=3, inherited=True), True),
    ],
    ids=[
        "at the most",
        "at the least",
        "between",
        "an equation",
        "nothing of nothing",
        "broken",
        "inherited",
    ],
)
def test_only_some_findings_are_notable(finding: Finding, expected: bool) -> None:  # noqa: FBT001  # a verdict
    assert finding.notable is expected


def test_goals_are_measured_again(scenario: Scenario) -> None:
    checks = audit(scenario, moved(scenario))
    levels = ((Fraction(1, 2), 1), (Fraction(1), 1))
    assert checks.values[:2] == (("worst_off_first", levels), ("few_units_touched", 1))
    assert checks.values[2][0] == "canonical"
    assert checks.mismatches == ()


def test_true_claims_are_borne_out(scenario: Scenario) -> None:
    plan = moved(scenario)
    assert audit(scenario, plan, claims(scenario, plan)).mismatches == ()


def test_every_false_claim_is_told(scenario: Scenario) -> None:
    plan = moved(scenario)
    said = claims(scenario, plan)
    said[0] = claim("worst_off_first", ((Fraction(1), 2),))
    said[1] = replace(said[1], value=2)
    found = audit(scenario, plan, said).mismatches
    assert [(one.number, one.goal, one.claimed, one.measured) for one in found] == [
        (1, "worst_off_first", ((Fraction(1), 2),), ((Fraction(1, 2), 1), (Fraction(1), 1))),
        (2, "few_units_touched", 2, 1),
    ]


def test_a_claim_too_few_or_too_many_is_told(scenario: Scenario) -> None:
    plan = moved(scenario)
    said = claims(scenario, plan)
    last = audit(scenario, plan).values[2][1]
    assert audit(scenario, plan, said[:2]).mismatches == (Mismatch(3, "canonical", None, last),)
    assert audit(scenario, plan, [*said, claim("more", 7)]).mismatches == (Mismatch(4, "more", 7, None),)


def test_claims_belong_to_goals_by_rank() -> None:
    twice = SKETCH.scenario(goals=(WorstOffFirst(), WorstOffFirst(per=Per.AGENCY)))
    plan = status_quo(twice.problem)
    assert audit(twice, plan, claims(twice, plan)).mismatches == ()
    other = [claim("few_units_touched", 0), *claims(twice, plan)[1:]]
    assert [one.goal for one in audit(twice, plan, other).mismatches] == ["worst_off_first"]


def test_today_is_judged_as_it_is() -> None:
    sketch = replace(SKETCH, retirements={("U2", FIRST): 1}, ceilings={ADMIN: 13})
    found = today(sketch.county).inherited
    assert rules(found) == {"vacancies_first", "hold_total"}
    assert {(one.found, one.at_most) for rule, one in found if rule == "vacancies_first"} == {(1, 1)}


def test_what_nobody_knows_of_today_is_not_judged() -> None:
    unknown = replace(SKETCH, agencies=[office("A1", least=9)])
    known = replace(unknown, placed={("T1", "A1"): 1})
    assert "compulsory_agencies" not in today(unknown.county).findings
    assert rules(today(known.county).broken) == {"compulsory_agencies"}
    assert rules(today(known.county).inherited) == {"compulsory_agencies", "vacancies_first"}


def test_every_finding_can_be_explained() -> None:
    sketch = replace(SKETCH, agencies=[office("A1", least=9)], hiring={("", FIRST): 1, ("T1", FIRST): 2})
    scenario = sketch.scenario(CompulsoryAgencies(), HiringPlan(), VacanciesFirst(), CutAboveAddBelow())
    decided: dict[Decision, int] = {("cut", "U1", ADMIN, FIRST): -3, ("hired", "nobody", ADMIN, FIRST): 2}
    checks = audit(scenario, plan_of(scenario.problem, decided))
    for name, findings in checks.findings.items():
        rule = scenario.rules[name]
        assert all(rule.explain(scenario.problem, finding.place) for finding in findings)


def test_no_solver_is_loaded() -> None:
    code = "import sys, rebalance.plans.audit, rebalance.plans.file; print('ortools' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert result.stdout.strip() == "False"


def test_a_right_value_in_another_goal_s_name_is_no_claim(scenario: Scenario) -> None:
    plan = moved(scenario)
    first, *rest = claims(scenario, plan)
    found = audit(scenario, plan, [replace(first, name="fill_shortages"), *rest]).mismatches
    assert found == (Mismatch(1, "worst_off_first", None, first.value),)
