"""From a draft to an approval at the command line: in the store where the run is kept there, and in the plan's file."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from rebalance import read_plan
from tests.cli.small import Desk, rebalance

Captured = pytest.CaptureFixture[str]


def approved(desk: Desk, capsys: Captured) -> Path:
    """The paper of a plan that has been approved."""
    paper = desk.out / "request.docx"
    assert rebalance("export", desk.plan, "--to", paper) == 0
    assert rebalance("submit", desk.plan, "--date", "2026-01-31", "--paper", paper) == 0
    assert rebalance("approve", desk.plan, "--date", "2026-02-10", "--number", "〔2026〕5") == 0
    capsys.readouterr()
    return paper


def approval(plan: Path, capsys: Captured, code: int) -> dict[str, object]:
    """What `audit` says of the approval."""
    assert rebalance("audit", plan, "--json") == code
    found: dict[str, object] = json.loads(capsys.readouterr().out)["approval"]
    return found


def test_from_draft_to_approval(solved: Desk, capsys: Captured) -> None:
    assert rebalance("approve", solved.plan) == 1
    assert "a plan that is “draft” cannot become “approved”." in capsys.readouterr().err
    paper = approved(solved, capsys)
    assert rebalance("audit", solved.plan) == 0
    printed = capsys.readouterr().out
    assert "2026-02-10: approved · 〔2026〕5" in printed
    assert "So says run 1 in " in printed
    assert "The plan, the county's data and the papers (1) are as they were." in printed
    assert rebalance("solve", solved.scenario, "--out", solved.out, "--quiet") == 2
    assert "an approved plan is there" in capsys.readouterr().err
    paper.write_bytes(b"forged")
    found = approval(solved.plan, capsys, 1)
    assert (found["state"], found["run"]) == ("approved", 1)
    assert found["changed"] == ["the paper 'request.docx' has changed since it was signed."]


def test_the_countys_data_are_looked_at_too(solved: Desk, capsys: Captured) -> None:
    approved(solved, capsys)
    table = solved.folder / "models/tiny/demand.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("8.50", "8.75"), encoding="utf-8")
    changed = approval(solved.plan, capsys, 1)["changed"]
    assert changed == ["the county's data has changed since the plan was approved."]


def test_the_list_of_runs_shows_where_each_stands(solved: Desk, capsys: Captured) -> None:
    assert rebalance("runs", "--format", "csv") == 0
    assert ",draft," in capsys.readouterr().out
    approved(solved, capsys)
    assert rebalance("runs", "--format", "json") == 0
    assert [run["state"] for run in json.loads(capsys.readouterr().out)] == ["approved"]
    assert rebalance("runs", "1") == 0
    assert "2026-01-31: submitted" in capsys.readouterr().out


def test_an_approved_run_is_not_deleted(solved: Desk, capsys: Captured) -> None:
    approved(solved, capsys)
    assert rebalance("solve", solved.scenario, "--out", solved.folder / "other", "--quiet", "--fresh") == 0
    assert rebalance("runs", "--delete", "--all") == 1
    assert "Runs deleted: 1.\nApproved, and therefore kept: 1.\n" in capsys.readouterr().err
    assert rebalance("runs", "1", "--delete") == 1


def test_the_store_counts_where_the_file_says_otherwise(solved: Desk, capsys: Captured) -> None:
    before = solved.plan.read_text(encoding="utf-8")
    approved(solved, capsys)
    forged = solved.plan.read_text(encoding="utf-8").replace("〔2026〕5", "〔2026〕6")
    solved.plan.write_text(forged, encoding="utf-8")
    found = approval(solved.plan, capsys, 1)
    assert found["changed"] == ["the plan's file says otherwise of its approval than the store, which counts."]
    solved.plan.write_text(before, encoding="utf-8")  # a copy from before that has not heard of it
    assert approval(solved.plan, capsys, 0)["state"] == "approved"
    assert rebalance("solve", solved.scenario, "--out", solved.out, "--quiet") == 2


def test_a_figure_changed_after_the_approval_is_noticed(solved: Desk, capsys: Captured) -> None:
    approved(solved, capsys)
    text = solved.plan.read_text(encoding="utf-8")
    solved.plan.write_text(text.replace('"proven": true', '"proven": false', 1), encoding="utf-8")
    assert "the plan is not the one that was approved." in str(approval(solved.plan, capsys, 1)["changed"])


def test_a_plan_handed_on_carries_its_trail(solved: Desk, store: Path, tmp_path: Path, capsys: Captured) -> None:
    approved(solved, capsys)
    store.unlink()
    handed = shutil.copytree(solved.folder, tmp_path / "handed/on")
    found = approval(handed / "out/plan.json", capsys, 0)
    assert (found["state"], found["run"]) == ("approved", None)
    assert rebalance("audit", handed / "out/plan.json") == 0
    assert "So says the plan's file; no store here keeps this plan." in capsys.readouterr().out
    assert rebalance("return", handed / "out/plan.json") == 1


def test_without_a_store_the_file_is_all_there_is(solved: Desk, store: Path, capsys: Captured) -> None:
    store.unlink()
    approved(solved, capsys)
    assert approval(solved.plan, capsys, 0)["state"] == "approved"
    assert not store.exists()


def test_what_a_store_exports_carries_its_trail(solved: Desk, capsys: Captured) -> None:
    approved(solved, capsys)
    assert rebalance("runs", "1", "--export", solved.out) == 0
    assert approval(solved.out / "run-1.json", capsys, 0)["state"] == "approved"


def test_a_date_is_a_day(solved: Desk, capsys: Captured) -> None:
    assert rebalance("submit", solved.plan, "--date", "31.1.2026") == 2
    assert "no date (got '31.1.2026'). Accepted: a day such as 2024-05-31 or 2024年5月31日." in capsys.readouterr().err


def test_a_plan_can_be_returned(solved: Desk, capsys: Captured) -> None:
    assert rebalance("submit", solved.plan) == 0
    assert rebalance("return", solved.plan, "--remark", "More for Meizhu") == 0
    assert "returned" in capsys.readouterr().err
    assert rebalance("solve", solved.scenario, "--out", solved.out, "--quiet") == 0


def break_a_rule(plan: Path) -> None:
    data = json.loads(plan.read_text(encoding="utf-8"))
    next(row for row in data["positions"] if row["holder"] == "T1")["after"] += 5
    plan.write_text(json.dumps(data), encoding="utf-8")


def test_what_does_not_pass_the_audit_is_not_submitted_in_silence(solved: Desk, capsys: Captured) -> None:
    break_a_rule(solved.plan)
    before = solved.plan.read_bytes()
    assert rebalance("submit", solved.plan) == 1
    assert "the plan does not pass the audit: broken rules: " in capsys.readouterr().err
    assert solved.plan.read_bytes() == before
    assert rebalance("submit", solved.plan, "--although", " ") == 1
    reason = "T1 is to have five more"
    assert rebalance("submit", solved.plan, "--although", reason) == 0
    assert rebalance("approve", solved.plan) == 0  # the reason stands
    assert reason in capsys.readouterr().err
    assert rebalance("audit", solved.plan) == 1
    assert f"The reason given: {reason}" in " ".join(capsys.readouterr().out.split())
    page = solved.out / "page.html"
    assert rebalance("export", solved.plan, "--to", page) == 0
    assert reason in page.read_text(encoding="utf-8")


def test_a_reason_where_nothing_is_wrong_is_refused(solved: Desk, capsys: Captured) -> None:
    assert rebalance("submit", solved.plan, "--although", "never mind") == 1
    assert "which it passes. Leave it out." in capsys.readouterr().err


def test_name_reason_and_versions_are_signed_too(solved: Desk, store: Path, capsys: Captured) -> None:
    approved(solved, capsys)
    whole = solved.plan.read_text(encoding="utf-8")
    for key, value in (("name", "FORGED"), ("why", "forged"), ("sources_zh", {"hold_total": "FORGED"})):
        data = json.loads(whole)
        data["scenario"][key] = value
        solved.plan.write_text(json.dumps(data), encoding="utf-8")
        assert "the plan is not the one that was approved." in str(approval(solved.plan, capsys, 1)["changed"]), key
    store.unlink()
    data = json.loads(whole)
    data["versions"]["rebalance"] = "9.9.9"
    solved.plan.write_text(json.dumps(data), encoding="utf-8")
    assert approval(solved.plan, capsys, 1)["changed"]
    solved.plan.write_text(whole, encoding="utf-8")
    assert approval(solved.plan, capsys, 0)["changed"] == []


def test_a_wrong_approval_is_withdrawn_and_both_stay(solved: Desk, capsys: Captured) -> None:
    approved(solved, capsys)
    assert rebalance("withdraw", solved.plan) == 1
    assert "a withdrawal without a reason" in capsys.readouterr().err
    assert rebalance("return", solved.plan) == 1
    assert "`rebalance withdraw` takes a wrong entry back." in capsys.readouterr().err
    assert rebalance("withdraw", solved.plan, "--reason", "wrong number") == 0
    assert rebalance("approve", solved.plan, "--number", "〔2026〕6") == 0
    capsys.readouterr()
    assert rebalance("audit", solved.plan) == 0
    printed = capsys.readouterr().out
    places = [
        printed.index(one) for one in ("approved · 〔2026〕5", "withdrawn · wrong number", "approved · 〔2026〕6")
    ]
    assert places == sorted(places)
    assert rebalance("runs", "1", "--delete") == 1


def test_an_approval_does_not_come_before_its_submission(solved: Desk, capsys: Captured) -> None:
    assert rebalance("submit", solved.plan, "--date", "2026年3月2日") == 0
    assert rebalance("approve", solved.plan, "--date", "2026-03-01") == 1
    assert "lies before that of the entry before, 2026-03-02" in capsys.readouterr().err
    assert rebalance("approve", solved.plan, "--date", "2026-03-02") == 0


def test_a_plan_is_not_its_own_paper(solved: Desk, capsys: Captured) -> None:
    assert rebalance("submit", solved.plan, "--paper", solved.plan) == 1
    assert "no paper (got " in capsys.readouterr().err


def test_the_same_figures_in_other_words_are_no_second_submission(solved: Desk, capsys: Captured) -> None:
    other = solved.folder / "other"
    again = solved.scenario.with_name("again.toml")
    text = solved.scenario.read_text(encoding="utf-8")
    again.write_text(re.sub('name = ".*"', 'name = "Again"', text, count=1), encoding="utf-8")
    assert rebalance("solve", again, "--out", other, "--quiet") == 0
    assert rebalance("submit", solved.plan) == 0
    capsys.readouterr()
    assert approval(other / "plan.json", capsys, 0)["state"] == "draft"
    assert rebalance("submit", other / "plan.json") == 1
    assert "keeps a plan with these very figures that is submitted" in capsys.readouterr().err
    assert rebalance("return", solved.plan) == 0
    assert rebalance("submit", other / "plan.json") == 0
    assert approval(other / "plan.json", capsys, 0)["state"] == "submitted"


def test_a_trail_turned_round_is_told_without_a_store_too(solved: Desk, store: Path, capsys: Captured) -> None:
    approved(solved, capsys)
    store.unlink()
    data = json.loads(solved.plan.read_text(encoding="utf-8"))
    data["approval"].reverse()
    solved.plan.write_text(json.dumps(data), encoding="utf-8")
    assert "missing, doubled or out of place" in str(approval(solved.plan, capsys, 1)["changed"])
    with pytest.warns(UserWarning, match="does not pass the audit"):
        read_plan(solved.plan)
