from __future__ import annotations

import json

import pytest

from rebalance.cli.program import run
from tests.cli.small import Desk, rebalance


def told(capsys: pytest.CaptureFixture[str], code: int, *args: object) -> str:
    """What the program says on stdout, after ending with a code."""
    assert rebalance(*map(str, args)) == code
    return capsys.readouterr().out


def test_a_township_is_told_what_it_gets_and_what_leaves_it_no_room(
    solved: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    text = told(capsys, 0, "why", solved.plan, "T1")
    assert "T1 has 4 today and" in text
    assert "That covers" in text
    assert "--at-least" in text
    assert " 0 " not in text.replace("0 today", "")


def test_the_parts_are_the_whole(solved: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    for place in ("T1", "T2", "U1", "reserve", "T1/A1", "admin"):
        found = json.loads(told(capsys, 0, "why", solved.plan, place, "--json"))
        assert sum(part["after"] for part in found["parts"]) == found["now"]
        assert sum(part["before"] for part in found["parts"]) == found["today"]


def test_reasons_are_the_findings_of_the_audit(solved: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    findings = json.loads(told(capsys, 0, "audit", solved.plan, "--json"))["findings"]
    known = {(one["rule"], one["holder"], one["agency"], one["year"], one["aspect"], one["found"]) for one in findings}
    found = json.loads(told(capsys, 0, "why", solved.plan, "U1", "--json"))
    reasons = [*found["here"], *found["everywhere"]]
    assert reasons
    for one in reasons:
        place = one["place"]
        key = (one["rule"], place["holder"], place["agency"], place["year"], place["aspect"], one["found"])
        assert key in known


def test_one_more_says_what_it_costs_and_whom(solved: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    now = json.loads(told(capsys, 0, "why", solved.plan, "T2", "--json"))["now"]
    found = json.loads(told(capsys, 0, "why", solved.plan, "T2", "--at-least", now + 1, "--json"))
    assert found["possible"]
    assert found["settled"]
    assert not found["goals"][0]["better"]
    assert sum(one["after"] - one["before"] for one in found["positions"]) == 0
    text = told(capsys, 0, "why", solved.plan, "T2", "--at-least", now + 1)
    assert "loses" in text
    assert "T2" in text


def test_what_is_forbidden_names_the_rules(solved: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, 1, "why", solved.plan, "T1", "--at-least", 12)
    assert "It cannot be" in text
    assert "Cut above, add below" in text
    found = json.loads(told(capsys, 1, "why", solved.plan, "T1", "--at-least", 12, "--json"))
    assert not found["possible"]
    assert {one["rule"] for one in found["against"]}.isdisjoint({"ledgers", "hold_total"})


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("T9",), "nothing has this id or name (got 'T9')"),
        (("U1/A1",), "an agency is one of a township"),
        (("T1", "--at-least", "3", "--at-most", "2"), "give one of the two"),
        (("T1", "--at-least", "-3"), "--at-least: not accepted"),
    ],
)
def test_wrong_use_is_said(solved: Desk, capsys: pytest.CaptureFixture[str], args: tuple[str, ...], said: str) -> None:
    assert run(["why", str(solved.plan), *args]) == 2
    assert said in capsys.readouterr().err


def test_nothing_is_said_about_a_plan_that_does_not_pass_the_audit(
    solved: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = json.loads(solved.plan.read_text(encoding="utf-8"))
    whole["positions"][0]["after"] += 1
    solved.plan.write_text(json.dumps(whole), encoding="utf-8")
    assert rebalance("why", solved.plan, "T1") == 1
    assert "does not pass the audit" in capsys.readouterr().err


def test_without_time_it_says_so(solved: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, 3, "why", solved.plan, "T1", "--at-least", 9, "--time-limit", "0.000001")
    assert "no time" in text
