"""Hand down as many matters, or as much of their work, as the rest allows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rebalance.goals.goal import NONE, AboutGoal, Minimise, Slack
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.text import _, hundredths


class Counted(StrEnum):
    """What is counted: matters, or the hundredths of positions of work that go with them."""

    MATTERS = "matters"
    WORK = "work"


@dataclass(frozen=True)
class HandDownMatters:
    """As many matters, or as much of their work, are delegated as the rest allows.

    Over all townships and matters that may be delegated, at the end of the last year:

        minimise Σ (1 − delegated) × 1, or × the work of the matter there

    Attributes:
        count: whether matters count alike, or by their work
        slack: by how much later goals may worsen it

    References:
        赋权: 皖政〔2022〕112号, a base set and options (基本盘+自选).
    """

    count: Counted = Counted.MATTERS
    slack: Slack = NONE

    def about(self) -> AboutGoal:
        """The title and the unit: matters, or their work."""
        number = hundredths if self.count is Counted.WORK else str
        return AboutGoal(_("Hand down matters"), _("not delegated: {count}"), number)

    def aim(self, model: Model) -> Minimise:
        """Everything that could be delegated and is not."""
        last = model.problem.last
        weights = self._weights(model.problem)
        return Minimise(
            total((1 - model.delegated(*key, last)) * weight for key, weight in weights.items()), self.slack
        )

    def measure(self, plan: Plan) -> int:
        """The same sum, on the plan."""
        weights = self._weights(plan.problem).items()
        return sum(weight for key, weight in weights if not plan.delegated(*key, plan.problem.last))

    def explain(self) -> str:
        """The goal in words."""
        return _("As few matters as possible are left undelegated.")

    def _weights(self, problem: Problem) -> dict[tuple[str, str], int]:
        if self.count is Counted.WORK:
            return dict(problem.delegation.moved)
        return {(matter, township): 1 for matter in problem.delegation.matters for township in problem.townships}
