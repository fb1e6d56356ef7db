"""Everything on screen about what solving led to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from rebalance.county.county import County
from rebalance.county.holders import RESERVE
from rebalance.county.remarks import Remark
from rebalance.county.tables import TABLES
from rebalance.plans.approval import Trail, papers_of, state_name
from rebalance.plans.audit import Audit
from rebalance.plans.compare_stated import Stated
from rebalance.plans.file import Recorded
from rebalance.plans.outcome import Ending, Outcome
from rebalance.problem.problem import Problem
from rebalance.scenario.codec import unstructure
from rebalance.scenario.parts import plugins_of
from rebalance.scenario.scenario import Scenario, goal_name
from rebalance.screen import add, line, number, parts_of, table, words
from rebalance.tables.agencies import openings, platforms, posts_in_short
from rebalance.tables.demand import made_up
from rebalance.tables.matters import delegation
from rebalance.tables.people import elsewhere, handed_down
from rebalance.tables.positions import schedule
from rebalance.tables.proof import broken, broken_today, clash, findings, goals, opinions
from rebalance.tables.summary import movement, summary
from rebalance.tables.townships import townships
from rebalance.tables.units import givers, leadership
from rebalance.tables.words import flat, label, parameters, value
from rebalance.text import NOTHING, _


def outcome_report(outcome: Outcome, checks: Audit | None) -> Iterator[RenderableType]:
    """From the most important down; `checks` is the audit of the plan, when there is one."""
    yield from opinions(outcome)
    yield from summary(outcome)
    if outcome.clash is not None:
        yield from clash(outcome.scenario, outcome.clash)
    elif outcome.ending is Ending.IMPOSSIBLE:
        yield line(_("There was no time to find out which of them."))
    if checks is None:
        return
    yield from confirmed(checks)
    yield from goals(outcome)
    plan, rule = checks.plan, checks.scenario.rules.get("leadership")
    yield from parts_of(townships(plan))
    yield from parts_of(platforms(plan))
    yield from map(line, posts_in_short(plan))
    yield from parts_of(delegation(plan))
    yield from parts_of(givers(plan))
    yield from parts_of(leadership(plan, rule, checks.findings.get("leadership", ())))
    for subject in (schedule, handed_down, elsewhere, openings):
        yield from parts_of(subject(plan))
    yield from findings(checks)


def confirmed(checks: Audit) -> Iterator[RenderableType]:
    """Whether the audit, which knows nothing of the solver, agrees."""
    if checks.lawful and not checks.mismatches:
        yield line(_("Audited without the solver: every rule holds, every goal is what it claims to be."), "green")
    else:
        text = _("THE AUDIT DOES NOT AGREE: places where rules are broken: {places}; goals that differ: {goals}.")
        yield line(text.format(places=len(checks.broken), goals=len(checks.mismatches)), "red")


MOST = 40
"""So many figures that do not follow are shown; the others are counted."""

COUNTY = "county_digest"


def audit_report(recorded: Recorded) -> Iterator[RenderableType]:
    """The verdict, rule by rule and goal by goal, then everything that is wrong."""
    audit, stated = recorded.audit, recorded.stated
    county = audit.plan.problem.county
    yield line(f"{county} · {audit.scenario}", "bold")
    yield from made_up(county)
    yield from opinions(recorded.outcome)
    yield from _verdict(recorded)
    yield from movement(audit.plan)
    yield _audited_rules(audit)
    yield _audited_goals(recorded.outcome, audit)
    yield from broken(audit)
    yield from _stated([one for one in stated if one.where != COUNTY])


def _verdict(recorded: Recorded) -> Iterator[RenderableType]:
    audit, stated = recorded.audit, recorded.stated
    if any(one.where == COUNTY for one in stated):
        yield line(_("The county's data has changed since: this audit judges by the data as it is now."), "red")
    if audit.broken:
        yield line(_("Rules are broken, at {count} places.").format(count=len(audit.broken)), "red")
    if audit.mismatches:
        text = _("Goals that do not come to what is claimed: {count}.")
        yield line(text.format(count=len(audit.mismatches)), "red")
    if stated:
        yield line(_("Figures that do not follow from the plan: {count}.").format(count=len(stated)), "red")
    if recorded.sound:
        yield line(_("Every rule holds, every goal is what it claims to be, every figure follows."), "green")


def _audited_rules(audit: Audit) -> RenderableType:
    """How many places each rule has looked at, and what it found there."""
    headers = (_("places"), _("broken"), _("inherited"), _("no room"))
    made = table(_("Rules"), words(_("rule")), *map(number, headers))
    sorts = [[rule for rule, _finding in found] for found in (audit.broken, audit.inherited, audit.tight)]
    for name, judged in audit.findings.items():
        counts = [rules.count(name) for rules in sorts]
        shown = [str(count or NOTHING) for count in counts]
        add(made, name, len(judged) or NOTHING, *shown, style="red" if counts[0] else "")
    return made


def _audited_goals(outcome: Outcome, audit: Audit) -> RenderableType:
    """Each goal as claimed and as measured; whether it is proven only the solver knows, so it is repeated."""
    wrong = {mismatch.number for mismatch in audit.mismatches}
    headers = (_("goal"), _("claimed"), _("measured"), _("claimed proof"))
    made = table(_("Goals"), number("#"), *map(words, headers))
    claims = dict(enumerate(outcome.goals, 1))
    for rank, (goal, (_name, found)) in enumerate(zip(audit.scenario.goals, audit.values, strict=True), 1):
        claim = claims.get(rank)
        said = value(goal, claim.value) if claim else NOTHING
        proof = _("proven") if claim and claim.proven else _("NOT PROVEN")
        style = "red" if rank in wrong else ""
        add(made, rank, label(goal), said, value(goal, found), proof, style=style)
    return made


def _stated(stated: Sequence[Stated]) -> Iterator[RenderableType]:
    if stated:
        headers = (_("where"), _("the file says"), _("it is"))
        made = table(_("Figures that do not follow"), *map(words, headers))
        for one in stated[:MOST]:
            add(made, one.where, one.said, one.is_)
        yield made
    if len(stated) > MOST:
        text = _("… and {count} more: `rebalance audit --json` lists all.")
        yield line(text.format(count=len(stated) - MOST))


def steps(trail: Trail) -> Iterator[RenderableType]:
    """The steps taken; nothing about a draft."""
    for step in trail:
        parts = (f"{step.date}: {state_name(step.state)}", step.number, step.remark)
        yield line(" · ".join(part for part in parts if part))


def signed_lines(trail: Trail, kept: str, changes: Sequence[str]) -> Iterator[RenderableType]:
    """The steps taken, where they are kept, and what has changed since."""
    if not trail:
        return
    yield from steps(trail)
    yield line(kept)
    for change in changes:
        yield line(change, "red")
    if not changes:
        text = _("The plan, the county's data and the papers ({count}) are as they were.")
        yield line(text.format(count=len(papers_of(trail))), "green")


def check_report(county: County, remarks: Sequence[Remark], audit: Audit) -> Iterator[RenderableType]:
    """The report on a package without faults; the audit is that of today's state."""
    yield from heading(county)
    yield line(_("No faults."), "green")
    yield _rows(county)
    yield ledger(audit.plan.problem)
    yield from _remarks(remarks)
    yield from broken_today(audit)
    yield from _silent(audit)


