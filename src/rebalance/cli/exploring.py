"""Where the cases of a command run, where their answers are kept, and what is shown meanwhile."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rebalance.cli.trouble import DONE, misused, told
from rebalance.exploring.answering import Answered, Keeping
from rebalance.exploring.pool import Pool, cores
from rebalance.exploring.running import Here, Runner
from rebalance.fault import FaultsError
from rebalance.words import _
from rebalance.writing.progress import steps
from rebalance.writing.terminal import Screen

Answers = Iterator[tuple[int, Answered]]
"""Answers with the numbers of their cases."""


@dataclass(frozen=True, kw_only=True)
class Running:
    """How cases are solved, and how their answers are shown: the options, by name."""

    time_limit: float | None
    workers: int | None
    on: str
    quiet: bool
    store: Path
    fresh: bool
    as_: str

    def answers(self, count: int, ask: Callable[[Runner, Keeping], Answers]) -> Answers:
        """The answers to so many cases as they come, with their progress on stderr; `ask` is told where they run.

        Raises:
            click.UsageError: the cluster cannot be used.
        """
        coming = ask(_runner(count, self.workers, self.on), _keeping(self.store, fresh=self.fresh))
        return _watched(coming, count, quiet=self.quiet)


def _runner(count: int, workers: int | None, on: str) -> Runner:
    """A cluster where one is named, else so many processes; one alone works here.

    Raises:
        click.UsageError: the cluster cannot be used.
    """
    if on:
        return _cluster(on)
    processes = min(workers or cores(), count)
    return Pool(processes) if processes > 1 else Here()


def _keeping(store: Path, *, fresh: bool) -> Keeping:
    """The store, whose troubles are told once each."""
    heard: set[str] = set()

    def warn(error: FaultsError) -> None:
        if str(error) not in heard:
            message = _("{problem} Runs are not kept there; nothing else is affected.")
            told(message.format(problem=error), DONE)
        heard.add(str(error))

    return Keeping(store, fresh, warn)


def _watched(answers: Answers, count: int, *, quiet: bool) -> Answers:
    """The same answers, with their progress on stderr: a bar on a terminal, plain lines elsewhere."""
    screen = Screen(sys.stderr)
    if quiet or not count:
        yield from answers
    elif screen.is_terminal and not screen.is_dumb_terminal:
        yield from _with_bar(answers, count)
    else:
        yield from _with_lines(answers, count, screen)


def _with_lines(answers: Answers, count: int, screen: Screen) -> Answers:
    start, solved = time.monotonic(), 0
    for done, (number, answer) in enumerate(answers, 1):
        solved += not answer.known
        said = f"{done}/{count} {answer.case.name}: {_said(answer)}"
        if solved and done < count:
            left = (time.monotonic() - start) / solved * (count - done)
            said += _("; about {seconds} s left").format(seconds=f"{left:.0f}")
        screen.lines([said])
        yield number, answer


def _with_bar(answers: Answers, count: int) -> Answers:
    with steps(quiet=False) as told_:
        for done, (number, answer) in enumerate(answers, 1):
            told_(done, count, answer.case.name)
            yield number, answer


def _said(answer: Answered) -> str:
    if answer.outcome is None:
        return _("failed")
    if answer.known:
        return _("known")
    return f"{answer.outcome.ending.value}, {answer.outcome.seconds:.1f} s"


def _cluster(address: str) -> Runner:
    try:
        from rebalance.exploring.cluster import Cluster
    except ImportError:
        message = _("--on: a cluster needs Dask. Install it with: pip install 'rebalance[cluster]'")
        raise misused(message) from None
    return Cluster(address)
