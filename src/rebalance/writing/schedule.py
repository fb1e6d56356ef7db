"""What happens in which year, category by category."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from rebalance.plan import Plan
from rebalance.words import _
from rebalance.writing.numbers import NOTHING
from rebalance.writing.terminal import add, number, table, words


def schedule(plan: Plan) -> Iterator[RenderableType]:
    """A row for each year and category in which anything happens."""
    problem = plan.problem
    headers = [_("given"), _("received"), _("retire"), _("go along"), _("hired")]
    if problem.reserves:
        headers.append(_("in reserve"))
    made = table(_("Year by year"), number(_("year")), words(_("category")), *map(number, headers))
    for year in problem.years:
        for category in problem.categories:
            figures = _figures(plan, category, year)
            if any(figures):
                level = [plan.reserve(category, year)] if problem.reserves else []
                shown = (figure or NOTHING for figure in (*figures, *level))
                add(made, year, problem.name(category), *shown)
        made.add_section()
    if made.row_count:
        yield made


def _figures(plan: Plan, category: str, year: int) -> tuple[int, ...]:
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
