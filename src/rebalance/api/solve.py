"""`solve`: the best lawful plan of a scenario, kept in a store of runs and written down where that is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rebalance.analysis.cases import Answered, Case, Keeping
from rebalance.analysis.sweep import Line, Sweep
from rebalance.analysis.sweep_cases import Point, line
from rebalance.api.approval import is_approved
from rebalance.api.progress import progress as shown
from rebalance.api.progress import steps, watching
from rebalance.api.run import keeping
from rebalance.api.scenario import read_with
from rebalance.fault import Fault, FaultsError, gathered
from rebalance.files import NotWritableError, file_names, seen_from
from rebalance.filing import Filing, NotOwnError
from rebalance.plans.file import written
from rebalance.plans.outcome import Outcome
from rebalance.plans.reached import DISAGREEMENT, Certificate, Opinion
from rebalance.plans.recorded import outcome_to_json
from rebalance.plans.runs import Run
from rebalance.plans.store import DEFAULT
from rebalance.scenario.read import parted, read_layers, read_scenario
from rebalance.scenario.scenario import Scenario
from rebalance.solver import lexicographic
from rebalance.solver.certificate import Judged, certified, certify
from rebalance.solver.engine import Clock, Progress, heeding
from rebalance.table import Table
from rebalance.text import _

__all__ = ["Run", "Solved", "Solving", "certify_into", "folders", "overview", "solve"]

PLAN, CERTIFICATE = "plan.json", "certificate.json"

LEAST = 60.0
"""Seconds that a second opinion may take at least; it may take as long as the solve took."""


def solve(
    scenario: Scenario,
    *,
    limit: float | None = None,
    workers: int = 1,
    seed: int = 0,
    progress: Progress | None = None,
    store: Path | str | None = None,
    fresh: bool = False,
    quiet: bool = False,
) -> Outcome:
    """The best lawful plan of a scenario, with a proof for every goal, within `limit` seconds in all.

    Without a limit it takes as long as it takes. Out of time, or stopped with Ctrl-C or a notebook's stop button, the
    best plan found so far is kept: `ending` says so, and `reached()` which goals are proven.

    Args:
        scenario: what is asked.
        limit: seconds in all.
        workers: threads of the solver; one is mostly the fastest.
        seed: another way to search; the plan is the same.
        progress: who is told of goals as they are solved (none: whoever looks at the notebook or terminal).
        store: a file in which runs are kept, and found again: what is known already is not solved.
        fresh: solve it even if it is known.
        quiet: tell nobody.
    """
    kept = keeping(store, fresh=fresh)
    if known := kept.found(scenario, limit):
        return known[1]
    with watching(scenario.goals, quiet=quiet or progress is not None) as watch:
        found = lexicographic.solve(scenario, limit=limit, workers=workers, seed=seed, progress=progress or watch)
    kept.keep(found, limit, None)
    return found


@dataclass(frozen=True)
class Solved:
    """A scenario solved and written down: the outcome, its text, where it lies, its run.

    `unwritten` says why there is no file; `stopped` that somebody asked to stop, at whatever moment. `file` is another
    one than was asked for where something came to lie there meanwhile that is not written over.
    """

    outcome: Outcome
    text: str
    file: Path
    run: int | None = None
    unwritten: str = ""
    stopped: bool = False

    @property
    def sound(self) -> bool:
        """Whether there is a plan, written down, and the audit agrees with it."""
        outcome = self.outcome
        return not self.unwritten and outcome.plan is not None and outcome.checks.sound


@dataclass(frozen=True, kw_only=True)
class Solving:
    """How a scenario file is solved into a folder, and who is told of a known answer and of trouble with the store."""

    limit: float | None = None
    workers: int = 1
    seed: int = 0
    certify: bool = False
    fresh: bool = False
    force: bool = False
    store: Path | None = None
    quiet: bool = False
    known: Callable[[Run, Path], object] = lambda _run, _store: None
    trouble: Callable[[FaultsError], object] = lambda _error: None

    def solve(self, file: Path, out: Path) -> Solved:
        """Read, solve or find again, ask a second solver where that is wanted, write `plan.json`, keep the run.

        Raises:
            FaultsError: with every fault found in the scenario files and in the county.
            NotWritableError: nothing can be written there, or what is there is not written over.
        """
        scenario = read_scenario(file)
        package = read_layers(file)[0].beside("county")
        filing = Filing(self.force, read_with(file))
        if is_approved(out / PLAN, self.store or DEFAULT):
            raise NotOwnError(out / PLAN, _("an approved plan is there (got {value}). Name another folder."))
        scenario = replace(scenario, county_path=seen_from(filing.ready(out / PLAN), package))
        known = Keeping(self.store, self.fresh).found(
            scenario, self.limit
        )  # trouble is told when the run is to be kept
        if known and self.store:
            self.known(known[0], self.store)
        before = known[1] if known else None
        clock = Clock()
        with heeding(clock, patience=None):  # who solves or certifies heeds it closely; what they found is written down
            found = before or self._solved(scenario)
            if self.certify and found.certificate is None and not clock.interrupted:
                found = certify_into(found, out, quiet=self.quiet)
            text, to, unwritten = outcome_to_json(found), out / PLAN, ""
            try:
                if found.plan is not None:
                    to = filing.put_aside(to, text)
            except NotWritableError as error:
                unwritten = error.problem
            run = Keeping(self.store, warn=self.trouble).keep(found, self.limit, text) if found is not before else None
        return Solved(found, text, to, run, unwritten, clock.interrupted)

    def _solved(self, scenario: Scenario) -> Outcome:
        """Solved now; how far it is stands in lines that stay, as whoever solves files may look later."""
        with shown(scenario.goals, quiet=self.quiet) as told:
            return lexicographic.solve(scenario, limit=self.limit, workers=self.workers, seed=self.seed, progress=told)


def certify_into(outcome: Outcome, out: Path, *, quiet: bool = False) -> Outcome:
    """The outcome with the opinion of a second solver, and without any proof that is disputed.

    The opinion goes to `certificate.json` in the folder; where the solvers differ, so do the models of both.
    """
    with steps(quiet=quiet) as told:
        judged = certify(outcome, max(LEAST, outcome.seconds), told)
    found = certified(outcome, judged)
    for one in judged:
        if one.verdict.opinion is Opinion.DISAGREES:
            _save_dispute(found, one, out / DISAGREEMENT)
    if found.certificate is not None:
        Filing().put_aside(out / CERTIFICATE, written(_plain(found.certificate)))
    return found


def folders(files: Sequence[Path]) -> dict[str, Path]:
    """A name for the folder of each scenario: the file's, the variant's where all are of one family, or both.

    Raises:
        FaultsError: with what is wrong with any of them, before anything is solved.
    """
    faults: list[Fault] = []
    for file in files:
        with gathered(faults):
            read_scenario(file)
    if faults:
        raise FaultsError(list(dict.fromkeys(faults)))
    alone = len({parted(file)[0] for file in files}) == 1
    labels = {_label(file, alone=alone): file for file in files}
    return {name: labels[label] for label, name in file_names(labels).items()}


def _label(file: Path, *, alone: bool) -> str:
    path, variant = parted(file)
    if path == file:
        return path.stem
    return variant if alone else f"{path.stem}-{variant}"


def overview(solved: Iterable[Solved]) -> Table:
    """What came of several scenarios, a row each."""
    return Sweep(tuple(map(_line, solved))).overview()


def _line(one: Solved) -> Line:
    scenario = one.outcome.scenario
    answer = Answered(Case(str(scenario), scenario), one.outcome, run=one.run)
    return line(Point(str(scenario), {}, scenario), answer)


def _save_dispute(outcome: Outcome, one: Judged, folder: Path) -> None:
    """The question as both solvers have it, and the plan that should not be."""
    for name, text in one.models.items():
        Filing().put_aside(folder / f"{one.verdict.rank}-{name}", text)
    if one.better is not None:
        goals = tuple(
            replace(result, value=goal.measure(one.better), bound=None, proven=False, conditional=rank > 1)
            for rank, (goal, result) in enumerate(zip(outcome.scenario.goals, outcome.goals, strict=False), 1)
        )
        text = outcome_to_json(replace(outcome, plan=one.better, goals=goals, unique=None, certificate=None))
        Filing().put_aside(folder / f"{one.verdict.rank}-plan.json", text)


def _plain(found: Certificate) -> dict[str, Any]:
    goals = [{"rank": one.rank, "goal": one.goal, "opinion": one.opinion.value} for one in found.verdicts]
    return {"certified": found.certified, "verdicts": goals}
