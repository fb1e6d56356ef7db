"""Fill the positions below: as few without a person as can be."""

from __future__ import annotations

from dataclasses import dataclass

from rebalance.goals.goal import NONE, AboutGoal, Minimise, Slack
from rebalance.model.finding import Place
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.text import _


@dataclass(frozen=True)
class FillVacancies:
    """The fewest positions in townships that nobody is in, at the end of the last year.

    Over all townships and categories:

        minimise Σ max(0, owned − in post)

    They are filled by people who are hired, as far as the yearly plan goes (`hiring.most`), and by people who go along
    with their position (`positions.willing`). After the goals that send positions down: before them it would rather
    send none.

    Attributes:
        slack: by how much later goals may worsen it

    References:
        The reform: 编制下沉 and 人员下沉 go together; a position without a person does no work (空编).
    """

    slack: Slack = NONE

    def about(self) -> AboutGoal:
        """The title and the unit."""
        return AboutGoal(_("Fill vacancies"), _("positions unfilled below: {count}"))

    def aim(self, model: Model) -> Minimise:
        """A number for each township and category, at or above what is owned and not filled."""
        problem, year, unfilled = model.problem, model.problem.last, []
        for township in problem.townships:
            for category in problem.held.get(township, ()):
                vacant = model.owned(township, category, year) - model.in_post(township, category, year)
                most = max(0, model.bounds(vacant)[1])
                number = model.variable(("unfilled", township, category, year), 0, most)
                model.define(number >= vacant, Place(township, category=category, year=year))
                unfilled.append(number)
        return Minimise(total(unfilled), self.slack)

    def measure(self, plan: Plan) -> int:
        """The same sum, on the plan."""
        problem = plan.problem
        below = (account for account in problem.accounts if account[0] in problem.township)
        return sum(max(0, plan.vacant(*account, problem.last)) for account in below)

    def explain(self) -> str:
        """The goal in words."""
        return _("As few positions as possible in townships are without a person.")
