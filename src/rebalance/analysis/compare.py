"""Outcomes side by side: what was asked differently, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from rich.console import RenderableType

from rebalance.analysis.measures import Value, figure, figure_name, measures, of_townships, of_units
from rebalance.frame import DataFrame, frame, shows
from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Goal, better, value
from rebalance.model.plan import Plan
from rebalance.plans.columns import Figure as FigureFact
from rebalance.plans.columns import FigureId, GoalName, Said
from rebalance.plans.columns import Value as ValueFact
from rebalance.plans.outcome import Outcome
from rebalance.plans.runs import result
from rebalance.scenario.inputs import AskedRow, Input, ScenarioName, asked, asked_rows, inputs
from rebalance.scenario.parts import goal_name
from rebalance.scenario.settings import label
from rebalance.screen import Answer, line, on_screen
from rebalance.table import Cell, Fact, Figure, Table, Unit, plain_tables, sheet
from rebalance.text import _

Figures = Callable[[Plan], Mapping[tuple[str, str], Value]]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """What a goal comes to in the plan of a scenario."""

    scenario: ScenarioName
    goal: GoalName
    value: ValueFact
    said: Said


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of a plan, or of a holder in it."""

    scenario: ScenarioName
    holder: Annotated[str, Fact("A unit or a township; empty: the whole plan.", Unit.ID)]
    figure: FigureId
    value: FigureFact


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of every outcome (None: no plan, or no such thing there); of a goal, or of a holder, or of the whole.

    `id` is what programs call it, `name` what people do.
    """

    name: str
    values: tuple[Value | None, ...]
    holder: str = ""
    goal: Goal | None = None
    id: str = ""

    @property
    def differs(self) -> bool:
        """Whether not all are the same."""
        return any(value != self.values[0] for value in self.values[1:])

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The figures as people read them, and exactly."""
        return tuple(figure(found, self.goal) for found in self.values)


@dataclass(frozen=True, repr=False)
class Comparison(Answer):
    """Outcomes side by side: what was asked differently, and what came of it.

    The first is the one the others are compared with; `dominated` has pairs: the worse one, the better one.
    """

    names: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    inputs: tuple[Input, ...]
    goals: tuple[Row, ...]
    measures: tuple[Row, ...]
    townships: tuple[Row, ...]
    units: tuple[Row, ...]
    dominated: tuple[tuple[str, str], ...]

    @property
    def alike(self) -> bool:
        """Whether nothing differs, neither in what was asked nor in what came of it."""
        rows = (*self.goals, *self.measures, *self.townships, *self.units)
        endings = {outcome.ending for outcome in self.outcomes}
        same = not any(one.differs for one in self.inputs) and not any(row.differs for row in rows)
        return same and len(endings) == 1

    @property
    def unproven(self) -> tuple[str, ...]:
        """Those with a plan of which it is not known whether it is the best."""
        pairs = zip(self.names, self.outcomes, strict=True)
        return tuple(name for name, outcome in pairs if outcome.plan is not None and not outcome.proven)

    def said(self) -> Iterator[str]:
        """What the tables come to."""
        if self.alike:
            yield _("No difference.")
        elif self.unproven:
            text = _("Not every goal is proven in: {names}. A difference may be for want of time.")
            yield text.format(names=", ".join(self.unproven))
        for worse, better_ in self.dominated:
            text = _("{worse} is dominated by {better}: in no goal better, in one at least worse.")
            yield text.format(worse=worse, better=better_)

    def tables(self, *, everything: bool = True) -> list[Table]:
        """What was asked, what came of it, by township and by unit (`everything`, or what differs); who is dominated.

        A person reads of the last in sentences.
        """
        dominated = sheet(_("Dominated"), (_("scenario"), _("dominated by")), list(self.dominated), figures=2)
        return [*self._sheets(everything=everything), dominated]

    def parts(self, *, everything: bool = False) -> Iterator[RenderableType]:
        """What `rebalance compare` says: only what differs, or `everything`."""
        yield from (on_screen(one) for one in self._sheets(everything=everything) if one.rows)
        yield from map(line, self.said())

    def to_json(self) -> list[dict[str, Any]]:
        """The tables as plain data, as `rebalance compare --all --format json` prints them."""
        return plain_tables(self.tables())

    @shows(AskedRow)
    def asked(self) -> DataFrame:
        """What the scenarios ask, and the county's figures in which they differ."""
        return frame(AskedRow, asked_rows(self.names, self.inputs))

    @shows(ComparedRow)
    def reached(self) -> DataFrame:
        """What every goal of any of them comes to in each plan."""
        rows = (
            ComparedRow(name, goal_name(row.goal), found, value(row.goal, found))
            for row in self.goals
            for name, found in zip(self.names, row.values, strict=True)
            if row.goal is not None and (found is None or isinstance(found, int | tuple))
        )
        return frame(ComparedRow, rows)

    @shows(FigureRow)
    def figures(self) -> DataFrame:
        """Figures of each plan, of its townships and of its units."""
        rows = (
            FigureRow(name, row.holder, row.id, found)
            for row in (*self.measures, *self.townships, *self.units)
            for name, found in zip(self.names, row.values, strict=True)
        )
        return frame(FigureRow, rows)

    def _sheets(self, *, everything: bool) -> Iterator[Table]:
        yield asked(self.names, self.inputs, everything=everything)
        yield self._results(everything=everything)
        parts = ((_("Townships"), _("township"), self.townships), (_("Units"), _("unit"), self.units))
        for title, holder, rows in parts:
            kept = _kept(rows, everything=everything)
            if lines := [(self._holder(row.holder), row.name, *row.cells) for row in kept]:
                yield sheet(title, (holder, _("figure"), *self.names), lines, figures=2)

    def _results(self, *, everything: bool) -> Table:
        results = [result(one.ending.value, proven=one.proven) for one in self.outcomes]
        rows: list[tuple[Cell, ...]] = []
        if everything or self.unproven or any(one != results[0] for one in results):
            rows.append((_("result"), *results))
        for row in _kept((*self.goals, *self.measures), everything=everything):
            name = " ".join(label(row.goal).split()) if row.goal else row.name
            rows.append((name, *row.cells))
        return sheet(_("What comes of it"), (_("figure"), *self.names), rows, figures=1)

    def _holder(self, holder: str) -> Figure:
        names = (outcome.scenario.problem.name(holder) for outcome in self.outcomes)
        name = next((name for name in names if name != holder), "")
        return Figure(holder, f"{name} ({holder})" if name else holder)


