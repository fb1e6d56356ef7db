"""Many cases of a scenario: over a grid, a list, random draws, or many counties; one row for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isnan
from typing import Any

from rich.console import RenderableType

from rebalance.analysis.measures import Value, figure, measures
from rebalance.frame import FLOAT, DataFrame, frame, nearest, plain_frame, shows
from rebalance.goals.goal import Goal, value
from rebalance.goals.goal import Value as Reached
from rebalance.plans.columns import CaseName, FigureId, GoalName, Said
from rebalance.plans.columns import Figure as FigureFact
from rebalance.plans.columns import Value as ValueFact
from rebalance.plans.runs import result
from rebalance.scenario.parts import goal_name
from rebalance.scenario.settings import Settings, label
from rebalance.screen import Answer, line, on_screen
from rebalance.table import Cell, Figure, Table, plain_tables, sheet
from rebalance.text import _

BAR = 10
"""How many characters stand for all of it."""


@dataclass(frozen=True, slots=True)
class SweptRow:
    """What a goal comes to in a case."""

    case: CaseName
    goal: GoalName
    value: ValueFact
    said: Said


@dataclass(frozen=True, slots=True)
class CaseFigureRow:
    """A figure of the plan of a case."""

    case: CaseName
    figure: FigureId
    value: FigureFact


@dataclass(frozen=True)
class Line:
    """One row of a sweep: what was set, how it ended, and the figures, in the order of `measures`.

    `synthetic` says that figures of its county are made up.
    """

    name: str
    settings: Settings
    base: str = ""
    county: str = ""
    synthetic: bool = False
    ending: str = ""
    proven: bool = False
    trouble: str = ""
    figures: tuple[Value, ...] = ()
    goals: tuple[tuple[Goal, Reached | None], ...] = ()
    seconds: float = 0.0
    run: int | None = None
    known: bool = False

    @property
    def result(self) -> Figure:
        """How it ended, in a word or two."""
        return Figure("failed", _("failed")) if self.trouble else result(self.ending, proven=self.proven)

    @property
    def measured(self) -> Mapping[str, Value]:
        """The figures by the ids of what they measure."""
        return dict(zip((measure.id for measure in measures()), self.figures, strict=False))

    @property
    def drawn(self) -> str:
        """The last figure, the lowest coverage, as a bar."""
        share = self.figures[-1] if self.figures else None
        full = int(min(share, Fraction(1)) * BAR) if isinstance(share, Fraction) else 0
        return "█" * full + "·" * (BAR - full) if share is not None else ""


@dataclass(frozen=True, repr=False)
class Sweep(Answer, Sequence[Line]):
    """One line for each case; `stopped` when `done` of the cases `asked` were solved."""

    lines: tuple[Line, ...]
    stopped: bool = False
    done: int = 0
    asked: int = 0

    def __len__(self) -> int:
        """How many cases."""
        return len(self.lines)

    def __getitem__(self, number: Any) -> Any:  # noqa: ANN401  # an index or a slice, as of any sequence
        """One case, or some."""
        return self.lines[number]

    @property
    def paths(self) -> tuple[str, ...]:
        """The places that are set in any case."""
        return tuple(dict.fromkeys(path for one in self.lines for path in one.settings))

    def overview(self) -> Table:
        """What was set, how it ended, the figures that matter most; the last one drawn as well."""
        wanted = [number for number, measure in enumerate(measures()) if measure.brief]
        paths = self.paths
        several = not paths or any(one.base for one in self.lines)
        head = (*([_("case")] if several else []), *(_short(path, paths) for path in paths))
        rows = [
            (
                *([one.base or one.name] if several else []),
                *_set(one, paths),
                one.result,
                *(figure(one.figures[number]) if one.figures else None for number in wanted),
                one.run,
                one.drawn,
            )
            for one in self.lines
        ]
        names = [measures()[number].name for number in wanted]
        return sheet(_("Cases"), (*head, _("result"), *names, _("run"), ""), rows, figures=len(head) + 1)

    def together(self) -> Table:
        """What all cases with a plan come to together: sums, and the lowest share of any."""
        planned = [one for one in self.lines if one.figures]
        rows: list[tuple[Cell, ...]] = [(_("cases"), len(self.lines)), (_("cases with a plan"), len(planned))]
        for number, measure in enumerate(measures()):
            if measure.over and planned:
                rows.append((measure.name, figure(measure.over([one.figures[number] for one in planned]))))
        return sheet(_("Together"), (_("figure"), _("all")), rows)

    def tables(self) -> list[Table]:
        """Everything known of every case."""
        paths, goals = self.paths, self._goals()
        head = (_("case"), *paths, _("county"), _("result"), _("trouble"))
        names = (*(" ".join(label(goal).split()) for goal in goals), *(measure.name for measure in measures()))
        rows = [
            (
                one.name,
                *_set(one, paths),
                one.county,
                one.result,
                one.trouble,
                *_reached(one, goals),
                *(map(figure, one.figures) if one.figures else [None] * len(measures())),
                one.run,
                Figure(f"{one.seconds:.3f}", f"{one.seconds:.1f}"),
            )
            for one in self.lines
        ]
        return [sheet(_("Cases"), (*head, *names, _("run"), _("seconds")), rows, figures=len(head))]

    def said(self) -> Iterator[str]:
        """The cases that could not be solved, and why."""
        yield from (f"{one.name}: {one.trouble}" for one in self.lines if one.trouble)

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance sweep` says."""
        yield on_screen(self.overview())
        yield from map(line, self.said())
        if self.stopped:
            yield line(_("Stopped; only these cases were solved."), "yellow")

    def to_json(self) -> list[dict[str, Any]]:
        """The table as plain data, as `rebalance sweep --format json` prints it."""
        return plain_tables(self.tables())

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
        rows = (CaseFigureRow(one.name, *pair) for one in self.lines for pair in one.measured.items())
        return frame(CaseFigureRow, rows)

    def _goals(self) -> list[Goal]:
        """Every goal that any case has, once."""
        found: list[Goal] = []
        for one in self.lines:
            found += [goal for goal, _value in one.goals if goal not in found]
        return found


def _row(one: Line) -> dict[str, object]:
    """What is known of a case, by column."""
    about = {"ending": one.ending, "proven": one.proven, "trouble": one.trouble, "seconds": one.seconds, "run": one.run}
    return {**_with_floats(one.settings), **about, **_with_floats(one.measured)}


def _with_floats(figures: Mapping[str, object]) -> dict[str, object]:
    """The figures, and beside each that is no whole number the nearest float."""
    found: dict[str, object] = {}
    for name, one in figures.items():
        found[name] = one
        if not isinstance(one, int) and not isnan(nearest(one)):
            found[f"{name}{FLOAT}"] = nearest(one)
    return found


def _short(path: str, paths: Sequence[str]) -> str:
    """The end of a path, as long as it takes to tell it from the others."""
    steps = path.split(".")
    ends = (".".join(steps[-count:]) for count in range(1, len(steps)))
    return next((end for end in ends if sum(one.endswith(end) for one in paths) == 1), path)


def _set(one: Line, paths: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(_plain(one.settings.get(path)) for path in paths)


def _plain(value: object) -> Cell:
    return value if value is None or (isinstance(value, int) and not isinstance(value, bool)) else str(value)


def _reached(found: Line, goals: Sequence[Goal]) -> Iterator[Cell]:
    reached = list(found.goals)
    for goal in goals:
        came_to = next((value for one, value in reached if one == goal), None)
        yield None if came_to is None else figure(came_to, goal)
