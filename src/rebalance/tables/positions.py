"""Positions of every holder, category by category: before and after, by year, against earlier years, their cost."""

from __future__ import annotations

from fractions import Fraction

from rebalance.county.holders import RESERVE
from rebalance.model.plan import Plan
from rebalance.model.totals import granted
from rebalance.table import Cell, Column, Kind, Look, Row, Table, Unit, code, count, figure, table_of, text_column
from rebalance.tables.words import kind_name
from rebalance.text import _


def holder_name(plan: Plan, holder: str) -> str:
    """The holder as people know it."""
    return _("Reserve of the county") if holder == RESERVE else plan.problem.name(holder)


def how_to_change() -> str:
    """What whoever approves may do to a sheet."""
    return _(
        "Coloured cells may be changed: write the number agreed under “Agreed”; “yes” under “Keep” fixes a number"
        " as it is; what there is to say goes under “Opinion”. Everything else follows."
    )


def agreed() -> Column:
    """The column of what whoever approves agrees to."""
    return Column(
        "agreed",
        _("Agreed"),
        Kind.COUNT,
        total=True,
        editable=True,
        note=_("The number agreed: that of the plan, until somebody changes it."),
        unit=Unit.POSITIONS,
        screen=None,
    )


def keep() -> Column:
    """The column that fixes a number as it is."""
    note = _("Yes where whoever approves wants the number to stay.")
    return Column("keep", _("Keep"), editable=True, choices=(_("yes"),), note=note, unit=Unit.TEXT, screen=None)


def remark() -> Column:
    """The column for what whoever approves wants to say of a row."""
    note = _("What whoever approves wants to say; it is kept and listed.")
    return Column("remark", _("Opinion"), editable=True, note=note, unit=Unit.TEXT, screen=None)


def positions(plan: Plan) -> Table:
    """A row for each holder and category; what whoever approves agrees to stands in the last columns."""
    return table_of(
        "positions",
        _("Authorised positions before and after the adjustment"),
        (
            figure("no", _("No.")).means(_("The number of the row."), Unit.COUNT),
            code("holder", _("Code")).means(_("A unit or a township, or `reserve`.")),
            text_column("name", _("Unit or township")).means(_("Its name.")),
            text_column("kind", _("Kind")).means(_("What it is.")),
            code("category", _("Category code"), hidden=True).means(_("The category.")),
            text_column("category_name", _("Category")).means(_("The category's name.")),
            count("before", _("Before")).means(_("Positions it owns today.")),
            count("cut", _("Cut")).means(_("Positions it gives, beside stations.")),
            count("added", _("Added")).means(_("Positions it receives, beside stations.")),
            count("stations", _("With stations"), Kind.CHANGE).means(
                _("Positions that come with stations; below zero: that go.")
            ),
            count("after", _("After"), formula="{before}-{cut}+{added}+{stations}").means(
                _("Positions it owns at the end.")
            ),
            count("in_post", _("In post")).means(_("Staff in post at the end."), Unit.PEOPLE),
            count("vacant", _("Vacant"), formula="MAX(0,{after}-{in_post})").means(
                _("Positions nobody is in at the end.")
            ),
            count("over", _("Over"), alarm=True, formula="MAX(0,{in_post}-{after})").means(
                _("Staff without a position at the end."), Unit.PEOPLE
            ),
            agreed(),
            count("differs", _("Differs"), Kind.CHANGE, formula="{agreed}-{after}").means(
                _("By how much the number agreed differs from the plan's.")
            ),
            keep(),
            remark(),
        ),
        [(number, *_account(plan, *account)) for number, account in enumerate(plan.problem.accounts, 1)],
        _("After and in post: at the end of {year}.").format(year=plan.problem.last),
        how_to_change(),
    )


def _account(plan: Plan, holder: str, category: str) -> tuple[Cell, ...]:
    problem, last = plan.problem, plan.problem.last
    before, after = problem.authorised(holder, category), plan.owned(holder, category, last)
    staff, sunk = plan.in_post(holder, category, last), sum(plan.sunk(holder, category, y) for y in problem.years)
    gained, free = after - before - sunk, after - staff
    names = (holder, holder_name(plan, holder), kind_name(problem.kind(holder)), category, problem.name(category))
    moved = (before, max(0, -gained), max(0, gained), sunk)
    return (*names, *moved, after, staff, max(0, free), max(0, -free), after, 0, None, None)


