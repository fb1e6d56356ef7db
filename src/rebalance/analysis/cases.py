"""One scenario to be solved, wherever that may be, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rebalance.analysis.runners import Lost, Runner
from rebalance.fault import FaultsError
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.recorded import outcome_to_json
from rebalance.plans.runs import Run
from rebalance.plans.store import key_of, opened
from rebalance.problem.problem import Problem
from rebalance.scenario.scenario import Scenario
from rebalance.solver.lexicographic import solve


@dataclass(frozen=True)
class Case:
    """A scenario, and how many seconds it may take in all; the model is built where it is solved."""

    name: str
    scenario: Scenario
    limit: float | None = None

    def __getstate__(self) -> tuple[str, Scenario, float | None]:
        """What is sent elsewhere: only what was said, nothing that was worked out from it."""
        said = self.scenario
        bare = replace(said, problem=Problem(said.problem.county), changes=dict(said.changes))
        return self.name, bare, self.limit

    def __setstate__(self, state: tuple[str, Scenario, float | None]) -> None:
        """What has been sent."""
        for name, value in zip(("name", "scenario", "limit"), state, strict=True):
            object.__setattr__(self, name, value)


@dataclass(frozen=True)
class Solved:
    """What came of a case: an outcome, or the trouble that kept it from being solved; `plan.json`, where asked for."""

    outcome: Outcome | None
    trouble: str = ""
    text: str | None = None

    @property
    def interrupted(self) -> bool:
        """Whether somebody stopped it, so that it should be done again."""
        return self.outcome is not None and self.outcome.ending is Ending.INTERRUPTED


def solved(case: Case) -> Solved:
    """Solve a case; whatever goes wrong is an answer too, so that one case does not end all others."""
    return _answered(case, lambda _outcome: None)


def recorded(case: Case) -> Solved:
    """The same, and written down: audited where it is solved, not by whoever waits for the answer."""
    return _answered(case, outcome_to_json)


def _answered(case: Case, write: Callable[[Outcome], str | None]) -> Solved:
    try:
        outcome = solve(case.scenario, limit=case.limit)
        text = write(outcome)
    except FaultsError as error:
        return Solved(None, str(error))
    except Exception as error:  # noqa: BLE001  # told in the case's row
        return Solved(None, " ".join(f"{type(error).__name__}: {error}".split()))
    bare = replace(outcome.scenario, changes=dict(outcome.scenario.changes))
    return Solved(replace(outcome, scenario=bare), text=text)


@dataclass(frozen=True)
class Answered:
    """A case with what came of it: an outcome or the trouble there was, and the number of its run, where kept."""

    case: Case
    outcome: Outcome | None
    trouble: str = ""
    run: int | None = None
    known: bool = False


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where runs are kept (None: nowhere), whether old ones count, and who is told of trouble with the store."""

    store: Path | None = None
    fresh: bool = False
    warn: Callable[[FaultsError], object] = lambda _error: None

    def found(self, scenario: Scenario, limit: float | None) -> tuple[Run, Outcome] | None:
        """The run of the same question asked before, and its answer."""
        if self.store is None or self.fresh or not self.store.exists():
            return None
        try:
            with opened(self.store) as store:
                return store.answer(scenario, limit)
        except FaultsError as error:
            self.warn(error)
            return None

    def known(self, case: Case) -> Answered | None:
        """The answer to the same question asked before."""
        found = self.found(case.scenario, case.limit)
        return None if found is None else Answered(case, found[1], run=found[0].id, known=True)

    def keep(self, outcome: Outcome, limit: float | None, text: str | None) -> int | None:
        """The number of the run, now that it is kept; None where it is not."""
        if self.store is None:
            return None
        try:
            with opened(self.store) as store:
                return store.add(outcome, limit, text)
        except FaultsError as error:
            self.warn(error)
            return None


NOWHERE = Keeping()
"""Solve everything, keep nothing."""


def answered(cases: Sequence[Case], runner: Runner, keeping: Keeping = NOWHERE) -> Iterator[tuple[int, Answered]]:
    """Every case with its number, those known first, the others as they come; equal questions are solved once.

    Raises:
        KeyboardInterrupt: somebody stopped a case that was being solved here.
    """
    alike: dict[tuple[object, ...], list[int]] = {}
    for number, case in enumerate(cases):
        if found := keeping.known(case):
            yield number, found
        else:
            alike.setdefault((key_of(case.scenario), case.scenario.own, case.limit), []).append(number)
    firsts = [numbers[0] for numbers in alike.values()]
    groups = list(alike.values())
    work = solved if keeping.store is None else recorded
    for place, answer in runner.run(work, [cases[number] for number in firsts]):
        first, *others = groups[place]
        found = _kept(cases[first], answer, keeping)
        yield first, found
        yield from ((number, _same(cases[number], found)) for number in others)


def _kept(case: Case, answer: Solved | Lost, keeping: Keeping) -> Answered:
    if isinstance(answer, Lost):
        return Answered(case, None, answer.why)
    if answer.interrupted:
        raise KeyboardInterrupt
    if answer.outcome is None:
        return Answered(case, None, answer.trouble)
    outcome = replace(answer.outcome, scenario=case.scenario)
    return Answered(case, outcome, run=keeping.keep(outcome, case.limit, answer.text))


def _same(case: Case, found: Answered) -> Answered:
    """The answer to an equal question, under this case's name."""
    outcome = found.outcome and replace(found.outcome, scenario=case.scenario)
    return replace(found, case=case, outcome=outcome, known=True)
