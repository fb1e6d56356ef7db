"""Cases answered: from the store where they have been solved before, else solved, and kept as each comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rebalance.exploring.cases import Case, Solved, recorded, solved
from rebalance.exploring.running import Lost, Runner
from rebalance.fault import FaultsError
from rebalance.outcome import Outcome
from rebalance.store import opened
from rebalance.store.restoring import key_of


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
    warn: Callable[[FaultsError], None] = lambda _error: None

    def known(self, case: Case) -> Answered | None:
        """The answer to the same question asked before."""
        if self.store is None or self.fresh or not self.store.exists():
            return None
        try:
            with opened(self.store) as store:
                found = store.answer(case.scenario, case.limit)
        except FaultsError as error:
            self.warn(error)
            return None
        return None if found is None else Answered(case, found[1], run=found[0].id, known=True)

    def keep(self, case: Case, outcome: Outcome, text: str | None) -> int | None:
        """The number of the run, now that it is kept; None where it is not."""
        if self.store is None:
            return None
        try:
            with opened(self.store) as store:
                return store.add(outcome, case.limit, text)
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
    return Answered(case, outcome, run=keeping.keep(case, outcome, answer.text))


def _same(case: Case, found: Answered) -> Answered:
    """The answer to an equal question, under this case's name."""
    outcome = found.outcome and replace(found.outcome, scenario=case.scenario)
    return replace(found, case=case, outcome=outcome, known=True)
