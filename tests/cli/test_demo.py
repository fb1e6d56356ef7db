from __future__ import annotations

from pathlib import Path

import pytest

from rebalance.api import example
from rebalance.cli import demo
from rebalance.cli import solve as solving
from rebalance.scenario.read import read_scenario
from tests.cli.small import Desk, rebalance

Captured = pytest.CaptureFixture[str]


def test_it_is_the_example_county_wherever_it_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_scenario(example.baseline()).problem.county.name == "Langxi County"


def test_it_solves_and_audits(tiny: Desk, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(example, "baseline", lambda: tiny.scenario)
    assert rebalance("demo", "--out", tiny.out) == 0
    printed = capfd.readouterr().out
    assert {path.suffix for path in tiny.out.glob("plan.*")} == {".json", ".xlsx", ".docx", ".html"}
    first, second = printed.index("Audited without the solver"), printed.index("every figure worked out again follows.")
    assert first < second


def test_what_was_not_solved_is_not_audited(tiny: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def out_of_time(_file: Path, _out: Path, _how: object, **_said: object) -> int:
        return 3

    monkeypatch.setattr(example, "baseline", lambda: tiny.scenario)
    monkeypatch.setattr(solving, "_one", out_of_time)
    monkeypatch.setattr(demo, "audited", lambda _plan: pytest.fail("audited"))
    assert rebalance("demo", "--out", tiny.out) == 3
