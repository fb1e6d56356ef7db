"""Touch as few units as can be."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from rebalance.goals.goal import NONE, AboutGoal, Minimise, Slack
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.text import _


@dataclass(frozen=True)
class FewUnitsTouched:
    """The fewest units that give anything at all, stations included, over all years.

        minimise number of units with Σ cut + stations handed down ≥ 1

    Attributes:
        slack: by how much later goals may worsen it

    References:
        A plan that is easy to carry out: every unit that gives is a document to issue.
    """

    slack: Slack = NONE

    def about(self) -> AboutGoal:
        """The title and the unit."""
        return AboutGoal(_("Few units touched"), _("units: {count}"))

    def aim(self, model: Model) -> Minimise:
        """A 0/1 for each unit that can be cut, tied to its cuts by what the unit can give."""
        return Minimise(total(_touched(model, unit) for unit in model.problem.units), self.slack)

    def measure(self, plan: Plan) -> int:
        """Units that lose a position in any year."""
        problem = plan.problem
        years = (problem.today, *problem.years)
        return sum(
            any(plan.owned(u, c, a) != plan.owned(u, c, b) for c in problem.held.get(u, ()) for a, b in pairwise(years))
            for u in problem.units
        )

    def explain(self) -> str:
        """The goal in words."""
        return _("As few units as possible have to give anything.")


def _touched(model: Model, unit: str) -> Linear:
    """1 when the unit gives anything at all.

    It is tied to the cuts category by category and in sum, by the most that can be cut there: the closer that bound,
    the closer the linear relaxation, and the shorter the proof.
    """
    problem = model.problem
    touched = model.variable(("touched", unit), 0, 1)
    for year in problem.years:
        given = [total(model.cut(unit, c, y) for y in problem.years if y <= year) for c in problem.held.get(unit, ())]
        for amount in (*given, total(given)):
            model.define(amount <= model.tight_bounds(amount)[1] * touched)
    for row in (row for row in problem.county.stations if row.unit == unit and row.authorised):
        model.define(model.handed(row.station, problem.last) <= touched)
    return touched
