"""Along which routes positions move, and which level must approve that."""

from __future__ import annotations

from collections.abc import Iterator

from rebalance.county.holders import Approval, HolderKind, Route
from rebalance.model.plan import Plan
from rebalance.table import Table, figure, table_of, text_column
from rebalance.tables.words import approval_name, kind_name
from rebalance.text import _


def approvals(plan: Plan) -> Table:
    """Along which routes positions move, and who must approve that."""
    return table_of(
        "approvals",
        _("Approvals needed"),
        (
            text_column("category", _("Category")),
            text_column("from", _("From")),
            figure("given", _("Given")),
            text_column("to", _("To")),
            figure("received", _("Received")),
            text_column("approval", _("Approval by")),
        ),
        [
            (plan.problem.name(row.category), kind_name(row.from_), given, kind_name(row.to), taken, _level(row))
            for row, given, taken in _moves(plan)
        ],
        _(
            "Given and received: by all holders of the kind together, over all years, stations included. Who gives to"
            " whom is not decided: positions go through the county's pool."
        ),
    )


def levels(plan: Plan) -> tuple[Approval, ...]:
    """Every level that must approve something, the lowest first."""
    found = {row.approval for row, _given, _taken in _moves(plan)}
    return tuple(level for level in Approval if level in found)


def above_the_county(plan: Plan) -> tuple[str, ...]:
    """Names of the categories of which something moves that a level above the county must approve."""
    found = {row.category for row, _given, _taken in _moves(plan) if row.approval is not Approval.COUNTY}
    return tuple(plan.problem.name(category) for category in plan.problem.categories if category in found)


def _level(row: Route) -> str:
    return approval_name(row.approval)


def _moves(plan: Plan) -> Iterator[tuple[Route, int, int]]:
    """Open routes between kinds of holder that really give and receive."""
    for row in plan.problem.county.routes:
        given, taken = _changed(plan, row.category, row.from_, -1), _changed(plan, row.category, row.to, 1)
        if given and taken:
            yield row, given, taken


def _changed(plan: Plan, category: str, kind: HolderKind, sign: int) -> int:
    """By how much the holders of a kind gain (1) or lose (-1), counting only those that do."""
    problem = plan.problem
    those = [h for h, c in problem.accounts if c == category and problem.kind(h) == kind]
    steps = ((plan.owned(h, category, y) - plan.owned(h, category, y - 1)) * sign for h in those for y in problem.years)
    return sum(step for step in steps if step > 0)
