from __future__ import annotations

import json
from fractions import Fraction

import pytest

from tests.cli.small import Desk, rebalance, scenario

Captured = pytest.CaptureFixture[str]

DRAWN = ("--demand", "0.8..1.3", "--cases", "20")
FOUR = {"vacancies_first": {}, "cut_above_add_below": {"total": {"at_least": 4}}}


def test_one_plan_meets_many_cases(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("stress", tiny.scenario, *DRAWN, "--retirements", "0..3") == 0
    printed = capsys.readouterr()
    assert "Cases: 20, seed 0; demand 80.0 % to 130.0 %, retirements 0.0 % to 300.0 % of what" in printed.out
    assert "Worst-off township: 71.7 % as meant" in printed.out
    assert "At risk, covered below 71.7 %" in printed.out
    assert "NOT PROVEN" not in printed.out
    assert "vacancies_first" in printed.out
    assert "goal 1/5 worst_off_first" in printed.err


def test_the_same_seed_gives_the_same_answer(tiny: Desk, capsys: Captured) -> None:
    answers = []
    for seed in ("3", "3", "4"):
        assert rebalance("stress", tiny.scenario, *DRAWN, "--seed", seed, "--json", "--quiet") == 0
        answers.append(json.loads(capsys.readouterr().out) | {"seed": 0})
    assert answers[0] == answers[1] != answers[2]
    assert len(answers[0]["cases"]) == 20
    shares = [Fraction(case["coverage"]["T1"]) for case in answers[0]["cases"]]
    assert Fraction(7, 13) <= min(shares) < Fraction(28, 39) < max(shares)


def test_a_plan_on_disk_is_judged_as_it_is(solved: Desk, capsys: Captured) -> None:
    assert rebalance("stress", solved.plan, *DRAWN, "--floor", "60%", "--format", "csv") == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    first, *rows = printed.out.splitlines()
    assert first == "table,township,meant,worst,10 %,50 %,90 %,best,at risk"
    assert rows[0].startswith('"Coverage at the end')
    assert ",T1,28/39," in rows[0]


def test_the_robust_plan_is_no_worse_in_the_worst_case(tiny: Desk, capsys: Captured) -> None:
    worst = []
    for more in ((), ("--robust", "20")):
        assert rebalance("stress", tiny.scenario, *DRAWN, *more, "--json", "--quiet") == 0
        said = json.loads(capsys.readouterr().out)
        worst.append(min(Fraction(share) for case in said["cases"] for share in case["coverage"].values()))
    assert worst[1] >= worst[0]


def test_cases_can_be_solved_anew(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("stress", tiny.scenario, "--demand", "0.8..1.3", "--cases", "2", "--again") == 0
    printed = capsys.readouterr()
    assert "The best plan of each case" in printed.out
    assert "NOT PROVEN" not in printed.out
    assert "cases solved: 2 of 2" in printed.err


def test_a_picture_may_be_drawn(tiny: Desk, capsys: Captured) -> None:
    file = tiny.folder / "spread.svg"
    assert rebalance("stress", tiny.scenario, *DRAWN, "--picture", file, "--quiet") == 0
    assert "eight cases in ten" in file.read_text(encoding="utf-8")
    capsys.readouterr()


def test_where_no_plan_exists_the_answer_is_no(tiny: Desk, capsys: Captured) -> None:
    impossible = scenario(
        tiny.folder / "scenarios/no.toml", "../models/tiny", {"cut_above_add_below": {"total": {"at_least": 99}}}
    )
    assert rebalance("stress", impossible, *DRAWN, "--quiet") == 1
    assert "There is no such plan" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--demand", "1"),
        ("--demand", "1.2..0.8"),
        ("--demand", "-1..1"),
        ("--demand", "0..1e9"),
        ("--population", "0..1..2"),
        ("--cases", "0"),
        ("--robust", "many"),
        ("--floor", "120%"),
        ("--floor", "low"),
    ],
)
def test_wrong_use_is_told(tiny: Desk, capsys: Captured, option: str, value: str) -> None:
    assert rebalance("stress", tiny.scenario, option, value) == 2
    assert f"{option}: not accepted (got '{value}')" in capsys.readouterr().err


def test_without_a_range_there_is_nothing_to_stress(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("stress", tiny.scenario, "--cases", "3") == 2
    assert "nothing varies from case to case" in capsys.readouterr().err


def test_the_goal_of_a_robust_plan_has_a_name_like_the_others(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("stress", tiny.scenario, *DRAWN, "--robust", "1") == 0
    assert "goal 1/5 worst_case_first" in capsys.readouterr().err


def test_a_plan_is_not_made_robust(solved: Desk, capsys: Captured) -> None:
    assert rebalance("stress", solved.plan, *DRAWN, "--robust", "2") == 2
    assert "--robust makes a plan of its own" in capsys.readouterr().err


def test_the_robust_plan_keeps_every_rule_whoever_retires(tiny: Desk, capsys: Captured) -> None:
    # of U1's nine positions three are vacant, and one falls vacant when somebody retires, in some cases
    broken = []
    wishing = scenario(tiny.folder / "scenarios/four.toml", "../models/tiny", FOUR, "fill_shortages")
    three = scenario(tiny.folder / "scenarios/three.toml", "../models/tiny", {"vacancies_first": {}}, "fill_shortages")
    for asked, *more in ((wishing,), (three,), (three, "--robust", "20")):
        drawn = ("--retirements", "0..1", "--cases", "20", *more, "--json", "--quiet")
        assert rebalance("stress", asked, *drawn) == 0
        broken.append(json.loads(capsys.readouterr().out)["broken"])
    assert broken[0] == broken[1] != {}
    assert broken[2] == {}
    assert rebalance("stress", wishing, "--retirements", "0..1", "--robust", "20", "--quiet") == 1
    assert "There is no such plan" in capsys.readouterr().out


def test_what_the_county_has_no_figures_of_is_refused(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("stress", tiny.scenario, *DRAWN, "--population", "0.9..1.1") == 2
    said = "the county says nothing of this, so it cannot turn out differently: population. Leave it out."
    assert said in " ".join(capsys.readouterr().err.split())
