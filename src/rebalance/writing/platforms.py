"""How many agencies there were and are, and how strong each platform is."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from rebalance.county.agencies import Platform
from rebalance.plan import Plan
from rebalance.words import _
from rebalance.writing.numbers import NOTHING
from rebalance.writing.terminal import add, line, number, table, words


def platforms(plan: Plan) -> Iterator[RenderableType]:
    """A row for each township: its agencies before they were merged, today and at the end; its platforms at the end."""
    problem = plan.problem
    if not problem.agencies:
        return
    names = {platform: name for platform, name in _names().items() if _agencies(plan, platform)}
    made = table(
        _("Agencies, and the strength of platforms in {year}").format(year=problem.last),
        words(_("township")),
        *(number(text) for text in (_("agencies\nonce"), _("today"), str(problem.last))),
        *(number(name) for name in names.values()),
    )
    for township in problem.townships:
        strengths = (_strength(plan, township, platform) for platform in names)
        add(made, problem.name(township), *_counts(plan, township), *strengths)
    yield made
    old = len(problem.county.mergers)
    now = sum(plan.open(t, a, problem.last) for t in problem.townships for a in problem.agencies)
    if old:
        text = _("Agencies: {old} before they were merged, {now} at the end of {year}.")
        yield line(text.format(old=old, now=now, year=problem.last))


def _names() -> dict[Platform, str]:
    return {
        Platform.PARTY_BUILDING: _("party\nbuilding"),
        Platform.ECONOMIC_DEVELOPMENT: _("economic\ndevelop-\nment"),
        Platform.COMPREHENSIVE_GOVERNANCE: _("gover-\nnance"),
        Platform.ENFORCEMENT: _("enforce-\nment"),
        Platform.PUBLIC_SERVICE: _("public\nservice"),
    }


def _counts(plan: Plan, township: str) -> tuple[str, ...]:
    """Agencies before they were merged, today, and at the end of the last year."""
    problem = plan.problem
    old = sum(row.township == township for row in problem.county.mergers)
    today = sum(problem.open_today(township, agency) for agency in problem.agencies)
    now = sum(plan.open(township, agency, problem.last) for agency in problem.agencies)
    return str(old or NOTHING), str(today) if problem.county.placed else NOTHING, str(now)


def _strength(plan: Plan, township: str, platform: Platform) -> int:
    return sum(plan.strength(township, agency, plan.problem.last) for agency in _agencies(plan, platform))


def _agencies(plan: Plan, platform: Platform) -> list[str]:
    return [row.agency for row in plan.problem.county.agencies if row.platform is platform]