def heading(county: County) -> Iterator[RenderableType]:
    """Which county it is, and for which years."""
    yield line(f"{county} ({county.code}) · {county.years[0]}–{county.years[-1]}", "bold")
    yield from made_up(county)


def _rows(county: County) -> RenderableType:
    made = table(_("Tables"), words(_("table")), number(_("rows")))
    for one in TABLES:
        add(made, one.name, len(getattr(county, one.name)) or NOTHING)
    return made


def ledger(problem: Problem) -> RenderableType:
    """Positions and staff today, by category and side."""
    headers = (_("units"), _("townships"), _("reserve"), _("together"), _("ceiling"), _("in post"))
    made = table(_("Positions today"), words(_("category")), *map(number, headers))
    for category in problem.categories:
        sides = (problem.units, problem.townships, (RESERVE,))
        owned = [sum(problem.authorised(holder, category) for holder in side) for side in sides]
        staff = sum(problem.in_post(holder, category) for side in sides for holder in side)
        ceiling = problem.ceiling[category]
        add(
            made,
            problem.name(category),
            *owned,
            sum(owned),
            NOTHING if ceiling is None else ceiling,
            staff,
        )
    return made


def _remarks(remarks: Sequence[Remark]) -> Iterator[RenderableType]:
    if remarks:
        made = table(_("Worth a look"), words(_("table")), words(_("row")), words(_("remark")))
        for remark in remarks:
            add(made, remark.table, " ".join(remark.key), remark.sentence)
        yield made


