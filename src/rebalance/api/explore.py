"""Outcomes side by side, at the desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from rebalance.analysis import alternatives as other
from rebalance.analysis import compare as comparing
from rebalance.analysis import frontier as tracing
from rebalance.analysis.alternatives import measured
from rebalance.analysis.cases import Answered
from rebalance.analysis.compare import gathered, gathered_close, scenario_of
from rebalance.analysis.frontier import above, traded
from rebalance.analysis.measures import measures
from rebalance.analysis.sweep import Line, Point, drawn, grid, line, points, values_in
from rebalance.analysis.sweep import sweep as swept
from rebalance.api.run import answers, keeping, runner, watched, watching
from rebalance.api.show import recast
from rebalance.fault import FaultsError
from rebalance.frame import FLOAT, DataFrame, frame, nearest, plain_frame, shows
from rebalance.goals.goal import Goal, Slack, value
from rebalance.plans.outcome import Outcome
from rebalance.plans.outcome import Outcome as CoreOutcome
from rebalance.scenario import scenario as asked_scenario
from rebalance.scenario.given import exactly, slack_given
from rebalance.scenario.inputs import AskedRow, asked_rows
from rebalance.scenario.parts import goal_name
from rebalance.scenario.scenario import Scenario
from rebalance.scenario.settings import Settings
from rebalance.screen import Answer, on_screen
from rebalance.screen import line as paragraph
from rebalance.tables import explored as writing_alternatives
from rebalance.tables import explored as writing_frontier
from rebalance.tables.explored import brief, compare_sheets, sentences, troubles
from rebalance.tables.frames import (
    CaseFigureRow,
    ComparedRow,
    FigureRow,
    PlanGoalRow,
    PlanHolderRow,
    PointRow,
    SweptRow,
)
from rebalance.text import _, percent


class Comparison(Answer, comparing.Comparison):
    """Outcomes side by side: what was asked differently, and what came of it; `dominated` has (worse, better)."""

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance compare` says: only what differs."""
        yield from (on_screen(sheet) for sheet in compare_sheets(self, everything=False) if sheet.rows)
        yield from map(paragraph, sentences(self))

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
            for name, found in self._each(row.values)
            if row.goal is not None and (found is None or isinstance(found, int | tuple))
        )
        return frame(ComparedRow, rows)

    @shows(FigureRow)
    def figures(self) -> DataFrame:
        """Figures of each plan, of its townships and of its units."""
        every = (*self.measures, *self.townships, *self.units)
        rows = (FigureRow(name, row.holder, row.id, found) for row in every for name, found in self._each(row.values))
        return frame(FigureRow, rows)

    def _each(self, values: Sequence[object]) -> Iterator[tuple[str, object]]:
        return zip(self.names, values, strict=True)


def compare(
    those: Sequence[CoreOutcome | Scenario],
    *,
    close: bool = False,
    limit: float | None = None,
    workers: int | None = 1,
    store: Path | str | None = None,
    quiet: bool = False,
) -> Comparison:
    """Set outcomes side by side; scenarios among them are solved first.

    Args:
        those: outcomes and scenarios; the first is the one the others are compared with.
        close: settle what the goals leave open as close to the first plan as can be, so that no difference is a tie.
        limit: seconds for each scenario.
        workers: so many processes (None: one for each core). In a program, guard with `if __name__ == "__main__"`.
        store: a file in which runs are kept, and found again.
        quiet: show no progress.

    Raises:
        ValueError: a scenario could not be solved, or there is no plan to stay close to.
    """
    gather = gathered_close if close else gathered
    found = gather(those, lambda cases: answers(cases, workers, store, quiet=quiet), limit)
    if found.failed:
        message = _("{name}: not solved: {trouble}")
        raise ValueError("\n".join(message.format(name=one.case.name, trouble=one.trouble) for one in found.failed))
    if len(found.outcomes) < len(those):
        raise ValueError(_("{name} has no plan to stay close to.").format(name=scenario_of(those[0]).name))
    return recast(comparing.compare(found.in_order), Comparison)


Axes = Mapping[str, str | Sequence[Any]]