def categories(plan: Plan) -> Table:
    """Who has how many positions of each category, before and after, and what counts against the ceiling."""
    problem = plan.problem
    sides = (problem.units, problem.townships, (RESERVE,))
    rows: list[tuple[Cell, ...]] = []
    for category in problem.categories:
        before, after = (
            [sum(plan.owned(holder, category, year) for holder in side) for side in sides]
            for year in (problem.today, problem.last)
        )
        pairs = (part for pair in zip(before, after, strict=True) for part in pair)
        come, gone = (granted(plan, (category,), sign) for sign in (1, -1))
        counted = problem.county.counted(category)
        counts = (come, gone, counted, counted + come - gone, problem.ceiling[category])
        rows.append((problem.name(category), *pairs, sum(before), sum(after), *counts))
    return table_of(
        "categories",
        _("Positions by category"),
        (
            text_column("category", _("Category")).means(_("The category's name.")),
            count("units_before", _("Units before")).means(_("Positions that units own today.")),
            count("units_after", _("Units after")).means(_("Positions that units own at the end.")),
            count("townships_before", _("Townships before")).means(_("Positions that townships own today.")),
            count("townships_after", _("Townships after")).means(_("Positions that townships own at the end.")),
            count("reserve_before", _("Reserve before")).means(_("Positions in the county's reserve today.")),
            count("reserve_after", _("Reserve after")).means(_("Positions in the county's reserve at the end.")),
            count("before", _("Together before"), formula="{units_before}+{townships_before}+{reserve_before}").means(
                _("All positions there are today.")
            ),
            count("after", _("Together after"), formula="{units_after}+{townships_after}+{reserve_after}").means(
                _("All positions there are at the end.")
            ),
            count("granted", _("Granted")).means(_("Positions granted to the county from above.")),
            count("given_back", _("Given back")).means(_("Positions that leave the county.")),
            count("counted_before", _("Counted before")).means(_("Positions that count against the ceiling today.")),
            count("counted_after", _("Counted after"), formula="{counted_before}+{granted}-{given_back}").means(
                _("Positions that count against the ceiling at the end.")
            ),
            figure("ceiling", _("Ceiling")).means(_("The most that may count against it; empty: no limit.")),
        ),
        rows,
        _(
            "Counted: all positions but those of units under vertical management; what these hand down raises the"
            " ceiling by as much."
        ),
    )


HAPPENS = ("cut", "added", "granted", "given_back", "retired", "moved", "hired")
"""A screen has the years and categories in which any of these is above zero."""


def schedule(plan: Plan) -> Table:
    """What happens in each year, category by category."""
    problem = plan.problem

    moved = [plan.granted(category, year) for category in problem.categories for year in problem.years]

    def happens(row: Row) -> bool:
        return any(row[key] for key in HAPPENS)

    return table_of(
        "schedule",
        _("Schedule"),
        (
            figure("year", _("Year"), Kind.YEAR)
            .means(_("The calendar year; what is said of it is said of its end."))
            .short(_("year")),
            text_column("category", _("Category")).means(_("The category's name.")).short(_("category")),
            count("cut", _("Given by units")).means(_("Positions units give, beside stations.")).short(_("given")),
            count("added", _("Received by townships"))
            .means(_("Positions townships receive, beside stations."))
            .short(_("received")),
            count("stations", _("Handed down with stations"))
            .means(_("Positions that come to townships with stations."))
            .off_screen(),
            count("granted", _("Granted"))
            .means(_("Positions granted to the county from above."))
            .short(_("granted") if max(moved) > 0 else None),
            count("given_back", _("Given back"))
            .means(_("Positions that leave the county."))
            .short(_("given back") if min(moved) < 0 else None),
            count("retired", _("Retire")).means(_("People who retire."), Unit.PEOPLE).short(_("retire")),
            count("moved", _("Go with their position"))
            .means(_("People who leave with their position."), Unit.PEOPLE)
            .short(_("go along")),
            count("hired", _("Hired")).means(_("People who are hired."), Unit.PEOPLE).short(_("hired")),
            figure("reserve", _("In reserve at the end"))
            .means(_("Positions in the county's reserve at the end of the year."))
            .short(_("in reserve") if problem.reserves else None),
        ),
        [
            (year, problem.name(category), *_events(plan, category, year))
            for year in problem.years
            for category in problem.categories
        ],
        look=Look(title=_("Year by year"), worth=happens, parts="year"),
    )


