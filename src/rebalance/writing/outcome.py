"""Everything on screen about what solving led to."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from rebalance.audit import Audit
from rebalance.outcome import Ending, Outcome
from rebalance.words import _
from rebalance.writing.agencies import agencies
from rebalance.writing.certificate import opinions
from rebalance.writing.clash import clash
from rebalance.writing.delegation import delegation
from rebalance.writing.findings import findings
from rebalance.writing.goals import goals
from rebalance.writing.leaders import leaders
from rebalance.writing.platforms import platforms
from rebalance.writing.posts import short
from rebalance.writing.schedule import schedule
from rebalance.writing.stations import elsewhere, stations
from rebalance.writing.summary import summary
from rebalance.writing.terminal import line
from rebalance.writing.townships import townships
from rebalance.writing.units import units


def report(outcome: Outcome, checks: Audit | None) -> Iterator[RenderableType]:
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
    yield from townships(checks.plan)
    yield from platforms(checks.plan)
    yield from short(checks.plan)
    yield from delegation(checks.plan)
    yield from units(checks.plan)
    yield from leaders(checks)
    yield from schedule(checks.plan)
    yield from stations(checks.plan)
    yield from elsewhere(checks.plan)
    yield from agencies(checks.plan)
    yield from findings(checks)


def confirmed(checks: Audit) -> Iterator[RenderableType]:
    """Whether the audit, which knows nothing of the solver, agrees."""
    if checks.lawful and not checks.mismatches:
        yield line(_("Audited without the solver: every rule holds, every goal is what it claims to be."), "green")
    else:
        text = _("THE AUDIT DOES NOT AGREE: places where rules are broken: {places}; goals that differ: {goals}.")
        yield line(text.format(places=len(checks.broken), goals=len(checks.mismatches)), "red")
