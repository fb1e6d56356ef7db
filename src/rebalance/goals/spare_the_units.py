"""Spare the units that are hit hardest: leximin of what is kept relative to what is needed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from rebalance.draft import Draft
from rebalance.goals.goal import ALWAYS, Key, Profile, WorstFirst, profile
from rebalance.linear import Linear, total
from rebalance.plan import Plan
from rebalance.problem import Problem
from rebalance.words import _


@dataclass(frozen=True)
class SpareTheUnits:
    """The unit that keeps least of what its work needs keeps as much as can be, then the next, `depth` levels deep.

    Cutting is not free above: `positions.needed` says what a unit's work needs (where it does not say, today's size).
    0: every level.
    """

    depth: int = 3

    def aim(self, draft: Draft) -> WorstFirst:
        """A share for each unit that needs anything."""
        problem = draft.problem
        keys = tuple(Key(_kept(draft, unit), ((problem.needed(unit), ALWAYS),)) for unit in _needy(problem))
        return WorstFirst(keys, depth=self.depth or None)

    def measure(self, plan: Plan) -> Profile:
        """The lowest levels of kept over needed, with how many units stand at each."""
        problem = plan.problem
        shares = (
            Fraction(sum(plan.owned(u, c, problem.last) for c in problem.held[u]), problem.needed(u))
            for u in _needy(problem)
        )
        return profile(shares, None, self.depth or None)

    def explain(self) -> str:
        """The goal in words."""
        return _("The unit that keeps least of what its work needs keeps the most that is possible, then the next.")


def _needy(problem: Problem) -> list[str]:
    return [unit for unit in problem.units if problem.needed(unit)]


def _kept(draft: Draft, unit: str) -> Linear:
    problem = draft.problem
    return total(draft.owned(unit, category, problem.last) for category in problem.held[unit])
