"""`rebalance solve SCENARIO --out DIR`: the best lawful plan, with its proof."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from rebalance.analysis.cases import Answered, Case
from rebalance.analysis.sweep import Line, Sweep
from rebalance.analysis.sweep_cases import Point, line
from rebalance.api.progress import progress, steps
from rebalance.cli import output as tables
from rebalance.cli.approve import refuse_approved
from rebalance.cli.options import fresh_option, limit_option, quiet_option, store_option, whole
from rebalance.cli.output import DONE, NO, NO_TIME, PLAN, STOPPED, show, told, writable
from rebalance.cli.running import from_store, keep, known
from rebalance.cli.verb import Verb, json_option, path_argument
from rebalance.fault import Fault, FaultsError, gathered
from rebalance.files import file_names, seen_from, write
from rebalance.plans.audit import Audit, audit
from rebalance.plans.file import outcome_to_json, written
from rebalance.plans.outcome import Certificate, Ending, Opinion, Outcome
from rebalance.scenario.read import parted, read_layers, read_scenario
from rebalance.scenario.scenario import Scenario
from rebalance.solver.certificate import Judged, certified, certify
from rebalance.tables.outcome import outcome_report
from rebalance.tables.proof import DISAGREEMENT
from rebalance.text import _

CERTIFICATE = "certificate.json"
LEAST = 60.0
"""Seconds that a second opinion may take at least; it may take as long as the solve took."""


def opinions(outcome: Outcome, out: Path, *, quiet: bool) -> Outcome:
    """The outcome with its certificate, and without any proof that is disputed."""
    with steps(quiet=quiet) as told:
        judged = certify(outcome, max(LEAST, outcome.seconds), told)
    found = certified(outcome, judged)
    for one in judged:
        if one.verdict.opinion is Opinion.DISAGREES:
            _keep(found, one, out)
    if found.certificate is not None:
        write(out / CERTIFICATE, written(_plain(found.certificate)))
    return found


def _keep(outcome: Outcome, one: Judged, out: Path) -> None:
    """The question as both solvers have it, and the plan that should not be."""
    folder = out / DISAGREEMENT
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in one.models.items():
        write(folder / f"{one.verdict.rank}-{name}", text)
    if one.better is not None:
        goals = tuple(
            replace(result, value=goal.measure(one.better), bound=None, proven=False, conditional=rank > 1)
            for rank, (goal, result) in enumerate(zip(outcome.scenario.goals, outcome.goals, strict=False), 1)
        )
        text = outcome_to_json(replace(outcome, plan=one.better, goals=goals, unique=False, certificate=None))
        write(folder / f"{one.verdict.rank}-plan.json", text)


def _plain(found: Certificate) -> dict[str, Any]:
    goals = [{"rank": one.rank, "goal": one.goal, "opinion": one.opinion.value} for one in found.verdicts]
    return {"certified": found.certified, "verdicts": goals}


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
        show(outcome_report(done.outcome, done.checks))
    said(done, out, settings)
    return done.code


def carried(file: Path, out: Path, settings: Settings) -> Carried:
    """Read, solve, write and audit."""
    scenario = read_scenario(file)
    package = read_layers(file)[0].beside("county")
    refuse_approved(out / PLAN, settings.store)
    scenario = replace(scenario, county_path=seen_from(writable(out), package))
    before = remembered(scenario, settings)
    outcome = certified_if_asked(before or solved(scenario, settings), out, settings)
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
    from rebalance.solver.lexicographic import solve

    limit, workers, seed = settings.time_limit, settings.workers, settings.seed
    with (
        heard(signal.SIGTERM, lambda *_said: signal.raise_signal(signal.SIGINT)),
        progress(scenario.goals, quiet=settings.quiet) as watch,
    ):
        return solve(scenario, limit=limit, workers=workers, seed=seed, progress=watch)


def certified_if_asked(outcome: Outcome, out: Path, settings: Settings) -> Outcome:
    """The outcome after a second solver has had its say, if it is asked and has not been before."""
    if not settings.certify or outcome.certificate is not None:
        return outcome

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


def carry_out_all(files: Sequence[Path], out: Path, settings: Settings, *, as_json: bool) -> int:
    """Each scenario into a folder of its own; the gravest exit code.

    Raises:
        FaultsError: with what is wrong with any of them, before anything is solved.
    """
    _read(files)
    done: dict[str, Carried] = {}
    for name, file in _folders(files).items():
        if not settings.quiet:
            told(f"{len(done) + 1}/{len(files)} {name}", DONE)
        done[name] = carried(file, out / name, settings)
        said(done[name], out / name, settings)
        if done[name].code == STOPPED:
            break
    _show(done, as_json=as_json)
    if len(done) < len(files):
        told(_("Stopped: {done} of {count} scenarios were begun.").format(done=len(done), count=len(files)), STOPPED)
    return max(one.code for one in done.values())


def _read(files: Sequence[Path]) -> None:
    faults: list[Fault] = []
    for file in files:
        with gathered(faults):
            read_scenario(file)
    if faults:
        raise FaultsError(list(dict.fromkeys(faults)))


def _folders(files: Sequence[Path]) -> dict[str, Path]:
    """A name for the folder of each: the file's, the variant's where all are of one family, or both."""
    alone = len({parted(file)[0] for file in files}) == 1
    labels = {_label(file, alone=alone): file for file in files}
    return {name: labels[label] for label, name in file_names(labels).items()}


def _label(file: Path, *, alone: bool) -> str:
    path, variant = parted(file)
    if path == file:
        return path.stem
    return variant if alone else f"{path.stem}-{variant}"


def _show(done: dict[str, Carried], *, as_json: bool) -> None:
    if as_json:
        texts = (f"{json.dumps(name, ensure_ascii=False)}: {one.text.strip()}" for name, one in done.items())
        sys.stdout.write("{\n" + ",\n".join(texts) + "\n}\n")
    else:
        tables.put([Sweep(tuple(map(_line, done.values()))).overview()], "table")


def _line(one: Carried) -> Line:
    scenario = one.outcome.scenario
    answer = Answered(Case(str(scenario), scenario), one.outcome, run=one.run)
    return line(Point(str(scenario), {}, scenario), answer)


def command() -> click.Command:
    """The verb."""
    about = _(
        "Find the best lawful plan of a scenario, prove it, and write DIR/plan.json. Of a folder of scenarios, or a"
        " file with variants, each is solved, into a folder of its own below DIR."
        " Ctrl-C stops and keeps the best plan so far. What has been solved before is taken from the store of runs."
    )
    short = _("Find the best lawful plan, and prove it.")
    out = click.Option(
        ["--out"],
        type=click.Path(path_type=Path),
        metavar="DIR",
        required=True,
        help=_("Folder for plan.json; made if need be."),
    )
    certify = click.Option(
        ["--certify"],
        is_flag=True,
        help=_("Ask a second solver whether every proof is right; its answer goes to DIR/certificate.json."),
    )
    kept = (store_option(), fresh_option())
    params = (
        path_argument("scenario", _("A scenario file, or a folder of them; FILE#NAME is one of its variants.")),
        out,
        *settings(),
        certify,
        *kept,
        json_option(),
    )
    return Verb("solve", solve, *params, about=about, short=short)


def settings() -> tuple[click.Option, ...]:
    """How to solve: named after the fields of `Settings`."""
    workers = _("Threads of the solver (default: 1).")
    seed = _("Another way to search (default: 0); the plan is the same.")
    return (
        limit_option(),
        click.Option(["--workers"], callback=whole(1, 512), metavar="N", default="1", help=workers),
        click.Option(["--seed"], callback=whole(0, 2**31 - 1), metavar="N", default="0", help=seed),
        quiet_option(),
    )


def solve(scenario: Path, out: Path, as_json: bool, **settings: Any) -> int:  # noqa: ANN401  # as above
    """Read, solve, write, report."""
    from rebalance.cli.compare import each

    how, files = Settings(**settings), each(str(scenario))
    if len(files) > 1 or scenario.is_dir():
        return carry_out_all([Path(file) for file in files], out, how, as_json=as_json)
    return carry_out(scenario, out, how, as_json=as_json)