@dataclass(frozen=True, repr=False)
class Sweep(Answer, Sequence[Line]):
    """One line for each case; `stopped` before all were done."""

    lines: tuple[Line, ...]
    stopped: bool = False

    def __len__(self) -> int:
        """How many cases."""
        return len(self.lines)

    def __getitem__(self, number: Any) -> Any:  # noqa: ANN401  # an index or a slice, as of any sequence
        """One case, or some."""
        return self.lines[number]

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance sweep` says."""
        yield on_screen(brief(self.lines))
        yield from map(paragraph, troubles(self.lines))
        if self.stopped:
            yield paragraph(_("Stopped; only these cases were solved."), "yellow")

    def cases(self) -> DataFrame:
        """A row a case: its name, what is set in it, how it ended, and the figures of its plan.

        Columns: `case`; one for every place that is set, named after it; `ending`, `proven`, `trouble`, `seconds`,
        `run`; then one for every figure of `figures()`. Beside what is no whole number stands `_float`.
        """
        return plain_frame([{"case": one.name, **_row(one)} for one in self.lines])

    @shows(SweptRow)
    def reached(self) -> DataFrame:
        """What every goal comes to in every case."""
        rows = (
            SweptRow(one.name, goal_name(goal), found, value(goal, found))
            for one in self.lines
            for goal, found in one.goals
        )
        return frame(SweptRow, rows)

    @shows(CaseFigureRow)
    def figures(self) -> DataFrame:
        """The figures of every case that has a plan."""
        rows = (CaseFigureRow(one.name, *pair) for one in self.lines for pair in _figures(one).items())
        return frame(CaseFigureRow, rows)


def sweep(
    scenario: asked_scenario.Scenario,
    settings: Axes | Sequence[Settings],
    *,
    draws: int | None = None,
    seed: int = 0,
    limit: float | None = None,
    workers: int | None = 1,
    store: Path | str | None = None,
    quiet: bool = False,
) -> Sweep:
    """Solve many cases of a scenario. Stopped, it keeps those that are done.

    Args:
        scenario: what is changed in each case.
        settings: values by place, of which every combination is a case:
            `{"rules.cut_above_add_below.share": "0.05..0.30/0.05"}`, or a list of values; or a list of cases, each
            with one value a place. Floats are refused, as they are not exact: write "0.05".
        draws: so many random combinations instead of all.
        seed: which draws.
        limit: seconds for each case.
        workers: so many processes (None: one for each core). In a program, guard with `if __name__ == "__main__"`.
        store: a file in which runs are kept, and found again: a sweep that was stopped goes on.
        quiet: show no progress.

    Raises:
        FaultsError: not one case can be asked.
        ValueError: values cannot be understood.
    """
    cases = points(recast(scenario, asked_scenario.Scenario), _rows(settings, draws, seed))
    asked = [one.scenario for one in cases if one.scenario is not None]
    if not asked:
        raise FaultsError(list(dict.fromkeys(fault for one in cases for fault in one.faults)))
    coming = swept(cases, runner(asked, workers), keeping(store), limit)
    done, stopped = _done(cases, watched(coming, len(asked), quiet=quiet))
    kept = [n for n, one in enumerate(cases) if n in done or one.scenario is None]
    return Sweep(tuple(done[n] if n in done else line(cases[n], None) for n in kept), stopped)


def _done(cases: Sequence[Point], coming: Iterator[tuple[int, Answered]]) -> tuple[dict[int, Line], bool]:
    """The lines by number, and whether somebody stopped before they were complete."""
    found: dict[int, Line] = {}
    try:
        found.update((number, line(cases[number], answer)) for number, answer in coming)
    except KeyboardInterrupt:
        return found, True
    return found, False


def _rows(settings: Axes | Sequence[Settings], draws: int | None, seed: int) -> list[Settings]:
    if not isinstance(settings, Mapping):
        return [{path: exactly(path, one) for path, one in row.items()} for row in settings]
    axes = {path: [exactly(path, one) for one in _values(said)] for path, said in settings.items()}
    return grid(axes) if draws is None else drawn(axes, draws, seed)


def _values(said: str | Sequence[Any]) -> Sequence[Any]:
    return values_in(said) if isinstance(said, str) else list(said)


def _row(one: Line) -> dict[str, object]:
    """What is known of a case, by column."""
    about = {"ending": one.ending, "proven": one.proven, "trouble": one.trouble, "seconds": one.seconds, "run": one.run}
    return {**_with_floats(one.settings), **about, **_with_floats(_figures(one))}


def _with_floats(figures: Mapping[str, object]) -> dict[str, object]:
    """The figures, and beside each that is no whole number the nearest float."""
    found: dict[str, object] = {}
    for name, figure in figures.items():
        found[name] = figure
        if not isinstance(figure, int) and not isnan(nearest(figure)):
            found[f"{name}{FLOAT}"] = nearest(figure)
    return found


def _figures(one: Line) -> dict[str, object]:
    return dict(zip((measure.id for measure in measures()), one.figures, strict=False))


class Frontier(Answer, tracing.Frontier):
    """Every point of a trade-off: plans that cannot be better in one goal without being worse in another."""

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance frontier` says, but for how long it took, which is in `reached()`."""
        yield from writing_frontier.frontier_said(self)
        yield from map(on_screen, writing_frontier.frontier_sheets(self, timed=False))

    @shows(PointRow)
    def reached(self) -> DataFrame:
        """Where every point stands in every goal."""
        rows = (
            PointRow(number, goal_name(goal), mark, point.proven, point.seconds, _marked(goal, mark))
            for number, point in enumerate(self.points, 1)
            for goal, mark in zip(self.goals, point.marks, strict=True)
        )
        return frame(PointRow, rows)

    def outcome(self, number: int) -> Outcome:
        """The plan of a point, numbered from 1 as in the table; nothing is claimed of its goals.

        Raises:
            ValueError: there is no such point.
        """
        _known(number, 1, len(self.points))
        return recast(measured(self.scenario, self.points[number - 1].plan), Outcome)


class Alternatives(Answer, other.Alternatives):
    """The best plan of a scenario, number 0, and others within the slack, as different as can be."""

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance alternatives` says."""
        yield from writing_alternatives.alternatives_said(self)
        yield from map(on_screen, writing_alternatives.alternatives_sheets(self))

    @shows(PlanGoalRow)
    def reached(self) -> DataFrame:
        """What every goal comes to in every plan."""
        goals = self.best.scenario.goals
        rows = (
            PlanGoalRow(number, rank, goal_name(goal), found, value(goal, found))
            for number, plan in enumerate(self.plans)
            for rank, (goal, found) in enumerate(((goal, goal.measure(plan)) for goal in goals), 1)
        )
        return frame(PlanGoalRow, rows)

    @shows(PlanHolderRow)
    def positions(self) -> DataFrame:
        """What distinguishes the plans: holders and categories of which they do not own the same at the end."""
        authorised = self.best.scenario.problem.authorised
        rows = (
            PlanHolderRow(number, *account, authorised(*account), size)
            for account, sizes in self.differing().items()
            for number, size in enumerate(sizes)
        )
        return frame(PlanHolderRow, rows)

    def outcome(self, number: int) -> Outcome:
        """One of the plans; of any but the best, nothing is claimed of its goals.

        Raises:
            ValueError: there is no such plan.
        """
        _known(number, 0, len(self.plans) - 1)
        if number == 0:
            return recast(self.best, Outcome)
        return recast(measured(self.best.scenario, self.others[number - 1].plan), Outcome)


