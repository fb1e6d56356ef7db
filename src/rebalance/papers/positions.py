"""Positions: before and after (编制调整前后对照表), by category, and year by year."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rebalance.county.organisations import RESERVE
from rebalance.papers.named import kind_name
from rebalance.papers.table import Cell, Column, Kind, Table, code, count, figure, table, words
from rebalance.plan import Plan
from rebalance.words import _
from rebalance.writing.units import givers as givers_of

Account = tuple[str, str]


def positions(plan: Plan) -> Table:
    """A row for each holder and category; what whoever approves agrees to stands in the last columns."""
    rows = [(number, *row) for number, row in enumerate(map(_account(plan), plan.problem.accounts), 1)]
    agreed = Column("agreed", _("Agreed"), Kind.COUNT, total=True, editable=True)
    keep = Column("keep", _("Keep"), editable=True, choices=(_("yes"),))
    return table(
        "positions",
        _("Authorised positions before and after the adjustment"),
        (
            figure("no", _("No.")),
            code("holder", _("Code")),
            words("name", _("Unit or township")),
            words("kind", _("Kind")),
            code("category", _("Category code"), hidden=True),
            words("category_name", _("Category")),
            count("before", _("Before")),
            count("cut", _("Cut")),
            count("added", _("Added")),
            count("stations", _("With stations"), Kind.CHANGE),
            count("after", _("After"), formula="{before}-{cut}+{added}+{stations}"),
            count("in_post", _("In post")),
            count("vacant", _("Vacant"), formula="MAX(0,{after}-{in_post})"),
            count("over", _("Over"), alarm=True, formula="MAX(0,{in_post}-{after})"),
            agreed,
            count("differs", _("Differs"), Kind.CHANGE, formula="{agreed}-{after}"),
            keep,
        ),
        rows,
        _("After and in post: at the end of {year}.").format(year=plan.problem.last),
        how_to_change(),
    )


def how_to_change() -> str:
    """What whoever approves may do to a sheet."""
    return _(
        "Coloured cells may be changed: write the number agreed under “Agreed”; “yes” under “Keep” fixes a number"
        " as it is. Everything else follows."
    )


def _account(plan: Plan) -> Callable[[Account], tuple[Cell, ...]]:
    problem, last = plan.problem, plan.problem.last

    def row(account: Account) -> tuple[Cell, ...]:
        holder, category = account
        before, cut, added, sunk = moved(plan, holder, category)
        after, staff = plan.owned(holder, category, last), plan.in_post(holder, category, last)
        names = (holder, holder_name(plan, holder), kind_name(problem.kind(holder)), category, problem.name(category))
        free = after - staff
        return (*names, before, cut, added, sunk, after, staff, max(0, free), max(0, -free), after, 0, None)

    return row


def moved(plan: Plan, holder: str, category: str) -> tuple[int, int, int, int]:
    """Positions before, cut, added, and come or gone with stations, over all years."""
    problem = plan.problem
    before = problem.authorised(holder, category)
    sunk = sum(plan.sunk(holder, category, year) for year in problem.years)
    gained = plan.owned(holder, category, problem.last) - before - sunk
    return before, max(0, -gained), max(0, gained), sunk


def holder_name(plan: Plan, holder: str) -> str:
    """The holder as people know it."""
    return _("Reserve of the county") if holder == RESERVE else plan.problem.name(holder)


def categories(plan: Plan) -> Table:
    """Who has how many positions of each category, before and after, against the ceiling."""
    problem = plan.problem
    sides = (problem.units, problem.townships, (RESERVE,))

    def owned(category: str, year: int) -> list[int]:
        return [sum(plan.owned(holder, category, year) for holder in side) for side in sides]

    rows: list[tuple[Cell, ...]] = [
        (
            problem.name(c),
            *(part for pair in zip(owned(c, problem.today), owned(c, problem.last), strict=True) for part in pair),
            sum(owned(c, problem.today)),
            sum(owned(c, problem.last)),
            problem.ceiling[c],
        )
        for c in problem.categories
    ]
    return table(
        "categories",
        _("Positions by category"),
        (
            words("category", _("Category")),
            count("units_before", _("Units before")),
            count("units_after", _("Units after")),
            count("townships_before", _("Townships before")),
            count("townships_after", _("Townships after")),
            count("reserve_before", _("Reserve before")),
            count("reserve_after", _("Reserve after")),
            count("before", _("Together before"), formula="{units_before}+{townships_before}+{reserve_before}"),
            count("after", _("Together after"), formula="{units_after}+{townships_after}+{reserve_after}"),
            figure("ceiling", _("Ceiling")),
        ),
        rows,
    )


def givers(plan: Plan) -> Table:
    """The units that give, those that give most first."""
    rows: list[tuple[Cell, ...]] = [
        (row.unit, plan.problem.name(row.unit), row.today, row.given, row.after, row.in_post, row.after - row.in_post)
        for row in givers_of(plan)
    ]
    return table(
        "givers",
        _("Units that give"),
        (
            code("unit", _("Code")),
            words("name", _("Unit")),
            count("before", _("Before")),
            count("gives", _("Gives, with stations")),
            count("after", _("After"), formula="{before}-{gives}"),
            count("in_post", _("In post")),
            figure("vacant", _("Vacant (below zero: over)"), formula="{after}-{in_post}"),
        ),
        rows,
    )


def schedule(plan: Plan) -> Table:
    """What happens in each year, category by category."""
    problem = plan.problem
    rows: list[tuple[Cell, ...]] = []
    for year in problem.years:
        for category in problem.categories:
            holders = [holder for holder, found in problem.accounts if found == category]
            rows.append((year, problem.name(category), *_year(plan, category, year, holders)))
    return table(
        "schedule",
        _("Schedule"),
        (
            figure("year", _("Year"), Kind.YEAR),
            words("category", _("Category")),
            count("cut", _("Given by units")),
            count("added", _("Received by townships")),
            count("stations", _("Handed down with stations")),
            count("retired", _("Retire")),
            count("moved", _("Go with their position")),
            count("hired", _("Hired")),
            figure("reserve", _("In reserve at the end")),
        ),
        rows,
    )


def _year(plan: Plan, category: str, year: int, holders: list[str]) -> Iterator[int]:
    problem = plan.problem
    below = [holder for holder in holders if holder in problem.township]
    above = [holder for holder in holders if holder in problem.unit]
    yield sum(plan.cut(holder, category, year) for holder in above)
    yield sum(plan.added(holder, category, year) for holder in below)
    yield sum(plan.sunk(holder, category, year) for holder in below)
    yield sum(problem.retired(holder, category, year) for holder in holders)
    yield sum(plan.moved_out(holder, category, year) for holder in above)
    yield sum(plan.hired(holder, category, year) for holder in holders)
    yield plan.reserve(category, year)


def yearly(plan: Plan) -> Table:
    """Every holder and category to which something happens in a year."""
    problem = plan.problem
    rows: list[tuple[Cell, ...]] = []
    for year in problem.years:
        for holder, category in problem.accounts:
            before, after = plan.owned(holder, category, year - 1), plan.owned(holder, category, year)
            if before != after:
                staff = plan.in_post(holder, category, year)
                names = (holder, holder_name(plan, holder), problem.name(category))
                rows.append((year, *names, before, after - before, after, staff, after - staff))
    return table(
        "yearly",
        _("Changes in each year"),
        (
            figure("year", _("Year"), Kind.YEAR),
            code("holder", _("Code")),
            words("name", _("Unit or township")),
            words("category", _("Category")),
            figure("before", _("Before")),
            count("change", _("Change"), Kind.CHANGE),
            figure("after", _("After"), formula="{before}+{change}"),
            figure("in_post", _("In post")),
            figure("vacant", _("Vacant (below zero: over)"), formula="{after}-{in_post}"),
        ),
        rows,
    )
