"""Who is told while something is worked out: below a notebook's cell, on a terminal, in plain lines elsewhere, nobody.

A bar or a live line is gone when all is done; lines stay.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from html import escape
from importlib import import_module
from itertools import takewhile
from typing import Any, Protocol

from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.text import Text

from rebalance.analysis.cases import Answered
from rebalance.goals.goal import AboutGoal, Goal, LeximinVector, Value, about, value
from rebalance.plans.reached import GoalResult
from rebalance.screen import Screen, line
from rebalance.solver.engine import Progress, Silent
from rebalance.text import NOTHING, _, clean

WIDEST = 30
"""So many characters say what a bar is about."""

SELDOM = 10.0
"""Seconds between two plain lines about the same goal."""

OFTEN = 0.5
"""Seconds between two changes of the line below a cell."""

Answers = Iterator[tuple[int, Answered]]
"""Answers as they come, with the numbers of their cases."""


class Steps(Protocol):
    """Told how many steps are done, of how many, and what the last one was."""

    def __call__(self, done: int, of: int, what: str = "", /) -> None:
        """So far."""


class Watch(Protocol):
    """Somebody who is told how far things are."""

    def goals(self, goals: Sequence[Goal]) -> AbstractContextManager[Progress]:
        """Who is told of these goals as they are solved."""

    def cases(self) -> AbstractContextManager[Steps]:
        """Who is told how many cases are solved."""

    def answers(self, coming: Answers, count: int) -> Answers:
        """The same answers, so many of them, told of as they come."""

    def found(self, sentence: str) -> None:
        """Something has been found, long before the end."""


@dataclass(frozen=True, slots=True)
class Nobody:
    """Is told nothing."""

    def goals(self, goals: Sequence[Goal]) -> AbstractContextManager[Progress]:
        """Nobody."""
        return nullcontext(Silent())

    def cases(self) -> AbstractContextManager[Steps]:
        """Nobody."""
        return nullcontext(lambda _done, _of, _what="", /: None)

    def answers(self, coming: Answers, count: int) -> Answers:
        """Just the answers."""
        return coming

    def found(self, sentence: str) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Whoever looks at a notebook or a terminal; a program that runs by itself says nothing."""

    def goals(self, goals: Sequence[Goal]) -> AbstractContextManager[Progress]:
        """A line that changes."""
        return watching(goals)

    def cases(self) -> AbstractContextManager[Steps]:
        """A bar."""
        return steps()

    def answers(self, coming: Answers, count: int) -> Answers:
        """A bar, with the name of the last case."""
        with steps() as told:
            for done, (number, answer) in enumerate(coming, 1):
                told(done, count, answer.case.name)
                yield number, answer

    def found(self, sentence: str) -> None:
        """Say nothing: the line that changes would be torn."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Plain lines on stderr, which stay; many cases are a bar on a terminal."""

    def goals(self, goals: Sequence[Goal]) -> AbstractContextManager[Progress]:
        """A line for each goal."""
        return nullcontext(Plain(goals, Screen(sys.stderr)))

    def cases(self) -> AbstractContextManager[Steps]:
        """A line for each case."""
        message = _("cases solved: {number} of {count}")
        return nullcontext(lambda done, of, _what="", /: self.found(message.format(number=done, count=of)))

    def answers(self, coming: Answers, count: int) -> Answers:
        """A line for each case, which says how long it will take."""
        screen = Screen(sys.stderr)
        if not count:
            return coming
        if screen.is_terminal and not screen.is_dumb_terminal:
            return Onlooker().answers(coming, count)
        return self._answers(coming, count, screen)

    def found(self, sentence: str) -> None:
        """Say it, as far as anybody listens."""
        try:
            print(sentence, file=sys.stderr, flush=True)  # noqa: T201  # that is where people look
        except OSError:
            return

    @staticmethod
    def _answers(coming: Answers, count: int, screen: Screen) -> Answers:
        start, solved = time.monotonic(), 0
        for done, (number, one) in enumerate(coming, 1):
            solved += not one.known
            said = f"{done}/{count} {one.case.name}: {_came_to(one)}"
            if solved and done < count:
                left = (time.monotonic() - start) / solved * (count - done)
                said += _("; about {seconds} s left").format(seconds=f"{left:.0f}")
            screen.lines([said])
            yield number, one


def watch_for(watch: Watch | None, *, quiet: bool) -> Watch:
    """The one that is given; none: whoever looks, unless nobody is to be told."""
    return watch or (Nobody() if quiet else Onlooker())


def _came_to(answer: Answered) -> str:
    if answer.outcome is None:
        return _("failed")
    if answer.known:
        return _("known")
    return f"{answer.outcome.ending.value}, {answer.outcome.seconds:.1f} s"


@contextmanager
def progress(goals: Sequence[Goal], *, quiet: bool) -> Iterator[Progress]:
    """Shows the progress of these goals on stderr: a live line on a terminal, plain lines elsewhere."""
    screen = Screen(sys.stderr)
    if quiet:
        yield Silent()
    elif screen.is_terminal and not screen.is_dumb_terminal:
        shown = Lively(goals, screen)
        with Live(shown, console=screen, transient=True, redirect_stdout=False, redirect_stderr=False):
            yield shown
    else:
        yield Plain(goals, screen)


