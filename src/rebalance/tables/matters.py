"""Matters: what townships take on, whose they are (权责清单) and where they cooperate (配合事项清单)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from rebalance.county.reform import Actor, Matter, MatterKind, Side
from rebalance.model.plan import Plan
from rebalance.model.totals import work
from rebalance.problem.flow import Flow, flows
from rebalance.table import Cell, Column, Kind, Look, Table, Unit, code, count, figure, table_of, text_column
from rebalance.tables.flowcharts import handoffs
from rebalance.tables.words import in_hundredths, side_name, yes_no
from rebalance.text import NOTHING, _


def hours(row: Matter, flow: Flow | None) -> Fraction:
    """Hours one case takes of everybody: those of the steps where they say, or else the matter's own."""
    return flow.all_hours if flow and flow.timed else row.time


def kind_name(kind: MatterKind) -> str:
    """The kind in the language spoken."""
    names = {
        MatterKind.APPROVAL: _("approval"),
        MatterKind.ENFORCEMENT: _("enforcement"),
        MatterKind.COOPERATION: _("cooperation"),
    }
    return names[kind]


def matters(plan: Plan) -> Table:
    """Every matter, and how many townships take it on; of those whose steps are known, handoffs and hours."""
    problem, known = plan.problem, flows(plan.problem.county)
    rows: list[tuple[Cell, ...]] = []
    for row in problem.county.matters:
        taken = sum(plan.delegated(row.matter, township, problem.last) for township in problem.townships)
        flow = known.get(row.matter)
        said = (row.matter, str(row), f"{row.matter} {row}", kind_name(row.kind), problem.name(row.unit))
        more = (problem.name(row.agency), yes_no(row.base), side_name(row.answers), row.basis)
        rows.append((*said, *more, *_spent(flow), in_hundredths(hours(row, flow)), taken if row.unit else None))
    below = (
        _("Handoffs: fewest and most from a first step to a last one, never going back.")
        if rows
        else _("The county lists no matters (table matters).")
    )
    return table_of(
        "matters",
        _("Matters and who takes them on"),
        _about(),
        rows,
        look=Look(title=_("Matters, with the hours each actor spends on one case"), said=(below,)),
    )


def _about() -> tuple[Column, ...]:
    """What is said of a matter."""
    spent = _("Hours it spends on one case; empty: the steps do not say.")
    return (
        code("matter", _("Code")).means(_("The matter.")),
        text_column("name", _("Matter")).means(_("Its name.")).off_screen(),
        text_column("matter_said", _("Matter")).means(_("The matter and its name.")).short(_("matter")).off_paper(),
        replace(text_column("kind", _("Kind")).means(_("What it is.")).short(_("kind")), whole=True),
        text_column("unit", _("Unit")).means(_("The unit whose it is; empty: the townships' own.")).short(_("unit")),
        text_column("agency", _("Agency")).means(_("The agency its work falls to.")).short(_("agency")),
        text_column("base", _("Base set")).means(_("Whether every township takes it on.")).off_screen(),
        text_column("responsible", _("Answers for it")).means(_("Who answers for it.")).off_screen(),
        text_column("basis", _("Basis")).means(_("What it rests on.")).off_screen(),
        figure("steps", _("Steps"))
        .means(_("Steps of one case; empty: nobody knows."), Unit.COUNT)
        .short(_("steps"), "0")
        .off_paper(),
        figure("handoffs", _("Handoffs"))
        .means(_("Fewest and most from a first step to a last one."), Unit.COUNT)
        .short(_("hand-\noffs"))
        .off_paper(),
        *(
            figure(f"hours_{actor.value}", title, Kind.WORK).means(spent, Unit.HOURS).short(short).off_paper()
            for actor, (title, short) in _actors().items()
        ),
        figure("hours", _("Hours a case"), Kind.WORK)
        .means(_("Hours all spend on one case."), Unit.HOURS)
        .short(_("all")),
        count("taken", _("Townships that take it on"))
        .means(_("Townships that have taken it on by the end; empty: it is their own."), Unit.COUNT)
        .off_screen(),
    )


def _actors() -> Mapping[Actor, tuple[str, str]]:
    """Who spends hours on a case, in full and in short."""
    return {
        Actor.APPLICANT: (_("Hours of the applicant"), _("appli-\ncant")),
        Actor.TOWNSHIP: (_("Hours of the township"), _("town-\nship")),
        Actor.UNIT: (_("Hours of the unit"), _("unit")),
    }


