"""Spare the units that are hit hardest: leximin of what they can use relative to what they need."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from rebalance.county.columns import Count
from rebalance.goals.goal import ALWAYS, BARE, AboutGoal, Leximin, LeximinVector, Ratio, Steps, leximin_vector
from rebalance.model.finding import Place
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.working import HUNDRED
from rebalance.text import _


@dataclass(frozen=True)
class SpareTheUnits:
    """The unit that can use least of what its work needs can use as much as can be, then the next.

    Leximin over the units, at the end of the last year:

        kept share = (Σ owned − dispatched + borrowed) / needed

    Cutting is not free above: `positions.needed` says what a unit's work needs; where it does not say, today's size
    counts. Nor is dispatching: whom a unit dispatches, it cannot use; whom it borrows, it can. What leaves with its
    work is no loss: the positions of a station that has gone are neither owned nor needed, and the hours of matters
    that the unit has delegated are needed no more. A unit that needs nothing is left out.

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
        ratios = (_ratio(model, unit) for unit in model.problem.units if model.problem.needed(unit))
        return Leximin(tuple(ratio for ratio in ratios if ratio), depth=self.depth or None)

    def measure(self, plan: Plan) -> LeximinVector:
        """The lowest levels of used over needed, with how many units stand at each."""
        problem, last = plan.problem, plan.problem.last
        needed = {unit: plan.needed(unit, last) for unit in problem.units}
        shares = []
        for unit in (unit for unit in problem.units if needed[unit]):
            used = sum(plan.used(unit, c, last) + plan.lent(unit, c, last) for c in problem.categories)
            shares.append(Fraction(HUNDRED * used, needed[unit]))
        return leximin_vector(shares, None, self.depth or None)

    def explain(self) -> str:
        """The goal in words."""
        return _("The unit that can use least of what its work needs can use the most that is possible, then the next.")


def _ratio(model: Model, unit: str) -> Ratio | None:
    """The share of a unit; None where the rules leave it nothing to do."""
    needed, kept = model.needed(unit, model.problem.last), _kept(model, unit)
    if needed.terms:
        # A unit may dispatch more than it has left: where nothing is needed any more, that is no share below zero.
        idle, lacking = _idle(model, unit, needed), max(0, -model.tight_bounds(kept)[0])
        return Ratio(kept + idle * lacking, ((0, ALWAYS),), scale=Steps(HUNDRED), moving=needed, left_out=idle)
    whole, rest = divmod(needed.constant, HUNDRED)
    if rest:
        return Ratio(kept, ((needed.constant, ALWAYS),), scale=Steps(HUNDRED))
    return Ratio(kept, ((whole, ALWAYS),)) if whole else None


def _idle(model: Model, unit: str, needed: Linear) -> Linear:
    """1 when all that a unit does has gone with its stations."""
    least, most = model.tight_bounds(needed)
    if least > 0:
        return Linear()
    idle, here = model.variable(("idle", unit), 0, 1), Place(unit)
    model.define(needed <= most - most * idle, here)
    model.define(needed >= 1 - idle, here)
    return idle


def _kept(model: Model, unit: str) -> Linear:
    problem, last = model.problem, model.problem.last
    return total(
        part
        for category in problem.categories
        for part in (
            model.owned(unit, category, last),
            model.sent(unit, category, last),
            model.lent(unit, category, last),
        )
    )
