"""Make as few separate moves as can be: a plan that is easy to carry out."""

from __future__ import annotations

from dataclasses import dataclass

from rebalance.goals.goal import NONE, AboutGoal, Minimise, Slack
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.text import _


@dataclass(frozen=True)
class FewMoves:
    """The fewest entries in the schedule: a holder, a category and a year in which positions leave or arrive.

        minimise number of cells of cut and added that are not 0

    Attributes:
        slack: by how much later goals may worsen it

    References:
        A plan that is easy to carry out.
    """

    slack: Slack = NONE

    def about(self) -> AboutGoal:
        """The title and the unit."""
        return AboutGoal(_("Few moves"), _("moves: {count}"))

    def aim(self, model: Model) -> Minimise:
        """A 0/1 for every cell of cuts and additions, tied to it by the most it can be."""
        moves = (Linear({index: 1}) for cell, index in model.cells.items() if cell[0] in {"cut", "added"})
        return Minimise(total(_happens(model, amount) for amount in moves), self.slack)

    def measure(self, plan: Plan) -> int:
        """Every cut and every addition that is not nothing."""
        problem, verbs = plan.problem, {True: plan.cut, False: plan.added}
        accounts = [(h, c) for h, c in problem.accounts if h in problem.unit or h in problem.township]
        return sum(verbs[h in problem.unit](h, c, y) != 0 for h, c in accounts for y in problem.years)

    def explain(self) -> str:
        """The goal in words."""
        return _("The plan takes as few separate moves as possible.")


def _happens(model: Model, amount: Linear) -> Linear:
    most = model.tight_bounds(amount)[1]
    if most <= 0:
        return Linear()
    happens = model.variable(("move", *amount.terms), 0, 1)
    model.define(amount <= most * happens)
    return happens
