"""Where work is done: in this process, in several of this machine, or on a cluster; the answers are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from rebalance.words import activate, language

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
