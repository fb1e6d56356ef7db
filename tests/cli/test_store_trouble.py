"""A store or a disk in trouble costs nobody their plan: a sentence says what is wrong, and nothing gets worse."""

from __future__ import annotations

import ctypes
import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rebalance import filing
from rebalance.files import NotWritableError, write_bytes
from rebalance.plans import store as store_module
from tests.cli.small import Desk, rebalance

Captured = pytest.CaptureFixture[str]

POPULATION = ("--set", "data.townships.T1.population=1,2", "--workers", "1", "--quiet")
PR_CAPBSET_DROP, OVERRIDES = 24, (1, 2)


def powerless() -> None:
    """What is forbidden is forbidden to root too, from the next program on."""
    for capability in OVERRIDES:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability)


def as_anybody(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """The program, run by somebody who may do no more than the files say."""
    command = [sys.executable, "-B", "-m", "rebalance", *map(str, words)]
    return subprocess.run(
        command,
        check=False,
        capture_output=True,
        encoding="utf-8",
        preexec_fn=powerless if sys.platform == "linux" and os.geteuid() == 0 else None,
    )


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    folder.mkdir(exist_ok=True)
    folder.chmod(0o555)
    yield
    folder.chmod(0o755)


def test_a_read_only_folder_keeps_no_run_but_the_plan_is_there(tiny: Desk) -> None:
    folder = tiny.folder / "shelf"
    with read_only(folder):
        for store in (folder / "runs.db", folder / "deeper/runs.db"):
            done = as_anybody("solve", tiny.scenario, "--out", tiny.out, "--store", store)
            assert done.returncode == 0
            assert "Every goal is proven" in done.stdout
            assert "Name another file with --store. The run is not kept there" in done.stderr
        swept = as_anybody("sweep", tiny.scenario, *POPULATION, "--store", folder / "runs.db")
        assert (swept.returncode, swept.stdout.count("proven")) == (0, 2)
        assert swept.stderr.count("Runs are not kept there") == 1
        assert list(folder.iterdir()) == []


def test_a_store_in_a_read_only_folder_can_still_be_read(tiny: Desk) -> None:
    folder = tiny.folder / "shelf"
    store = folder / "runs.db"
    assert rebalance("solve", tiny.scenario, "--out", tiny.out, "--store", store, "--quiet") == 0
    before = store.read_bytes()
    with read_only(folder):
        listed = as_anybody("runs", "--store", store)
        known = as_anybody("solve", tiny.scenario, "--out", tiny.out, "--store", store)
        deleted = as_anybody("runs", "1", "--delete", "--store", store)
    assert (listed.returncode, "Tiny" in listed.stdout, listed.stderr) == (0, True, "")
    assert "Already solved, as run 1" in known.stderr
    assert deleted.returncode == 1
    assert "it may not be written to" in deleted.stderr
    assert [store.read_bytes(), *folder.iterdir()] == [before, store]


def test_a_damaged_store_stays_as_it_is_and_the_plan_is_there(tiny: Desk, store: Path, capsys: Captured) -> None:
    assert rebalance("solve", tiny.scenario, "--out", tiny.out, "--quiet") == 0
    whole = store.read_bytes()
    damaged = whole[:4096] + b"\xff" * (len(whole) - 4096)
    store.write_bytes(damaged)
    tiny.plan.unlink()
    assert rebalance("solve", tiny.scenario, "--out", tiny.out) == 0
    assert rebalance("sweep", tiny.scenario, *POPULATION) == 0
    printed = capsys.readouterr()
    assert "Every goal is proven" in printed.out
    assert printed.out.count("proven") > 2
    assert printed.err.count("damaged. Move it away, or name another file with --store.") == 2
    assert (tiny.plan.exists(), store.read_bytes()) == (True, damaged)


def test_a_locked_store_keeps_no_run_but_the_plan_is_there(
    tiny: Desk, store: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(store_module, "PATIENCE", 0.1)
    assert rebalance("solve", tiny.scenario, "--out", tiny.out, "--quiet") == 0
    other = sqlite3.connect(store, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert rebalance("solve", tiny.scenario, "--out", tiny.out, "--fresh") == 0
    assert rebalance("runs") == 0
    other.close()
    printed = capsys.readouterr()
    assert printed.err.count("another program has been writing to it for long") == 1
    assert "Tiny" in printed.out


@pytest.mark.parametrize("words", [(), ("--store", "/dev/null/runs.db")], ids=["kept", "not kept"])
def test_a_plan_that_cannot_be_written_is_shown_and_kept(
    words: tuple[str, ...], tiny: Desk, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def full(file: Path, content: bytes) -> None:
        if file.name == "plan.json":
            raise NotWritableError(file, os.strerror(errno.ENOSPC))
        write_bytes(file, content)

    monkeypatch.setattr(filing, "write_bytes", full)
    assert rebalance("solve", tiny.scenario, "--out", tiny.out, "--quiet", *words) == 1
    printed = capsys.readouterr()
    assert "Every goal is proven" in printed.out
    assert "the plan could not be written (No space left on device)" in printed.err
    assert ("rebalance runs 1 --export DIR" in printed.err) is not bool(words)
    assert ("Make room" in printed.err) is bool(words)