@contextmanager
def watching(goals: Sequence[Goal], *, quiet: bool = False) -> Iterator[Progress]:
    """Shows the progress of these goals to whoever looks at the notebook or the terminal."""
    if in_notebook() and not quiet:
        with below_cell() as shown:
            yield InCell(goals, Screen(sys.stderr), line=shown)
    else:
        with progress(goals, quiet=quiet or not Screen(sys.stderr).is_terminal) as told:
            yield told


@contextmanager
def steps(*, quiet: bool = False) -> Iterator[Steps]:
    """A bar, while somebody looks."""
    if in_notebook() and not quiet:
        with below_cell() as shown:
            yield lambda done, of, what="", /: shown.say(f"{done}/{of} {what}", done, of)
        return
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
    known: AboutGoal | None = None
    start: float = field(default_factory=time.monotonic)
    spoke: float = field(default_factory=time.monotonic)
    under_way: str = field(default_factory=lambda: _("{goal}: {value} now, at best {bound}, {seconds} s"))
    climbing: str = field(default_factory=lambda: _("{goal}: worst {worst}, {kept} of {count} steady, {seconds} s"))
    below: str = field(
        default_factory=lambda: _("{goal}: worst {worst} (≤ {best}), {kept} of {count} steady, {seconds} s")
    )
    levels: LeximinVector = ()
    kept: int = 0
    is_done: str = field(default_factory=lambda: _("{goal}: {value}, {proof}, {seconds} s"))

    def started(self, goal: str, number: int, count: int) -> None:
        """Remember which goal it is."""
        self.now, self.rank = (
            _("goal {number}/{count} {goal}").format(number=number, count=count, goal=goal),
            number,
        )
        self.levels, self.kept = (), 0
        self.known = about(self.goals[number - 1])
        self.start = self.spoke = time.monotonic()

    def improved(self, value: Value, bound: Value | None) -> None:
        """Say so, if nothing has been said for a while."""
        self.compared(value)
        if time.monotonic() - self.spoke >= SELDOM:
            self.spoke = time.monotonic()
            self.screen.lines([self.state(value, bound)])

    def ended(self, result: GoalResult) -> None:
        """Say what the goal came to."""
        self.screen.print(line(self.result(result)))

    def compared(self, found: Value) -> None:
        """Count the shares at the lowest levels that are as they were before the plan was bettered."""
        if isinstance(found, tuple) and found != self.levels:
            same = takewhile(lambda pair: pair[0] == pair[1], zip(self.levels, found, strict=False))
            self.kept, self.levels = sum(count for (_level, count), _now in same), found

    def state(self, found: Value, bound: Value | None) -> str:
        """A goal under way, in a line: what it comes to and its bound, in its own unit.

        Of shares the worst, and how many of the lowest stayed as they were when the plan was last bettered.
        """
        said, seconds = self.known or about(self.goals[self.rank - 1]), f"{time.monotonic() - self.start:.0f}"
        if isinstance(found, tuple):
            worst = said.level(found[0][0]) if found else NOTHING
            best = said.level(bound[0][0]) if isinstance(bound, tuple) and bound else ""
            said_so = self.below if best else self.climbing
            count = sum(number for _level, number in found)
            return said_so.format(goal=self.now, worst=worst, best=best, kept=self.kept, count=count, seconds=seconds)
        best = said.number(bound) if isinstance(bound, int) else NOTHING
        now = said.unit.format(count=said.number(found))
        return self.under_way.format(goal=self.now, value=now, bound=best, seconds=seconds)

    def result(self, result: GoalResult) -> str:
        """A goal done with, in a line."""
        reached = value(self.goals[self.rank - 1], result.value)
        seconds = f"{result.seconds:.1f}"
        return self.is_done.format(goal=self.now, value=reached, proof=result.certainty, seconds=seconds)


@dataclass(slots=True)
class Lively(Plain):
    """A line that changes while a goal is being solved, and stays when it ends."""

    numbers: tuple[Value, Value | None] | None = None
    preparing: str = field(default_factory=lambda: _("looking for a first plan"))

    def started(self, goal: str, number: int, count: int) -> None:
        """Begin a new line."""
        Plain.started(self, goal, number, count)
        self.numbers = None

    def improved(self, value: Value, bound: Value | None) -> None:
        """Keep the numbers for the next time the line is drawn."""
        self.compared(value)
        self.numbers = (value, bound)

    def __rich__(self) -> Text:
        """The line as it is now."""
        if self.numbers:
            return Text(self.state(*self.numbers), no_wrap=True, overflow="ellipsis")
        return Text(f"{self.now or self.preparing} … {time.monotonic() - self.start:.0f} s", no_wrap=True)


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

    def improved(self, value: Value, bound: Value | None) -> None:
        """Say how far it is, now and then."""
        self.compared(value)
        if time.monotonic() - self.said >= OFTEN:
            self.said = time.monotonic()
            self.line.say(self.state(value, bound), self.rank - 1, self.count)

    def ended(self, result: GoalResult) -> None:
        """Say what it came to."""
        self.line.say(self.result(result), self.rank, self.count)
