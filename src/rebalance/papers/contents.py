"""All tables of the papers, in the order in which they are read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence

from rebalance.county.county import digest
from rebalance.county.tables import CATEGORIES, SETTINGS, TABLES
from rebalance.model.plan import Plan
from rebalance.model.totals import totals
from rebalance.plans.approval import reasons, state_name, state_of
from rebalance.plans.file import asked, versions
from rebalance.plans.recorded import Recorded
from rebalance.plans.rows import tables_of
from rebalance.rules.leadership import Leadership
from rebalance.scenario.codec import unstructure
from rebalance.scenario.settings import flat
from rebalance.table import Cell, Table, table_of, text_column
from rebalance.tables import agencies, coverage, hires, matters, people, positions, staffing, townships, units
from rebalance.tables.approvals import approvals
from rebalance.tables.coverage import said_of_falls
from rebalance.text import NOTHING, _, listed, name_of, parted, percent, run_on


def overview(recorded: Recorded) -> Table:
    """What the plan comes to, a line each."""
    return table_of(
        "overview",
        _("Overview"),
        (text_column("what", _("Measure")), text_column("figure", _("Figure"))),
        [*_standing(recorded), *_moving(recorded.audit.plan)],
    )


def warnings(recorded: Recorded) -> tuple[str, ...]:
    """What nobody who reads the papers may miss."""
    checks, outcome = recorded.audit, recorded.outcome
    said = [] if outcome.proven else list(outcome.state())
    if checks.broken:
        said.append(_("Rules are broken, at {count} places.").format(count=len(checks.broken)))
    if checks.mismatches:
        said.append(_("Goals that do not come to what is claimed: {count}.").format(count=len(checks.mismatches)))
    if recorded.stated:
        said.append(_("Figures that do not follow from the plan: {count}.").format(count=len(recorded.stated)))
    if any(one.where == "county_digest" for one in recorded.stated):
        said.append(_("The county's data has changed since the plan was made."))
    said += [*recorded.unlike, *reasons(outcome.trail)]
    said += said_of_falls(checks.plan)
    if checks.plan.problem.county.synthetic:
        said.append(_("Figures of this county are made up, in part or in whole: see the table of sources."))
    return tuple(said)


def _standing(recorded: Recorded) -> Iterator[tuple[str, str]]:
    scenario, problem = recorded.outcome.scenario, recorded.audit.plan.problem
    yield _("County"), f"{problem.county} ({problem.county.code})"
    yield _("Scenario"), str(scenario)
    yield _("Question"), scenario.reason or NOTHING
    yield _("Years"), f"{problem.years[0]}–{problem.last}"
    yield _("Proof"), run_on((*recorded.outcome.state(), on_whose_word(recorded)))
    if trail := recorded.outcome.trail:
        yield _("Approval"), parted((state_name(state_of(trail)), *map(str, trail)))
    yield (
        _("Rules"),
        _("broken: {broken}; inherited: {inherited}").format(
            broken=len(recorded.audit.broken), inherited=len(recorded.audit.inherited)
        ),
    )


def on_whose_word(recorded: Recorded) -> str:
    """Who says that nothing is better: no reader of a paper, and no audit, can see that."""
    if not any(goal.proven for goal in recorded.outcome.goals):
        return _("The audit has worked out the figures, not what would be better.")
    if recorded.outcome.certificate is not None:
        return _(
            "So say the solver and, where goals are called certified, a second one; the audit cannot work that out."
        )
    return _("So says the solver that made the plan; the audit cannot work that out.")


def _moving(plan: Plan) -> Iterator[tuple[str, str]]:
    problem, found = plan.problem, totals(plan)
    text = _("{count}, by {holders} of {all}")
    yield (
        _("Positions given by units"),
        text.format(count=found.given, holders=found.givers, all=len(problem.units)),
    )
    yield (
        _("Positions received by townships"),
        text.format(count=found.received, holders=found.receivers, all=len(problem.townships)),
    )
    yield _("Of these, handed down with stations"), str(found.stations)
    if found.granted or found.given_back:
        yield _("Granted to the county, given back"), f"{found.granted}, {found.given_back}"
    yield _("People who go along with their position"), str(found.along)
    yield _("People hired"), str(found.hired)
    if found.planned is not None:
        yield _("People whom the hiring plan allows"), str(found.planned)
    yield _("Positions of townships, before and after"), "{} → {}".format(*found.below)
    yield _("Staff in post in townships, before and after"), "{} → {}".format(*found.staffed)
    yield _("Reserve, before and after"), "{} → {}".format(*found.reserve) if found.reserve else NOTHING
    for title, worst in ((_("Lowest coverage today"), found.today), (_("Lowest coverage after"), found.after)):
        if worst:
            share = percent(worst.share)
            yield title, _("{share} ({township})").format(share=share, township=problem.name(worst.township))
    if found.together is not None:
        yield _("Coverage of all townships after"), percent(found.together)


def comparison(plans: Sequence[Recorded]) -> Table:
    """The measures of several plans side by side; no rows where there is only one."""
    said = [{str(what): found for what, found in overview(one).rows} for one in plans]
    measures = dict.fromkeys(what for one in said for what in one)
    rows = [(what, *(one.get(what) for one in said)) for what in measures if what != _("Scenario")]
    names = (text_column(f"plan_{number}", str(one.outcome.scenario)) for number, one in enumerate(plans, 1))
    columns = (text_column("what", _("Measure")), *names)
    return table_of("comparison", _("Comparison of scenarios"), columns, rows if len(plans) > 1 else ())


def sources(plan: Plan) -> Table:
    """Where figures come from, and which are made up."""
    county = plan.problem.county
    made = {True: _("made up"), False: _("real")}
    rows: list[tuple[Cell, ...]] = [
        (
            *_place(row.table, row.column),
            row.id or _("(whole column)"),
            made[row.made_up],
            _("law") if row.law else None,
            row.source,
        )
        for row in county.sources
    ]
    return table_of(
        "sources",
        _("Sources, and what is made up"),
        (
            text_column("table", _("Table")),
            text_column("column", _("Column")),
            text_column("id", _("Row")),
            text_column("made_up", _("Made up")),
            text_column("law", _("Law")),
            text_column("source", _("Source")),
        ),
        rows,
        county.source,
    )


def _place(table_name: str, column: str) -> tuple[str, str]:
    """A table and a column of the county's package, as the language spoken heads them."""
    known = next((one for one in (CATEGORIES, *TABLES, *SETTINGS) if one.name == table_name), None)
    if known is None:
        return table_name, column
    heading = next((one for one in known.headings if one.header == column), None)
    chinese = heading.column.chinese if heading else ()
    return name_of(table_name, known.chinese[0]), name_of(column, chinese[0] if chinese else "")


