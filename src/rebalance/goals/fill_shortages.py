"""Leave as little work undone as can be, over all townships."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from rebalance.county.columns import Count, Ref
from rebalance.goals.goal import NONE, AboutGoal, Minimise, Slack
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.text import _, hundredths


@dataclass(frozen=True, slots=True)
class Weight:
    """How many times a township's shortage counts.

    Attributes:
        township: the township
        weight: a whole number
    """

    township: Annotated[str, Ref("township")]
    weight: Count


@dataclass(frozen=True)
class FillShortages:
    """The smallest total shortage, in hundredths of positions, at the end of the last year.

    Over all townships, with a weight of 1 where none is given:

        minimise Σ weight × (work − covered work)

    Attributes:
        weights: how many times the shortage of a township counts
        slack: by how much later goals may worsen it

    References:
        Efficiency beside fairness: 万鹏飞、刘伟 (2017) set the two apart for shares of positions.
    """

    weights: tuple[Weight, ...] = ()
    slack: Slack = NONE

    def about(self) -> AboutGoal:
        """The title and the unit."""
        return AboutGoal(_("Fill shortages"), _("positions short: {count}"), hundredths)

    def aim(self, model: Model) -> Minimise:
        """The weighted sum of what is needed and not covered."""
        problem = model.problem
        weight = self._weight(problem)
        return Minimise(
            total(w * (model.work(t, problem.last) - model.covered(t, problem.last)) for t, w in weight.items()),
            self.slack,
        )

    def measure(self, plan: Plan) -> int:
        """The same sum, on the plan."""
        problem = plan.problem
        weight = self._weight(problem)
        return sum(w * (plan.work(t, problem.last) - plan.covered(t, problem.last)) for t, w in weight.items())

    def explain(self) -> str:
        """The goal in words."""
        return _("As little work as possible is left undone, over all townships.")

    def _weight(self, problem: Problem) -> dict[str, int]:
        return dict.fromkeys(problem.townships, 1) | {row.township: row.weight for row in self.weights}
