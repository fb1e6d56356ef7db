"""Townships: what they get and what it covers, and what of it is new there."""

from __future__ import annotations

from collections.abc import Iterator

from rebalance.papers.table import Cell, Kind, Table, code, count, figure, table, words
from rebalance.plan import Plan, standing_still
from rebalance.words import _
from rebalance.work import WHOLE
from rebalance.writing.classes import class_name
from rebalance.writing.townships import Taker, coverage_today, takers

COVERED = 'IF({demand}=0,"–",ROUNDDOWN({served}/{demand},3))'
"""A share as our own figures are shown: rounded down to a tenth of a percent."""


def townships(plan: Plan) -> Table:
    """Owned, used, needed and covered, at the end of the last year beside today."""
    still = standing_still(plan.problem)
    return table(
        "townships",
        _("Townships: positions and the work they cover"),
        (
            code("township", _("Code")),
            words("name", _("Township")),
            words("class", _("Class")),
            count("before", _("Owned before")),
            count("added", _("Added"), Kind.CHANGE),
            count("stations", _("With stations"), Kind.CHANGE),
            count("after", _("Owned after"), formula="{before}+{added}+{stations}"),
            count("sent", _("Dispatched here"), Kind.CHANGE),
            count("used", _("Used"), formula="{after}+{sent}"),
            count("demand", _("Needed"), Kind.WORK),
            count("served", _("Covered"), Kind.WORK),
            figure("today", _("Coverage today"), Kind.SHARE),
            figure("coverage", _("Coverage after"), Kind.SHARE, formula=COVERED),
            figure("staffed", _("By staff in post"), Kind.SHARE),
            count("unplaced", _("Not placed in an agency")),
        ),
        [_township(plan, still, one) for one in takers(plan)],
        _("Coverage: the part of the work, in positions, that the positions of each agency can do; rounded down."),
        _("By staff in post: the same, counting people instead of positions."),
    )


def _township(plan: Plan, still: Plan, taker: Taker) -> tuple[Cell, ...]:
    problem, last, township = plan.problem, plan.problem.last, taker.township
    sent = sum(plan.sent(township, category, last) for category in problem.categories)
    work = plan.work(township, last)
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
        work,
        plan.covered(township, last),
        coverage_today(still, township),
        plan.coverage(township, last) if work else None,
        plan.staffed(township, last) if work else None,
        _unplaced(plan, township, taker.after + sent),
    )


def _unplaced(plan: Plan, township: str, used: int) -> int:
    """Positions used in a township that are in none of its agencies; 0 where its work is not given by agency."""
    problem = plan.problem
    if not problem.agencies or problem.work.places[township] == (WHOLE,):
        return 0
    return used - sum(plan.strength(township, agency, problem.last) for agency in problem.agencies)


def coverage(plan: Plan) -> Table:
    """Coverage and staffed coverage of each township, year by year."""
    problem = plan.problem
    rows: list[tuple[Cell, ...]] = []
    for township in problem.townships:
        for year in problem.years:
            work = plan.work(township, year)
            shares = (plan.coverage(township, year), plan.staffed(township, year)) if work else (None, None)
            rows.append((township, problem.name(township), year, work, plan.covered(township, year), *shares))
    return table(
        "coverage",
        _("Coverage, year by year"),
        (
            code("township", _("Code")),
            words("name", _("Township")),
            figure("year", _("Year"), Kind.YEAR),
            figure("demand", _("Needed"), Kind.WORK),
            figure("served", _("Covered"), Kind.WORK),
            figure("coverage", _("Coverage"), Kind.SHARE, formula=COVERED),
            figure("staffed", _("By staff in post"), Kind.SHARE),
        ),
        rows,
    )


def origins(plan: Plan) -> Table:
    """What is new in a township, apart from what was sitting there already and has only changed hands."""
    problem = plan.problem
    return table(
        "origins",
        _("New here, and already sitting here"),
        (
            code("township", _("Code")),
            words("name", _("Township")),
            count("own", _("Its own before")),
            count("stations", _("Stations: were sitting here")),
            count("sent", _("Dispatched: were working here")),
            count("new", _("New positions"), Kind.CHANGE),
            count("more", _("Newly dispatched"), Kind.CHANGE),
            count("used", _("Used after"), formula="{own}+{stations}+{sent}+{new}+{more}"),
            count("waiting", _("Stations not handed down")),
        ),
        [(township, problem.name(township), *_origin(plan, township)) for township in problem.townships],
        _("A station handed down adds to what a township owns, but its people have been sitting there all along."),
    )


def _origin(plan: Plan, township: str) -> Iterator[int]:
    problem, last = plan.problem, plan.problem.last
    stations = [row for row in problem.county.stations if row.township == township]
    down = sum(row.authorised for row in stations if plan.handed(row.station, last))
    sent = sum(row.staff for row in problem.county.dispatched if row.township == township)
    before = problem.size(township)
    after = sum(plan.owned(township, category, last) for category in problem.categories)
    yield before
    yield down
    yield sent
    yield after - before - down
    now = sum(plan.sent(township, category, last) for category in problem.categories)
    yield now - sent
    yield after + now
    yield sum(row.authorised for row in stations) - down
