"""Many cases of the example county: two cores beside one, a Dask cluster beside a pool of processes."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.machines import cluster
from benchmarks.outside import BASELINE
from benchmarks.report import heading, table
from benchmarks.solving import say
from rebalance.analysis.cases import Keeping
from rebalance.analysis.runners import Here, Pool, Runner
from rebalance.analysis.settings import grid
from rebalance.analysis.sweep import Line
from rebalance.analysis.sweep_cases import Point, line, points, sweep
from rebalance.goals.few_people_moved import FewPeopleMoved
from rebalance.goals.fill_shortages import FillShortages
from rebalance.scenario.read import read_scenario

GOALS = (FillShortages(), FewPeopleMoved())
"""Cheap on purpose, seconds instead of minutes: so whatever is not solving weighs the more."""

TOTAL = "rules.cut_above_add_below.total.at_most"
FEWEST = 60


@dataclass(frozen=True)
class Swept:
    """A sweep done: seconds on the clock until there were cases, for everything, and of each case being solved."""

    ready: float
    all: float
    lines: tuple[Line, ...]

    @property
    def solving(self) -> float:
        """Seconds of all cases together, from building the model to the last goal."""
        return sum(one.seconds for one in self.lines)


def swept(count: int, runner: Runner) -> Swept:
    """Everything `rebalance sweep` does between the command line and the table, each answer kept in a store."""
    start = time.perf_counter()
    base = read_scenario(BASELINE)
    found = [_cheap(point) for point in points(base, grid({TOTAL: range(FEWEST, FEWEST + count)}))]
    ready = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        coming = sweep(found, runner, Keeping(Path(folder) / "runs.db"))
        lines = {number: line(found[number], answer) for number, answer in coming}
    return Swept(ready, time.perf_counter() - start, tuple(lines[number] for number in sorted(lines)))


def _cheap(point: Point) -> Point:
    return point if point.scenario is None else replace(point, scenario=replace(point.scenario, goals=GOALS))


def sweep_on_two_cores(count: int) -> None:
    """Cases of Langxi in two processes, and in one. Aims: at least 1.8 times as fast; at most 1.2 times the solving."""
    one, two = _each({"one": partial(swept, count, Here()), "two": partial(swept, count, Pool(2))}, count)
    heading(
        f"A sweep of Langxi: {count} cases, {len(GOALS)} goals each",
        "Seconds on the clock, which other work on the machine disturbs. Solving: from building the model to the last"
        " goal.\nIts ratio: what a case takes of the cores, over what solving it takes.",
    )
    rows = [_row("one process", one, 1, count, one), _row("two processes", two, 2, count, one)]
    table(["", "all", "times as fast", "a case", "solving", "ratio", "before"], rows)
    _same(one, two)


def dask_beside_pool(count: int) -> None:
    """The same cases on a Dask cluster of two workers on this machine, and in a pool of two. Aim: within 15 %."""
    with cluster(2) as there:
        pool, dask = _each({"pool": partial(swept, count, Pool(2)), "Dask": partial(swept, count, there)}, count)
    heading(f"Dask beside the pool of processes: {count} cases of Langxi", "Seconds on the clock; two workers each.")
    rows = [_row("pool", pool, 2, count, pool), _row("Dask", dask, 2, count, pool)]
    table(["", "all", "times as fast", "a case", "solving", "ratio", "before"], rows)
    _same(pool, dask)


def _each(ways: dict[str, Callable[[], Swept]], count: int) -> Sequence[Swept]:
    found = []
    for name, way in ways.items():
        say(f"sweep of {count} cases: {name}")
        found.append(way())
    return found


def _row(name: str, done: Swept, workers: int, count: int, first: Swept) -> list[str]:
    """A way: all of it, how many times as fast as the first, seconds of a core a case, of those solving, before all."""
    case, solving = done.all * workers / count, done.solving / count
    figures = (f"{done.all:.1f}", f"{first.all / done.all:.2f}", f"{case:.2f}", f"{solving:.2f}")
    return [name, *figures, f"{case / solving:.2f}", f"{done.ready:.2f}"]


def _same(one: Swept, other: Swept) -> None:
    """Both ways lead to the same figures."""
    alike = [(a.ending, a.figures) == (b.ending, b.figures) for a, b in zip(one.lines, other.lines, strict=True)]
    middle = median(a.seconds for a in one.lines)
    print(f"The same answers: {sum(alike)} of {len(alike)}. Median of solving a case: {middle:.2f} s.")
