"""What a solver has to do for the searches, whichever it is; the clock it heeds, and who is told."""

from __future__ import annotations

import _thread
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

from rebalance.goals.goal import Value
from rebalance.model.linear import Linear
from rebalance.model.model import Model
from rebalance.plans.reached import GoalResult


class Status(StrEnum):
    """What a solver knows when it stops."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """One solve: a value per variable when a solution was found, and the bound proven for the objective."""

    status: Status
    values: list[int] | None = None
    bound: int | None = None

    @property
    def settled(self) -> bool:
        """Whether it is the last word: proven to be the least, or that there is none."""
        return self.status in {Status.OPTIMAL, Status.INFEASIBLE}


class Engine(Protocol):
    """A solver of models."""

    def solve(self, model: Model, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """Make an amount as small as can be within everything the model requires.

        A constant amount asks for any solution. With `enough`, the first solution that comes down to it will do.
        """


POLL = 0.1  # seconds between looks at the keyboard while a solver runs: nobody notices, and it costs nothing

SOON = 0.01  # ... and as soon as this where time runs out before

PATIENCE = 1.0
"""Seconds that work may go on after somebody asked to stop; what has not ended by itself then is broken off."""

Work = TypeVar("Work")


@dataclass(slots=True)
class Shared:
    """What a clock has in common with its parts.

    Attributes:
        stop: whether somebody asked to stop; a mere flag, for a signal may come while another one is being handled
        questions: how many have been put to a solver
    """

    stop: bool = False
    questions: int = 0


def on_the_wall() -> float:
    """Seconds as everybody counts them."""
    return time.monotonic()


@dataclass(slots=True)
class Clock:
    """Counts down from `limit` seconds (None: no limit), and counts questions; `interrupted` once asked to stop."""

    limit: float | None = None
    now: Callable[[], float] = on_the_wall
    started: float = field(init=False)
    _shared: Shared = field(default_factory=Shared, repr=False)

    def __post_init__(self) -> None:
        """Start now."""
        self.started = self.now()

    @property
    def interrupted(self) -> bool:
        """Whether somebody asked to stop."""
        return self._shared.stop

    def interrupt(self) -> None:
        """Ask to stop, whatever runs by this clock or a part of it."""
        self._shared.stop = True

    @property
    def questions(self) -> int:
        """How many questions have been put to a solver, by this clock or a part of it."""
        return self._shared.questions

    def question(self) -> None:
        """Count one more."""
        self._shared.questions += 1

    def within(self, seconds: float) -> Clock:
        """A part of the time that is left, and no more than so many seconds of it."""
        return Clock(min(seconds, self.left), self.now, _shared=self._shared)

    @contextmanager
    def keeping(self, seconds: float) -> Iterator[None]:
        """Keep back so many seconds of the time that is left, or half of it, for what comes after this block."""
        limit = self.limit
        if limit is not None:
            self.limit = limit - min(seconds, self.left / 2)
        try:
            yield
        finally:
            self.limit = limit

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return self.now() - self.started

    @property
    def left(self) -> float:
        """Seconds left; infinite without a limit, never below zero."""
        return max(0.0, self.limit - self.elapsed) if self.limit is not None else float("inf")

    @property
    def over(self) -> bool:
        """Whether to stop now."""
        return self.interrupted or self.left <= 0


def aside(clock: Clock, work: Callable[[], Work], stop: Callable[[], object] | None = None) -> Work | None:
    """Do a solver's work in a thread, so that Ctrl-C reaches us at once; `stop` makes it give what it has by then.

    A solver need not know how much time there is: when it runs out, it is stopped too. None: it was interrupted and
    nobody knows how to stop it. It is left behind, and ends with its time or the program. Every question passes here,
    and is counted.
    """
    clock.question()
    future: Future[Work] = Future()
    threading.Thread(target=_fulfil, args=(future, work), daemon=True).start()
    while True:
        with suppress(TimeoutError):
            return future.result(max(SOON, min(POLL, clock.left)))
        if clock.over and stop is not None:
            stop()
        elif clock.interrupted:
            return None


def _fulfil(future: Future[Work], work: Callable[[], Work]) -> None:
    try:
        future.set_result(work())
    except Exception as error:  # noqa: BLE001  # whatever it is, whoever waits is told
        future.set_exception(error)


@dataclass(slots=True)
class Heed:
    """What Ctrl-C does while something is worked out: the clock is asked to stop.

    Solvers look at the clock. What else takes long, building a large model say, does not; so somebody in a thread of
    its own looks whether it has ended by itself, and presses Ctrl-C once more where it has not (`patience` in seconds;
    None: whatever it is, it is done to the end).
    """

    clock: Clock
    patience: float | None = PATIENCE
    impatient: bool = False
    over: bool = False
    _ended: threading.Event = field(default_factory=threading.Event)

    def __call__(self, _number: int, _frame: object) -> None:
        """Somebody pressed it; takes no lock, as it may come at any moment.

        Raises:
            KeyboardInterrupt: patience has run out.
        """
        self.clock.interrupt()
        if self.impatient and not self.over:
            self.impatient = False
            raise KeyboardInterrupt

    def watch(self, patience: float) -> None:
        """Wait for the end; once somebody asked to stop, no longer than that."""
        while not self._ended.wait(POLL):
            patience -= POLL if self.clock.interrupted else 0
            if patience < 0:
                self.impatient = True
                _thread.interrupt_main()
                return

    def end(self, watcher: threading.Thread) -> None:
        """Break off nothing any more."""
        self.over = True
        self._ended.set()
        watcher.join()


@contextmanager
def heeding(clock: Clock, patience: float | None = PATIENCE) -> Iterator[None]:
    """Ctrl-C asks the clock to stop, instead of breaking off at once what is being worked out.

    Within another such block, what is asked of one of the two is asked of both.

    Raises:
        KeyboardInterrupt: somebody asked to stop, and it had not ended when patience ran out.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before, heed = signal.getsignal(signal.SIGINT), Heed(clock, patience)
    signal.signal(signal.SIGINT, heed)
    if isinstance(before, Heed) and before.clock.interrupted:
        clock.interrupt()
    try:
        if patience is None:
            yield
            return
        watcher = threading.Thread(target=heed.watch, args=(patience,), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            heed.end(watcher)
    finally:
        signal.signal(signal.SIGINT, before)
        if isinstance(before, Heed) and clock.interrupted:
            before.clock.interrupt()


@contextmanager
def as_far_as_it_came(clock: Clock) -> Iterator[None]:
    """Go on behind this block where it was broken off, because somebody asked to stop and it did not end by itself."""
    try:
        yield
    except KeyboardInterrupt:
        if not clock.interrupted:
            raise


class Progress(Protocol):
    """Told of every goal as it starts, improves and ends."""

    def started(self, goal: str, number: int, count: int) -> None:
        """The goal with this name, one of so many, is being solved."""

    def improved(self, value: Value, bound: Value | None) -> None:
        """A better value of the goal is known, or a better bound of it (None: none is known)."""

    def ended(self, result: GoalResult) -> None:
        """A goal is done with."""


class Silent:
    """Shows nothing."""

    def started(self, goal: str, number: int, count: int) -> None:
        """Say nothing."""

    def improved(self, value: Value, bound: Value | None) -> None:
        """Say nothing."""

    def ended(self, result: GoalResult) -> None:
        """Say nothing."""
