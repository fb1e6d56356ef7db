"""Many cases of a scenario, at the desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import RenderableType

from rebalance import scenario as core
from rebalance.desk.changing import exactly
from rebalance.desk.frames import FLOAT, frame, nearest, shows
from rebalance.desk.rows import CaseFigureRow, SweptRow
from rebalance.desk.running import keeping, runner, watched
from rebalance.desk.shown import Answer, recast
from rebalance.exploring.answering import Answered
from rebalance.exploring.measures import measures
from rebalance.exploring.settings import Settings
from rebalance.exploring.sweep import Line, Point, drawn, grid, line, points
from rebalance.exploring.sweep import sweep as swept
from rebalance.exploring.values import values_in
from rebalance.fault import FaultsError
from rebalance.scenario import goal_name
from rebalance.words import _
from rebalance.writing.numbers import value
from rebalance.writing.sheets import on_screen
from rebalance.writing.sweep import brief, troubles
from rebalance.writing.terminal import line as paragraph

Axes = Mapping[str, str | Sequence[Any]]


@dataclass(frozen=True, repr=False)
class Sweep(Answer, Sequence[Line]):
    """One line for each case; `stopped` before all were done."""

    lines: tuple[Line, ...]
    stopped: bool = False

    def __len__(self) -> int:
        """How many cases."""
        return len(self.lines)

    def __getitem__(self, number: Any) -> Any:  # noqa: ANN401  # an index or a slice, as of any sequence
        """One case, or some."""
        return self.lines[number]

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance sweep` says."""
        yield on_screen(brief(self.lines))
        yield from map(paragraph, troubles(self.lines))
        if self.stopped:
            yield paragraph(_("Stopped; only these cases were solved."), "yellow")

    def cases(self) -> pd.DataFrame:
        """A row a case: its name, what is set in it, how it ended, and the figures of its plan.

        Columns: `case`; one for every place that is set, named after it; `ending`, `proven`, `trouble`, `seconds`,
        `run`; then one for every figure of `figures()`. Beside what is no whole number stands `_float`.
        """
        return pd.DataFrame([{"case": one.name, **_row(one)} for one in self.lines])

    @shows(SweptRow)
    def reached(self) -> pd.DataFrame:
        """What every goal comes to in every case."""
        rows = (
            SweptRow(one.name, goal_name(goal), found, value(goal, found))
            for one in self.lines
            for goal, found in one.goals
        )
        return frame(SweptRow, rows)

    @shows(CaseFigureRow)
    def figures(self) -> pd.DataFrame:
        """The figures of every case that has a plan."""
        rows = (CaseFigureRow(one.name, *pair) for one in self.lines for pair in _figures(one).items())
        return frame(CaseFigureRow, rows)


def sweep(
    scenario: core.Scenario,
    settings: Axes | Sequence[Settings],
    *,
    draws: int | None = None,
    seed: int = 0,
    limit: float | None = None,
    workers: int | None = 1,
    store: Path | str | None = None,
    quiet: bool = False,
) -> Sweep:
    """Solve many cases of a scenario. Stopped, it keeps those that are done.

    Args:
        scenario: what is changed in each case.
        settings: values by place, of which every combination is a case:
            `{"rules.cut_above_add_below.share": "0.05..0.30/0.05"}`, or a list of values; or a list of cases, each
            with one value a place. Floats are refused, as they are not exact: write "0.05".
        draws: so many random combinations instead of all.
        seed: which draws.
        limit: seconds for each case.
        workers: so many processes (None: one for each core). In a program, guard with `if __name__ == "__main__"`.
        store: a file in which runs are kept, and found again: a sweep that was stopped goes on.
        quiet: show no progress.

    Raises:
        FaultsError: not one case can be asked.
        ValueError: values cannot be understood.
    """
    cases = points(recast(scenario, core.Scenario), _rows(settings, draws, seed))
    asked = [one.scenario for one in cases if one.scenario is not None]
    if not asked:
        raise FaultsError(list(dict.fromkeys(fault for one in cases for fault in one.faults)))
    coming = swept(cases, runner(asked, workers), keeping(store), limit)
    done, stopped = _done(cases, watched(coming, len(asked), quiet=quiet))
    kept = [n for n, one in enumerate(cases) if n in done or one.scenario is None]
    return Sweep(tuple(done[n] if n in done else line(cases[n], None) for n in kept), stopped)


def _done(cases: Sequence[Point], coming: Iterator[tuple[int, Answered]]) -> tuple[dict[int, Line], bool]:
    """The lines by number, and whether somebody stopped before they were complete."""
    found: dict[int, Line] = {}
    try:
        found.update((number, line(cases[number], answer)) for number, answer in coming)
    except KeyboardInterrupt:
        return found, True
    return found, False


def _rows(settings: Axes | Sequence[Settings], draws: int | None, seed: int) -> list[Settings]:
    if not isinstance(settings, Mapping):
        return [{path: exactly(path, one) for path, one in row.items()} for row in settings]
    axes = {path: [exactly(path, one) for one in _values(said)] for path, said in settings.items()}
    return grid(axes) if draws is None else drawn(axes, draws, seed)


def _values(said: str | Sequence[Any]) -> Sequence[Any]:
    return values_in(said) if isinstance(said, str) else list(said)


def _row(one: Line) -> dict[str, object]:
    """What is known of a case, by column."""
    about = {"ending": one.ending, "proven": one.proven, "trouble": one.trouble, "seconds": one.seconds, "run": one.run}
    return {**_with_floats(one.settings), **about, **_with_floats(_figures(one))}


def _with_floats(figures: Mapping[str, object]) -> dict[str, object]:
    """The figures, and beside each that is no whole number the nearest float."""
    found: dict[str, object] = {}
    for name, figure in figures.items():
        found[name] = figure
        if not isinstance(figure, int) and not isnan(nearest(figure)):
            found[f"{name}{FLOAT}"] = nearest(figure)
    return found


def _figures(one: Line) -> dict[str, object]:
    return dict(zip((measure.id for measure in measures()), one.figures, strict=False))