def _kept(rows: Iterable[Row], *, everything: bool) -> list[Row]:
    return [row for row in rows if everything or row.differs]


def compare(outcomes: Sequence[Outcome]) -> Comparison:
    """Set outcomes side by side; the first is the one the others are compared with."""
    names = distinct([str(outcome.scenario) for outcome in outcomes])
    plans = [outcome.plan for outcome in outcomes]
    return Comparison(
        names,
        tuple(outcomes),
        tuple(inputs([outcome.scenario for outcome in outcomes])),
        tuple(Row("", _each(goal.measure, plans), goal=goal) for goal in _goals(outcomes)),
        tuple(Row(measure.name, _each(measure.of, plans), id=measure.id) for measure in measures()),
        tuple(_by_holder(of_townships, plans)),
        tuple(_by_holder(of_units, plans)),
        tuple(_dominated(names, outcomes)),
    )


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Names that tell one from another: those that repeat get a number."""
    found: list[str] = []
    for name in names:
        number, label = 2, name
        while label in found:
            label, number = f"{name} ({number})", number + 1
        found.append(label)
    return tuple(found)


def _goals(outcomes: Sequence[Outcome]) -> list[Goal]:
    """Every goal that any of them has, once."""
    found: list[Goal] = []
    for outcome in outcomes:
        found += [goal for goal in outcome.scenario.goals if goal not in found]
    return found


def _each(figure: Callable[[Plan], Value], plans: Sequence[Plan | None]) -> tuple[Value | None, ...]:
    return tuple(None if plan is None else figure(plan) for plan in plans)


def _by_holder(figures: Figures, plans: Sequence[Plan | None]) -> Iterator[Row]:
    found = [{} if plan is None else figures(plan) for plan in plans]
    for holder, name in dict.fromkeys(key for one in found for key in one):
        yield Row(figure_name(name), tuple(one.get((holder, name)) for one in found), holder, id=name)


def _dominated(names: Sequence[str], outcomes: Sequence[Outcome]) -> Iterator[tuple[str, str]]:
    """Each outcome to which another is at least equal in every goal that all have, and better in one."""
    planned = [(name, outcome) for name, outcome in zip(names, outcomes, strict=True) if outcome.plan is not None]
    goals = [
        goal
        for goal in (outcomes[0].scenario.goals if outcomes else ())
        if not isinstance(goal, Canonical) and all(goal in outcome.scenario.goals for outcome in outcomes)
    ]
    for name, outcome in planned:
        rival = next((other for other, one in planned if _beats(one, outcome, goals)), None)
        if rival is not None:
            yield name, rival


def _beats(one: Outcome, other: Outcome, goals: Sequence[Goal]) -> bool:
    if one.plan is None or other.plan is None:
        return False
    values = [(goal.measure(one.plan), goal.measure(other.plan)) for goal in goals]
    return any(better(mine, theirs) for mine, theirs in values) and not any(
        better(theirs, mine) for mine, theirs in values
    )
