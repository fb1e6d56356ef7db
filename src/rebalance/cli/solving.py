"""What `solve` and `demo` do: read a scenario, solve it, keep the plan, say what came of it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rebalance.audit import Audit, audit
from rebalance.cli.answers import show
from rebalance.cli.files import PLAN, writable
from rebalance.cli.kept import from_store, keep, known
from rebalance.cli.signing import refuse_approved
from rebalance.cli.trouble import DONE, NO, NO_TIME, STOPPED, told
from rebalance.outcome import Ending, Outcome
from rebalance.reading.layers import read_layers
from rebalance.reading.scenario import read_scenario
from rebalance.record.outcome import outcome_to_json
from rebalance.scenario import Scenario
from rebalance.words import _
from rebalance.writing.files import seen_from, write
from rebalance.writing.outcome import report
from rebalance.writing.progress import progress


@dataclass(frozen=True, slots=True)
class Settings:
    """How to solve."""

    time_limit: float | None = None
    workers: int = 1
    seed: int = 0
    quiet: bool = False
    certify: bool = False
    fresh: bool = False
    store: Path | None = None


@dataclass(frozen=True)
class Carried:
    """A scenario carried out: what came of it, its run, its text, and the audit.

    `trouble` says why its plan could not be written.
    """

    outcome: Outcome
    run: int | None
    text: str
    checks: Audit | None
    trouble: str = ""

    @property
    def code(self) -> int:
        """The exit code."""
        if self.trouble:
            return NO
        if self.outcome.ending is Ending.INTERRUPTED:
            return STOPPED
        if self.checks is None:
            return NO_TIME if self.outcome.ending is Ending.OUT_OF_TIME else NO
        return DONE if self.checks.lawful and not self.checks.mismatches else NO


def carry_out(file: Path, out: Path, settings: Settings, *, as_json: bool = False) -> int:
    """Everything from the scenario file to the exit code."""
    done = carried(file, out, settings)
    if as_json:
        sys.stdout.write(done.text)
    else:
        show(report(done.outcome, done.checks))
    said(done, out, settings)
    return done.code


def carried(file: Path, out: Path, settings: Settings) -> Carried:
    """Read, solve, write and audit."""
    scenario = read_scenario(file)
    package = read_layers(file)[0].beside("county")
    refuse_approved(out / PLAN, settings.store)
    scenario = replace(scenario, county_path=seen_from(writable(out), package))
    before = remembered(scenario, settings)
    outcome = certified(before or solved(scenario, settings), out, settings)
    text, trouble = saved(outcome, out)
    new = settings.store is not None and outcome is not before
    run = keep(outcome, settings.time_limit, text, settings.store) if new and settings.store else None
    checks = audit(scenario, outcome.plan, outcome.goals) if outcome.plan is not None else None
    return Carried(outcome, run, text, checks, trouble)


def remembered(scenario: Scenario, settings: Settings) -> Outcome | None:
    """The answer to the same question, if it has been asked before."""
    if settings.fresh or settings.store is None:
        return None
    found = known(scenario, settings.time_limit, settings.store)
    if found is not None and not settings.quiet:
        told(from_store(found[0], settings.store), DONE)
    return None if found is None else found[1]


def solved(scenario: Scenario, settings: Settings) -> Outcome:
    """The outcome, with the progress on stderr. Being ended keeps the best plan, just as being stopped."""
    from rebalance.solving.lexicographic import solve

    limit, workers, seed = settings.time_limit, settings.workers, settings.seed
    with (
        heard(signal.SIGTERM, lambda *_said: signal.raise_signal(signal.SIGINT)),
        progress(scenario.goals, quiet=settings.quiet) as watch,
    ):
        return solve(scenario, limit=limit, workers=workers, seed=seed, progress=watch)


def certified(outcome: Outcome, out: Path, settings: Settings) -> Outcome:
    """The outcome after a second solver has had its say, if it is asked and has not been before."""
    if not settings.certify or outcome.certificate is not None:
        return outcome
    from rebalance.cli.certifying import opinions

    return opinions(outcome, out, quiet=settings.quiet)


def saved(outcome: Outcome, out: Path) -> tuple[str, str]:
    """The outcome as JSON, its plan written, however often Ctrl-C was pressed; and what kept it from being written."""
    with heard(signal.SIGINT, signal.SIG_IGN):
        text = outcome_to_json(outcome)
        try:
            if outcome.plan is not None:
                write(out / PLAN, text)
        except OSError as error:
            return text, error.strerror or type(error).__name__
    return text, ""


@contextmanager
def heard(number: signal.Signals, handler: Callable[..., object] | signal.Handlers) -> Iterator[None]:
    """Let a signal be handled like this for a while."""
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)


def said(done: Carried, out: Path, settings: Settings) -> None:
    """Say where the plan is; that it could not be written, also to those who want it quiet."""
    if done.trouble:
        told(_unwritten(out / PLAN, done), NO)
    elif not settings.quiet:
        told(_kept(done.outcome, out / PLAN, done.run), DONE)


def _unwritten(file: Path, done: Carried) -> str:
    """What to do about a plan that is on the screen only, or in the store only."""
    if done.run is None:
        message = _("{file}: the plan could not be written ({problem}). Make room, or name another folder.")
    else:
        message = _(
            "{file}: the plan could not be written ({problem}). It is kept as run {run}:"
            " rebalance runs {run} --export DIR writes it elsewhere."
        )
    return message.format(file=file, problem=done.trouble, run=done.run)


def _kept(outcome: Outcome, file: Path, run: int | None) -> str:
    """Where the plan is, and under what number; without one, whether an older one lies in its place."""
    if outcome.plan is not None and run is not None:
        return _("The plan is in {file}, and kept as run {run}.").format(file=file, run=run)
    if outcome.plan is not None:
        return _("The plan is in {file}.").format(file=file)
    if file.exists():
        return _("No plan was written; {file} is from an earlier run.").format(file=file)
    return _("No plan was written.")
