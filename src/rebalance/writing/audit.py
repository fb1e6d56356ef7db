"""The audit of a plan on disk: every rule, every goal, every figure the file states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from rebalance.audit import Audit
from rebalance.outcome import Outcome
from rebalance.record.outcome import Recorded
from rebalance.record.stated import Stated
from rebalance.words import _
from rebalance.writing.certificate import opinions
from rebalance.writing.findings import broken
from rebalance.writing.numbers import NOTHING, value
from rebalance.writing.parameters import label
from rebalance.writing.summary import made_up, movement
from rebalance.writing.terminal import add, line, number, table, words

MOST = 40
"""So many figures that do not follow are shown; the others are counted."""

COUNTY = "county_digest"


def report(recorded: Recorded) -> Iterator[RenderableType]:
    """The verdict, rule by rule and goal by goal, then everything that is wrong."""
    audit, stated = recorded.audit, recorded.stated
    county = audit.plan.problem.county
    yield line(f"{county} · {audit.scenario}", "bold")
    yield from made_up(county)
    yield from opinions(recorded.outcome)
    yield from _verdict(recorded)
    yield from movement(audit.plan)
    yield _rules(audit)
    yield _goals(recorded.outcome, audit)
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


def _rules(audit: Audit) -> RenderableType:
    """How many places each rule has looked at, and what it found there."""
    headers = (_("places"), _("broken"), _("inherited"), _("no room"))
    made = table(_("Rules"), words(_("rule")), *map(number, headers))
    sorts = [[rule for rule, _finding in found] for found in (audit.broken, audit.inherited, audit.tight)]
    for name, findings in audit.findings.items():
        counts = [rules.count(name) for rules in sorts]
        shown = [str(count or NOTHING) for count in counts]
        add(made, name, len(findings) or NOTHING, *shown, style="red" if counts[0] else "")
    return made


def _goals(outcome: Outcome, audit: Audit) -> RenderableType:
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
