"""The time there is for a whole solve, and the wish to stop it early."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Clock:
    """Counts down from `limit` seconds (None: no limit); `interrupted` once somebody asked to stop."""

    limit: float | None = None
    interrupted: bool = False
    started: float = field(default_factory=time.monotonic)

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


@contextmanager
def heeding(clock: Clock) -> Iterator[None]:
    """Ctrl-C asks the clock to stop, instead of breaking off what is being worked out."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        clock.interrupted = True

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
