"""The request (请示): its words, the reasons for what each holder gives or gets, and the annexes it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from operator import itemgetter

from rebalance.figures import Picture, before_after, coverage, years
from rebalance.figures.colours import SERIES
from rebalance.model.plan import Plan, status_quo
from rebalance.model.totals import Totals, Worst, coverage_today, totals
from rebalance.papers.contents import on_whose_word, sources_in_short, tables, warnings
from rebalance.plans.audit import Audit
from rebalance.plans.recorded import Recorded
from rebalance.table import Cell, Column, Table
from rebalance.tables.approvals import above_the_county, levels
from rebalance.tables.coverage import lowest
from rebalance.tables.positions import how_to_change, schedule
from rebalance.tables.townships import Taker, takers
from rebalance.tables.units import Giver, units_that_give
from rebalance.tables.words import approval_name
from rebalance.text import _, language, listed, percent, run_on

MOST = 2
"""So many limits are quoted for each holder."""


def unit_reasons(checks: Audit) -> Iterator[str]:
    """A paragraph for each unit that gives, those that give most first."""
    for giver in units_that_give(checks.plan):
        yield run_on((_unit(checks.plan, giver), *_reason(checks, giver.unit)))


def township_reasons(checks: Audit) -> Iterator[str]:
    """A paragraph for each township."""
    still = status_quo(checks.plan.problem)
    for taker in takers(checks.plan):
        yield _township(checks, still, taker)


def limits_at(checks: Audit, holder: str) -> Sequence[str]:
    """The limits that leave the holder no room at the end, in their rules' words, the most telling first."""
    problem = checks.plan.problem
    ends, below = {0, problem.last}, holder in problem.township
    here = [(rule, one) for rule, one in checks.tight if one.place.holder == holder and one.place.year in ends]
    telling = [
        (rank, rule, one.place)
        for rule, one in here
        if (rank := checks.scenario.about(rule).telling) is not None and (one.found == one.at_most or not below)
    ]
    ranked = sorted(telling, key=itemgetter(0))
    said = (checks.scenario.rules[rule].explain(problem, place) for _rank, rule, place in ranked)
    return tuple(dict.fromkeys(said))[:MOST]


def _unit(plan: Plan, giver: Giver) -> str:
    problem, held = plan.problem, plan.problem.held.get(giver.unit, ())
    free = sum(max(0, problem.authorised(giver.unit, c) - problem.in_post(giver.unit, c)) for c in held)
    retired = sum(plan.retired(giver.unit, c, year) for c in held for year in problem.years)
    text = _(
        "{unit}: {before} positions become {after} ({how}). {free} are vacant today, {retired} of its people retire by"
        " {year}, {staff} are in post then."
    )
    said = text.format(
        unit=problem.name(giver.unit),
        before=giver.today,
        after=giver.after,
        how=_how(giver),
        free=free,
        retired=retired,
        year=problem.last,
        staff=giver.in_post,
    )
    if any(problem.position[giver.unit, category].needed is not None for category in held):
        needs = (
            _("Its work needs {needed} today, stations included.") if giver.stations else _("Its work needs {needed}.")
        )
        return run_on((said, needs.format(needed=problem.needed(giver.unit))))
    return said


def _how(giver: Giver) -> str:
    """In which ways positions leave."""
    cut = _("{count} cut").format(count=giver.cut)
    stations = _("{count} handed down with stations").format(count=giver.stations)
    return listed(text for text, some in ((cut, giver.cut), (stations, giver.stations)) if some)


def _township(checks: Audit, still: Plan, taker: Taker) -> str:
    plan, township = checks.plan, taker.township
    text = _(
        "{township}: {before} positions become {after}; {new} are new, {stations} come with stations that sat there."
    )
    said = [
        text.format(
            township=plan.problem.name(township),
            before=taker.today,
            after=taker.after,
            new=taker.new,
            stations=taker.stations,
        )
    ]
    if plan.work(township, plan.problem.last):
        said.append(_covered(checks, still, township))
    return run_on((*said, *_reason(checks, township)))


