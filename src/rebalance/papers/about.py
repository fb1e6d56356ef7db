"""What the papers are about: the plan in a dozen figures, where figures come from, how to know the papers again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from fractions import Fraction

from rebalance.county.digest import digest
from rebalance.papers.table import Cell, Table, table, words
from rebalance.plan import Plan, standing_still
from rebalance.record.outcome import Recorded
from rebalance.record.plan import tables_of
from rebalance.record.plan_file import asked
from rebalance.record.scenario import resolved
from rebalance.record.values import unstructure
from rebalance.record.versions import versions
from rebalance.words import _
from rebalance.writing.numbers import NOTHING, percent
from rebalance.writing.parameters import flat
from rebalance.writing.summary import state
from rebalance.writing.townships import coverage_today


def overview(recorded: Recorded) -> Table:
    """What the plan comes to, a line each."""
    return table(
        "overview",
        _("Overview"),
        (words("what", _("Measure")), words("figure", _("Figure"))),
        [*_standing(recorded), *_moving(recorded.audit.plan), *_covering(recorded.audit.plan)],
    )


def warnings(recorded: Recorded) -> tuple[str, ...]:
    """What nobody who reads the papers may miss."""
    checks, outcome = recorded.audit, recorded.outcome
    said = [] if outcome.proven else list(state(outcome))
    if checks.broken:
        said.append(_("Rules are broken, at {count} places.").format(count=len(checks.broken)))
    if checks.mismatches:
        said.append(_("Goals that do not come to what is claimed: {count}.").format(count=len(checks.mismatches)))
    if recorded.stated:
        said.append(_("Figures that do not follow from the plan: {count}.").format(count=len(recorded.stated)))
    if any(one.where == "county_digest" for one in recorded.stated):
        said.append(_("The county's data has changed since the plan was made."))
    if checks.plan.problem.county.synthetic:
        said.append(_("Figures of this county are made up, in part or in whole: see the table of sources."))
    return tuple(said)


def _standing(recorded: Recorded) -> Iterator[tuple[str, str]]:
    scenario, problem = recorded.outcome.scenario, recorded.audit.plan.problem
    yield _("County"), f"{problem.county} ({problem.county.code})"
    yield _("Scenario"), scenario.name
    yield _("Question"), scenario.why or NOTHING
    yield _("Years"), f"{problem.years[0]}–{problem.last}"
    yield _("Proof"), " ".join(state(recorded.outcome))
    yield (
        _("Rules"),
        _("broken: {broken}; inherited: {inherited}").format(
            broken=len(recorded.audit.broken), inherited=len(recorded.audit.inherited)
        ),
    )


def _moving(plan: Plan) -> Iterator[tuple[str, str]]:
    problem, last = plan.problem, plan.problem.last
    sums = {h: sum(plan.owned(h, c, last) for c in problem.categories) - problem.size(h) for h in _holders(plan)}
    gives = [-sums[unit] for unit in problem.units if sums[unit]]
    takes = [sums[township] for township in problem.townships if sums[township]]
    down = sum(plan.sunk(t, c, y) for t in problem.townships for c in problem.categories for y in problem.years)
    text = _("{count}, by {holders} of {all}")
    yield _("Positions given by units"), text.format(count=sum(gives), holders=len(gives), all=len(problem.units))
    yield (
        _("Positions received by townships"),
        text.format(count=sum(takes), holders=len(takes), all=len(problem.townships)),
    )
    yield _("Of these, handed down with stations"), str(down)
    yield _("People who go along with their position"), str(_counted(plan, "moved_out"))
    yield _("People hired"), str(_counted(plan, "hired"))
    reserve = [sum(plan.reserve(c, year) for c in problem.reserves) for year in (problem.today, last)]
    yield _("Reserve, before and after"), "{} → {}".format(*reserve) if problem.reserves else NOTHING


def _counted(plan: Plan, verb: str) -> int:
    return sum(number for (said, *_ids), number in plan.decided.items() if said == verb)


def _holders(plan: Plan) -> tuple[str, ...]:
    return (*plan.problem.units, *plan.problem.townships)


def _covering(plan: Plan) -> Iterator[tuple[str, str]]:
    problem, last = plan.problem, plan.problem.last
    busy = [township for township in problem.townships if plan.work(township, last)]
    if not busy:
        return
    worst = min(busy, key=lambda township: (plan.coverage(township, last), township))
    text = _("{share} ({township})")
    still = standing_still(problem)
    today = {township: coverage_today(still, township) for township in busy}
    known = {township: share for township, share in today.items() if share is not None}
    if known:
        lowest = min(known, key=lambda township: (known[township], township))
        yield (
            _("Lowest coverage today"),
            text.format(share=percent(known[lowest]), township=problem.name(lowest)),
        )
    yield (
        _("Lowest coverage after"),
        text.format(share=percent(plan.coverage(worst, last)), township=problem.name(worst)),
    )
    done, work = (sum(of(township, last) for township in busy) for of in (plan.covered, plan.work))
    yield _("Coverage of all townships after"), percent(Fraction(done, work))


def comparison(plans: Sequence[Recorded]) -> Table:
    """The measures of several plans side by side; no rows where there is only one."""
    said = [{str(what): found for what, found in overview(one).rows} for one in plans]
    measures = dict.fromkeys(what for one in said for what in one)
    rows = [(what, *(one.get(what) for one in said)) for what in measures if what != _("Scenario")]
    names = (words(f"plan_{number}", one.outcome.scenario.name) for number, one in enumerate(plans, 1))
    columns = (words("what", _("Measure")), *names)
    return table("comparison", _("Comparison of scenarios"), columns, rows if len(plans) > 1 else ())


def sources(plan: Plan) -> Table:
    """Where figures come from, and which are made up."""
    county = plan.problem.county
    made = {True: _("made up"), False: _("real")}
    rows: list[tuple[Cell, ...]] = [
        (row.table, row.column, row.id or _("(whole column)"), made[row.made_up], row.source) for row in county.sources
    ]
    return table(
        "sources",
        _("Sources, and what is made up"),
        (
            words("table", _("Table")),
            words("column", _("Column")),
            words("id", _("Row")),
            words("made_up", _("Made up")),
            words("source", _("Source")),
        ),
        rows,
        county.source,
    )


def changes(recorded: Recorded) -> Table:
    """What the scenario changes in the county's own figures."""
    said = recorded.outcome.scenario.changes
    rows = [(text,) for name, inner in said.items() for text in flat(name, unstructure(inner))]
    return table("changes", _("Changes to the county's data"), (words("change", _("Change")),), rows)


def digests(recorded: Recorded) -> Table:
    """The fingerprints by which plan, question and data are known again."""
    plan, scenario = recorded.audit.plan, recorded.outcome.scenario
    rows = [
        (_("Plan"), plan_digest(plan)),
        (_("Scenario"), asked(resolved(scenario))),
        (_("County's data"), digest(plan.problem.county)),
        *((name, version) for name, version in versions().items() if name in {"rebalance", "format"}),
    ]
    return table("digests", _("Fingerprints"), (words("of", _("Of")), words("digest", _("SHA-256 or version"))), rows)


def plan_digest(plan: Plan) -> str:
    """The fingerprint of everything a plan decides and keeps books of, and of the county it is for."""
    said = [digest(plan.problem.county), unstructure(tables_of(plan))]
    text = json.dumps(said, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
