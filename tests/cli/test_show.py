from __future__ import annotations

import json

import pytest

from tests.cli.small import Desk, rebalance, scenario

Captured = pytest.CaptureFixture[str]


def test_a_scenario_is_shown_with_what_it_sets(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("show", tiny.scenario) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.startswith("Tiny · Tiny\n")
    assert "total.at_most = 4" in printed.out
    assert "large" not in printed.out
    assert "5   canonical" in printed.out
    assert "The county's data is taken as it is." in printed.out


def test_resolved_spells_out_defaults(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("show", tiny.scenario, "--resolved") == 0
    printed = capsys.readouterr().out
    assert "large = –" in printed
    assert "enough = 1" in printed


def test_what_is_extended_is_shown_too(tiny: Desk, capsys: Captured) -> None:
    more = tiny.scenario.with_name("more.toml")
    more.write_text(
        'extends = "tiny.toml"\nname = "More [bold]"\nwhy = "What if?"\nwithout = ["vacancies_first"]\n'
        'goals = ["worst_off_first", { goal = "worst_off_first", per = "agency", enough = 0.9 }]\n'
        "[rules.routes]\n[rules.cut_above_add_below]\nshare = 0.15\n[data.positions.U1.admin]\nneeded = 7\n",
        encoding="utf-8",
    )
    assert rebalance("show", more) == 0
    printed = capsys.readouterr().out
    assert "Tiny · More [bold]\nWhat if?\n" in printed
    assert "vacancies_first" not in printed
    assert "share = 3/20" in printed
    assert "total.at_most = 4" in printed
    assert "per = agency" in printed
    assert "enough = 9/10" in printed
    assert "positions.U1.admin.needed = 7" in printed
    assert "(nothing to say: the county lacks routes)" in printed


def test_as_json(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("show", tiny.scenario, "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["name"] == "Tiny"
    assert data["rules"]["cut_above_add_below"]["total"] == {"at_least": None, "at_most": 4}
    assert data["goals"][-1] == {"goal": "canonical"}
    assert data["silent"] == []


def test_faults_go_to_stderr(tiny: Desk, capsys: Captured) -> None:
    scenario(tiny.scenario, "../models/tiny", {"agency_quota": {"larg": 3}, "phasin": {}})
    assert rebalance("show", tiny.scenario) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Did you mean 'large'?" in printed.err
    assert "Did you mean 'phasing'?" in printed.err
    assert printed.err.endswith("Faults: 2.\n")


def test_faults_as_json_are_the_answer(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("show", tiny.folder / "nothing.toml", "--json") == 1
    printed = capsys.readouterr()
    assert printed.err == ""
    assert len(json.loads(printed.out)["faults"]) == 1
