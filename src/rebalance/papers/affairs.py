"""Matters: what townships take on, whose they are (权责清单) and where they cooperate (配合事项清单)."""

from __future__ import annotations

from collections.abc import Iterator

from rebalance.county.matters import Matter, Side
from rebalance.flow import flows
from rebalance.papers.named import side_name, yes_no
from rebalance.papers.table import Cell, Column, Kind, Table, code, count, figure, table, words
from rebalance.plan import Plan
from rebalance.words import _
from rebalance.writing.matters import hours, kind_name


def matters(plan: Plan) -> Table:
    """Every matter, and how many townships take it on."""
    problem, known = plan.problem, flows(plan.problem.county)
    rows: list[tuple[Cell, ...]] = []
    for row in problem.county.matters:
        taken = sum(plan.delegated(row.matter, township, problem.last) for township in problem.townships)
        said = (row.matter, str(row), kind_name(row.kind), problem.name(row.unit) if row.unit else "")
        more = (problem.name(row.agency), yes_no(row.base), side_name(row.responsible), row.basis)
        rows.append((*said, *more, hours(row, known.get(row.matter)), taken if row.unit else None))
    return table(
        "matters",
        _("Matters and who takes them on"),
        (
            code("matter", _("Code")),
            words("name", _("Matter")),
            words("kind", _("Kind")),
            words("unit", _("Unit")),
            words("agency", _("Agency")),
            words("base", _("Base set")),
            words("responsible", _("Answers for it")),
            words("basis", _("Basis")),
            figure("hours", _("Hours a case"), Kind.WORK),
            count("taken", _("Townships that take it on")),
        ),
        rows,
    )


def lists(plan: Plan) -> Table:
    """What each township has taken on by the end, matter by matter."""
    rows: list[tuple[Cell, ...]] = []
    for township in plan.problem.townships:
        rows += [(township, plan.problem.name(township), *row) for row in _taken(plan, township)]
    columns = (code("township", _("Code")), words("township_name", _("Township")), *_columns())
    return table("lists", _("Matters taken on, township by township"), columns, rows)


def powers(plan: Plan, township: str) -> Table:
    """The matters a township answers for (权责清单)."""
    title = _("List of powers and duties of {township}").format(township=plan.problem.name(township))
    return _list(plan, township, title, Side.TOWNSHIP)


def cooperation(plan: Plan, township: str) -> Table:
    """The matters a county unit answers for and the township helps with (配合事项清单)."""
    title = _("List of matters in which {township} cooperates").format(township=plan.problem.name(township))
    return _list(plan, township, title, Side.UNIT)


def in_hand(plan: Plan, township: str) -> tuple[Matter, ...]:
    """The matters a township has at the end: its own work, and what it has taken on."""
    rows = plan.problem.county.matters
    return tuple(row for row in rows if not row.unit or plan.delegated(row.matter, township, plan.problem.last))


def _list(plan: Plan, township: str, title: str, side: Side) -> Table:
    wanted = {row.matter for row in in_hand(plan, township) if row.responsible is side}
    rows = [row for row in _taken(plan, township) if row[0] in wanted]
    return table(side.value, title, _columns(), rows)


def _columns() -> tuple[Column, ...]:
    return (
        code("matter", _("Matter code")),
        words("name", _("Matter")),
        words("kind", _("Kind")),
        words("unit", _("Unit")),
        words("agency", _("Agency")),
        words("responsible", _("Answers for it")),
        words("basis", _("Basis")),
        figure("year", _("Taken on in"), Kind.YEAR),
        count("cases", _("Cases a year")),
        count("work", _("Work, in positions"), Kind.WORK),
    )


def _taken(plan: Plan, township: str) -> Iterator[tuple[Cell, ...]]:
    problem = plan.problem
    cases = {(row.matter, row.township): row.cases for row in problem.county.volumes}
    for row in in_hand(plan, township):
        year = next((year for year in problem.years if plan.delegated(row.matter, township, year)), None)
        said = (row.matter, str(row), kind_name(row.kind), problem.name(row.unit) if row.unit else "")
        more = (problem.name(row.agency), side_name(row.responsible), row.basis, year)
        work = problem.delegation.moved.get((row.matter, township), 0) if row.unit else None
        yield (*said, *more, cases.get((row.matter, township)), work)
