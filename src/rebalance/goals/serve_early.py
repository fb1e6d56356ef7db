"""Serve as much work as can be already in the years before the last."""

from __future__ import annotations

from dataclasses import dataclass

from rebalance.goals.goal import NONE, AboutGoal, Minimise, Slack
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.text import _, hundredths


@dataclass(frozen=True)
class ServeEarly:
    """The smallest shortage, in hundredths of positions, added up over the years before the last.

        minimise Σ (work − covered work), over all townships and all years but the last

    Attributes:
        slack: by how much later goals may worsen it

    References:
        The other goals look at the end; without this one a plan might leave everything to the last year.
    """

    slack: Slack = NONE

    def about(self) -> AboutGoal:
        """The title and the unit."""
        return AboutGoal(_("Serve early"), _("positions short: {count}"), hundredths)

    def aim(self, model: Model) -> Minimise:
        """What is needed and not covered in the earlier years: what serves one of them seldom costs another."""
        problem = model.problem
        early = [(t, y) for t in problem.townships for y in problem.years[:-1]]
        short = {key: model.work(*key) - model.covered(*key) for key in early}
        years = (total(short[t, y] for t in problem.townships) for y in problem.years[:-1])
        return Minimise(total(short.values()), self.slack, tuple(years))

    def measure(self, plan: Plan) -> int:
        """The same sum, on the plan."""
        problem = plan.problem
        early = [(t, y) for y in problem.years[:-1] for t in problem.townships]
        return sum(plan.work(t, y) - plan.covered(t, y) for t, y in early)

    def explain(self) -> str:
        """The goal in words."""
        return _("As little work as possible is left undone in the years before the last.")
