"""Stations handed down whole, and people who work elsewhere than they belong."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import RenderableType

from rebalance.county.staffing import Station
from rebalance.plan import Plan
from rebalance.words import _
from rebalance.writing.numbers import NOTHING
from rebalance.writing.terminal import add, line, number, table, words


def stations(plan: Plan) -> Iterator[RenderableType]:
    """A row for each year and kind in which any come down; those that stay are only counted."""
    come: dict[tuple[int, str], list[Station]] = {}
    for row in plan.problem.county.stations:
        year = next((year for year in plan.problem.years if plan.handed(row.station, year)), None)
        if year is not None:
            come.setdefault((year, row.kind), []).append(row)
    if come:
        headers = (_("stations"), _("positions"), _("people"))
        made = table(_("Stations handed down"), number(_("year")), words(_("kind")), *map(number, headers))
        for (year, _kind), rows in sorted(come.items()):
            positions, people = sum(row.authorised for row in rows), sum(row.in_post for row in rows)
            add(made, year, rows[0].kind_name or NOTHING, len(rows), positions, people)
        yield made
    stay = len(plan.problem.county.stations) - sum(map(len, come.values()))
    if stay:
        yield line(_("Stations that stay with their unit: {count}.").format(count=stay))


def elsewhere(plan: Plan) -> Iterator[RenderableType]:
    """A row for each unit that dispatches people to townships, and one for all who are borrowed from townships."""
    problem, years = plan.problem, plan.problem.years
    title = _("People who work elsewhere than they belong")
    made = table(title, words(_("unit")), *(number(str(when)) for when in (_("today"), *years)))
    sending = dict.fromkeys(row.unit for row in problem.county.dispatched)
    for unit in (unit for unit in problem.unit if unit in sending):
        today = sum(row.staff for row in problem.county.dispatched if row.unit == unit)
        counts = _by_year(plan, _sent, unit)
        if any((today, *counts)):
            add(made, _("{unit}: dispatched").format(unit=problem.name(unit)), today, *counts)
    if problem.county.borrowed:
        made.add_section()
        today = sum(row.staff for row in problem.county.borrowed)
        add(made, _("all units: borrowed from townships"), today, *_by_year(plan, _lent, ""))
    if made.row_count:
        yield made


def _by_year(plan: Plan, people: Callable[[Plan, str, int], int], unit: str) -> list[str]:
    return [str(people(plan, unit, year) or NOTHING) for year in plan.problem.years]


def _sent(plan: Plan, unit: str, year: int) -> int:
    return -sum(plan.sent(unit, category, year) for category in plan.problem.categories)


def _lent(plan: Plan, _unit: str, year: int) -> int:
    rows = plan.problem.county.borrowed
    return sum(plan.borrowed(row.township, row.unit, row.category, year) for row in rows)
