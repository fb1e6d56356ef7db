"""What a plan comes to in a dozen figures, worked out once for whichever paper says them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from rebalance.plan import Plan, standing_still
from rebalance.writing.townships import coverage_today


@dataclass(frozen=True, slots=True)
class Worst:
    """The lowest coverage, and the township that has it."""

    share: Fraction
    township: str


@dataclass(frozen=True, slots=True)
class Totals:
    """Positions and the holders that give or receive any; people; the reserve and coverage before and after."""

    given: int
    givers: int
    received: int
    receivers: int
    stations: int
    along: int
    hired: int
    reserve: tuple[int, int] | None
    today: Worst | None
    after: Worst | None
    together: Fraction | None


def totals(plan: Plan) -> Totals:
    """Work them out."""
    problem, last = plan.problem, plan.problem.last
    gives, takes = ([abs(sum_) for sum_ in _grown(plan, side) if sum_] for side in (problem.units, problem.townships))
    busy = [township for township in problem.townships if plan.work(township, last)]
    still = standing_still(problem)
    today = {township: coverage_today(still, township) for township in busy}
    work = sum(plan.work(township, last) for township in busy)
    return Totals(
        given=sum(gives),
        givers=len(gives),
        received=sum(takes),
        receivers=len(takes),
        stations=sum(plan.sunk(t, c, y) for t in problem.townships for c in problem.categories for y in problem.years),
        along=_counted(plan, "moved_out"),
        hired=_counted(plan, "hired"),
        reserve=(_reserve(plan, problem.today), _reserve(plan, last)) if problem.reserves else None,
        today=_worst({township: share for township, share in today.items() if share is not None}),
        after=_worst({township: plan.coverage(township, last) for township in busy}),
        together=Fraction(sum(plan.covered(township, last) for township in busy), work) if work else None,
    )


def _grown(plan: Plan, holders: Sequence[str]) -> list[int]:
    problem = plan.problem
    return [sum(plan.owned(h, c, problem.last) for c in problem.categories) - problem.size(h) for h in holders]


def _counted(plan: Plan, verb: str) -> int:
    return sum(number for (said, *_ids), number in plan.decided.items() if said == verb)


def _reserve(plan: Plan, year: int) -> int:
    return sum(plan.reserve(category, year) for category in plan.problem.reserves)


def _worst(shares: dict[str, Fraction]) -> Worst | None:
    if not shares:
        return None
    township = min(shares, key=lambda one: (shares[one], one))
    return Worst(shares[township], township)
