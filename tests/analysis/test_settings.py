from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from rebalance.analysis.settings import with_settings
from rebalance.fault import FaultsError
from rebalance.goals.worst_off_first import WorstOffFirst
from rebalance.rules import RULES
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.pinned import Pin, Pinned
from rebalance.scenario.parts import resolved, scenario_from
from tests.analysis.small import COUNTY, scenario

BASE = scenario(2)


def test_a_parameter_is_set_and_the_others_stay() -> None:
    found = with_settings(BASE, {"rules.cut_above_add_below.share": Decimal("0.15")})
    rule = found.rules["cut_above_add_below"]
    assert isinstance(rule, CutAboveAddBelow)
    assert (rule.share, rule.total.at_most) == (Fraction(3, 20), 2)
    assert {name: one for name, one in found.rules.items() if one != rule} == {
        name: one for name, one in BASE.rules.items() if name != "cut_above_add_below"
    }


def test_a_parameter_switches_its_rule_on_in_its_place() -> None:
    found = with_settings(BASE, {"rules.phasing.share": "1/2"})
    assert "phasing" in found.rules
    assert list(found.rules) == [name for name in RULES if name in found.rules]


def test_an_item_of_a_list_and_an_option_of_a_goal() -> None:
    pinned = BASE.but(Pinned(cells=(Pin("U1", "admin", at_least=4),)))
    found = with_settings(pinned, {"rules.pinned.cells[1].at_least": 5, "goals[1].enough": Decimal("0.9")})
    assert found.rules["pinned"] == Pinned(cells=(Pin("U1", "admin", at_least=5),))
    assert found.goals[0] == WorstOffFirst(enough=Fraction(9, 10))


def test_a_figure_of_the_county_on_top_of_earlier_changes() -> None:
    first = with_settings(BASE, {"data.units.U1.sector": "x"})
    found = with_settings(first, {"data.positions.U1.admin.in_post": 2})
    assert found.problem.in_post("U1", "admin") == 2
    assert found.changes == {"units": {"U1": {"sector": "x"}}, "positions": {"U1": {"admin": {"in_post": 2}}}}
    again = scenario_from(resolved(found), COUNTY.county)
    assert again.problem.county == found.problem.county


def test_a_name_with_dots_stands_in_quotes() -> None:
    with pytest.raises(FaultsError, match=r"no such row \(got 'a.b'\)"):
        with_settings(BASE, {'data.units."a.b".sector': "x"})


def test_an_empty_name_stands_in_quotes_too() -> None:
    found = with_settings(BASE, {'data.demand.T1."".positions': Decimal("6.5")})
    assert found.problem.work.of("T1") == 650


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("rules", 1, "not a place in a scenario"),
        ("goals", 1, "not a place in a scenario"),
        ("goals[1]", 1, "not a place in a scenario"),
        ("goals[9].enough", 1, r"no such item \(got 9\)"),
        ("goals.enough", 1, "not a place in a scenario"),
        ("name.x", 1, "not a place in a scenario"),
        ("rules..share", 1, "not a place in a scenario"),
        ("rules.phasing.", 1, "not a place in a scenario"),
        ("rules.phasing", 7, r"on or off \(got 7\)"),
        ("rules.hold_total[1]", 7, "not a place in a scenario"),
        ("rules.pinned.cells[1].at_least", 7, r"no such item \(got 1\)"),
        ("rules.cut_above_add_below.total.at_most.x", 7, "not a place in a scenario"),
        ("rules.cut_above_add_below.shar", 7, "Did you mean 'share'"),
        ("rules.cut_above_add_below.share", "x", "share"),
        ("data.unit.U1.sector", "x", "Did you mean 'units'"),
        ("data.units.U9.sector", "x", "no such row"),
        ("data.units", "x", "not a place in a scenario"),
    ],
    ids=str,
)
def test_what_cannot_be_set(path: str, value: object, expected: str) -> None:
    with pytest.raises(FaultsError, match=expected):
        with_settings(BASE, {path: value})


def test_all_faults_at_once() -> None:
    with pytest.raises(FaultsError) as caught:
        with_settings(BASE, {"goals": 1, "rules.x": "maybe"})
    assert len(caught.value.faults) == 2


def test_the_scenario_itself_is_left_alone() -> None:
    before = resolved(BASE)
    with_settings(BASE, {"rules.cut_above_add_below.total.at_most": 1, "data.units.U1.sector": "x"})
    assert resolved(BASE) == before
