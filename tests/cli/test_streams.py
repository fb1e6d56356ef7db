"""Streams that are closed, full, or left alone by whoever read them: the work is done, and the exit code is right."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.small import Desk

PROGRAM = [sys.executable, "-P", "-m", "rebalance"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="numbers of streams are those of Unix")


def closed(*numbers: int) -> Callable[[], None]:
    def close() -> None:
        for number in numbers:
            os.close(number)

    return close


@pytest.mark.parametrize("numbers", [(1,), (2,), (0, 1, 2)], ids=str)
def test_what_is_closed_costs_nothing(numbers: tuple[int, ...], solved: Desk) -> None:
    for words, code in ((("audit", solved.plan), 0), (("check", solved.folder / "nowhere"), 1)):
        done = subprocess.run([*PROGRAM, *map(str, words)], check=False, preexec_fn=closed(*numbers))
        assert done.returncode == code


def test_a_plan_is_written_though_nobody_listens(tiny: Desk, store: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "solve", str(tiny.scenario), "--out", str(tiny.out)], check=False, preexec_fn=closed(1, 2)
    )
    assert (done.returncode, tiny.plan.exists(), store.exists()) == (0, True, True)


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_who_goes_away_while_we_solve_stops_nothing(stream: str, tiny: Desk) -> None:
    there, ours = os.pipe()
    os.close(there)
    words = [*PROGRAM, "solve", str(tiny.scenario), "--out", str(tiny.out)]
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | {stream: ours}
    done = subprocess.run(words, check=False, **streams)  # type: ignore[call-overload]
    os.close(ours)
    assert (done.returncode, tiny.plan.exists()) == (141 if stream == "stdout" else 0, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_an_answer_for_which_there_is_no_room_is_told(solved: Desk) -> None:
    for words in (("audit", str(solved.plan)), ("--help",)):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [*PROGRAM, *words], check=False, stdout=full, stderr=subprocess.PIPE, encoding="utf-8"
            )
        assert done.returncode == 1
        assert done.stderr.endswith(
            "the answer could not be written (No space left on device). Make room, or send it elsewhere.\n"
        )


def test_help_that_nobody_reads_ends_like_any_answer() -> None:
    there, ours = os.pipe()
    os.close(there)
    done = subprocess.run([*PROGRAM, "--help"], check=False, stdout=ours, stderr=subprocess.PIPE)
    os.close(ours)
    assert (done.returncode, done.stderr) == (141, b"")
