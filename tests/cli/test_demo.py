from __future__ import annotations

from pathlib import Path

import pytest

from rebalance.cli import demo
from rebalance.cli import solve as solving
from tests.cli.small import ROOT, Desk, rebalance

Captured = pytest.CaptureFixture[str]


def test_the_example_is_found_here_first_then_in_the_checkout(tiny: Desk) -> None:
    assert demo.find(tiny.folder, tiny.out) is None
    baseline = tiny.scenario.with_name("baseline.toml")
    tiny.scenario.rename(baseline)
    assert demo.find(tiny.out, tiny.folder) == baseline
    assert Path(demo.__file__).parents[3] == ROOT


def test_without_the_example_it_says_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(demo, "find", lambda *_folders: None)
    assert rebalance("demo", "--out", tmp_path) == 1
    printed = capsys.readouterr().err
    assert "scenarios/baseline.toml" in printed
    assert "rebalance solve" in printed


def test_it_solves_and_audits(tiny: Desk, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(demo, "find", lambda *_folders: tiny.scenario)
    assert rebalance("demo", "--out", tiny.out) == 0
    printed = capfd.readouterr().out
    assert {path.suffix for path in tiny.out.glob("plan.*")} == {".json", ".xlsx", ".docx", ".html"}
    first, second = printed.index("Audited without the solver"), printed.index("every figure worked out again follows.")
    assert first < second


def test_what_was_not_solved_is_not_audited(tiny: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def out_of_time(_file: Path, _out: Path, _how: object, **_said: object) -> int:
        return 3

    monkeypatch.setattr(demo, "find", lambda *_folders: tiny.scenario)
    monkeypatch.setattr(solving, "_one", out_of_time)
    monkeypatch.setattr(demo, "audited", lambda _plan: pytest.fail("audited"))
    assert rebalance("demo", "--out", tiny.out) == 3
