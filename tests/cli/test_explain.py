from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rebalance.api.solve import certify_into
from rebalance.cli.program import run
from rebalance.scenario.read import read_scenario
from rebalance.solver.lexicographic import solve
from tests.cli.small import Desk, rebalance

PROMISE = """\
extends = "tiny.toml"
name = "Promise"

[rules.cut_above_add_below]
share = "1/3"

[[rules.pinned.cells]]
holder = "T1"
category = "admin"
at_least = 12
"""


@pytest.fixture
def promise(tiny: Desk) -> Path:
    """T1 is promised more than all units together may give."""
    file = tiny.scenario.with_name("promise.toml")
    file.write_text(PROMISE, encoding="utf-8")
    return file


def test_the_clash_is_told_with_where_its_numbers_stand(promise: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebalance("explain", promise) == 1
    text = capsys.readouterr().out
    assert "These cannot hold together" in text
    assert "cells[1].at_least = 12" in text
    assert "Repair 1, numbers to change: 1 (the cheapest)" in text
    assert "hold_total" not in text


def test_every_repair_can_be_pasted_and_is_possible(promise: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebalance("explain", promise, "--repairs", "9", "--json") == 1
    repairs = json.loads(capsys.readouterr().out)["repairs"]
    assert len(repairs) >= 2
    for number, repair in enumerate(repairs):
        assert repair["verified"]
        file = promise.with_name(f"repair{number}.toml")
        file.write_text(repair["toml"], encoding="utf-8")
        assert rebalance("explain", file) == 0
        assert "nothing to explain" in capsys.readouterr().err


def test_several_clashes_are_shown_when_asked_for(promise: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebalance("explain", promise, "--clashes", "5", "--repairs", "0", "--json") == 1
    clashes = json.loads(capsys.readouterr().out)["clashes"]
    members = [{(one["rule"], one["aspect"], one["holder"]) for one in clash["members"]} for clash in clashes]
    assert all(clash["confirmed"] for clash in clashes)
    assert all(not one <= other for one in members for other in members if one is not other)


def test_what_is_weighed_with_nothing_is_never_changed(promise: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebalance("explain", promise, "--weigh", "pinned=0", "--json") == 1
    repairs = json.loads(capsys.readouterr().out)["repairs"]
    assert not any(change["name"].startswith("pinned") for one in repairs for change in one["changes"])


@pytest.mark.parametrize(
    ("weigh", "said"),
    [("pined=2", "Did you mean 'pinned'?"), ("pinned", "Write NAME=N"), ("pinned=-1", "Write NAME=N")],
)
def test_wrong_weights_are_said(promise: Path, capsys: pytest.CaptureFixture[str], weigh: str, said: str) -> None:
    assert run(["explain", str(promise), "--weigh", weigh]) == 2
    assert said in capsys.readouterr().err


def test_a_possible_scenario_needs_no_explanation(tiny: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebalance("explain", tiny.scenario, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"possible": True}


def test_without_time_it_says_so(promise: Path) -> None:
    assert rebalance("explain", promise, "--time-limit", "0.000001") == 3


def test_a_solve_can_be_certified(tiny: Desk, promise: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebalance("solve", tiny.scenario, "--out", tiny.out, "--quiet", "--certify") == 0
    assert "agrees with every goal's proof but that of canonical" in " ".join(capsys.readouterr().out.split())
    assert json.loads((tiny.out / "certificate.json").read_text(encoding="utf-8"))["certified"]
    assert rebalance("audit", tiny.plan) == 0
    assert "Certified" in capsys.readouterr().out
    assert rebalance("solve", promise, "--out", tiny.out, "--quiet", "--certify") == 1
    assert "agrees that there is no plan" in capsys.readouterr().out
    assert rebalance("runs", "1", "2") == 0
    assert capsys.readouterr().out.count("Certified") == 2


def test_a_run_that_was_not_certified_can_be_later_and_then_is(tiny: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebalance("solve", tiny.scenario, "--out", tiny.out) == 0
    assert "Certified" not in capsys.readouterr().out
    assert rebalance("solve", tiny.scenario, "--out", tiny.out, "--certify") == 0
    said = capsys.readouterr()
    assert "Certified" in said.out
    assert "Already solved, as run 1" in said.err
    assert "kept as run 2" in said.err
    (tiny.out / "certificate.json").unlink()
    assert rebalance("solve", tiny.scenario, "--out", tiny.out, "--certify") == 0
    said = capsys.readouterr()
    assert "Certified" in said.out
    assert "Already solved, as run 2" in said.err
    assert "kept as run" not in said.err


def test_what_is_disputed_is_never_called_proven_in_a_file(tiny: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebalance("solve", tiny.scenario, "--out", tiny.out, "--quiet", "--certify") == 0
    whole = json.loads(tiny.plan.read_text(encoding="utf-8"))
    whole["certificate"][0]["opinion"] = "disagrees"
    tiny.plan.write_text(json.dumps(whole), encoding="utf-8")
    capsys.readouterr()
    assert rebalance("audit", tiny.plan) == 1
    text = capsys.readouterr().out
    assert "THE SOLVERS DISAGREE" in text
    assert "goals[1].proven" in text


def test_a_wrong_claim_is_said_loudly_kept_with_both_models_and_never_called_proven(tiny: Desk) -> None:
    outcome = solve(read_scenario(tiny.scenario))
    first, second, *others = outcome.goals
    assert isinstance(second.value, int)
    planted = replace(second, value=second.value + 100, bound=second.value + 100)
    tiny.out.mkdir()
    doubted = certify_into(replace(outcome, goals=(first, planted, *others)), tiny.out, quiet=True)
    assert "THE SOLVERS DISAGREE: goal 2, fill_shortages" in str(next(doubted.parts()))
    assert not doubted.proven
    assert not doubted.unique
    assert [goal.conditional for goal in doubted.goals] == [False, False, *(True for _goal in others)]
    folder = tiny.out / "disagreement"
    assert sorted(file.name for file in folder.glob("[!.]*")) == ["2-cpsat.txt", "2-mathopt.txt", "2-plan.json"]
    assert all(file.stat().st_size for file in folder.iterdir())
    found = json.loads((tiny.out / "certificate.json").read_text(encoding="utf-8"))
    assert [one["opinion"] for one in found["verdicts"]][:2] == ["agrees", "disagrees"]
