"""Outcomes side by side, at the desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
from rich.console import RenderableType

from rebalance.desk.frames import frame, shows
from rebalance.desk.rows import AskedRow, ComparedRow, FigureRow, asked_rows
from rebalance.desk.running import answers
from rebalance.desk.shown import Answer, recast
from rebalance.exploring import compare as core
from rebalance.exploring.gathering import gathered, gathered_close, scenario_of
from rebalance.outcome import Outcome
from rebalance.scenario import Scenario, goal_name
from rebalance.words import _
from rebalance.writing.compare import sentences, sheets
from rebalance.writing.numbers import value
from rebalance.writing.sheets import on_screen
from rebalance.writing.terminal import line


class Comparison(Answer, core.Comparison):
    """Outcomes side by side: what was asked differently, and what came of it; `dominated` has (worse, better)."""

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance compare` says: only what differs."""
        yield from (on_screen(sheet) for sheet in sheets(self, everything=False) if sheet.rows)
        yield from map(line, sentences(self))

    @shows(AskedRow)
    def asked(self) -> pd.DataFrame:
        """What the scenarios ask, and the county's figures in which they differ."""
        return frame(AskedRow, asked_rows(self.names, self.inputs))

    @shows(ComparedRow)
    def reached(self) -> pd.DataFrame:
        """What every goal of any of them comes to in each plan."""
        rows = (
            ComparedRow(name, goal_name(row.goal), found, value(row.goal, found))
            for row in self.goals
            for name, found in self._each(row.values)
            if row.goal is not None and (found is None or isinstance(found, int | tuple))
        )
        return frame(ComparedRow, rows)

    @shows(FigureRow)
    def figures(self) -> pd.DataFrame:
        """Figures of each plan, of its townships and of its units."""
        every = (*self.measures, *self.townships, *self.units)
        rows = (FigureRow(name, row.holder, row.id, found) for row in every for name, found in self._each(row.values))
        return frame(FigureRow, rows)

    def _each(self, values: Sequence[object]) -> Iterator[tuple[str, object]]:
        return zip(self.names, values, strict=True)


def compare(
    those: Sequence[Outcome | Scenario],
    *,
    close: bool = False,
    limit: float | None = None,
    workers: int | None = 1,
    store: Path | str | None = None,
    quiet: bool = False,
) -> Comparison:
    """Set outcomes side by side; scenarios among them are solved first.

    Args:
        those: outcomes and scenarios; the first is the one the others are compared with.
        close: settle what the goals leave open as close to the first plan as can be, so that no difference is a tie.
        limit: seconds for each scenario.
        workers: so many processes (None: one for each core). In a program, guard with `if __name__ == "__main__"`.
        store: a file in which runs are kept, and found again.
        quiet: show no progress.

    Raises:
        ValueError: a scenario could not be solved, or there is no plan to stay close to.
    """
    gather = gathered_close if close else gathered
    found = gather(those, lambda cases: answers(cases, workers, store, quiet=quiet), limit)
    if found.failed:
        message = _("{name}: not solved: {trouble}")
        raise ValueError("\n".join(message.format(name=one.case.name, trouble=one.trouble) for one in found.failed))
    if len(found.outcomes) < len(those):
        raise ValueError(_("{name} has no plan to stay close to.").format(name=scenario_of(those[0]).name))
    return recast(core.compare(found.in_order), Comparison)
