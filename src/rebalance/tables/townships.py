"""What each township gets, and how much of its work is covered by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from rebalance.model.plan import Plan, status_quo
from rebalance.model.totals import coverage_today, covered, is_known, size, sunk, work
from rebalance.problem.work import WHOLE
from rebalance.table import Cell, Column, Kind, Look, Table, code, count, figure, table_of, text_column
from rebalance.tables.coverage import COVERED, share_of
from rebalance.tables.demand import class_name
from rebalance.text import _


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
    problem = plan.problem
    return [Taker(one, problem.size(one), size(plan, one), sunk(plan, one)) for one in problem.townships]


def shares(plan: Plan) -> dict[str, tuple[Fraction | None, Fraction | None]]:
    """Coverage of each township today and at the end; None where nobody knows it, or there is no work."""
    still, last = status_quo(plan.problem), plan.problem.last
    return {
        township: (
            coverage_today(still, township),
            plan.coverage(township, last) if plan.work(township, last) else None,
        )
        for township in plan.problem.townships
    }


def unplaced(plan: Plan, township: str, year: int) -> int:
    """Positions a township owns that are in none of its agencies; 0 where its work is not given by agency."""
    problem = plan.problem
    if not problem.agencies or problem.work.places[township] == (WHOLE,):
        return 0
    owned = sum(plan.owned(township, category, year) for category in problem.categories)
    return owned - sum(plan.placed(township, a, c, year) for a in problem.agencies for c in problem.categories)


def townships(plan: Plan) -> Table:
    """Owned, used, needed and covered, at the end of the last year beside today.

    What is new here is told apart from stations, whose people were already sitting here.
    """
    still, last = status_quo(plan.problem), plan.problem.last
    return table_of(
        "townships",
        _("Townships: positions and the work they cover"),
        _columns(last),
        [_township(plan, still, one) for one in takers(plan)],
        _("Coverage: the part of the work, in positions, that the positions of each agency can do; rounded down."),
        _("By staff in post: the same, counting people instead of positions."),
        look=Look(title=_("Townships"), together=_together(plan, still)),
    )


def _columns(last: int) -> tuple[Column, ...]:
    """What is said of a township."""
    return (
        code("township", _("Code")).means(_("The township.")),
        text_column("name", _("Township")).means(_("Its name.")).short(_("township")),
        text_column("class", _("Class")).means(_("Its class.")).short(_("class")),
        count("before", _("Owned before")).means(_("Positions it owns today.")).short(_("today"), "0"),
        count("added", _("Added"), Kind.CHANGE)
        .means(_("Positions that come from elsewhere; below zero: that go."))
        .short(_("new\nhere")),
        count("stations", _("With stations"), Kind.CHANGE)
        .means(_("Positions that come with stations that were already sitting there."))
        .short(_("was sit-\nting here")),
        count("after", _("Owned after"), formula="{before}+{added}+{stations}")
        .means(_("Positions it owns at the end."))
        .short(str(last), "0"),
        count("sent", _("Dispatched here"), Kind.CHANGE)
        .means(_("Staff whom units own and it uses, at the end."))
        .off_screen(),
        count("used", _("Used"), formula="{after}+{sent}").means(_("All positions used there.")).off_screen(),
        count("demand", _("Needed"), Kind.WORK).means(_("Work there is to do.")).off_screen(),
        count("served", _("Covered"), Kind.WORK).means(_("Work that is done.")).off_screen(),
        figure("today", _("Coverage today"), Kind.SHARE)
        .means(_("Work done over work to do, today; empty: nobody knows, or there is none."))
        .short(_("covered\ntoday")),
        figure("coverage", _("Coverage after"), Kind.SHARE, COVERED)
        .means(_("Work done over work to do, at the end; empty: there is none."))
        .short(_("covered\n{year}").format(year=last)),
        figure("staffed", _("By staff in post"), Kind.SHARE)
        .means(_("The same with people in post."))
        .short(_("by staff\nin post")),
        count("unplaced", _("Not placed in an agency"))
        .means(_("Positions it owns that are in none of its agencies; 0: its work is not given by agency."))
        .short(_("unplaced")),
    )


def _township(plan: Plan, still: Plan, taker: Taker) -> tuple[Cell, ...]:
    problem, last, township = plan.problem, plan.problem.last, taker.township
    sent = sum(plan.sent(township, category, last) for category in problem.categories)
    needed = plan.work(township, last)
    return (
        township,
        problem.name(township),
        class_name(problem.class_of(township)),
        taker.today,
        taker.new,
        taker.stations,
        taker.after,
        sent,
        taker.after + sent,
        needed,
        plan.covered(township, last),
        coverage_today(still, township),
        plan.coverage(township, last) if needed else None,
        plan.staffed(township, last) if needed else None,
        unplaced(plan, township, last),
    )


def _together(plan: Plan, still: Plan) -> tuple[Cell, ...]:
    """All townships: in shares, each counts by the work it has."""
    problem, last, found = plan.problem, plan.problem.last, takers(plan)
    those, year = problem.townships, problem.years[0]
    after = sum(one.after for one in found)
    sent = sum(plan.sent(township, category, last) for township in those for category in problem.categories)
    known = all(is_known(plan, township) for township in those)
    needed, served = work(plan, those, last), covered(plan, those, last)
    by_staff = sum(plan.work(township, last) * plan.staffed(township, last) for township in those)
    return (
        "",
        _("together"),
        "",
        sum(one.today for one in found),
        sum(one.new for one in found),
        sum(one.stations for one in found),
        after,
        sent,
        after + sent,
        needed,
        served,
        share_of(covered(still, those, year), work(still, those, year)) if known else None,
        share_of(served, needed),
        share_of(by_staff, needed),
        sum(unplaced(plan, township, last) for township in those),
    )


def origins(plan: Plan) -> Table:
    """What is new in a township, apart from what was sitting there already and has only changed hands."""
    problem = plan.problem
    return table_of(
        "origins",
        _("New here, and already sitting here"),
        (
            code("township", _("Code")).means(_("The township.")),
            text_column("name", _("Township")).means(_("Its name.")),
            count("own", _("Its own before")).means(_("Positions it owns today.")),
            count("stations", _("Stations: were sitting here")).means(
                _("Positions that come with stations that were already sitting there.")
            ),
            count("sent", _("Dispatched: were working here")).means(_("Staff dispatched to it today.")),
            count("new", _("New positions"), Kind.CHANGE).means(
                _("Positions that come from elsewhere; below zero: that go.")
            ),
            count("more", _("Newly dispatched"), Kind.CHANGE).means(
                _("Staff dispatched to it at the end beyond today's.")
            ),
            count("used", _("Used after"), formula="{own}+{stations}+{sent}+{new}+{more}").means(
                _("All positions used there.")
            ),
            count("waiting", _("Stations not handed down")).means(
                _("Positions of stations that sit there and stay with their unit.")
            ),
        ),
        [(one.township, problem.name(one.township), *_origin(plan, one)) for one in takers(plan)],
        _("A station handed down adds to what a township owns, but its people have been sitting there all along."),
    )


def _origin(plan: Plan, taker: Taker) -> Iterator[int]:
    problem, last, township = plan.problem, plan.problem.last, taker.township
    stations = sum(row.authorised for row in problem.county.stations if row.township == township)
    sent = sum(row.staff for row in problem.county.dispatched if row.township == township)
    now = sum(plan.sent(township, category, last) for category in problem.categories)
    yield from (taker.today, taker.stations, sent, taker.new, now - sent, taker.after + now)
    yield stations - taker.stations
