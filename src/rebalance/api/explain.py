"""Why a scenario has no plan, and the cheapest ways out, in one call."""

from __future__ import annotations

from collections.abc import Mapping

from rebalance.analysis.correction_sets import CorrectionSets, UnknownWeightError, known_weights
from rebalance.analysis.explanation import FILE, NO_REPAIRS, Explanation
from rebalance.scenario.scenario import Scenario
from rebalance.solver.engine import Clock, as_far_as_it_came, heeding
from rebalance.solver.feasible import Feasible

__all__ = ["UnknownWeightError", "explain"]


def explain(
    scenario: Scenario,
    *,
    clashes: int = 1,
    repairs: int = 3,
    weigh: Mapping[str, int] | None = None,
    limit: float | None = None,
    file: str = FILE,
) -> Explanation:
    """Which rules of an impossible scenario cannot hold together, and the cheapest repairs, each verified by solving.

    What is law is never blamed and never repaired.

    Args:
        scenario: the scenario that has no plan.
        clashes: so many clashes at most.
        repairs: so many repairs at most.
        weigh: how many times a change of a rule, a table or one of their numbers counts (0: never change it).
        limit: seconds in all.
        file: where the scenario stands: what a repair as a scenario file extends.

    Raises:
        ValueError: a weight is given to neither a rule nor a table.
    """
    weights, clock = known_weights(scenario, weigh or {}), Clock(limit)
    found, cheapest = None, NO_REPAIRS
    with heeding(clock), as_far_as_it_came(clock):
        found = Feasible(clock).clashes(scenario, clashes)
        if found and repairs:
            cheapest = CorrectionSets(scenario, Feasible(clock), weights).repairs(repairs)
    possible = None if found is None else not found
    return Explanation(scenario, possible, tuple(found or ()), cheapest, file, clock.interrupted)
