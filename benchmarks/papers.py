"""All papers of a plan: processor time paper by paper, and the most memory the process took that wrote them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TypedDict

from benchmarks.generator import generate, scenario
from benchmarks.outside import BASELINE, ROOT
from benchmarks.report import heading, table
from benchmarks.solving import say
from rebalance.model.linear import Linear
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.recorded import outcome_to_json
from rebalance.scenario.codec import unstructure
from rebalance.scenario.read import read_scenario
from rebalance.scenario.scenario import Scenario
from rebalance.solver.cpsat import CpSat
from rebalance.solver.lexicographic import model_of


class Run(TypedDict):
    """What a process that wrote all papers tells of itself."""

    seconds: dict[str, float]
    kilobytes: dict[str, int]
    megabytes: int


LARGE, SMALLER = (200, 30, 3, 3), (20, 6, 3, 3)


def papers_langxi(*, quick: bool) -> None:
    """Every paper of any lawful plan of the example county. Aim: under 5 seconds, 500 MB."""
    _papers("All papers: Langxi", read_scenario(BASELINE), 1 if quick else 5)


def papers_large(*, quick: bool) -> None:
    """Every paper of any lawful plan of 200 units and 30 townships. Aim: under 20 seconds, 500 MB."""
    county = generate(*(SMALLER if quick else LARGE))
    _papers("All papers: " + county.name, scenario(county), 1 if quick else 3)


def _papers(title: str, asked: Scenario, runs: int) -> None:
    say(title)
    with tempfile.TemporaryDirectory() as folder:
        prepare(asked, Path(folder))
        found = [_written(Path(folder)) for _run in range(runs)]
    heading(title, "Processor seconds, medians; sizes of the files in kilobytes.")
    parts = {name: median(run["seconds"][name] for run in found) for name in found[0]["seconds"]}
    sizes = found[0]["kilobytes"]
    rows = [[name, f"{seconds:.2f}", str(sizes.get(name, ""))] for name, seconds in parts.items()]
    whole = ["all", f"{sum(parts.values()):.2f}", str(sum(sizes.values()))]
    table(["part", "seconds", "KB"], [*rows, whole])
    print(f"peak memory, MB: {max(run['megabytes'] for run in found)}")


def prepare(asked: Scenario, folder: Path) -> None:
    """Find any lawful plan, and lay it and its county out for a process that has no solver in it."""
    model = model_of(asked)
    values = CpSat().solve(model, Linear()).values
    if values is None:
        raise SystemExit(f"{asked.name}: no lawful plan")
    plan = model.plan(values)
    text = outcome_to_json(Outcome(asked, Ending.OUT_OF_TIME, plan, ()))
    (folder / "plan.json").write_text(text, encoding="utf-8")
    county = json.dumps(unstructure(asked.problem.county), ensure_ascii=False)
    (folder / "county.json").write_text(county, encoding="utf-8")


def _written(folder: Path) -> Run:
    command = [sys.executable, "-m", "benchmarks.paper_parts", str(folder)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603  # ourselves
    answer: Run = json.loads(done.stdout)
    return answer
