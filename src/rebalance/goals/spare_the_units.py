"""Spare the units that are hit hardest: leximin of what is kept relative to what is needed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from rebalance.county.columns import Count
from rebalance.goals.goal import ALWAYS, BARE, AboutGoal, Leximin, LeximinVector, Ratio, Steps, leximin_vector
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.problem.working import HUNDRED
from rebalance.text import _


@dataclass(frozen=True)
class SpareTheUnits:
    """The unit that keeps least of what its work needs keeps as much as can be, then the next.

    Leximin over the units, at the end of the last year:

        kept share = Σ owned / needed

    Cutting is not free above: `positions.needed` says what a unit's work needs; where it does not say, today's size
    counts. Work a unit delegates is needed no more.

    Attributes:
        depth: only so many of the lowest distinct levels are settled, so that equals are treated alike; 0: every level

    References:
        A uniform percentage (按比例统一核减) treats units alike by size; this treats them alike by need.
    """

    depth: Count = 3

    def about(self) -> AboutGoal:
        """The title."""
        return AboutGoal(_("Spare the units"), BARE)

    def aim(self, model: Model) -> Leximin:
        """A share for each unit that needs anything."""
        problem = model.problem
        ratios = tuple(_ratio(model, unit) for unit in _needy(problem))
        return Leximin(ratios, depth=self.depth or None)

    def measure(self, plan: Plan) -> LeximinVector:
        """The lowest levels of kept over needed, with how many units stand at each."""
        problem = plan.problem
        shares = (
            Fraction(
                HUNDRED * sum(plan.owned(u, c, problem.last) for c in problem.held[u]), plan.needed(u, problem.last)
            )
            for u in _needy(problem)
        )
        return leximin_vector(shares, None, self.depth or None)

    def explain(self) -> str:
        """The goal in words."""
        return _("The unit that keeps least of what its work needs keeps the most that is possible, then the next.")


def _needy(problem: Problem) -> list[str]:
    return [unit for unit in problem.units if problem.needed(unit)]


def _ratio(model: Model, unit: str) -> Ratio:
    needed = model.needed(unit, model.problem.last)
    if needed.terms:
        return Ratio(_kept(model, unit), ((0, ALWAYS),), scale=Steps(HUNDRED), moving=needed)
    whole, rest = divmod(needed.constant, HUNDRED)
    if rest:
        return Ratio(_kept(model, unit), ((needed.constant, ALWAYS),), scale=Steps(HUNDRED))
    return Ratio(_kept(model, unit), ((whole, ALWAYS),))


def _kept(model: Model, unit: str) -> Linear:
    problem = model.problem
    return total(model.owned(unit, category, problem.last) for category in problem.held[unit])
