"""Which agencies townships open and close."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from rebalance.plan import Plan
from rebalance.words import _
from rebalance.writing.terminal import add, table, words


def agencies(plan: Plan) -> Iterator[RenderableType]:
    """A row for each township that opens or closes any; without knowing today's, all that are open."""
    known = plan.problem.county.placed
    title = _("Agencies opened and closed") if known else _("Agencies open (today's are not known)")
    made = table(title, words(_("township")), words(_("opened")), words(_("closed")))
    found: dict[str, dict[bool, list[str]]] = {}
    for township, agency, year, opened in changes(plan):
        sides = found.setdefault(township, {True: [], False: []})
        sides[opened].append(f"{year} {plan.problem.name(agency)}")
    for township, sides in found.items():
        add(made, plan.problem.name(township), *("\n".join(sorted(sides[side])) for side in (True, False)))
    if made.row_count:
        yield made


def changes(plan: Plan) -> Iterator[tuple[str, str, int, bool]]:
    """Township, agency, year, and whether it opens (or else closes)."""
    problem = plan.problem
    for township in problem.townships:
        for agency in problem.agencies:
            was = problem.open_today(township, agency)
            for year in problem.years:
                now = bool(plan.open(township, agency, year))
                if now != was:
                    yield township, agency, year, now
                was = now
