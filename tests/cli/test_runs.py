from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rebalance.solver import lexicographic
from tests.cli.small import Desk, rebalance, scenario

Captured = pytest.CaptureFixture[str]


def solve(desk: Desk, *words: str) -> int:
    return rebalance("solve", desk.scenario, "--out", desk.out, *words)


def masked(text: str) -> str:
    return re.sub(r'"(seconds|questions)": [0-9.]+', "", text)


def test_what_was_solved_is_taken_from_the_store(tiny: Desk, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    assert solve(tiny) == 0
    assert "kept as run 1" in capsys.readouterr().err
    first = masked(tiny.plan.read_text(encoding="utf-8"))
    tiny.plan.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(lexicographic, "solve", lambda *_args: pytest.fail("solved again"))
        assert solve(tiny) == 0
    printed = capsys.readouterr()
    assert "Already solved, as run 1" in printed.err
    assert "Audited without the solver: every rule holds" in printed.out
    assert masked(tiny.plan.read_text(encoding="utf-8")) == first
    assert solve(tiny, "--fresh") == 0
    assert "kept as run 2" in capsys.readouterr().err


def test_a_changed_county_is_solved_again(tiny: Desk, capsys: Captured) -> None:
    assert solve(tiny) == 0
    table = tiny.folder / "models/tiny/demand.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("8.50", "8.75"), encoding="utf-8")
    assert solve(tiny) == 0
    assert "kept as run 2" in capsys.readouterr().err


def test_no_plan_is_remembered_too(tiny: Desk, capsys: Captured) -> None:
    scenario(tiny.scenario, "../models/tiny", {"cut_above_add_below": {"total": {"at_least": 12}}})
    assert solve(tiny) == 1
    first = capsys.readouterr().out
    assert solve(tiny) == 1
    printed = capsys.readouterr()
    assert "Already solved" in printed.err
    assert printed.out == first


@pytest.mark.parametrize("content", [b"no store at all", None], ids=["damaged", "a folder"])
def test_a_store_in_trouble_costs_no_plan(content: bytes | None, tiny: Desk, store: Path, capsys: Captured) -> None:
    store.parent.mkdir()
    store.mkdir() if content is None else store.write_bytes(content)
    assert solve(tiny, "--quiet") == 0
    printed = capsys.readouterr()
    assert "Audited without the solver: every rule holds" in printed.out
    assert "The run is not kept there" in printed.err
    assert tiny.plan.exists()
    assert store.is_dir() or store.read_bytes() == content


@pytest.fixture
def three(tiny: Desk, capsys: Captured) -> Desk:
    """Three runs: solved, impossible, solved once more."""
    assert solve(tiny, "--quiet") == 0
    other = tiny.scenario.with_name("other.toml")
    scenario(other, "../models/tiny", {"cut_above_add_below": {"total": {"at_least": 12}}}, name="=Twelve|")
    assert rebalance("solve", other, "--out", tiny.out, "--quiet") == 1
    assert solve(tiny, "--quiet", "--fresh") == 0
    capsys.readouterr()
    return tiny


def numbers(capsys: Captured) -> list[int]:
    return [run["run"] for run in json.loads(capsys.readouterr().out)]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ((), [1, 2, 3]),
        (("2", "3"), [2, 3]),
        (("--name", "twelve"), [2]),
        (("--county", "TINY", "--proven"), [1, 3]),
        (("--ending", "impossible"), [2]),
        (("--unproven",), [2]),
        (("--last", "1"), [3]),
        (("--last", "1", "--name", "=Tw"), [2]),
    ],
    ids=str,
)
@pytest.mark.usefixtures("three")
def test_runs_are_chosen(choice: tuple[str, ...], expected: list[int], capsys: Captured) -> None:
    assert rebalance("runs", *choice, "--format", "json") == 0
    assert numbers(capsys) == expected


@pytest.mark.usefixtures("three")
def test_the_list_for_people_and_for_programs(capsys: Captured) -> None:
    assert rebalance("runs") == 0
    printed = capsys.readouterr().out
    assert [line.split()[0] for line in printed.splitlines() if "Tiny" in line] == ["1", "2", "3"]
    assert "impossible" in printed
    assert rebalance("runs", "--format", "csv") == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert [row[4] for row in rows] == ["scenario", "Tiny", "'=Twelve|", "Tiny"]
    assert rebalance("runs", "--format", "md") == 0
    assert "| =Twelve\\| |" in capsys.readouterr().out


@pytest.mark.usefixtures("three")
def test_a_run_is_shown_in_full(capsys: Captured) -> None:
    assert rebalance("runs", "1", "#2") == 0
    printed = capsys.readouterr().out
    assert "Audited without the solver: every rule holds" in printed
    assert "Cut above" in printed
    assert rebalance("runs", "1", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["scenario"]["name"] == "Tiny"


def test_an_exported_plan_can_be_audited(three: Desk, capsys: Captured) -> None:
    folder = three.folder / "plans"
    assert rebalance("runs", "--proven", "--export", folder) == 0
    assert sorted(file.name for file in folder.glob("[!.]*")) == ["run-1.json", "run-3.json"]
    assert rebalance("audit", folder / "run-3.json") == 0
    assert "every figure worked out again follows" in capsys.readouterr().out


@pytest.mark.usefixtures("three")
def test_deleting(capsys: Captured) -> None:
    assert rebalance("runs", "--delete") == 2
    assert "--delete: which runs?" in capsys.readouterr().err
    assert rebalance("runs", "--delete", "7") == 1
    assert "no such run (got 7)" in capsys.readouterr().err
    assert rebalance("runs", "--delete", "--ending", "impossible") == 0
    assert rebalance("runs", "--format", "json") == 0
    assert numbers(capsys) == [1, 3]
    assert rebalance("runs", "--delete", "--all") == 0
    assert rebalance("runs") == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "No run is kept that fits." in printed.err


def test_wrong_use(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("runs") == 1
    assert "no runs are kept there" in capsys.readouterr().err
    assert rebalance("runs", "one") == 2
    assert "whole number" in capsys.readouterr().err
    assert solve(tiny, "--quiet") == 0
    capsys.readouterr()
    assert rebalance("runs", "5", "6") == 1
    assert "no such run (got 5)" in capsys.readouterr().err


def test_listing_does_not_load_the_solver() -> None:
    code = "import sys, rebalance.cli.runs; print('ortools' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8")
    assert done.stdout == "False\n"
