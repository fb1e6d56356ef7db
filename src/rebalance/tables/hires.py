"""The plan to use positions (用编进人计划): who takes in how many people, of which category, in which year."""

from __future__ import annotations

from collections.abc import Iterator

from rebalance.model.plan import Plan
from rebalance.model.totals import planned
from rebalance.table import Cell, Kind, Look, Table, Unit, code, count, figure, table_of, text_column
from rebalance.text import _


def hires(plan: Plan) -> Table:
    """A row for each holder, category and year in which anybody is hired or comes along with a position."""
    problem = plan.problem
    rows: list[tuple[Cell, ...]] = []
    for year in problem.years:
        for holder, category in problem.accounts:
            hired, along = plan.hired(holder, category, year), plan.moved_in(holder, category, year)
            if hired or along:
                staff, vacant = plan.in_post(holder, category, year), plan.vacant(holder, category, year)
                names = (holder, problem.name(holder), problem.name(category))
                rows.append((year, *names, vacant + hired + along, hired, along, staff, vacant))
    return table_of(
        "hires",
        _("Plan to use positions: who takes people in"),
        (
            figure("year", _("Year"), Kind.YEAR)
            .means(_("The calendar year; what is said of it is said of its end."))
            .short(_("year")),
            code("holder", _("Code")).means(_("A unit or a township.")),
            text_column("name", _("Unit or township")).means(_("Its name.")).short(_("unit or township")),
            text_column("category", _("Category")).means(_("The category's name.")).short(_("category")),
            figure("room", _("Vacant before"))
            .means(_("Positions that would be vacant at the end of the year if nobody came."))
            .short(_("vacant\nbefore"), "0"),
            count("hired", _("Hired")).means(_("People who are hired."), Unit.PEOPLE).short(_("hired")),
            count("along", _("Come with their position"))
            .means(_("People who come with their position."), Unit.PEOPLE)
            .short(_("come\nalong")),
            figure("in_post", _("In post"))
            .means(_("Staff in post at the end of the year."), Unit.PEOPLE)
            .short(_("in post"), "0"),
            figure("vacant", _("Vacant after"), formula="{room}-{hired}-{along}")
            .means(_("Positions nobody is in at the end of the year."))
            .short(_("vacant\nafter"), "0"),
        ),
        rows,
        *_said(plan),
        look=Look(title=_("Plan to use positions"), said=tuple(_said(plan)), parts="year"),
    )


def _said(plan: Plan) -> Iterator[str]:
    """How far the yearly plan is used."""
    problem = plan.problem
    for year in problem.years if problem.county.hiring else ():
        hired = sum(plan.hired(*account, year) for account in problem.accounts)
        text = _("{year}: {hired} people are hired; the hiring plan allows {planned}.")
        yield text.format(year=year, hired=hired, planned=planned(problem, year))
