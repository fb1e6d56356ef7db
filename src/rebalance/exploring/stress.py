"""How plans fare when figures turn out differently: one plan in every case, or the best plan of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from rebalance.audit import audit
from rebalance.exploring.cases import Case, Solved, solved
from rebalance.exploring.running import Lost, Runner
from rebalance.exploring.strain import spread
from rebalance.goals.canonical import Canonical
from rebalance.outcome import Ending
from rebalance.plan import Plan, plan_of
from rebalance.scenario import Scenario

PERCENTS = (0, 10, 50, 90, 100)
"""Of a distribution these are shown: the worst, one in ten, the middle, nine in ten, the best."""


@dataclass(frozen=True, slots=True)
class Fared:
    """How a plan does in one case: coverage at the end by township (those with work), and the rules it breaks.

    `found` is False where there is no plan for the case; `proven` says whether that, or that the plan is the best of
    the case, has been shown (a plan made for another case proves nothing).
    """

    name: str
    coverage: Mapping[str, Fraction]
    broken: tuple[str, ...] = ()
    found: bool = True
    proven: bool = False

    @property
    def worst(self) -> Fraction:
        """The coverage of the worst-off township; 1 where none has work."""
        return min(self.coverage.values(), default=Fraction(1))


@dataclass(frozen=True)
class Stressed:
    """A plan as it was meant, and how it, or the best plan of each case, does in all of them.

    `stopped`: somebody did not wait for the others.
    """

    meant: Fared
    cases: tuple[Fared, ...]
    stopped: bool = False

    @property
    def found(self) -> tuple[Fared, ...]:
        """The cases that have a plan."""
        return tuple(case for case in self.cases if case.found)

    @property
    def worst(self) -> Fared | None:
        """The case in which the worst-off township is worst off."""
        return min(self.found, key=lambda case: case.worst, default=None)

    def coverage(self, township: str) -> tuple[Fraction, ...]:
        """A township's coverage in every case in which it has work."""
        return tuple(case.coverage[township] for case in self.found if township in case.coverage)

    def spread(self, township: str) -> tuple[Fraction, ...]:
        """Its coverage at the ends, a tenth in from them, and in the middle; empty where it never has work."""
        found = self.coverage(township)
        return tuple(spread(found, percent) for percent in PERCENTS) if found else ()

    def at_risk(self, floor: Fraction | None = None) -> Mapping[str, int]:
        """In how many cases a township falls below a floor, most often first (none: the worst coverage meant)."""
        least = self.meant.worst if floor is None else floor
        below = Counter(t for case in self.found for t, share in case.coverage.items() if share < least)
        return dict(sorted(below.items(), key=lambda item: (-item[1], item[0])))

    def breaking(self) -> Mapping[str, int]:
        """In how many cases a rule is broken, most often first."""
        counts = Counter(rule for case in self.cases for rule in case.broken)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def fared(case: Scenario, plan: Plan) -> Fared:
    """How a plan does in a case: what was decided stays, the books are kept with the case's figures."""
    kept = plan_of(case.problem, plan.decided)
    townships = (township for township in case.problem.townships if kept.work(township, case.problem.last))
    coverage = {township: kept.coverage(township, case.problem.last) for township in townships}
    broken = dict.fromkeys(rule for rule, _finding in audit(case, kept).broken)
    return Fared(case.name, coverage, tuple(broken))


def judged(scenario: Scenario, plan: Plan, cases: Iterable[Scenario]) -> Stressed:
    """How one plan does in every case."""
    return Stressed(fared(scenario, plan), tuple(fared(case, plan) for case in cases))


def solved_anew(
    meant: Fared,
    cases: Sequence[Scenario],
    runner: Runner,
    *,
    limit: float | None = None,
    told: Callable[[int], None] = lambda _number: None,
) -> Stressed:
    """How the best plan of each case does in it, beside how one is meant to.

    Each case may take `limit` seconds; `told` hears how many are done. Ctrl-C keeps those.
    """
    found: dict[int, Fared] = {}
    jobs = [Case(case.name, _any_of_the_best(case), limit) for case in cases]
    stopped = False
    try:
        for number, answer in runner.run(solved, jobs):
            found[number] = _best(cases[number], answer)
            told(len(found))
    except KeyboardInterrupt:
        stopped = True
    return Stressed(meant, tuple(found[number] for number in sorted(found)), stopped)


def _any_of_the_best(case: Scenario) -> Scenario:
    """Which of the best plans it is makes no difference to how the goals fare."""
    return replace(case, goals=tuple(goal for goal in case.goals if not isinstance(goal, Canonical)))


def _best(case: Scenario, answer: Solved | Lost) -> Fared:
    outcome = None if isinstance(answer, Lost) else answer.outcome
    if outcome is not None and outcome.ending is Ending.INTERRUPTED:
        raise KeyboardInterrupt
    if outcome is None or outcome.plan is None:
        return Fared(case.name, {}, found=False, proven=outcome is not None and outcome.ending is Ending.IMPOSSIBLE)
    return replace(fared(case, outcome.plan), proven=outcome.proven)
