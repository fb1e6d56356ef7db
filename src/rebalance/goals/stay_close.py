"""Stay as close as can be to a plan made before, so that differences come from the scenario and not from ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from rebalance.county.columns import Count, Ref
from rebalance.goals.goal import NONE, AboutGoal, Minimise, Slack
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.text import _


@dataclass(frozen=True, slots=True)
class Reference:
    """What a holder owns of a category at the end of the last year of the plan to stay close to.

    Attributes:
        holder: a unit, a township, or `reserve`
        category: the category
        owned: how many positions
    """

    holder: Annotated[str, Ref("holder")]
    category: Annotated[str, Ref("category")]
    owned: Count


@dataclass(frozen=True)
class StayClose:
    """The smallest sum of differences in positions owned at the end, holder by holder and category by category.

        minimise Σ |owned at the end − owned in the plan to stay close to|

    Differences between two scenarios then come from the scenarios and not from ties. Holders that `to` does not name
    are compared with what they own today.

    Attributes:
        to: what holders own in the plan to stay close to
        slack: by how much later goals may worsen it

    References:
        A decision once made (审定) is changed as little as need be.
    """

    to: tuple[Reference, ...] = ()
    slack: Slack = NONE

    def about(self) -> AboutGoal:
        """The title and the unit."""
        return AboutGoal(_("Stay close to a plan"), _("positions apart: {count}"))

    def aim(self, model: Model) -> Minimise:
        """A number no smaller than the difference, either way, for every account."""
        last = model.problem.last
        wanted = self._wanted(model.problem)
        return Minimise(
            total(_apart(model, model.owned(*key, last) - owned, key) for key, owned in wanted.items()), self.slack
        )

    def measure(self, plan: Plan) -> int:
        """The same sum, on the plan."""
        last = plan.problem.last
        return sum(abs(plan.owned(*key, last) - owned) for key, owned in self._wanted(plan.problem).items())

    def explain(self) -> str:
        """The goal in words."""
        return _("The plan stays as close as possible to the one it is compared with.")

    def _wanted(self, problem: Problem) -> dict[tuple[str, str], int]:
        named = {(row.holder, row.category): row.owned for row in self.to}
        return {key: named.get(key, problem.authorised(*key)) for key in problem.accounts}


def close_to(plan: Plan) -> StayClose:
    """The goal of staying close to a plan."""
    last = plan.problem.last
    return StayClose(tuple(Reference(*key, plan.owned(*key, last)) for key in plan.problem.accounts))


def _apart(model: Model, difference: Linear, key: tuple[str, str]) -> Linear:
    least, most = model.tight_bounds(difference)
    if least >= 0:
        return difference
    if most <= 0:
        return -difference
    apart = model.variable(("apart", *key), 0, max(-least, most))
    model.define(apart >= difference)
    model.define(apart >= -difference)
    return apart