def _spent(flow: Flow | None) -> tuple[Cell, ...]:
    """Steps, handoffs, and the hours of each actor."""
    if flow is None:
        return (None,) * (2 + len(_actors()))
    return (
        len(flow.steps),
        handoffs(flow),
        *(in_hundredths(flow.hours[actor]) if flow.timed else None for actor in _actors()),
    )


def lists(plan: Plan) -> Table:
    """What each township has taken on by the end, matter by matter."""
    rows: list[tuple[Cell, ...]] = []
    for township in plan.problem.townships:
        rows += [(township, plan.problem.name(township), *row) for row in _taken(plan, township)]
    where = (
        code("township", _("Code")).means(_("The township.")),
        text_column("township_name", _("Township")).means(_("The township's name.")),
    )
    columns = (*where, *_columns())
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
    wanted = {row.matter for row in in_hand(plan, township) if row.answers is side}
    rows = [row for row in _taken(plan, township) if row[0] in wanted]
    return table_of(side.value, title, _columns(), rows)


def _columns() -> tuple[Column, ...]:
    return (
        code("matter", _("Matter code")).means(_("The matter.")),
        text_column("name", _("Matter")).means(_("Its name.")),
        text_column("kind", _("Kind")).means(_("What it is.")),
        text_column("unit", _("Unit")).means(_("The unit whose it is; empty: the townships' own.")),
        text_column("agency", _("Agency")).means(_("The agency its work falls to.")),
        text_column("responsible", _("Answers for it")).means(_("Who answers for it.")),
        text_column("basis", _("Basis")).means(_("What it rests on.")),
        figure("year", _("Taken on in"), Kind.YEAR).means(
            _("The year in which the township takes it on; empty: it is its own.")
        ),
        count("cases", _("Cases a year")).means(_("Cases it has there in a year."), Unit.COUNT),
        count("work", _("Work, in positions"), Kind.WORK).means(_("Work it brings.")),
    )


def _taken(plan: Plan, township: str) -> Iterator[tuple[Cell, ...]]:
    problem = plan.problem
    cases = {(row.matter, row.township): row.cases for row in problem.county.volumes}
    for row in in_hand(plan, township):
        year = next((year for year in problem.years if plan.delegated(row.matter, township, year)), None)
        said = (row.matter, str(row), kind_name(row.kind), problem.name(row.unit) if row.unit else "")
        more = (problem.name(row.agency), side_name(row.answers), row.basis, year)
        brings = problem.delegation.moved.get((row.matter, township), 0) if row.unit else None
        yield (*said, *more, cases.get((row.matter, township)), brings)


def delegation(plan: Plan) -> Table:
    """A row for each township at the end of the last year; no rows where nothing is delegated."""
    problem = plan.problem
    taken = [
        (m, t) for m in problem.delegation.matters for t in problem.townships if plan.delegated(m, t, problem.last)
    ]
    return table_of(
        "delegation",
        _("Matters delegated"),
        (
            code("township", _("Code")).means(_("The township.")),
            text_column("name", _("Township")).means(_("Its name.")).short(_("township")),
            count("base", _("Of the base set"))
            .means(_("Matters taken on that every township takes on."), Unit.COUNT)
            .short(_("of the\nbase set")),
            count("chosen", _("Of its choice"))
            .means(_("Matters taken on beside these."), Unit.COUNT)
            .short(_("of its\nchoice")),
            count("work", _("Work, in positions"), Kind.WORK)
            .means(_("Work they bring."))
            .short(_("positions\nof work"), NOTHING),
            count("everything", _("Of all its work"), Kind.WORK)
            .means(_("Work there is to do."))
            .short(_("of all\nits work")),
        ),
        [
            (
                township,
                problem.name(township),
                *_brought(plan, [key for key in taken if key[1] == township], [township]),
            )
            for township in (problem.townships if taken else ())
        ],
        look=Look(together=("", _("together"), *_brought(plan, taken, problem.townships))),
    )


def _brought(plan: Plan, taken: Sequence[tuple[str, str]], those: Sequence[str]) -> tuple[int, ...]:
    """Matters of the base set, the others, their work, and all the work of these townships."""
    delegated = plan.problem.delegation
    base = sum(delegated.matter[matter].base for matter, _township in taken)
    brings = sum(delegated.moved.get(key, 0) for key in taken)
    return base, len(taken) - base, brings, work(plan, those, plan.problem.last)
