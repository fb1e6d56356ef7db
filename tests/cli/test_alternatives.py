from __future__ import annotations

import json

import pytest

from tests.cli.small import Desk, rebalance, scenario

Captured = pytest.CaptureFixture[str]

SLACK = ("--slack", "10%", "--slack", "few_units_touched=1")


def test_plans_stand_side_by_side(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("alternatives", tiny.scenario, *SLACK) == 0
    printed = capsys.readouterr()
    assert "Other plans: 1. Any further plan within the slack owns the same as one of these." in printed.out
    assert printed.out.splitlines()[-2].split() == ["T1", "admin", "4", "7", "8"]
    assert printed.out.splitlines()[-1].split() == ["T2", "admin", "3", "5", "4"]
    assert "plan found: distance 2 (proven)" in printed.err


@pytest.mark.parametrize("percent", ["10%", "10 %", "10.0 %", "30/3 %"])
def test_a_percentage_is_written_as_in_a_scenario(percent: str, tiny: Desk, capsys: Captured) -> None:
    slack = ("--slack", percent, "--slack", "few_units_touched = 1")
    assert rebalance("alternatives", tiny.scenario, *slack, "--quiet") == 0
    assert "Other plans: 1." in capsys.readouterr().out


def test_without_slack_there_may_be_no_other(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("alternatives", tiny.scenario, "--json", "--quiet") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["complete"], said["others"], said["differing"]) == (True, [], [])


def test_programs_get_exact_figures(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("alternatives", tiny.scenario, *SLACK, "--format", "json", "--quiet") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["differing"] == [
        {"holder": "T1", "category": "admin", "owned": [7, 8]},
        {"holder": "T2", "category": "admin", "owned": [5, 4]},
    ]
    assert [other["distance"] for other in said["others"]] == [2]
    assert said["best"]["proven"]


def test_every_plan_can_be_kept_and_audited(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("alternatives", tiny.scenario, *SLACK, "--out", tiny.out, "--quiet") == 0
    assert sorted(file.name for file in tiny.out.glob("[!.]*")) == ["plan-0.json", "plan-1.json"]
    for number in (0, 1):
        assert rebalance("audit", tiny.out / f"plan-{number}.json") == 0
    capsys.readouterr()


def test_where_no_plan_exists_the_answer_is_no(tiny: Desk, capsys: Captured) -> None:
    impossible = scenario(
        tiny.folder / "scenarios/no.toml", "../models/tiny", {"cut_above_add_below": {"total": {"at_least": 99}}}
    )
    assert rebalance("alternatives", impossible, "--quiet") == 1
    assert "There is no such plan" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("slack", "says"),
    [
        ("lots", "not accepted (got 'lots')"),
        ("-1", "not accepted"),
        ("0.5", "not accepted"),
        ("-5 %", "not accepted"),
        ("1/0 %", "not accepted"),
        ("%", "not accepted"),
        ("", "not accepted"),
        ("few_unit_touched=1", "Did you mean 'few_units_touched'?"),
        ("=1", "no such goal"),
    ],
)
def test_wrong_use_is_told(tiny: Desk, capsys: Captured, slack: str, says: str) -> None:
    assert rebalance("alternatives", tiny.scenario, "--slack", slack) == 2
    assert says in capsys.readouterr().err
