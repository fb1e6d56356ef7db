"""What each township gets, and how much of its work is covered by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rich.console import RenderableType

from rebalance.county.holders import RESERVE
from rebalance.model.plan import Plan, status_quo
from rebalance.problem.work import WHOLE
from rebalance.screen import add, line, number, table, words
from rebalance.table import Cell, Column, Kind, Table, code, count, figure, table_of, text_column
from rebalance.tables.demand import class_name
from rebalance.tables.words import kind_name
from rebalance.text import NOTHING, _, percent


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
    still, last = status_quo(plan.problem), plan.problem.last
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
    still = status_quo(plan.problem)
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


@dataclass(frozen=True, slots=True)
class Giver:
    """A unit that gives: its size today and at the end, what went with stations, and the staff it then has."""

    unit: str
    today: int
    after: int
    in_post: int
    stations: int = 0

    @property
    def given(self) -> int:
        """Positions given over all years, those of stations too."""
        return self.today - self.after

    @property
    def cut(self) -> int:
        """Positions given one by one, which the share of a unit is about."""
        return self.given - self.stations


def givers(plan: Plan) -> list[Giver]:
    """The units whose size changes, those that give most first."""
    found = [_giver(plan, unit) for unit in plan.problem.units]
    return sorted((giver for giver in found if giver.given), key=lambda giver: (-giver.given, giver.unit))


def units(plan: Plan) -> Iterator[RenderableType]:
    """A row for each unit that gives; the others are only counted."""
    rows = givers(plan)
    if rows:
        made = table(
            _("Units that give"),
            words(_("unit")),
            number(_("today")),
            number(_("gives")),
            number(_("with\nstations")),
            number(_("share")),
            number(str(plan.problem.last)),
            number(_("in post")),
            number(_("vacant")),
        )
        for row in rows:
            share = percent(Fraction(row.cut, row.today)) if row.today else ""
            gone = (row.cut or NOTHING, row.stations or NOTHING)
            figures = (row.today, *gone, share, row.after, row.in_post, row.after - row.in_post)
            add(made, plan.problem.name(row.unit), *figures)
        yield made
    others = len(plan.problem.units) - len(rows)
    yield line(_("Units that give nothing: {count}.").format(count=others))


def _giver(plan: Plan, unit: str) -> Giver:
    problem, last = plan.problem, plan.problem.last
    held = problem.held.get(unit, ())
    after = sum(plan.owned(unit, category, last) for category in held)
    stations = -sum(plan.sunk(unit, c, year) for c in held for year in problem.years)
    return Giver(unit, problem.size(unit), after, sum(plan.in_post(unit, c, last) for c in held), stations)


COVERED = 'IF({demand}=0,"–",ROUNDDOWN({served}/{demand},3))'
"""A share as our own figures are shown: rounded down to a tenth of a percent."""


def township_table(plan: Plan) -> Table:
    """Owned, used, needed and covered, at the end of the last year beside today."""
    still = status_quo(plan.problem)
    return table_of(
        "townships",
        _("Townships: positions and the work they cover"),
        (
            code("township", _("Code")),
            text_column("name", _("Township")),
            text_column("class", _("Class")),
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
    return table_of(
        "coverage",
        _("Coverage, year by year"),
        (
            code("township", _("Code")),
            text_column("name", _("Township")),
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
    return table_of(
        "origins",
        _("New here, and already sitting here"),
        (
            code("township", _("Code")),
            text_column("name", _("Township")),
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


Account = tuple[str, str]


def positions(plan: Plan) -> Table:
    """A row for each holder and category; what whoever approves agrees to stands in the last columns."""
    rows = [(number, *row) for number, row in enumerate(map(_account(plan), plan.problem.accounts), 1)]
    agreed = Column("agreed", _("Agreed"), Kind.COUNT, total=True, editable=True)
    keep = Column("keep", _("Keep"), editable=True, choices=(_("yes"),))
    return table_of(
        "positions",
        _("Authorised positions before and after the adjustment"),
        (
            figure("no", _("No.")),
            code("holder", _("Code")),
            text_column("name", _("Unit or township")),
            text_column("kind", _("Kind")),
            code("category", _("Category code"), hidden=True),
            text_column("category_name", _("Category")),
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
    return table_of(
        "categories",
        _("Positions by category"),
        (
            text_column("category", _("Category")),
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


def giver_table(plan: Plan) -> Table:
    """The units that give, those that give most first."""
    rows: list[tuple[Cell, ...]] = [
        (row.unit, plan.problem.name(row.unit), row.today, row.given, row.after, row.in_post, row.after - row.in_post)
        for row in givers(plan)
    ]
    return table_of(
        "givers",
        _("Units that give"),
        (
            code("unit", _("Code")),
            text_column("name", _("Unit")),
            count("before", _("Before")),
            count("gives", _("Gives, with stations")),
            count("after", _("After"), formula="{before}-{gives}"),
            count("in_post", _("In post")),
            figure("vacant", _("Vacant (below zero: over)"), formula="{after}-{in_post}"),
        ),
        rows,
    )


def schedule_table(plan: Plan) -> Table:
    """What happens in each year, category by category."""
    problem = plan.problem
    rows: list[tuple[Cell, ...]] = []
    for year in problem.years:
        for category in problem.categories:
            holders = [holder for holder, found in problem.accounts if found == category]
            rows.append((year, problem.name(category), *_year(plan, category, year, holders)))
    return table_of(
        "schedule",
        _("Schedule"),
        (
            figure("year", _("Year"), Kind.YEAR),
            text_column("category", _("Category")),
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
    return table_of(
        "yearly",
        _("Changes in each year"),
        (
            figure("year", _("Year"), Kind.YEAR),
            code("holder", _("Code")),
            text_column("name", _("Unit or township")),
            text_column("category", _("Category")),
            figure("before", _("Before")),
            count("change", _("Change"), Kind.CHANGE),
            figure("after", _("After"), formula="{before}+{change}"),
            figure("in_post", _("In post")),
            figure("vacant", _("Vacant (below zero: over)"), formula="{after}-{in_post}"),
        ),
        rows,
    )


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
    still = status_quo(problem)
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


def schedule(plan: Plan) -> Iterator[RenderableType]:
    """A row for each year and category in which anything happens."""
    problem = plan.problem
    headers = [_("given"), _("received"), _("retire"), _("go along"), _("hired")]
    if problem.reserves:
        headers.append(_("in reserve"))
    made = table(_("Year by year"), number(_("year")), words(_("category")), *map(number, headers))
    for year in problem.years:
        for category in problem.categories:
            figures = _year_figures(plan, category, year)
            if any(figures):
                level = [plan.reserve(category, year)] if problem.reserves else []
                shown = (figure or NOTHING for figure in (*figures, *level))
                add(made, year, problem.name(category), *shown)
        made.add_section()
    if made.row_count:
        yield made


def _year_figures(plan: Plan, category: str, year: int) -> tuple[int, ...]:
    """Positions units give and townships receive; people who retire, go with their position, are hired."""
    problem = plan.problem
    holders = [holder for holder, found in problem.accounts if found == category]
    return (
        sum(plan.cut(holder, category, year) for holder in holders if holder in problem.unit),
        sum(plan.added(holder, category, year) for holder in holders if holder in problem.township),
        sum(problem.retired(holder, category, year) for holder in holders),
        sum(plan.moved_out(holder, category, year) for holder in holders),
        sum(plan.hired(holder, category, year) for holder in holders),
    )
