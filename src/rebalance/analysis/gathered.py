"""The outcomes of scenarios, wherever they are solved; what goals leave open may be settled near the first plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from rebalance.analysis.cases import Answered, Case
from rebalance.goals.stay_close import StayClose, close_to
from rebalance.model.plan import Plan
from rebalance.plans.outcome import Outcome, scenario_of
from rebalance.scenario.scenario import Scenario


def close(scenario: Scenario, reference: Plan) -> Scenario:
    """The scenario with one more goal, after all that choose: as near as can be to the reference."""
    goal, accounts = close_to(reference), set(scenario.problem.accounts)
    return scenario.but(replace(goal, to=tuple(row for row in goal.to if (row.holder, row.category) in accounts)))


def as_asked(outcome: Outcome, scenario: Scenario) -> Outcome:
    """What came of a scenario so changed, under the scenario as it was: the goal that only settled ties left out."""
    pairs = zip(outcome.scenario.goals, outcome.goals, strict=False)
    goals = tuple(result for goal, result in pairs if goal in scenario.goals or not isinstance(goal, StayClose))
    return replace(outcome, scenario=scenario, goals=goals)


Solving = Callable[[Sequence[Case]], Iterable[tuple[int, Answered]]]
"""Solves cases, and gives each answer with the number of its case."""


@dataclass(frozen=True)
class Gathered:
    """The outcomes by their number among what was asked for, and the answers that are none."""

    outcomes: dict[int, Outcome]
    failed: tuple[Answered, ...]

    @property
    def in_order(self) -> list[Outcome]:
        """The outcomes as they were asked for."""
        return [self.outcomes[number] for number in sorted(self.outcomes)]


def gathered(those: Sequence[Scenario | Outcome], solving: Solving, limit: float | None) -> Gathered:
    """The outcome of each; each scenario may take `limit` seconds."""
    outcomes = {number: one for number, one in enumerate(those) if isinstance(one, Outcome)}
    left = {number: one for number, one in enumerate(those) if isinstance(one, Scenario)}
    failed: list[Answered] = []
    for place, answer in solving([Case(one.name, one, limit) for one in left.values()]):
        if answer.outcome is None:
            failed.append(answer)
        else:
            outcomes[list(left)[place]] = answer.outcome
    return Gathered(outcomes, tuple(failed))


def gathered_close(those: Sequence[Scenario | Outcome], solving: Solving, limit: float | None) -> Gathered:
    """The same, what the goals leave open settled as close to the first plan as can be.

    Where the first has no plan, nothing else is solved.
    """
    first = gathered(those[:1], solving, limit)
    reference = first.outcomes[0].plan if first.outcomes else None
    if reference is None:
        return first
    near = [close(one, reference) if isinstance(one, Scenario) else one for one in those[1:]]
    rest = gathered(near, solving, limit)
    found = {number + 1: as_asked(one, scenario_of(those[number + 1])) for number, one in rest.outcomes.items()}
    return Gathered(first.outcomes | found, first.failed + rest.failed)
