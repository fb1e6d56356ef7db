"""Solve, while somebody may watch or stop it."""

from __future__ import annotations

from pathlib import Path

from rebalance import scenario as core
from rebalance.desk.outcome import Outcome
from rebalance.desk.running import keeping
from rebalance.desk.shown import recast
from rebalance.desk.waiting import watching
from rebalance.exploring.cases import Case
from rebalance.solving import lexicographic
from rebalance.solving.progress import Progress


def solve(
    scenario: core.Scenario,
    *,
    limit: float | None = None,
    workers: int = 1,
    seed: int = 0,
    progress: Progress | None = None,
    store: Path | str | None = None,
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
        quiet: tell nobody.
    """
    case, kept = Case(scenario.name, scenario, limit), keeping(store)
    if (known := kept.known(case)) and known.outcome:
        return recast(known.outcome, Outcome)
    with watching(scenario.goals, quiet=quiet or progress is not None) as watch:
        told = progress or watch
        found = lexicographic.solve(scenario, limit=limit, workers=workers, seed=seed, progress=told)
    kept.keep(case, found, None)
    return recast(found, Outcome)