def sources_in_short(plan: Plan) -> Table:
    """The same for a paper with little room: a row for each table, its columns together."""
    whole = sources(plan)
    columns: dict[str, dict[str, list[str]]] = {}
    for table_, column, _id, made_up, *_rest in whole.rows:
        columns.setdefault(str(table_), {}).setdefault(str(made_up), []).append(str(column))
    kinds = (_("made up"), _("real"))
    rows = [(name, *(listed(dict.fromkeys(said.get(kind, ()))) for kind in kinds)) for name, said in columns.items()]
    heads = (text_column("table", _("Table")), text_column("made_up", _("Made up")), text_column("real", _("Real")))
    return table_of(whole.name, whole.title, heads, rows, *whole.notes)


def changes(recorded: Recorded) -> Table:
    """What the scenario changes in the county's own figures."""
    said = recorded.outcome.scenario.changes
    rows = [(text,) for name, inner in said.items() for text in flat(name, unstructure(inner))]
    return table_of("changes", _("Changes to the county's data"), (text_column("change", _("Change")),), rows)


def digests(recorded: Recorded) -> Table:
    """The fingerprints by which plan, question and data are known again."""
    plan, scenario = recorded.audit.plan, recorded.outcome.scenario
    rows = [
        (_("Plan"), plan_digest(plan)),
        (_("Scenario"), asked(scenario.resolved())),
        (_("County's data"), digest(plan.problem.county)),
        *((name, version) for name, version in versions().items() if name in {"rebalance", "format"}),
    ]
    return table_of(
        "digests", _("Fingerprints"), (text_column("of", _("Of")), text_column("digest", _("SHA-256 or version"))), rows
    )


def plan_digest(plan: Plan) -> str:
    """The fingerprint of everything a plan decides and keeps books of, and of the county it is for."""
    said = [digest(plan.problem.county), unstructure(tables_of(plan))]
    text = json.dumps(said, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


ALWAYS = frozenset({"overview", "positions", "findings", "goals", "digests"})
"""Tables that are there even when they have no rows."""


def tables(recorded: Recorded, others: Sequence[Recorded] = ()) -> tuple[Table, ...]:
    """Every table that has something to say; beside `others`, a comparison of the scenarios."""
    plan, checks = recorded.audit.plan, recorded.audit
    made = (
        overview(recorded),
        positions.positions(plan),
        positions.categories(plan),
        units.givers(plan),
        townships.townships(plan),
        coverage.coverage_by_year(plan),
        townships.origins(plan),
        agencies.agencies(plan),
        agencies.platforms(plan),
        agencies.posts(plan),
        staffing.staffing(plan),
        agencies.mergers(plan),
        positions.schedule(plan),
        positions.yearly(plan),
        hires.hires(plan),
        people.stations(plan),
        people.dispatched(plan),
        people.borrowed(plan),
        matters.matters(plan),
        matters.lists(plan),
        units.leadership(plan, *checks.of(Leadership)),
        coverage.coverage(plan),
        positions.cost(plan),
        positions.history(plan),
        comparison((recorded, *others)),
        approvals(plan),
        recorded.outcome.goal_table(),
        checks.rules(),
        checks.notable(),
        changes(recorded),
        sources(plan),
        digests(recorded),
    )
    return tuple(table.on_paper() for table in made if table.rows or table.name in ALWAYS)
