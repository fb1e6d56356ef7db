"""What a county package holds, what is odd about it, and what today's state already breaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from rebalance.audit import Audit
from rebalance.county.county import County
from rebalance.county.organisations import RESERVE
from rebalance.county.remark import Remark
from rebalance.county.tables import TABLES
from rebalance.problem import Problem
from rebalance.words import _
from rebalance.writing.findings import broken_today
from rebalance.writing.numbers import NOTHING
from rebalance.writing.summary import made_up
from rebalance.writing.terminal import add, line, number, table, words


def report(county: County, remarks: Sequence[Remark], audit: Audit) -> Iterator[RenderableType]:
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
