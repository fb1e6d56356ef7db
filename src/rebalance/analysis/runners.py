"""Where work is done: in this process, in several of this machine, or on a cluster; the answers are the same."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Protocol, TypeVar

from rebalance.analysis.processes import Apart, apart, cores, end
from rebalance.fault import MisuseError
from rebalance.text import _, activate, language

Job = TypeVar("Job")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Lost:
    """No answer: whatever worked on it broke down each time (killed, or out of memory)."""

    why: str


class Runner(Protocol):
    """Does a piece of work for every job, anywhere.

    The work is a function of a module, jobs and answers can be pickled, and what the work raises ends the run.
    """

    def run(self, work: Callable[[Job], Answer], jobs: Sequence[Job]) -> Iterator[tuple[int, Answer | Lost]]:
        """Every answer as it comes, with the number of its job from 0; close the iterator to stop early."""


@dataclass(frozen=True, slots=True)
class Here:
    """One job after another, in this process."""

    def run(self, work: Callable[[Job], Answer], jobs: Sequence[Job]) -> Iterator[tuple[int, Answer | Lost]]:
        """In the order of the jobs."""
        for number, job in enumerate(jobs):
            yield number, work(job)


def carried_out(work: Callable[[Job], Answer], jobs: Sequence[Job], lang: str) -> list[Answer]:
    """Answers to a few jobs sent together; what they share is sent once."""
    spoken = language()
    activate(lang)
    try:
        return [work(job) for job in jobs]
    finally:
        activate(spoken)


def chunks(count: int, workers: int) -> list[range]:
    """The numbers of the jobs, a few at a time: one where there are few, so that nobody waits for the last."""
    size = max(1, min(8, count // (16 * workers)))
    return [range(start, min(start + size, count)) for start in range(0, count, size)]


@dataclass(frozen=True, slots=True)
class Pool:
    """So many processes, each with one job at a time; by default as many as there are cores."""

    workers: int = field(default_factory=cores)

    def run(self, work: Callable[[Job], Answer], jobs: Sequence[Job]) -> Iterator[tuple[int, Answer | Lost]]:
        """Every answer as it comes.

        Where a process breaks down, what was under way is done again, each job alone: one that breaks its process
        when alone is lost.
        """
        waiting, suspects = deque(range(len(jobs))), list[int]()
        while waiting:
            yield from _round(Apart(self.workers), work, jobs, waiting, suspects)
        for number in suspects:
            yield from _alone(work, jobs, number)


def _alone(work: Callable[[Job], Answer], jobs: Sequence[Job], number: int) -> Iterator[tuple[int, Answer | Lost]]:
    """One job in a process of its own, twice if need be."""
    for context in (Apart(1), last := Apart(1)):
        suspects: list[int] = []
        yield from _round(context, work, jobs, deque([number]), suspects)
        if not suspects:
            return
    yield number, Lost(end(last.ends()))


def _round(
    context: Apart,
    work: Callable[[Job], Answer],
    jobs: Sequence[Job],
    waiting: deque[int],
    suspects: list[int],
) -> Iterator[tuple[int, Answer | Lost]]:
    """Answers until nothing waits any more, or a process breaks down: then what was under way is suspect.

    Jobs are sent one by one: here the way is short, and an answer that waits for others could be lost with them.
    """
    under_way: dict[Future[list[Answer]], int] = {}
    with _processes(context) as pool:
        while waiting or under_way:
            try:
                while waiting and len(under_way) <= context.workers:  # one more lies ready, so that nobody has to wait
                    future = pool.submit(carried_out, work, [jobs[waiting[0]]], language())
                    under_way[future] = waiting.popleft()
                done = wait(under_way, return_when=FIRST_COMPLETED).done
                answers = [(future, future.result()) for future in done if not _broken(future)]
            except BrokenProcessPool:
                done, answers = set(), []
            except BlockingIOError as error:
                message = _("no more processes can be started here ({problem}). Try fewer with --workers.")
                raise MisuseError(message.format(problem=error.strerror)) from None
            for future, (answer,) in answers:
                yield under_way.pop(future), answer
            if len(answers) < max(1, len(done)):
                suspects += under_way.values()
                return


def _broken(future: Future[list[Answer]]) -> bool:
    return isinstance(future.exception(), BrokenProcessPool)


@contextmanager
def _processes(context: Apart) -> Iterator[ProcessPoolExecutor]:
    """Processes that end when they are no longer wanted: at the end, or at once where we stop early or are killed."""
    theirs, ours = context.Pipe(duplex=False)
    with apart():  # this starts a process too, which tidies up behind us
        pool = ProcessPoolExecutor(context.workers, context, initializer=_prepare, initargs=(theirs,))
    try:
        yield pool
    finally:
        ours.close()
        pool.shutdown(cancel_futures=True)
        theirs.close()


def _prepare(line: Connection) -> None:
    """Leave Ctrl-C to the process that started this one, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(line,), daemon=True).start()


def _end_with(line: Connection) -> None:
    line.poll(None)  # nothing is ever sent: this returns when the other end is closed
    os._exit(0)
