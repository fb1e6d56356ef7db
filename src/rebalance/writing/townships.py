"""What each township gets, and how much of its work is covered by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rich.console import RenderableType

from rebalance.plan import Plan, standing_still
from rebalance.words import _
from rebalance.work import WHOLE
from rebalance.writing.classes import class_name
from rebalance.writing.numbers import NOTHING, percent
from rebalance.writing.terminal import add, number, table, words


@dataclass(frozen=True, slots=True)
class Taker:
    """A township: its positions today and at the end, and what came with stations that were already sitting there."""

    township: str
    today: int
    after: int
    stations: int

    @property
    def new(self) -> int:
        """Positions that come from elsewhere; below zero: that go."""
        return self.after - self.today - self.stations


def takers(plan: Plan) -> list[Taker]:
    """Every township, in order of ids."""
    return [_taker(plan, township) for township in plan.problem.townships]


def _taker(plan: Plan, township: str) -> Taker:
    problem = plan.problem
    after = sum(plan.owned(township, category, problem.last) for category in problem.categories)
    stations = sum(plan.sunk(township, category, year) for category in problem.categories for year in problem.years)
    return Taker(township, problem.size(township), after, stations)


def coverage_today(still: Plan, township: str) -> Fraction | None:
    """Coverage in the plan that changes nothing; None where nobody has said who is placed where, or without work."""
    problem = still.problem
    known = problem.county.placed or problem.work.places[township] == (WHOLE,)
    year = problem.years[0]
    return still.coverage(township, year) if known and still.work(township, year) else None


def shares(plan: Plan) -> dict[str, tuple[Fraction | None, Fraction | None]]:
    """Coverage of each township today and at the end; None where nobody knows it, or there is no work."""
    still, last = standing_still(plan.problem), plan.problem.last
    return {
        township: (
            coverage_today(still, township),
            plan.coverage(township, last) if plan.work(township, last) else None,
        )
        for township in plan.problem.townships
    }


def townships(plan: Plan) -> Iterator[RenderableType]:
    """A row for each township, at the end of the last year beside today, and their sum.

    What is new here is told apart from stations, whose people were already sitting here.
    """
    made = table(
        _("Townships"),
        words(_("township")),
        words(_("class")),
        number(_("today")),
        number(_("new\nhere")),
        number(_("was sit-\nting here")),
        number(str(plan.problem.last)),
        number(_("covered\ntoday")),
        number(_("covered\n{year}").format(year=plan.problem.last)),
        number(_("by staff\nin post")),
        number(_("unplaced")),
    )
    still = standing_still(plan.problem)
    for township in plan.problem.townships:
        add(
            made,
            plan.problem.name(township),
            class_name(plan.problem.class_of(township)),
            *_figures(plan, still, (township,)),
        )
    made.add_section()
    add(made, _("together"), "", *_figures(plan, still, plan.problem.townships), style="bold")
    yield made


def unplaced(plan: Plan, township: str, year: int) -> int:
    """Positions a township owns that are in none of its agencies; 0 where its work is not given by agency."""
    problem = plan.problem
    if not problem.agencies or problem.work.places[township] == (WHOLE,):
        return 0
    owned = sum(plan.owned(township, category, year) for category in problem.categories)
    return owned - sum(plan.placed(township, a, c, year) for a in problem.agencies for c in problem.categories)


def _figures(plan: Plan, still: Plan, those: Sequence[str]) -> tuple[str, ...]:
    problem, last = plan.problem, plan.problem.last
    found = [_taker(plan, township) for township in those]
    rest = sum(unplaced(plan, township, last) for township in those)
    known = all(problem.county.placed or problem.work.places[t] == (WHOLE,) for t in those)
    return (
        str(sum(one.today for one in found)),
        _more(sum(one.new for one in found)),
        _more(sum(one.stations for one in found)),
        str(sum(one.after for one in found)),
        _share(still, those, problem.years[0], Plan.coverage) if known else NOTHING,
        _share(plan, those, last, Plan.coverage),
        _share(plan, those, last, Plan.staffed),
        str(rest or NOTHING),
    )


def _more(count: int) -> str:
    return f"{count:+}" if count else NOTHING


def _share(plan: Plan, those: Sequence[str], year: int, share: Callable[[Plan, str, int], Fraction]) -> str:
    """A share of the work of several townships, each counting by the work it has."""
    work = {township: plan.work(township, year) for township in those}
    total = sum(work.values())
    done = sum(needs * share(plan, township, year) for township, needs in work.items())
    return percent(done / Fraction(total)) if total else NOTHING