def _covered(checks: Audit, still: Plan, township: str) -> str:
    plan, last = checks.plan, checks.plan.problem.last
    today = coverage_today(still, township)
    shares = {"after": percent(plan.coverage(township, last)), "staffed": percent(plan.staffed(township, last))}
    if today is None:
        return _("Its work is then covered to {after}, by the people in post to {staffed}.").format(**shares)
    text = _("Its work is covered to {today} today and to {after} then, by the people in post to {staffed}.")
    return text.format(today=percent(today), **shares)


def _reason(checks: Audit, holder: str) -> Iterator[str]:
    if limits := limits_at(checks, holder):
        yield _("Limits reached: {limits}").format(limits=run_on(limits))


CHINESE = "一二三四五六七八九十"


class Part(Enum):
    """What a paragraph is."""

    HEADING = auto()
    SUBHEADING = auto()
    TEXT = auto()
    WARNING = auto()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the request."""

    part: Part
    text: str


def title(recorded: Recorded) -> str:
    """What the paper asks for."""
    text = _("Request for approval of the plan to adjust authorised positions in {county}")
    return text.format(county=recorded.audit.plan.problem.county)


def request(recorded: Recorded, others: Sequence[Recorded] = ()) -> Iterator[Paragraph]:
    """The body, from the reason to the closing formula."""
    for number, (heading, paragraphs) in enumerate(_parts(recorded, others), 1):
        yield Paragraph(Part.HEADING, f"{numeral(number)}{heading}")
        yield from paragraphs
    yield Paragraph(Part.TEXT, _("Please say whether this is in order."))


def numeral(number: int) -> str:
    """The number of a heading, as each language writes it."""
    return f"{CHINESE[number - 1]}、" if language() == "zh" else f"{number}. "


def subnumeral(number: int) -> str:
    """The number of a heading below another."""
    return f"（{CHINESE[number - 1]}）" if language() == "zh" else f"({number}) "


def reasons(recorded: Recorded) -> Iterator[Paragraph]:
    """Why each unit gives what it gives and each township gets what it gets."""
    checks = recorded.audit
    yield Paragraph(Part.SUBHEADING, subnumeral(1) + _("Units that give"))
    yield from map(_text, unit_reasons(checks))
    yield Paragraph(Part.SUBHEADING, subnumeral(2) + _("Townships that receive"))
    yield from map(_text, township_reasons(checks))


def _parts(recorded: Recorded, others: Sequence[Recorded]) -> Iterator[tuple[str, list[Paragraph]]]:
    yield _("Why"), [*_why(recorded)]
    yield _("What is proposed"), [*map(_text, _proposed(recorded.audit.plan))]
    yield _("Comparison"), [*map(_text, _compared(recorded, others))]
    yield _("Approvals needed"), [*map(_text, _approvals(recorded))]
    yield _("How sure this is"), [*map(_text, _certainty(recorded))]


def _text(said: str) -> Paragraph:
    return Paragraph(Part.TEXT, said)


def _why(recorded: Recorded) -> Iterator[Paragraph]:
    for warning in warnings(recorded):
        yield Paragraph(Part.WARNING, warning)
    yield _text(
        _(
            "The county's total of authorised positions is held, positions are cut above and added below, so that"
            " townships can do the work that falls to them."
        )
    )
    if why := recorded.outcome.scenario.reason:
        yield _text(why)


def _proposed(plan: Plan) -> Iterator[str]:
    found = totals(plan)
    yield _positions(plan, found)
    yield run_on(_people(found))
    yield run_on(_years(plan))
    if found.after:
        yield run_on(_work(plan, found))
    yield _(
        "The reasons for each unit and township stand in annex 1, the figures in the annexes after it. They show what"
        " changes; every unit, township, agency, post and matter stands in the workbook that belongs to this request."
    )


def _positions(plan: Plan, found: Totals) -> str:
    problem = plan.problem
    text = _(
        "From {first} to {last}, {givers} of {units} county units give {given} positions, and {receivers} of"
        " {townships} townships receive {received}; {stations} of these come with stations that already sit there."
    )
    said = text.format(
        first=problem.years[0],
        last=problem.last,
        givers=found.givers,
        units=len(problem.units),
        given=found.given,
        receivers=found.receivers,
        townships=len(problem.townships),
        received=found.received,
        stations=found.stations,
    )
    if not (found.granted or found.given_back):
        return said
    text = _("Up to the ceilings, {granted} positions are granted to the county; above them, {back} are given back.")
    return run_on((said, text.format(granted=found.granted, back=found.given_back)))


def _people(found: Totals) -> Iterator[str]:
    if found.reserve:
        before, after = found.reserve
        yield _("The county's reserve goes from {before} to {after}.").format(before=before, after=after)
    if found.along:
        yield _("People who go along with their position: {count}.").format(count=found.along)
    else:
        yield _("Nobody has to go along with a position: what moves is vacant, or falls vacant by retirement.")
    if found.planned is None:
        yield _("People hired: {count}.").format(count=found.hired)
    else:
        text = _("People hired: {count}, of {planned} whom the hiring plan allows.")
        yield text.format(count=found.hired, planned=found.planned)
    text = _("The townships' positions go from {before} to {after}, their staff in post from {staff} to {then}.")
    (before, after), (staff, then) = found.below, found.staffed
    yield text.format(before=before, after=after, staff=staff, then=then)


def _years(plan: Plan) -> Iterator[str]:
    table = schedule(plan)
    for year in plan.problem.years:
        rows = [table.row(row) for row in table.rows if row[table.index("year")] == year]
        sums = {key: sum(int(str(row[key] or 0)) for row in rows) for key in ("cut", "added", "stations")}
        text = _("In {year}, units give {cut} and townships receive {added}; another {stations} go down with stations.")
        yield text.format(year=year, **sums)


def _work(plan: Plan, found: Totals) -> Iterator[str]:
    if found.today:
        text = _("The township served least has {share} of its work covered today ({township}).")
        yield _served(text, plan, found.today)
    if found.after:
        yield _served(_("At the end the lowest coverage is {share} ({township})."), plan, found.after)
    if between := lowest(plan, plan.problem.years[:-1]):
        yield _("On the way the lowest coverage is: {years}.").format(years=between)
    if found.together is not None:
        yield _("All townships together then have {share} of their work covered.").format(share=percent(found.together))


def _served(text: str, plan: Plan, worst: Worst) -> str:
    return text.format(share=percent(worst.share), township=plan.problem.name(worst.township))


def _compared(recorded: Recorded, others: Sequence[Recorded]) -> Iterator[str]:
    county = recorded.audit.plan.problem.county
    if county.history:
        years = sorted({row.year for row in county.history})
        text = _("Positions of earlier years ({first} to {last}) stand in the annex on comparison.")
        yield text.format(first=years[0], last=years[-1])
    else:
        yield _("The county gives no figures of earlier years.")
    if others:
        names = listed(str(one.outcome.scenario) for one in others)
        yield _("The same annex compares the plan with these scenarios: {names}.").format(names=names)
    else:
        yield _("No other scenario is compared in this paper.")


def _approvals(recorded: Recorded) -> Iterator[str]:
    plan = recorded.audit.plan
    if not plan.problem.county.routes:
        yield _("The county does not say which moves need whose approval.")
        return
    found = [approval_name(level) for level in levels(plan)]
    yield _("Moves of this plan need approval by: {levels}. The annex on approvals says which.").format(
        levels=listed(found) or _("nobody")
    )
    if above := above_the_county(plan):
        text = _("Moving positions of these categories may need approval above the county: {categories}.")
        yield text.format(categories=listed(above))


def _certainty(recorded: Recorded) -> Iterator[str]:
    yield from (*recorded.outcome.state(), on_whose_word(recorded))
    checks = recorded.audit
    text = _(
        "The plan was checked again without the program that found it: {places} places of {rules} rules, broken:"
        " {broken}, broken already today and not made worse: {inherited}."
    )
    places = sum(map(len, checks.findings.values()))
    figures = {"broken": len(checks.broken), "inherited": len(checks.inherited)}
    yield text.format(places=places, rules=len(checks.findings), **figures)


Row = Mapping[str, Cell]

MOST_ROWS = len(SERIES)
"""So many scenarios can be told apart in one figure."""


@dataclass(frozen=True)
class Annex:
    """What is annexed under one number: its figure, where it has one, then its tables."""

    title: str
    tables: tuple[Table, ...]
    figure: Picture | None = None


def annexes(recorded: Recorded, others: Sequence[Recorded] = ()) -> Iterator[Annex]:
    """Those that have something to show."""
    known = {one.name: one for one in tables(recorded, others)}
    if "sources" in known:
        known["sources"] = sources_in_short(recorded.audit.plan)
    for title, names in _groups().items():
        found = tuple(one for name in names if name in known if (one := _on_paper(known[name])).rows)
        if found:
            yield Annex(title, found, _figure(names, recorded, others))


def _figure(names: Sequence[str], recorded: Recorded, others: Sequence[Recorded]) -> Picture | None:
    """What the tables of an annex are about at one look: the years, the townships, the scenarios compared."""
    outcome, compared = recorded.outcome, [one.outcome for one in others]
    if "schedule" in names:
        return years(outcome)
    if "townships" in names:
        return before_after(outcome)
    if "comparison" in names and compared:
        return coverage(outcome, *compared[: MOST_ROWS - 1])
    return None


def _groups() -> dict[str, tuple[str, ...]]:
    """Which tables stand together; what is in none is only in the workbook."""
    return {
        _("Positions"): ("categories", "positions", "schedule", "hires"),
        _("Townships, their platforms and agencies"): (
            "townships",
            "coverage_by_year",
            "origins",
            "platforms",
            "agencies",
            "staffing",
        ),
        _("Stations, staff and matters"): ("stations", "dispatched", "borrowed", "matters"),
        _("Leadership, cost and comparison"): ("leadership", "cost", "comparison", "history"),
        _("Approvals, proof and sources"): (
            *("approvals", "goals", "rules", "findings"),
            *("changes", "sources", "digests"),
        ),
    }


def _on_paper(table: Table) -> Table:
    """The table as paper has room for it: what changes, without ids and what only a screen can do."""
    wanted = CHANGING.get(table.name)
    if wanted and not any(wanted(table.row(row)) for row in table.rows):
        return replace(table, rows=())
    cut = table.where(wanted, _others(table.name)) if wanted else table
    notes = tuple(note for note in cut.notes if note != how_to_change())
    return replace(cut, notes=notes).only(*(one.key for one in table.columns if _printed(table.name, one)))


def _printed(name: str, column: Column) -> bool:
    left_out = column.code or column.editable or column.key in LEFT_OUT.get(name, ())
    return not left_out and not column.key.startswith(CATEGORY_BY_CATEGORY)


def _others(name: str) -> str:
    """What is said of the rows left out."""
    return _("{count} others, without room") if name == "findings" else _("{count} others, unchanged")


CATEGORY_BY_CATEGORY = "placed_"

LEFT_OUT: Mapping[str, tuple[str, ...]] = {
    "positions": ("kind", "differs"),
    "agencies": ("role", "platform", "compulsory"),
    "matters": ("base", "hours"),
    "rules": ("places", "remark"),
}
"""Columns of which another annex tells, or the workbook."""


def _moves(row: Row) -> bool:
    return bool(row["cut"] or row["added"] or row["stations"])


def _other_size(row: Row) -> bool:
    return row["before"] != row["after"]


def _other_staff(row: Row) -> bool:
    return any(cell != row["today"] for key, cell in row.items() if key.startswith("y2"))


CHANGING: Mapping[str, Callable[[Row], bool]] = {
    "positions": _moves,
    "agencies": lambda row: row["strength"] != row["today"] or row["open"] != row["was"],
    "stations": lambda row: row["year"] is not None,
    "dispatched": _other_staff,
    "borrowed": _other_staff,
    "matters": lambda row: bool(row["taken"]),
    "leadership": lambda row: _other_size(row) or bool(row["over"] or row.get("surplus")),
    "history": _other_size,
    "findings": lambda row: row["state"] != _("no room"),
}
"""Which rows of a long table are about what changes, or is wrong."""
