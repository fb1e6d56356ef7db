"""People who sit or work elsewhere than their position belongs: in stations, dispatched, borrowed."""

from __future__ import annotations

from rebalance.county.reform import Station
from rebalance.model.plan import Plan
from rebalance.table import Cell, Kind, Look, Table, Unit, code, count, figure, table_of, text_column
from rebalance.text import NOTHING, _


def stations(plan: Plan) -> Table:
    """Every station, and the year in which it is handed down."""
    problem = plan.problem
    rows: list[tuple[Cell, ...]] = []
    for row in problem.county.stations:
        names = (row.station, row.kind_name, problem.name(row.unit), problem.name(row.township))
        what = (problem.name(row.agency), problem.name(row.category), row.authorised, row.in_post)
        rows.append((*names, *what, _handed_in(plan, row)))
    return table_of(
        "stations",
        _("Stations"),
        (
            code("station", _("Code")).means(_("The station.")),
            text_column("kind", _("Kind of station")).means(_("What stations of its kind are called.")),
            text_column("unit", _("Unit")).means(_("The unit it belongs to.")),
            text_column("name", _("Township")).means(_("The township it sits in.")),
            text_column("agency", _("Agency")).means(_("The agency it comes to.")),
            text_column("category", _("Category")).means(_("The category's name.")),
            count("authorised", _("Authorised")).means(_("Positions it has.")),
            count("in_post", _("In post")).means(_("Staff it has in post."), Unit.PEOPLE),
            figure("year", _("Handed down in"), Kind.YEAR).means(
                _("The year in which it is handed down; empty: it stays with its unit.")
            ),
        ),
        rows,
        _("A station goes down whole, with its people, or not at all."),
    )


def _handed_in(plan: Plan, row: Station) -> int | None:
    """The first year at whose end it has been handed down."""
    return next((year for year in plan.problem.years if plan.handed(row.station, year)), None)


def handed_down(plan: Plan) -> Table:
    """A row for each year and kind in which any stations come down; those that stay are only counted."""
    come: dict[tuple[int, str], list[Station]] = {}
    for row in plan.problem.county.stations:
        year = _handed_in(plan, row)
        if year is not None:
            come.setdefault((year, row.kind), []).append(row)
    stay = len(plan.problem.county.stations) - sum(map(len, come.values()))
    return table_of(
        "handed_down",
        _("Stations handed down"),
        (
            figure("year", _("Year"), Kind.YEAR).means(_("The year in which they are handed down.")).short(_("year")),
            text_column("kind", _("Kind of station"))
            .means(_("What stations of its kind are called."))
            .short(_("kind"), NOTHING),
            count("stations", _("Stations")).means(_("How many they are."), Unit.COUNT).short(_("stations")),
            count("positions", _("Positions")).means(_("Positions they have.")).short(_("positions"), "0"),
            count("people", _("People")).means(_("Staff they have in post."), Unit.PEOPLE).short(_("people"), "0"),
        ),
        [
            (
                year,
                rows[0].kind_name,
                len(rows),
                sum(row.authorised for row in rows),
                sum(row.in_post for row in rows),
            )
            for (year, _kind), rows in sorted(come.items())
        ],
        look=Look(said=(_("Stations that stay with their unit: {count}.").format(count=stay),) if stay else ()),
    )


def dispatched(plan: Plan) -> Table:
    """Staff a unit owns and a township uses."""
    problem = plan.problem
    rows: list[tuple[Cell, ...]] = []
    for row in problem.county.dispatched:
        key = (row.unit, row.township, row.agency, row.category)
        names = (problem.name(row.unit), problem.name(row.township), problem.name(row.agency) if row.agency else "")
        staff = [plan.dispatched(*key, year) for year in problem.years]
        rows.append((*names, problem.name(row.category), row.staff, *staff))
    said = _("Staff owned above and used below.")
    return table_of(
        "dispatched",
        _("Dispatched staff: owned by the county, used by the township"),
        (
            text_column("unit", _("Unit")).means(_("The unit that owns them.")),
            text_column("name", _("Township")).means(_("The township that uses them.")),
            text_column("agency", _("Agency")).means(_("The agency they work in; empty: the township as a whole.")),
            text_column("category", _("Category")).means(_("The category's name.")),
            count("today", _("Today")).means(said, Unit.PEOPLE),
            *(count(f"y{year}", str(year)).means(said, Unit.PEOPLE) for year in problem.years),
        ),
        rows,
    )


def borrowed(plan: Plan) -> Table:
    """Staff a township owns and a unit uses."""
    problem = plan.problem
    rows: list[tuple[Cell, ...]] = []
    for row in problem.county.borrowed:
        staff = [plan.borrowed(row.township, row.unit, row.category, year) for year in problem.years]
        names = (problem.name(row.township), problem.name(row.unit), problem.name(row.category))
        rows.append((*names, row.staff, *staff))
    said = _("Staff owned below and used above.")
    return table_of(
        "borrowed",
        _("Borrowed staff: owned by the township, used by the county"),
        (
            text_column("name", _("Township")).means(_("The township that owns them.")),
            text_column("unit", _("Unit")).means(_("The unit that uses them.")),
            text_column("category", _("Category")).means(_("The category's name.")),
            count("today", _("Today")).means(said, Unit.PEOPLE),
            *(count(f"y{year}", str(year)).means(said, Unit.PEOPLE) for year in problem.years),
        ),
        rows,
    )


def elsewhere(plan: Plan) -> Table:
    """A row for each unit that dispatches people to townships, and one for all who are borrowed from townships."""
    county, years = plan.problem.county, plan.problem.years
    sending = {row.unit for row in county.dispatched}
    rows: list[tuple[Cell, ...]] = []
    for unit in (unit for unit in plan.problem.unit if unit in sending):
        today = sum(row.staff for row in county.dispatched if row.unit == unit)
        sent = [-sum(plan.sent(unit, category, year) for category in plan.problem.categories) for year in years]
        rows.append((unit, _("{unit}: dispatched").format(unit=plan.problem.name(unit)), "below", today, *sent))
    if county.borrowed:
        keys = [(row.township, row.unit, row.category) for row in county.borrowed]
        lent = [sum(plan.borrowed(*key, year) for key in keys) for year in years]
        today = sum(row.staff for row in county.borrowed)
        rows.append(("", _("all units: borrowed from townships"), "above", today, *lent))
    said = _("Staff who work elsewhere than their position belongs.")
    return table_of(
        "elsewhere",
        _("People who work elsewhere than they belong"),
        (
            code("unit", _("Code")).means(_("The unit; empty: all units.")),
            text_column("name", _("Unit"))
            .means(_("Its name, and in which way its people work elsewhere."))
            .short(_("unit")),
            code("where", _("Where")).means(_("Where they work: below, in townships, or above, in units.")),
            count("today", _("Today")).means(said, Unit.PEOPLE).short(_("today"), "0"),
            *(count(f"y{year}", str(year)).means(said, Unit.PEOPLE) for year in years),
        ),
        rows,
        look=Look(parts="where"),
    )
