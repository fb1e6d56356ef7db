"""What is shown on stderr to whoever waits: a live line or a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.text import Text

from rebalance.goals.goal import Goal, value
from rebalance.plans.reached import GoalResult
from rebalance.screen import Screen, line
from rebalance.solver.engine import Progress, Silent
from rebalance.text import _, clean

WIDEST = 30
"""So many characters say what a bar is about."""

SELDOM = 10.0
"""Seconds between two plain lines about the same goal."""


@contextmanager
def progress(goals: Sequence[Goal], *, quiet: bool) -> Iterator[Progress]:
    """Shows the progress of these goals, as the stream allows."""
    screen = Screen(sys.stderr)
    if quiet:
        yield Silent()
    elif screen.is_terminal and not screen.is_dumb_terminal:
        shown = Lively(goals, screen)
        with Live(shown, console=screen, transient=True, redirect_stdout=False, redirect_stderr=False):
            yield shown
    else:
        yield Plain(goals, screen)


class Steps(Protocol):
    """Told how many steps are done, of how many, and what the last one was."""

    def __call__(self, done: int, of: int, what: str = "", /) -> None:
        """So far."""


@contextmanager
def steps(*, quiet: bool) -> Iterator[Steps]:
    """A bar, while somebody looks."""
    screen = Screen(sys.stderr)
    left = TextColumn(_("left:"))
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    hidden = quiet or not screen.is_terminal or screen.is_dumb_terminal
    with Bar(*columns, left, TimeRemainingColumn(), console=screen, transient=True, disable=hidden) as bar:
        task = bar.add_task("", total=None)

        def told(done: int, of: int, what: str = "", /) -> None:
            bar.update(task, completed=done, total=of, description=clean(what)[:WIDEST])

        yield told


@dataclass(slots=True)
class Plain:
    """One line for each goal as it ends, and one now and then while it takes long.

    The solver may report from a thread of its own, which speaks only English: words are looked up before.
    """

    goals: Sequence[Goal]
    screen: Screen
    now: str = ""
    rank: int = 0
    start: float = field(default_factory=time.monotonic)
    spoke: float = field(default_factory=time.monotonic)
    under_way: str = field(default_factory=lambda: _("{goal}: {value}, bound {bound}, gap {gap} %, {seconds} s"))
    is_done: str = field(default_factory=lambda: _("{goal}: {value}, {proof}, {seconds} s"))

    def started(self, goal: str, number: int, count: int) -> None:
        """Remember which goal it is."""
        self.now, self.rank = (
            _("goal {number}/{count} {goal}").format(number=number, count=count, goal=goal),
            number,
        )
        self.start = self.spoke = time.monotonic()

    def improved(self, value: int, bound: int) -> None:
        """Say so, if nothing has been said for a while."""
        if time.monotonic() - self.spoke >= SELDOM:
            self.spoke = time.monotonic()
            self.screen.lines([self.state(value, bound)])

    def ended(self, result: GoalResult) -> None:
        """Say what the goal came to."""
        self.screen.print(line(self.result(result)))

    def state(self, value: int, bound: int) -> str:
        """A goal under way, in a line."""
        gap = f"{100 * abs(value - bound) / max(1, abs(value)):.1f}"
        seconds = f"{time.monotonic() - self.start:.0f}"
        return self.under_way.format(goal=self.now, value=value, bound=bound, gap=gap, seconds=seconds)

    def result(self, result: GoalResult) -> str:
        """A goal done with, in a line."""
        reached = value(self.goals[self.rank - 1], result.value)
        seconds = f"{result.seconds:.1f}"
        return self.is_done.format(goal=self.now, value=reached, proof=result.certainty, seconds=seconds)


@dataclass(slots=True)
class Lively(Plain):
    """A line that changes while a goal is being solved, and stays when it ends."""

    numbers: tuple[int, int] | None = None
    preparing: str = field(default_factory=lambda: _("looking for a first plan"))

    def started(self, goal: str, number: int, count: int) -> None:
        """Begin a new line."""
        Plain.started(self, goal, number, count)
        self.numbers = None

    def improved(self, value: int, bound: int) -> None:
        """Keep the numbers for the next time the line is drawn."""
        self.numbers = (value, bound)

    def __rich__(self) -> Text:
        """The line as it is now."""
        if self.numbers:
            return Text(self.state(*self.numbers), no_wrap=True, overflow="ellipsis")
        return Text(f"{self.now or self.preparing} … {time.monotonic() - self.start:.0f} s", no_wrap=True)
