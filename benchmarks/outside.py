"""What is not solving: how long programs take to start, read, check, build, audit and save."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from benchmarks.generator import generate, scenario
from benchmarks.report import heading, table
from benchmarks.solving import SMALL, say
from rebalance.scenario.write import scenario_toml
from tests.cli.small import package

ROOT = Path(__file__).parents[1]
LANGXI = ROOT / "models" / "langxi"
BASELINE = ROOT / "scenarios" / "baseline.toml"
BARE = "python -c pass"


@dataclass(frozen=True, slots=True)
class Used:
    """What a process took: seconds on the clock and of the processor; and what it said on stderr."""

    clock: float
    processor: float
    said: str = ""


def run(*arguments: str) -> Used:
    """Run a Python process to its end."""
    start, before = time.perf_counter(), _spent()
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603  # ourselves
    return Used(time.perf_counter() - start, _spent() - before, done.stderr)


def _spent() -> float:
    """Processor seconds of all processes started so far that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def in_turn(programs: Mapping[str, Sequence[str]], runs: int) -> dict[str, Used]:
    """Run each several times, taking turns; medians."""
    found: dict[str, list[Used]] = {name: [] for name in programs}
    for _run in range(runs):
        for name, arguments in programs.items():
            found[name].append(run(*arguments))
    return {
        name: Used(median(one.clock for one in used), median(one.processor for one in used))
        for name, used in found.items()
    }


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
    heading("Processes", "Medians; the ratio is that of processor time to a bare interpreter's.")
    rows = [
        [name, f"{used.clock:.3f}", f"{used.processor:.3f}", f"{used.processor / found[BARE].processor:.1f}"]
        for name, used in found.items()
    ]
    table(["process", "seconds", "processor", "ratio"], rows)


def parts(*, quick: bool) -> None:
    """Everything but solving, for the example county and the baseline scenario, part by part. Aim: a second."""
    _compared_parts("Langxi", BASELINE, 3 if quick else 9)


def parts_large(*, quick: bool) -> None:
    """The same on 600 x 100 x 3 x 3, once, with any lawful plan, which takes minutes to find. Aim: 5 seconds."""
    size = SMALL if quick else (600, 100, 3, 3)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scenario.toml"
        county = generate(*size)
        package(county, Path(folder) / "county")
        file.write_text(scenario_toml(replace(scenario(county), county_path="county")), encoding="utf-8")
        _compared_parts(" x ".join(map(str, size)), file, 1)


def _compared_parts(name: str, asked: Path, runs: int) -> None:
    say(f"everything but solving: {name}")
    with tempfile.TemporaryDirectory() as folder:
        found = [_parts(asked, Path(folder)) for _run in range(runs)]
    seconds = {part: median(taken[part] for taken, _megabytes in found) for part in found[0][0]}
    rows = [[part, f"{taken:.3f}"] for part, taken in (*seconds.items(), ("all", sum(seconds.values())))]
    heading(f"Outside the solver: {name}", "Processor seconds, medians.")
    table(["part", "seconds"], [*rows, ["peak memory, MB", str(max(megabytes for _taken, megabytes in found))]])


def _parts(asked: Path, folder: Path) -> tuple[dict[str, float], int]:
    command = [sys.executable, "-m", "benchmarks.parts", str(asked), str(folder)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603  # ourselves
    answer = json.loads(done.stdout)
    return answer["seconds"], answer["megabytes"]


def whole(*, quick: bool) -> None:
    """`rebalance solve` of the baseline scenario from start to plan.json, as one process: time and peak memory."""
    say("the whole program")
    with tempfile.TemporaryDirectory() as folder:
        limit = "5" if quick else "60"
        options = ("--out", folder, "--time-limit", limit, "--quiet")
        used = run("-m", "benchmarks.peak", "solve", str(BASELINE), *options)
        goals = json.loads((Path(folder) / "plan.json").read_text(encoding="utf-8"))["goals"]
    proven = f"{sum(goal['proven'] for goal in goals)} of {len(goals)}"
    heading("The whole program: rebalance solve scenarios/baseline.toml")
    row = ["solve", f"{used.clock:.2f}", f"{used.processor:.2f}", used.said.split()[-1], proven]
    table(["", "seconds", "processor", "peak MB", "goals proven"], [row])
