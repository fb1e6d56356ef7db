"""Move as few people as can be: vacancies and retirements first, willing people last."""

from __future__ import annotations

from dataclasses import dataclass

from rebalance.draft import Draft
from rebalance.goals.goal import Least
from rebalance.linear import total
from rebalance.plan import Plan
from rebalance.words import _


@dataclass(frozen=True)
class FewPeopleMoved:
    """The fewest people who go down with their position, over all years."""

    def aim(self, draft: Draft) -> Least:
        """Everybody who leaves a unit."""
        problem = draft.problem
        return Least(
            total(draft.moved_out(u, c, y) for u in problem.units for c in problem.categories for y in problem.years)
        )

    def measure(self, plan: Plan) -> int:
        """Everybody who leaves a unit, counted on the plan."""
        return sum(count for (verb, *_ids), count in plan.decided.items() if verb == "moved_out")

    def explain(self) -> str:
        """The goal in words."""
        return _("As few people as possible have to move.")
