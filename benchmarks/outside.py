"""What is not solving: how long programs take to start, read, check, build, audit and save."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.report import heading, table
from benchmarks.solving import say

ROOT = Path(__file__).parents[1]
LANGXI = ROOT / "models" / "langxi"
BASELINE = ROOT / "scenarios" / "baseline.toml"
BARE = "python -c pass"


@dataclass(frozen=True, slots=True)
class Used:
    """What a process took: seconds on the clock and of the processor, memory at its peak."""

    clock: float
    processor: float
    megabytes: float


def run(*arguments: str) -> Used:
    """Run a Python process to its end."""
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  # this very interpreter
        [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}")
    return Used(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def in_turn(programs: Mapping[str, Sequence[str]], runs: int) -> dict[str, Used]:
    """Run each several times, taking turns; medians."""
    found: dict[str, list[Used]] = {name: [] for name in programs}
    for _run in range(runs):
        for name, arguments in programs.items():
            found[name].append(run(*arguments))
    return {name: _middle(used) for name, used in found.items()}


def _middle(used: Sequence[Used]) -> Used:
    return Used(
        median(one.clock for one in used),
        median(one.processor for one in used),
        max(one.megabytes for one in used),
    )


def starts(*, quick: bool) -> None:
    """Processes beside a bare interpreter: importing the solver, `--help`, `check` of the example county."""
    programs = {
        BARE: ("-c", "pass"),
        "import ortools' cp_model": ("-c", "from ortools.sat.python import cp_model"),
        "rebalance --help": ("-m", "rebalance", "--help"),
        "rebalance check models/langxi": ("-m", "rebalance", "check", str(LANGXI)),
    }
    say("starting processes")
    found = in_turn(programs, 5 if quick else 15)
    heading("Processes", "medians; ratio: processor time over that of a bare interpreter")
    rows = [
        [
            name,
            f"{used.clock:.3f}",
            f"{used.processor:.3f}",
            f"{used.processor / found[BARE].processor:.1f}",
            memory(used),
        ]
        for name, used in found.items()
    ]
    table(["process", "seconds", "processor", "ratio", "MB"], rows)


def memory(used: Used) -> str:
    """Peak memory, in whole megabytes."""
    return f"{used.megabytes:.0f}"


def parts(*, quick: bool) -> None:
    """Everything but solving, for the example county and the baseline scenario, part by part."""
    say("everything but solving")
    with tempfile.TemporaryDirectory() as folder:
        found = [_parts(Path(folder)) for _run in range(3 if quick else 9)]
    seconds = {name: median(taken[name] for taken, _megabytes in found) for name in found[0][0]}
    heading("Outside the solver: Langxi", "processor seconds, medians")
    rows = [[name, f"{time_:.3f}"] for name, time_ in (*seconds.items(), ("all", sum(seconds.values())))]
    table(["part", "seconds"], [*rows, ["peak memory, MB", str(max(megabytes for _taken, megabytes in found))]])


def _parts(folder: Path) -> tuple[dict[str, float], int]:
    command = [sys.executable, "-m", "benchmarks.parts", str(BASELINE), str(folder)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603  # likewise
    answer = json.loads(done.stdout)
    return answer["seconds"], answer["megabytes"]


def whole(*, quick: bool) -> None:
    """`rebalance solve` of the baseline scenario from start to plan.json, as one process: time and peak memory."""
    say("the whole program")
    with tempfile.TemporaryDirectory() as folder:
        limit = "5" if quick else "120"
        used = run("-m", "rebalance", "solve", str(BASELINE), "--out", folder, "--time-limit", limit, "--quiet")
        goals = json.loads((Path(folder) / "plan.json").read_text(encoding="utf-8"))["goals"]
    heading("The whole program: rebalance solve scenarios/baseline.toml")
    proven = f"{sum(goal['proven'] for goal in goals)} of {len(goals)}"
    table(
        ["", "seconds", "processor", "MB", "goals proven"],
        [["solve", f"{used.clock:.2f}", f"{used.processor:.2f}", memory(used), proven]],
    )
