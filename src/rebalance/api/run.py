"""Where many cases run from Python, and who is told."""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

from rebalance.analysis.cases import Answered, Case, Keeping, answered
from rebalance.analysis.runners import Here, Pool, Runner, cores
from rebalance.fault import FaultsError
from rebalance.goals.goal import Goal
from rebalance.plans.reached import GoalResult
from rebalance.scenario.scenario import Scenario
from rebalance.screen import Screen
from rebalance.solver.engine import Progress, Silent
from rebalance.tables import progress as on_terminal
from rebalance.tables.progress import Plain, Steps
from rebalance.text import _

OFTEN = 0.5
"""Seconds between two changes of the line below a cell."""


@contextmanager
def watching(goals: Sequence[Goal], *, quiet: bool = False) -> Iterator[Progress]:
    """Who is told of goals being solved."""
    if in_notebook() and not quiet:
        with below_cell() as line:
            yield InCell(goals, Screen(sys.stderr), line=line)
    else:
        alone = quiet or not Screen(sys.stderr).is_terminal
        with on_terminal.progress(goals, quiet=alone) as shown:
            yield Silent() if alone else shown


@contextmanager
def steps(*, quiet: bool = False) -> Iterator[Steps]:
    """Who is told of steps done."""
    if in_notebook() and not quiet:
        with below_cell() as line:
            yield lambda done, of, what="", /: line.say(f"{done}/{of} {what}", done, of)
    else:
        with on_terminal.steps(quiet=quiet) as told:
            yield told


def in_notebook() -> bool:
    """Whether the code runs in the kernel of a notebook."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return getattr(shell, "kernel", None) is not None


@dataclass(slots=True)
class Line:
    """A line below the cell that changes, without any widget, and is gone when all is done."""

    handle: Any

    def say(self, text: str, done: int, of: int) -> None:
        """Say something else, with a bar."""
        self._update(f'<progress value="{done}" max="{of}"></progress> <code>{escape(text)}</code>')

    def close(self) -> None:
        """Leave nothing."""
        self._update("")

    def _update(self, text: str) -> None:
        self.handle.update({"text/html": text, "text/plain": ""}, raw=True)


@contextmanager
def below_cell() -> Iterator[Line]:
    """A line below the cell that runs."""
    display = import_module("IPython.display").display  # whoever runs in a notebook has it
    line = Line(display({"text/html": "", "text/plain": ""}, raw=True, display_id=True))
    try:
        yield line
    finally:
        line.close()


@dataclass(slots=True, kw_only=True)
class InCell(Plain):
    """The goals below a cell: which is being solved, and how far it is."""

    line: Line
    count: int = 1
    said: float = field(default_factory=time.monotonic)

    def started(self, goal: str, number: int, count: int) -> None:
        """Name the goal."""
        Plain.started(self, goal, number, count)
        self.count = count
        self.line.say(self.now, number - 1, count)

    def improved(self, value: int, bound: int) -> None:
        """Say how far it is, now and then."""
        if time.monotonic() - self.said >= OFTEN:
            self.said = time.monotonic()
            self.line.say(self.state(value, bound), self.rank - 1, self.count)

    def ended(self, result: GoalResult) -> None:
        """Say what it came to."""
        self.line.say(self.result(result), self.rank, self.count)


def runner(scenarios: Sequence[Scenario], workers: int | None) -> Runner:
    """So many processes (None: as many as there are cores), or this one where a rule cannot be sent elsewhere."""
    processes = min(cores() if workers is None else workers, len(scenarios))
    if processes <= 1:
        return Here()
    bound = [kind.__name__ for one in scenarios for kind in one.own if _only_here(kind)]
    if bound:
        message = _("{names} can only be used in this process, so all cases run here. In a module it could be sent.")
        warnings.warn(message.format(names=", ".join(dict.fromkeys(bound))), stacklevel=4)
        return Here()
    return Pool(processes)


def keeping(store: Path | str | None) -> Keeping:
    """Where runs are kept; trouble with it costs nobody an answer."""
    return Keeping(None if store is None else Path(store), warn=_warn)


def answers(
    cases: Sequence[Case], workers: int | None, store: Path | str | None, *, quiet: bool
) -> Iterator[tuple[int, Answered]]:
    """Every answer as it comes."""
    coming = answered(cases, runner([case.scenario for case in cases], workers), keeping(store))
    return watched(coming, len(cases), quiet=quiet)


def watched(coming: Iterator[tuple[int, Answered]], count: int, *, quiet: bool) -> Iterator[tuple[int, Answered]]:
    """The same answers, with their progress."""
    with steps(quiet=quiet) as told:
        for done, (number, answer) in enumerate(coming, 1):
            told(done, count, answer.case.name)
            yield number, answer


def _only_here(kind: type) -> bool:
    """Whether another process could not find a class: written in a notebook, or inside a function."""
    return kind.__module__ == "__main__" or "." in kind.__qualname__


def _warn(error: FaultsError) -> None:
    warnings.warn(_("{problem} Runs are not kept there; nothing else is affected.").format(problem=error), stacklevel=2)
