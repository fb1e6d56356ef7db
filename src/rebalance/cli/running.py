"""Where the cases of a command run, where their answers are kept, and what is shown meanwhile."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from rebalance.analysis.alternatives import measured
from rebalance.analysis.cases import Answered, Keeping
from rebalance.analysis.runners import Here, Pool, Runner, cores
from rebalance.cli.output import DONE, EXIT_CODES, NO_TIME, Drawn, aloud, answer, misused, show, told, writable
from rebalance.fault import FaultsError
from rebalance.files import seen_from, write, write_bytes
from rebalance.goals.goal import Goal
from rebalance.model.plan import Plan
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.recorded import outcome_to_json
from rebalance.plans.runs import Run
from rebalance.plans.store import opened
from rebalance.scenario.read import read_layers, read_scenario
from rebalance.scenario.scenario import Scenario
from rebalance.screen import Screen, on_screen
from rebalance.solver.engine import Progress, Silent
from rebalance.table import FORMATS, Table
from rebalance.tables.progress import Plain, steps
from rebalance.text import _

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
    for done, (number, one) in enumerate(answers, 1):
        solved += not one.known
        said = f"{done}/{count} {one.case.name}: {_said(one)}"
        if solved and done < count:
            left = (time.monotonic() - start) / solved * (count - done)
            said += _("; about {seconds} s left").format(seconds=f"{left:.0f}")
        screen.lines([said])
        yield number, one


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
        from rebalance.analysis.cluster import Cluster
    except ImportError:
        message = _("--on: a cluster needs Dask. Install it with: pip install 'rebalance[cluster]'")
        raise misused(message) from None
    return Cluster(address)


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants the answer."""

    as_: str = "table"
    as_json: bool = False
    quiet: bool = False
    out: Path | None = None

    def progress(self, goals: Sequence[Goal]) -> Progress:
        """Lines about goals on stderr, or nothing."""
        return Silent() if self.quiet else Plain(goals, Screen(sys.stderr))

    def say(self, sentence: str) -> None:
        """A line on stderr while people wait."""
        if not self.quiet:
            told(sentence, DONE)

    def answer(self, said: Iterable[RenderableType], sheets: Sequence[Table], plain: dict[str, Any]) -> None:
        """Sentences and tables for people, or one of the formats for programs."""
        if self.as_json or self.as_ == "json":
            answer(plain)
        elif self.as_ in FORMATS:
            sys.stdout.write(FORMATS[self.as_](sheets))
        else:
            show([*said, *map(on_screen, sheets)])

    def draw(self, file: Path, made: Callable[[], Drawn]) -> None:
        """Make a picture and write it."""
        with aloud():
            content = made().content(file.suffix)
        write_bytes(file, content)
        self.say(_("The picture is in {file}.").format(file=file))

    def keep(self, scenario: Scenario, plans: dict[str, Plan]) -> None:
        """Write each plan as a file of its own, which claims nothing about its goals."""
        if self.out is None or not plans:
            return
        for name, plan in plans.items():
            write(self.out / f"{name}.json", outcome_to_json(measured(scenario, plan)))
        self.say(_("Plans written to {folder}: {count}.").format(folder=self.out, count=len(plans)))


def read(file: Path, out: Path | None) -> Scenario:
    """The scenario; where plans are to be written, it knows the way from there to its county."""
    scenario = read_scenario(file)
    if out is None:
        return scenario
    return replace(scenario, county_path=seen_from(writable(out), read_layers(file)[0].beside("county")))


def verdict(ending: Ending, *, found: bool) -> int:
    """The exit code."""
    if found and ending is not Ending.INTERRUPTED:
        return DONE
    return NO_TIME if ending is Ending.DONE else EXIT_CODES[ending]


def known(scenario: Scenario, limit: float | None, store: Path) -> tuple[Run, Outcome] | None:
    """The answer from the store, where there is one."""
    if not store.exists():
        return None
    try:
        with opened(store) as found:
            return found.answer(scenario, limit)
    except FaultsError:  # told when the new run is to be kept there
        return None


def keep(outcome: Outcome, limit: float | None, text: str, store: Path) -> int | None:
    """Keep a run, and give its number; where that cannot be, say so and go on."""
    try:
        with opened(store) as found:
            return found.add(outcome, limit, text)
    except FaultsError as error:
        message = _("{problem} The run is not kept there; the plan itself is not affected.")
        told(message.format(problem=error), DONE)
        return None


def from_store(run: Run, store: Path) -> str:
    """Says that nothing was solved."""
    message = _("Already solved, as run {run} in {file} ({made} UTC). With --fresh it is solved again.")
    return message.format(run=run.id, file=store, made=run.made[:16].replace("T", " "))