def frontier(
    scenario: Scenario, goals: Sequence[str | Goal], *, limit: float | None = None, quiet: bool = False
) -> Frontier:
    """The trade-off between two or three goals of a scenario, every point of it proven. Stopped, it keeps its points.

    A goal is named, and then has the options the scenario gives it, or is given as itself. Of a goal that looks at
    the worst first, the worst counts. Goals that the scenario ranks before the first of them are brought to their
    best and held there.

    Args:
        scenario: what is asked.
        goals: two or three.
        limit: seconds in all.
        quiet: show no progress.

    Raises:
        ValueError: fewer than two goals or more than three, one of them twice, or one that has nothing to trade.
    """
    wanted = traded(scenario, goals)
    with watching(above(scenario, wanted), quiet=quiet) as watch:
        return recast(tracing.frontier(scenario, wanted, limit=limit, progress=watch), Frontier)


def alternatives(
    scenario: Scenario,
    count: int = 3,
    *,
    slack: Mapping[str, Slack | str | int] | Slack | str | int | None = None,
    limit: float | None = None,
    quiet: bool = False,
) -> Alternatives:
    """The best plan and up to `count` others, each as far as can be from those before it. Stopped, it keeps those.

    Args:
        scenario: what is asked.
        count: how many others.
        slack: how much worse than its best every goal may be, or by the name of the goal: a whole number or "2 %".
        limit: seconds in all.
        quiet: show no progress.

    Raises:
        ValueError: a slack that is none, or of a goal that the scenario does not have.
    """
    given = slack_given(scenario.goals, slack)
    with watching(scenario.goals, quiet=quiet) as watch:
        return recast(other.alternatives(scenario, count, slack=given, limit=limit, progress=watch), Alternatives)


def _marked(goal: Goal, mark: object) -> str:
    return value(goal, mark) if isinstance(mark, int) else percent(mark)  # type: ignore[arg-type]  # else a share


def _known(number: int, first: int, last: int) -> None:
    if not first <= number <= last:
        message = _("no such plan (got {value}). Accepted: {first} to {last}.")
        raise ValueError(message.format(value=number, first=first, last=last))
