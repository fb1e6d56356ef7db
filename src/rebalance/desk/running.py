"""Where many cases run from Python, and who is told."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

from rebalance.desk.waiting import steps
from rebalance.exploring.answering import Answered, Keeping, answered
from rebalance.exploring.cases import Case
from rebalance.exploring.pool import Pool, cores
from rebalance.exploring.running import Here, Runner
from rebalance.fault import FaultsError
from rebalance.scenario import Scenario
from rebalance.words import _


def runner(scenarios: Sequence[Scenario], workers: int | None) -> Runner:
    """So many processes (None: as many as there are cores), or this one where a rule cannot be sent elsewhere."""
    processes = min(cores() if workers is None else workers, len(scenarios))
    if processes <= 1:
        return Here()
    bound = [kind.__name__ for one in scenarios for kind in one.own if _only_here(kind)]
    if bound:
        message = _("{names} can only be used in this process, so all cases run here. In a module it could be sent.")
        warnings.warn(message.format(names=", ".join(dict.fromkeys(bound))), stacklevel=4)
        return Here()
    return Pool(processes)


def keeping(store: Path | str | None) -> Keeping:
    """Where runs are kept; trouble with it costs nobody an answer."""
    return Keeping(None if store is None else Path(store), warn=_warn)


def answers(
    cases: Sequence[Case], workers: int | None, store: Path | str | None, *, quiet: bool
) -> Iterator[tuple[int, Answered]]:
    """Every answer as it comes."""
    coming = answered(cases, runner([case.scenario for case in cases], workers), keeping(store))
    return watched(coming, len(cases), quiet=quiet)


def watched(coming: Iterator[tuple[int, Answered]], count: int, *, quiet: bool) -> Iterator[tuple[int, Answered]]:
    """The same answers, with their progress."""
    with steps(quiet=quiet) as told:
        for done, (number, answer) in enumerate(coming, 1):
            told(done, count, answer.case.name)
            yield number, answer


def _only_here(kind: type) -> bool:
    """Whether another process could not find a class: written in a notebook, or inside a function."""
    return kind.__module__ == "__main__" or "." in kind.__qualname__


def _warn(error: FaultsError) -> None:
    warnings.warn(_("{problem} Runs are not kept there; nothing else is affected.").format(problem=error), stacklevel=2)
