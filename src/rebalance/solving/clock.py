"""The time there is for a whole solve, and the wish to stop it early."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar

POLL = 0.1  # seconds between looks at the keyboard while a solver runs

Answer = TypeVar("Answer")


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


def aside(clock: Clock, work: Callable[[], Answer], stop: Callable[[], object] | None = None) -> Answer | None:
    """Do a solver's work in a thread, so that Ctrl-C reaches us at once; `stop` makes it give what it has by then.

    None: it was interrupted and nobody knows how to stop it. It is left behind, and ends with its time or the program.
    """
    future: Future[Answer] = Future()
    threading.Thread(target=_fulfil, args=(future, work), daemon=True).start()
    while True:
        with suppress(TimeoutError):
            return future.result(POLL)
        if clock.interrupted:
            if stop is None:
                return None
            stop()


def _fulfil(future: Future[Answer], work: Callable[[], Answer]) -> None:
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
