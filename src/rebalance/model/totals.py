"""What a plan comes to in all: who gives and who receives, people, the reserve, and how much work is covered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from rebalance.model.plan import Plan, status_quo
from rebalance.problem.problem import Problem
from rebalance.problem.work import WHOLE


def size(plan: Plan, holder: str) -> int:
    """Positions a holder owns at the end, over all categories."""
    problem = plan.problem
    return sum(plan.owned(holder, category, problem.last) for category in problem.held.get(holder, ()))


def staff(plan: Plan, holder: str) -> int:
    """Staff a holder has in post at the end, over all categories."""
    problem = plan.problem
    return sum(plan.in_post(holder, category, problem.last) for category in problem.held.get(holder, ()))


def grown(plan: Plan, holder: str) -> int:
    """By how much a holder is larger at the end than today; below zero: it gives."""
    return size(plan, holder) - plan.problem.size(holder)


def sunk(plan: Plan, holder: str) -> int:
    """Positions that come to a township with stations, over all years; below zero: that leave a unit."""
    problem = plan.problem
    return sum(plan.sunk(holder, c, year) for c in problem.held.get(holder, ()) for year in problem.years)


def gains(plan: Plan, holders: Iterable[str], sign: int = 1) -> list[int]:
    """What each of the holders that are larger at the end gains; with a sign of -1, what those that give lose."""
    changes = (sign * grown(plan, holder) for holder in holders)
    return [change for change in changes if change > 0]


def granted(plan: Plan, categories: Iterable[str], sign: int = 1) -> int:
    """Positions of these categories granted to the county over all years; with a sign of -1, those given back."""
    changes = (sign * plan.granted(category, year) for category in categories for year in plan.problem.years)
    return sum(change for change in changes if change > 0)


def people(plan: Plan, verb: str) -> int:
    """All people of whom the same is decided, such as `hired`, over all years."""
    return sum(number for (said, *_ids), number in plan.decided.items() if said == verb)


def staff_below(plan: Plan, year: int) -> int:
    """Staff whom the townships have in post at the end of a year."""
    below = (account for account in plan.problem.accounts if account[0] in plan.problem.township)
    return sum(plan.in_post(*account, year) for account in below)


def planned(problem: Problem, year: int) -> int:
    """The most people that the hiring plan allows in a year: of a category the county's row counts, if there is one."""
    rows = [problem.hiring.get((category, year), {}) for category in problem.categories]
    return sum(row[""] if "" in row else sum(row.values()) for row in rows)


def reserve(plan: Plan, year: int) -> int:
    """The county's reserve at the end of a year."""
    return sum(plan.reserve(category, year) for category in plan.problem.reserves)


def open_agencies(plan: Plan, year: int) -> int:
    """Agencies that are open at the end of a year."""
    problem = plan.problem
    return sum(plan.open(township, agency, year) for township in problem.townships for agency in problem.agencies)


def busy(plan: Plan) -> list[str]:
    """Townships that have work at the end, of their own or delegated to them."""
    problem = plan.problem
    return [township for township in problem.townships if plan.work(township, problem.last)]


def work(plan: Plan, townships: Iterable[str], year: int) -> int:
    """Hundredths of positions the work of several townships needs."""
    return sum(plan.work(township, year) for township in townships)


def covered(plan: Plan, townships: Iterable[str], year: int) -> int:
    """Hundredths of positions of work of several townships that are served."""
    return sum(plan.covered(township, year) for township in townships)


def is_known(plan: Plan, township: str) -> bool:
    """Whether anybody has said who is placed where today, as far as the work of the township asks for it."""
    problem = plan.problem
    return bool(problem.county.placed) or problem.work.places[township] == (WHOLE,)


def coverage_today(still: Plan, township: str) -> Fraction | None:
    """Coverage in the plan that changes nothing; None where nobody has said who is placed where, or without work."""
    year = still.problem.years[0]
    return still.coverage(township, year) if is_known(still, township) and still.work(township, year) else None


@dataclass(frozen=True, slots=True)
class Worst:
    """The lowest coverage, and the township that has it."""

    share: Fraction
    township: str


@dataclass(frozen=True, slots=True)
class Totals:
    """What a plan comes to.

    Positions and the holders that give or receive any; people; positions and staff below, the reserve and coverage,
    each before and after; how many the hiring plan allows (None: there is none); positions that
    come to the county from above (`granted`) and that leave it (`given_back`).
    """

    given: int
    givers: int
    received: int
    receivers: int
    stations: int
    granted: int
    given_back: int
    along: int
    hired: int
    planned: int | None
    below: tuple[int, int]
    staffed: tuple[int, int]
    reserve: tuple[int, int] | None
    today: Worst | None
    after: Worst | None
    together: Fraction | None


def totals(plan: Plan) -> Totals:
    """Work them out."""
    problem, last, those = plan.problem, plan.problem.last, busy(plan)
    gives, takes = gains(plan, problem.units, -1), gains(plan, problem.townships)
    still = status_quo(problem)
    today = {township: coverage_today(still, township) for township in those}
    needed = work(plan, those, last)
    return Totals(
        given=sum(gives),
        givers=len(gives),
        received=sum(takes),
        receivers=len(takes),
        stations=sum(sunk(plan, township) for township in problem.townships),
        granted=granted(plan, problem.categories),
        given_back=granted(plan, problem.categories, -1),
        along=people(plan, "moved_out"),
        hired=people(plan, "hired"),
        planned=sum(planned(problem, year) for year in problem.years) if problem.county.hiring else None,
        below=(sum(map(problem.size, problem.townships)), sum(size(plan, one) for one in problem.townships)),
        staffed=(staff_below(plan, problem.today), staff_below(plan, last)),
        reserve=(reserve(plan, problem.today), reserve(plan, last)) if problem.reserves else None,
        today=worst(today),
        after=worst({township: plan.coverage(township, last) for township in those}),
        together=Fraction(covered(plan, those, last), needed) if needed else None,
    )


def worst(shares: Mapping[str, Fraction | None]) -> Worst | None:
    """The lowest of the shares that are known; None where none is."""
    known = ((share, township) for township, share in shares.items() if share is not None)
    lowest = min(known, default=None)
    return Worst(*lowest) if lowest else None
