"""New processes on this machine: how many it may keep busy, what they may load, and how one came to its end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from types import ModuleType
from typing import Any

from rebalance.text import _

ALONE = threading.RLock()
"""Held while a process is started: what it inherits is that of the whole program."""

INHERITED = {
    "PYTHONSAFEPATH": "1",  # else a file of the current folder would stand in for any module of that name
    "PYTHONWARNINGS": "ignore:resource_tracker:UserWarning",  # it tidies up where we are killed, and need not say so
}


@contextmanager
def apart() -> Iterator[None]:
    """While a process is started: it looks for modules where this one does, and not in the folder it is started in.

    Nor does it run the script again that has called us: all that it needs stands in modules.
    """
    with ALONE:
        main, before = sys.modules["__main__"], {name: os.environ.get(name) for name in INHERITED}
        sys.modules["__main__"] = ModuleType("__main__")
        os.environ.update({name: ",".join(filter(None, (before[name], INHERITED[name]))) for name in INHERITED})
        try:
            yield
        finally:
            sys.modules["__main__"] = main
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


class Process(SpawnProcess):
    """A process that is started apart."""

    def start(self) -> None:
        """Start it."""
        with apart():
            super().start()


class Apart(SpawnContext):
    """Starts new processes, not copies of this one, as a solver's threads do not survive copying; remembers them."""

    def __init__(self, workers: int) -> None:
        """So many are wanted at a time; none has been started yet."""
        super().__init__()
        self.workers = workers
        self.started: list[Process] = []

    def Process(self, *args: Any, **named: Any) -> Process:  # type: ignore[override]  # noqa: ANN401, N802  # the name is Python's
        """A process that is not started yet."""
        self.started.append(Process(*args, **named))
        return self.started[-1]

    def ends(self) -> list[int]:
        """The exit codes of those that came to an end that nobody here had asked for."""
        asked = (None, 0, -signal.SIGTERM)
        return [code for one in self.started if (code := one.exitcode) not in asked]


def end(codes: Sequence[int]) -> str:
    """How processes with these exit codes died, in words; below zero stands a signal."""
    code = next(iter(codes), 0)
    if code in (0, -signal.SIGTERM):
        return _("its process ended again and again, without a word")
    if code == -getattr(signal, "SIGKILL", 9):
        return _("its process was killed again and again, as a system does when memory runs out: try fewer --workers")
    if code == -getattr(signal, "SIGXCPU", 24):
        return _("its process had used up the processor time it is allowed")
    if code < 0:
        return _("its process crashed again and again ({signal})").format(signal=_signal(-code))
    return _("its process ended again and again with exit code {code}; its own words stand above").format(code=code)


def _signal(number: int) -> str:
    with suppress(ValueError):
        return signal.Signals(number).name
    return str(number)


QUOTAS = (("cpu.max",), ("cpu/cpu.cfs_quota_us", "cpu/cpu.cfs_period_us"))
"""Where a container's share of the processors stands, in both versions of control groups: so much in each period."""

GROUPS = Path("/sys/fs/cgroup")


def cores(groups: Path = GROUPS) -> int:
    """How many processes this one may keep busy: on its processors, and within what a container is allowed."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else multiprocessing.cpu_count()
    return max(1, min(there, *(_quota(groups, files) for files in QUOTAS)))


def _quota(groups: Path, files: Sequence[str]) -> int:
    """The processors that the files allow, rounded up; more than there are where they allow all."""
    try:
        allowed, period = " ".join((groups / file).read_text(encoding="ascii") for file in files).split()
        return -(-int(allowed) // int(period)) if int(allowed) > 0 else sys.maxsize
    except (OSError, ValueError, ZeroDivisionError):  # not there, or "max"
        return sys.maxsize
