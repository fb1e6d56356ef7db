"""A scenario changed in one line, as strictly as a file would be."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

import rebalance as rb
from rebalance.goals.canonical import Canonical
from rebalance.goals.few_people_moved import FewPeopleMoved
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages
from rebalance.plans.recorded import outcome_to_json, read_outcome
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.phasing import Phasing
from tests.cli.small import Desk


@pytest.mark.parametrize("share", ["0.15", Decimal("0.15"), Fraction(3, 20)])
def test_a_rule_takes_the_place_of_its_kind(scenario: rb.Scenario, share: Fraction) -> None:
    changed = scenario.but(CutAboveAddBelow(share=share), name="Fifteen", why="What if?")
    assert changed.rules["cut_above_add_below"] == CutAboveAddBelow(share=Fraction(3, 20))
    assert list(changed.rules) == list(scenario.rules)
    assert (changed.name, changed.why) == ("Fifteen", "What if?")
    assert isinstance(changed, rb.Scenario)
    assert scenario.rules["cut_above_add_below"].total.at_most == 4  # type: ignore[attr-defined]  # as it was


def test_a_float_is_refused_and_it_says_what_to_write(scenario: rb.Scenario) -> None:
    with pytest.raises(rb.FaultsError, match=r'AddBelow\.share: not accepted \(got 0\.15\).*write "0\.15" or Fraction'):
        scenario.but(CutAboveAddBelow(share=0.15))  # type: ignore[arg-type]  # as people will
    with pytest.raises(ValueError, match=r'rules\.phasing\.share: a float is not exact \(got 0\.5\)\. Write "0\.5"'):
        scenario.but(settings={"rules.phasing.share": 0.5})


def test_single_values_leave_all_else_as_it_is(scenario: rb.Scenario) -> None:
    changed = scenario.but(settings={"rules.cut_above_add_below.share": "1/5", "rules.phasing.share": Fraction(1, 2)})
    found = changed.rules["cut_above_add_below"]
    assert isinstance(found, CutAboveAddBelow)
    assert (found.share, found.total and found.total.at_most) == (Fraction(1, 5), 4)
    assert changed.rules["phasing"] == Phasing(Fraction(1, 2))


def test_rules_may_be_left_out(scenario: rb.Scenario) -> None:
    assert "agency_quota" not in scenario.but(without=["agency_quota"]).rules
    assert "agency_quota" not in scenario.but(without="agency_quota").rules
    with pytest.raises(ValueError, match=r"the rule is not on \(got 'hold_totl'\).*Did you mean 'hold_total'\?"):
        scenario.but(without=["hold_totl"])
    with pytest.raises(ValueError, match=r"the rule is law and cannot be left out \(got 'ledgers'\)"):
        scenario.but(without=["ledgers"])


def test_goals_may_be_named_described_or_given(scenario: rb.Scenario) -> None:
    changed = scenario.but(goals=["fill_shortages", {"goal": "few_units_touched", "slack": 2}, FewUnitsTouched()])
    assert changed.goals == (
        FillShortages(),
        FewUnitsTouched(rb.Slack(Fraction(2))),
        FewUnitsTouched(),
        Canonical(),
    )
    assert scenario.but(goals=changed.goals).goals == changed.goals
    assert scenario.but(goals=(*changed.goals, FewPeopleMoved())).goals == (
        *changed.goals[:-1],
        FewPeopleMoved(),
        Canonical(),
    )
    assert scenario.but(goals=["canonical", "fill_shortages"]).goals == (FillShortages(), Canonical())
    with pytest.raises(rb.FaultsError, match=r"goals\[2\]: unknown name \(got 'fill'\)"):
        scenario.but(goals=["fill_shortages", "fill"])
    with pytest.raises(rb.FaultsError, match=r"goals\[1\]\.slack: not accepted \(got 0\.5\)"):
        scenario.but(goals=[{"goal": "few_units_touched", "slack": 0.5}])


def test_the_countys_tables_may_be_changed(place: Desk, scenario: rb.Scenario) -> None:
    changed = scenario.but(data={"demand": {"T1": {"A1": {"positions": "3.5"}}}})
    assert changed.problem.work.demand["T1", "A1"] == 350
    assert scenario.problem.work.demand["T1", "A1"] == 850
    added = changed.but(
        data={"retirements": {"add": [{"holder": "U3", "category": "admin", "year": 2026, "count": 1}]}}
    )
    again = added.but(data={"retirements": {"add": [{"holder": "T1", "category": "admin", "year": 2026, "count": 1}]}})
    assert len(again.county.table("retirements")) == 3
    outcome = rb.solve(again)
    assert read_outcome(outcome_to_json(outcome), rb.read_county(place.folder / "models/tiny")).sound


def test_what_the_county_does_not_have_is_a_fault(scenario: rb.Scenario) -> None:
    with pytest.raises(rb.FaultsError, match=r"but, rules\.pinned\.cells\[1\]\.holder: unknown id \(got 'T9'\)"):
        scenario.but(rb.rules.Pinned((rb.rules.Pin("T9", at_least=1),)))
    with pytest.raises(rb.FaultsError, match=r"but, data\.demands: no table has this name"):
        scenario.but(data={"demands": {}})


def test_what_is_neither_rule_nor_goal_is_refused(scenario: rb.Scenario) -> None:
    with pytest.raises(TypeError, match=r"Phasing is a class\. Give an object of it: Phasing\(…\)"):
        scenario.but(Phasing)  # type: ignore[arg-type]  # as people will
    with pytest.raises(TypeError, match="str is neither a rule nor a goal: it lacks tables, source, law, post, check"):
        scenario.but("phasing")  # type: ignore[arg-type]  # likewise


def test_all_it_says_is_a_table(scenario: rb.Scenario) -> None:
    table = scenario.asked().set_index("path")["value"]
    assert table["rules.cut_above_add_below.total.at_most"] == 4
    assert table["goals[1]"] == "worst_off_first"
