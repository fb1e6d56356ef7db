"""Submitted, approved, returned: what follows on what, and whether anything has changed since."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest

from rebalance.fault import FaultsError
from rebalance.papers.trail import State, Step, Trail, changed, read_trail, step, trail_file, trail_text
from tests.cli.small import Desk, rebalance

Captured = pytest.CaptureFixture[str]
COUNTY = "c" * 64
LAWFUL = {
    (None, State.SUBMITTED),
    (State.SUBMITTED, State.APPROVED),
    (State.SUBMITTED, State.RETURNED),
    (State.RETURNED, State.SUBMITTED),
}
WAYS = {
    None: (),
    State.SUBMITTED: (State.SUBMITTED,),
    State.APPROVED: (State.SUBMITTED, State.APPROVED),
    State.RETURNED: (State.SUBMITTED, State.RETURNED),
}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan.json"
    file.write_text("{}")
    (tmp_path / "plan.docx").write_bytes(b"paper")
    return file


def walked(plan: Path, *states: State) -> Trail:
    trail = Trail()
    for state in states:
        trail = step(trail, Step(state, "2026-01-31", "〔2026〕5"), plan, COUNTY)
    return trail


@pytest.mark.parametrize(("before", "after"), list(product((None, *State), State)), ids=str)
def test_only_what_follows_may_follow(plan: Path, before: State | None, after: State) -> None:
    trail = walked(plan, *WAYS[before])
    assert trail.state is before
    if (before, after) in LAWFUL:
        assert step(trail, Step(after, "2026-02-01"), plan, COUNTY).state is after
    else:
        with pytest.raises(FaultsError, match="cannot be"):
            step(trail, Step(after, "2026-02-01"), plan, COUNTY)


def test_it_is_kept_and_read_again(plan: Path) -> None:
    trail = step(Trail(), Step(State.SUBMITTED, "2026-01-31"), plan, COUNTY, [plan.parent / "plan.docx"])
    trail_file(plan).write_text(trail_text(trail), encoding="utf-8")
    assert read_trail(plan) == trail
    assert trail.papers[0].file == "plan.docx"
    assert list(changed(trail, plan, COUNTY)) == []


def test_every_change_is_seen(plan: Path) -> None:
    paper = plan.parent / "plan.docx"
    trail = step(Trail(), Step(State.SUBMITTED, "2026-01-31"), plan, COUNTY, [paper])
    assert ["data has changed" in one for one in changed(trail, plan, "d" * 64)] == [True]
    paper.write_bytes(b"Paper")
    assert ["'plan.docx' has changed" in one for one in changed(trail, plan, COUNTY)] == [True]
    paper.unlink()
    assert ["'plan.docx' is gone" in one for one in changed(trail, plan, COUNTY)] == [True]
    plan.write_text("{ }")
    assert len(list(changed(trail, plan, COUNTY))) == 2
    with pytest.raises(FaultsError, match="file has changed since it was submitted"):
        step(trail, Step(State.APPROVED, "2026-02-01"), plan, COUNTY)


def test_what_was_returned_may_change_and_go_again(plan: Path) -> None:
    trail = walked(plan, State.SUBMITTED, State.RETURNED)
    plan.write_text("{ }")
    again = step(trail, Step(State.SUBMITTED, "2026-03-01"), plan, COUNTY)
    assert list(changed(again, plan, COUNTY)) == []
    assert len(again.steps) == 3


def test_papers_lie_beside_the_plan(plan: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other") / "plan.docx"
    other.write_bytes(b"")
    for file in (other, plan.parent / "nowhere.docx"):
        with pytest.raises(FaultsError, match="not a file in the plan's folder"):
            step(Trail(), Step(State.SUBMITTED, "2026-01-31"), plan, COUNTY, [file])


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "C:\\x", "a/../../b", "..\\x"])
def test_a_trail_that_leads_outside_is_refused(plan: Path, path: str) -> None:
    trail = {"steps": [], "plan": "", "county": "", "papers": [{"file": path, "sha256": ""}]}
    trail_file(plan).write_text(json.dumps(trail))
    with pytest.raises(FaultsError, match="outside the plan's folder"):
        read_trail(plan)


def test_from_draft_to_approval(solved: Desk, capsys: Captured) -> None:
    paper = solved.out / "request.docx"
    assert rebalance("export", solved.plan, "--to", paper) == 0
    assert rebalance("approve", solved.plan) == 1
    assert "a plan that is a draft cannot be approved." in capsys.readouterr().err
    assert rebalance("submit", solved.plan, "--date", "2026-01-31", "--paper", paper) == 0
    assert rebalance("approve", solved.plan, "--date", "2026-02-10", "--number", "〔2026〕5") == 0
    capsys.readouterr()
    assert rebalance("audit", solved.plan) == 0
    printed = capsys.readouterr().out
    assert "2026-02-10: approved · 〔2026〕5" in printed
    assert "The plan, the county's data and 1 papers are as they were." in printed
    assert rebalance("solve", solved.scenario, "--out", solved.out, "--quiet") == 2
    assert "an approved plan is there" in capsys.readouterr().err
    paper.write_bytes(b"forged")
    assert rebalance("audit", solved.plan, "--json") == 1
    approval = json.loads(capsys.readouterr().out)["approval"]
    assert approval["state"] == "approved"
    assert approval["changed"] == ["the paper 'request.docx' has changed since it was signed."]


def test_a_date_is_a_day(solved: Desk, capsys: Captured) -> None:
    assert rebalance("submit", solved.plan, "--date", "31.1.2026") == 2
    assert "no date (got '31.1.2026'). Accepted: a day such as 2024-05-31." in capsys.readouterr().err


def test_a_plan_can_be_returned(solved: Desk, capsys: Captured) -> None:
    assert rebalance("submit", solved.plan) == 0
    assert rebalance("return", solved.plan, "--remark", "More for Meizhu") == 0
    assert "returned" in capsys.readouterr().err
    assert rebalance("solve", solved.scenario, "--out", solved.out, "--quiet") == 0