def _events(plan: Plan, category: str, year: int) -> tuple[int, ...]:
    """Positions and people of a category, as the schedule has them."""
    problem = plan.problem
    holders = [holder for holder, found in problem.accounts if found == category]
    below = [holder for holder in holders if holder in problem.township]
    above = [holder for holder in holders if holder in problem.unit]
    return (
        sum(plan.cut(holder, category, year) for holder in above),
        sum(plan.added(holder, category, year) for holder in below),
        sum(plan.sunk(holder, category, year) for holder in below),
        max(0, plan.granted(category, year)),
        max(0, -plan.granted(category, year)),
        sum(plan.retired(holder, category, year) for holder in holders),
        sum(plan.moved_out(holder, category, year) for holder in above),
        sum(plan.hired(holder, category, year) for holder in holders),
        plan.reserve(category, year),
    )


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
    return table_of(
        "yearly",
        _("Changes in each year"),
        (
            figure("year", _("Year"), Kind.YEAR).means(_("The calendar year; what is said of it is said of its end.")),
            code("holder", _("Code")).means(_("A unit or a township, or `reserve`.")),
            text_column("name", _("Unit or township")).means(_("Its name.")),
            text_column("category", _("Category")).means(_("The category's name.")),
            figure("before", _("Before")).means(_("Positions owned at the end of the year before.")),
            count("change", _("Change"), Kind.CHANGE).means(
                _("Positions that come or go in the year, stations included.")
            ),
            figure("after", _("After"), formula="{before}+{change}").means(
                _("Positions owned at the end of the year.")
            ),
            figure("in_post", _("In post")).means(_("Staff in post at the end of the year."), Unit.PEOPLE),
            figure("vacant", _("Vacant (below zero: over)"), formula="{after}-{in_post}").means(
                _("Positions nobody is in at the end; below zero: staff without a position.")
            ),
        ),
        rows,
    )


def cost(plan: Plan) -> Table:
    """What the county's own positions cost in a year, where costs are given."""
    problem = plan.problem
    rows: list[tuple[Cell, ...]] = []
    for row in problem.county.categories:
        if row.cost is not None:
            own = [h for h, c in problem.accounts if c == row.category and not problem.is_above(h)]
            sizes = [sum(plan.owned(h, row.category, year) for h in own) for year in (problem.today, problem.last)]
            price = Fraction(row.cost)
            sums = [size * price for size in sizes]
            rows.append((str(row), price, *sizes, *sums, sums[1] - sums[0]))
    return table_of(
        "cost",
        _("Cost of the county's own positions, yuan a year"),
        (
            text_column("category", _("Category")).means(_("The category's name.")),
            figure("price", _("One position"), Kind.MONEY).means(_("What one position costs.")),
            count("before", _("Positions before")).means(_("Positions the county pays for today.")),
            count("after", _("Positions after")).means(_("Positions the county pays for at the end.")),
            count("cost_before", _("Cost before"), Kind.MONEY, formula="{before}*{price}").means(
                _("What they cost today.")
            ),
            count("cost_after", _("Cost after"), Kind.MONEY, formula="{after}*{price}").means(
                _("What they cost at the end.")
            ),
            count("change", _("Change"), Kind.MONEY, formula="{cost_after}-{cost_before}").means(
                _("What they cost more at the end; below zero: less.")
            ),
        ),
        rows,
        _("Positions of vertically managed units are paid from above until they are handed down."),
    )


def history(plan: Plan) -> Table:
    """Positions of earlier years, as far as the county gives them, then today's and the plan's."""
    problem = plan.problem
    earlier = {(row.holder, row.category, row.year): row.authorised for row in problem.county.history}
    years = sorted({year for _h, _c, year in earlier})
    accounts = [account for account in problem.accounts if any((*account, year) in earlier for year in years)]
    rows: list[tuple[Cell, ...]] = [
        (
            holder,
            holder_name(plan, holder),
            problem.name(category),
            *(earlier.get((holder, category, year)) for year in years),
            problem.authorised(holder, category),
            plan.owned(holder, category, problem.last),
        )
        for holder, category in accounts
    ]
    note = _("Positions it owned in that year; empty: the county does not say.")
    return table_of(
        "history",
        _("Comparison with earlier years"),
        (
            code("holder", _("Code")).means(_("A unit or a township, or `reserve`.")),
            text_column("name", _("Unit or township")).means(_("Its name.")),
            text_column("category", _("Category")).means(_("The category's name.")),
            *(figure(f"y{year}", str(year)).means(note) for year in years),
            figure("before", _("Today")).means(_("Positions it owns today.")),
            figure("after", str(problem.last)).means(_("Positions it owns at the end.")),
        ),
        rows,
    )
