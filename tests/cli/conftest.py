"""What tests of the program share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rebalance.text import activate
from tests.cli.small import Desk, desk, rebalance


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak English, whatever the machine speaks and a test chooses; no colours."""
    ours = ("REBALANCE_DEBUG", "REBALANCE_LANG", "REBALANCE_TIME_LIMIT", "REBALANCE_WORKERS")
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "FORCE_COLOR", *ours):
        monkeypatch.delenv(name, raising=False)
    yield
    activate("en")


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where runs are kept."""
    file = tmp_path / "runs/rebalance.db"
    monkeypatch.setenv("REBALANCE_STORE", str(file))
    return file


@pytest.fixture
def tiny(tmp_path: Path) -> Desk:
    """A county and a scenario on disk."""
    return desk(tmp_path)


@pytest.fixture
def solved(tiny: Desk, capsys: pytest.CaptureFixture[str]) -> Desk:
    """... and the plan."""
    assert rebalance("solve", tiny.scenario, "--out", tiny.out, "--quiet") == 0
    capsys.readouterr()
    return tiny
