from __future__ import annotations

import json

import pytest

from tests.cli.small import Desk, rebalance, scenario

Captured = pytest.CaptureFixture[str]

ABOVE_AND_BELOW = ("worst_off_first", "few_units_touched")


def test_the_trade_off_is_a_table_and_its_progress_is_apart(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("frontier", tiny.scenario, *ABOVE_AND_BELOW) == 0
    printed = capsys.readouterr()
    assert "Complete: every point is proven, and there are no others. Points: 2." in printed.out
    assert "Only the worst level of worst_off_first was looked at" in printed.out
    best, cheapest = (row.split() for row in printed.out.splitlines()[-2:])
    assert best[:7] == ["1", "71.7", "%", "units:", "1", "4", "proven"]
    assert cheapest[:7] == ["2", "50.0", "%", "units:", "0", "0", "proven"]
    assert "point found: worst_off_first 71.7 %, few_units_touched units: 1; proven" in printed.err


def test_programs_get_exact_figures(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("frontier", tiny.scenario, *ABOVE_AND_BELOW, "--json", "--quiet") == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    said = json.loads(printed.out)
    assert said["complete"]
    assert said["worst_only"] == ["worst_off_first"]
    assert [point["marks"] for point in said["points"]] == [["28/39", 1], ["1/2", 0]]
    assert sum(row["after"] - row["today"] for row in said["points"][0]["changes"]) == 0
    assert said["points"][0]["cut"] == 4


def test_amounts_are_looked_at_whole(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("frontier", tiny.scenario, "fill_shortages", "few_units_touched", "--quiet") == 0
    assert "Only the worst level" not in capsys.readouterr().out


def test_goals_ranked_before_are_named_with_what_they_are_held_at(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("frontier", tiny.scenario, "fill_shortages", "few_units_touched", "--quiet") == 0
    assert "Held at their best, as ranked before: worst_off_first: 71.7 % × 1" in capsys.readouterr().out


def test_options_may_follow_a_goal(tiny: Desk, capsys: Captured) -> None:
    goals = ("worst_off_first,enough=1/2", "few_units_touched")
    assert rebalance("frontier", tiny.scenario, *goals, "--format", "csv", "--quiet") == 0
    first, *rows = capsys.readouterr().out.splitlines()
    assert first == "table,#,worst_off_first enough = 1/2,few_units_touched,positions cut,proof,seconds"
    assert [row.split(",")[:4] for row in rows] == [["Trade-off", "1", "1/2", "0"]]


def test_plans_of_the_points_can_be_audited(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("frontier", tiny.scenario, *ABOVE_AND_BELOW, "--out", tiny.out) == 0
    assert "Plans written to" in capsys.readouterr().err
    for number in (1, 2):
        assert rebalance("audit", tiny.out / f"point-{number}.json") == 0
    assert not json.loads((tiny.out / "point-1.json").read_text(encoding="utf-8"))["proven"]


def test_a_picture_may_be_drawn(tiny: Desk, capsys: Captured) -> None:
    file = tiny.folder / "trade-off.svg"
    assert rebalance("frontier", tiny.scenario, *ABOVE_AND_BELOW, "--picture", file) == 0
    assert f"The picture is in {file}." in capsys.readouterr().err
    assert "The worst off first, % at the worst" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["picture.jpg", "nowhere/picture.svg", ".svg"])
def test_what_cannot_be_drawn_is_told_beforehand(tiny: Desk, capsys: Captured, name: str) -> None:
    assert rebalance("frontier", tiny.scenario, *ABOVE_AND_BELOW, "--picture", tiny.folder / name) == 2
    assert "--picture: not accepted" in capsys.readouterr().err


def test_where_no_plan_exists_the_answer_is_no(tiny: Desk, capsys: Captured) -> None:
    impossible = scenario(
        tiny.folder / "scenarios/no.toml", "../models/tiny", {"cut_above_add_below": {"total": {"at_least": 99}}}
    )
    assert rebalance("frontier", impossible, *ABOVE_AND_BELOW, "--quiet") == 1
    assert "There is no such plan" in capsys.readouterr().out


def test_out_of_time_is_said(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("frontier", tiny.scenario, *ABOVE_AND_BELOW, "--time-limit", "0.000001", "--quiet") == 3
    assert "NOT COMPLETE" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("goals", "code", "says"),
    [
        (["worst_off_first"], 2, "a trade-off is between two or three goals (got 1)"),
        (["worst_off_first", "worst_of_first"], 2, "Did you mean 'worst_off_first'?"),
        (["worst_off_first", "worst_off_first"], 2, "worst_off_first is named twice"),
        (["worst_off_first", "canonical"], 2, "canonical chooses among equals"),
        (["worst_off_first,per=town", "few_units_touched"], 1, "per"),
        (["worst_off_first,=", "few_units_touched"], 1, "unknown key"),
        ([",", "few_units_touched"], 1, "unknown name"),
    ],
)
def test_wrong_use_is_told(tiny: Desk, capsys: Captured, goals: list[str], code: int, says: str) -> None:
    assert rebalance("frontier", tiny.scenario, *goals) == code
    assert says in capsys.readouterr().err
