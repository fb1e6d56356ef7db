"""Units whose leaders say how small they may become: those at that size, below it, or with leaders too many."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from rebalance.audit import Audit
from rebalance.finding import Finding
from rebalance.words import _
from rebalance.writing.numbers import NOTHING
from rebalance.writing.terminal import add, number, table, words


def leaders(checks: Audit) -> Iterator[RenderableType]:
    """A row for each, at the end of the last year; the others are left out."""
    problem = checks.plan.problem
    headers = (
        _("leaders\nauthorised"),
        _("in\npost"),
        _("positions\nin {year}").format(year=problem.last),
        _("at least"),
    )
    made = table(_("Units held to a size by their leaders"), words(_("unit")), *map(number, headers))
    found = (one for one in checks.findings.get("leadership", ()) if one.place.year == problem.last)
    for one in (one for one in found if _is_worth_saying(checks, one)):
        row = problem.unit[one.place.holder]
        in_post = NOTHING if row.leaders_in_post is None else row.leaders_in_post
        add(made, problem.name(row.unit), row.leaders_authorised or 0, in_post, one.found, one.at_least or 0)
    if made.row_count:
        yield made


def _is_worth_saying(checks: Audit, one: Finding) -> bool:
    row = checks.plan.problem.unit[one.place.holder]
    too_many = (row.leaders_in_post or 0) > (row.leaders_authorised or 0)
    return too_many or one.inherited or one.found <= (one.at_least or 0)
