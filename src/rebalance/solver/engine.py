"""What a solver has to do for the searches, whichever it is; the clock it heeds, and who is told."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

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

Work = TypeVar("Work")


@dataclass(slots=True)
class Clock:
    """Counts down from `limit` seconds (None: no limit); `interrupted` once somebody asked to stop."""

    limit: float | None = None
    started: float = field(default_factory=time.monotonic)
    _stop: threading.Event = field(default_factory=threading.Event, repr=False)

    @property
    def interrupted(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop.is_set()

    def interrupt(self) -> None:
        """Ask to stop, whatever runs by this clock or a part of it."""
        self._stop.set()

    def within(self, seconds: float) -> Clock:
        """A part of the time that is left, and no more than so many seconds of it."""
        return Clock(min(seconds, self.left), _stop=self._stop)

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

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

    Time may run out before the solver knows, and then it is stopped too. None: it was interrupted and nobody knows how
    to stop it. It is left behind, and ends with its time or the program.
    """
    future: Future[Work] = Future()
    threading.Thread(target=_fulfil, args=(future, work), daemon=True).start()
    while True:
        with suppress(TimeoutError):
            return future.result(POLL)
        if clock.over and stop is not None:
            stop()
        elif clock.interrupted:
            return None


def _fulfil(future: Future[Work], work: Callable[[], Work]) -> None:
    try:
        future.set_result(work())
    except Exception as error:  # noqa: BLE001  # whatever it is, whoever waits is told
        future.set_exception(error)


@contextmanager
def heeding(clock: Clock) -> Iterator[None]:
    """Ctrl-C asks the clock to stop, instead of breaking off what is being worked out."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        clock.interrupt()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class Progress(Protocol):
    """Told of every goal as it starts, improves and ends."""

    def started(self, goal: str, number: int, count: int) -> None:
        """The goal with this name, one of so many, is being solved."""

    def improved(self, value: int, bound: int) -> None:
        """The solver knows a better solution or a better bound of the question it is working on."""

    def ended(self, result: GoalResult) -> None:
        """A goal is done with."""


class Silent:
    """Shows nothing."""

    def started(self, goal: str, number: int, count: int) -> None:
        """Say nothing."""

    def improved(self, value: int, bound: int) -> None:
        """Say nothing."""

    def ended(self, result: GoalResult) -> None:
        """Say nothing."""
