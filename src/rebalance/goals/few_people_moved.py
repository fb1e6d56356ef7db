"""Move as few people as can be: vacancies and retirements first, willing people last."""

from __future__ import annotations

from dataclasses import dataclass

from rebalance.goals.goal import NONE, AboutGoal, Minimise, Slack
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.text import _


@dataclass(frozen=True)
class FewPeopleMoved:
    """The fewest people who go down with their position, or go home from where they are borrowed, over all years.

        minimise Σ moved out of units + people who have gone home by the last year

    Stations take their people along and are not counted.

    Attributes:
        slack: by how much later goals may worsen it

    References:
        The reform's principle that nobody is forced out (不硬减人): vacancies and retirements first, willing people
        last.
    """

    slack: Slack = NONE

    def about(self) -> AboutGoal:
        """The title and the unit."""
        return AboutGoal(_("Few people moved"), _("people: {count}"))

    def aim(self, model: Model) -> Minimise:
        """Everybody who leaves a unit (stations take their people along and are not counted)."""
        problem = model.problem
        units, categories, years = problem.units, problem.categories, problem.years
        moved = (model.moved_out(u, c, y) for u in units for c in categories for y in years)
        back = (
            row.staff - model.borrowed(row.township, row.unit, row.category, problem.last)
            for row in problem.county.borrowed
        )
        return Minimise(total((*moved, *back)), self.slack)

    def measure(self, plan: Plan) -> int:
        """Everybody who leaves a unit, counted on the plan."""
        moved = sum(count for (verb, *_ids), count in plan.decided.items() if verb == "moved_out")
        lent, last = plan.problem.county.borrowed, plan.problem.last
        return moved + sum(row.staff - plan.borrowed(row.township, row.unit, row.category, last) for row in lent)

    def explain(self) -> str:
        """The goal in words."""
        return _("As few people as possible have to move.")
