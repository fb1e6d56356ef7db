"""Matters: what townships take on, whose they are (权责清单) and where they cooperate (配合事项清单)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Column as RichColumn

from rebalance.county.reform import Actor, Matter, MatterKind, Side
from rebalance.model.plan import Plan
from rebalance.problem.flow import Flow, flows
from rebalance.problem.problem import Problem
from rebalance.screen import add, line, number, table, words
from rebalance.table import Cell, Column, Kind, Table, code, count, figure, table_of, text_column
from rebalance.tables.flowcharts import handoffs
from rebalance.tables.words import side_name, yes_no
from rebalance.text import NOTHING, _, hundredths


def tables_of_matters(problem: Problem) -> Iterator[RenderableType]:
    """A row for each matter; handoffs and hours of those whose steps are known."""
    if not problem.county.matters:
        yield line(_("The county lists no matters (table matters)."))
        return
    made = table(
        _("Matters, with the hours each actor spends on one case"),
        words(_("matter")),
        RichColumn(_("kind"), no_wrap=True),
        *(words(text) for text in (_("unit"), _("agency"))),
        *(number(text) for text in (_("steps"), _("hand-\noffs"), _("appli-\ncant"), _("town-\nship"), _("unit"))),
        number(_("all")),
    )
    known = flows(problem.county)
    for row in problem.county.matters:
        names = (f"{row.matter} {row}", kind_name(row.kind), problem.name(row.unit), problem.name(row.agency))
        add(made, *names, *_figures(row, known.get(row.matter)))
    yield made
    yield line(_("Handoffs: fewest and most from a first step to a last one, never going back."))


def hours(row: Matter, flow: Flow | None) -> int:
    """Hundredths of hours one case takes: those of the steps where they say, or else the matter's own."""
    return sum(flow.hours.values()) if flow and flow.timed else row.hours


def kind_name(kind: MatterKind) -> str:
    """The kind in the language spoken."""
    names = {
        MatterKind.APPROVAL: _("approval"),
        MatterKind.ENFORCEMENT: _("enforcement"),
        MatterKind.COOPERATION: _("cooperation"),
    }
    return names[kind]


def _figures(row: Matter, flow: Flow | None) -> tuple[str, ...]:
    together = hundredths(hours(row, flow))
    if flow is None:
        return (*[NOTHING] * 5, together)
    each = (Actor.APPLICANT, Actor.TOWNSHIP, Actor.UNIT)
    spent = (hundredths(flow.hours[actor]) if flow.timed else NOTHING for actor in each)
    return (str(len(flow.steps)), handoffs(flow), *spent, together)


def matters(plan: Plan) -> Table:
    """Every matter, and how many townships take it on."""
    problem, known = plan.problem, flows(plan.problem.county)
    rows: list[tuple[Cell, ...]] = []
    for row in problem.county.matters:
        taken = sum(plan.delegated(row.matter, township, problem.last) for township in problem.townships)
        said = (row.matter, str(row), kind_name(row.kind), problem.name(row.unit) if row.unit else "")
        more = (problem.name(row.agency), yes_no(row.base), side_name(row.responsible), row.basis)
        rows.append((*said, *more, hours(row, known.get(row.matter)), taken if row.unit else None))
    return table_of(
        "matters",
        _("Matters and who takes them on"),
        (
            code("matter", _("Code")),
            text_column("name", _("Matter")),
            text_column("kind", _("Kind")),
            text_column("unit", _("Unit")),
            text_column("agency", _("Agency")),
            text_column("base", _("Base set")),
            text_column("responsible", _("Answers for it")),
            text_column("basis", _("Basis")),
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
    columns = (code("township", _("Code")), text_column("township_name", _("Township")), *_columns())
    return table_of("lists", _("Matters taken on, township by township"), columns, rows)


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
    return table_of(side.value, title, _columns(), rows)


def _columns() -> tuple[Column, ...]:
    return (
        code("matter", _("Matter code")),
        text_column("name", _("Matter")),
        text_column("kind", _("Kind")),
        text_column("unit", _("Unit")),
        text_column("agency", _("Agency")),
        text_column("responsible", _("Answers for it")),
        text_column("basis", _("Basis")),
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


def delegation(plan: Plan) -> Iterator[RenderableType]:
    """A row for each township at the end of the last year, and their sum; nothing where nothing is delegated."""
    problem = plan.problem
    taken = [
        (m, t) for m in problem.delegation.matters for t in problem.townships if plan.delegated(m, t, problem.last)
    ]
    if not taken:
        return
    headers = (_("of the\nbase set"), _("of its\nchoice"), _("positions\nof work"), _("of all\nits work"))
    made = table(_("Matters delegated"), words(_("township")), *map(number, headers))
    for township in problem.townships:
        add(
            made,
            problem.name(township),
            *_hour_figures(plan, [key for key in taken if key[1] == township], (township,)),
        )
    made.add_section()
    add(made, _("together"), *_hour_figures(plan, taken, problem.townships), style="bold")
    yield made


def _hour_figures(plan: Plan, taken: Sequence[tuple[str, str]], those: Sequence[str]) -> tuple[str, ...]:
    delegation, last = plan.problem.delegation, plan.problem.last
    base = sum(delegation.matter[matter].base for matter, _township in taken)
    work = sum(delegation.moved.get(key, 0) for key in taken)
    everything = sum(plan.work(township, last) for township in those)
    return (
        str(base or NOTHING),
        str(len(taken) - base or NOTHING),
        hundredths(work) if work else NOTHING,
        hundredths(everything),
    )
