"""The best plan of each case, solved anew: beside it shows what a plan that is kept gives away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rebalance.analysis.cases import Case, Solved, solved
from rebalance.analysis.runners import Lost, Runner
from rebalance.analysis.stress import About, Fared, Stress, fared
from rebalance.goals.canonical import Canonical
from rebalance.plans.outcome import Ending
from rebalance.scenario.scenario import Scenario


def solved_anew(
    about: About,
    cases: Sequence[Scenario],
    runner: Runner,
    *,
    limit: float | None = None,
    told: Callable[[int], None] = lambda _number: None,
) -> Stress:
    """How the best plan of each case does in it, beside how the one asked about is meant to.

    Each case may take `limit` seconds; `told` hears how many are done. Ctrl-C keeps those.

    Raises:
        NoPlanError: there is no plan to set beside them.
    """
    meant, found = fared(about.scenario, about.plan), dict[int, Fared]()
    jobs = [Case(case.name, _any_of_the_best(case), limit) for case in cases]
    stopped = False
    try:
        for number, answer in runner.run(solved, jobs):
            found[number] = _best(cases[number], answer)
            told(len(found))
    except KeyboardInterrupt:
        stopped = True
    return Stress(about, meant, tuple(found[number] for number in sorted(found)), stopped)


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