def _silent(audit: Audit) -> Iterator[RenderableType]:
    """The rules that have nothing to say, by the tables they would read, in one line."""
    rules, county = audit.scenario.rules, audit.plan.problem.county
    wanting: dict[str, list[str]] = defaultdict(list)
    for name in audit.scenario.silent():
        wanting[", ".join(table for table in rules[name].tables if not getattr(county, table))].append(name)
    if wanting:
        text = _("Rules that have nothing to say, for want of a table: {rules}.")
        parts = (f"{', '.join(names)} ({tables})" for tables, names in wanting.items())
        yield line(text.format(rules="; ".join(parts)), "yellow")


def scenario_report(scenario: Scenario, *, resolved: bool) -> Iterator[RenderableType]:
    """The whole scenario; `resolved` spells out the defaults too."""
    county = scenario.problem.county
    yield line(f"{county} · {scenario}", "bold")
    if scenario.reason:
        yield line(scenario.reason)
    yield from made_up(county)
    if scenario.own:
        text = _("Rules and goals of its own, which are programs: {names}.")
        yield line(text.format(names=", ".join(plugins_of(scenario))), "yellow")
    yield _rules(scenario, resolved=resolved)
    yield _goals(scenario, resolved=resolved)
    yield from _changes(scenario)


def _rules(scenario: Scenario, *, resolved: bool) -> RenderableType:
    made = table(
        _("Rules, with all parameters") if resolved else _("Rules, with the parameters that are set"),
        words(_("rule")),
        words(_("parameters")),
        words(_("law")),
        words(_("source")),
    )
    silent = scenario.silent()
    for name, rule in scenario.rules.items():
        said = "\n".join(parameters(rule, resolved=resolved)) or NOTHING
        if name in silent:
            said = _("(nothing to say: the county lacks {tables})").format(tables=", ".join(rule.tables))
        add(made, name, said, _("law") if rule.law else "", scenario.source(name))
    return made


def _goals(scenario: Scenario, *, resolved: bool) -> RenderableType:
    made = table(_("Goals, in order of rank"), number("#"), *map(words, (_("goal"), _("options"), _("aims at"))))
    for rank, goal in enumerate(scenario.goals, 1):
        options = "\n".join(parameters(goal, resolved=resolved)) or NOTHING
        add(made, rank, goal_name(goal), options, goal.explain())
    return made


def _changes(scenario: Scenario) -> Iterator[RenderableType]:
    changes = [text for name, inner in scenario.changes.items() for text in flat(name, unstructure(inner))]
    if changes:
        made = table(_("Changes to the county's data"), words(_("change")))
        for text in changes:
            add(made, text)
        yield made
    else:
        yield line(_("The county's data is taken as it is."))
