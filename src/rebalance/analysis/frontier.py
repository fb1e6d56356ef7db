"""What one goal costs another: the points of a trade-off, beside which no plan is better in all its goals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from rich.console import RenderableType

from rebalance.analysis.alternatives import measured, numbered
from rebalance.county.county import made_up
from rebalance.frame import DataFrame, frame, shows
from rebalance.goals.goal import Goal, Mark, value
from rebalance.model.plan import Plan
from rebalance.plans.columns import GoalName, Proven, Said, Seconds
from rebalance.plans.file import written_value
from rebalance.plans.outcome import Ending, Outcome
from rebalance.scenario.codec import unstructure
from rebalance.scenario.parts import goal_name
from rebalance.scenario.scenario import Scenario
from rebalance.scenario.settings import label
from rebalance.screen import Answer, line, on_screen
from rebalance.table import Cell, Fact, Figure, Table, Unit, sheet
from rebalance.text import _, listed, percent


@dataclass(frozen=True, slots=True)
class PointRow:
    """Where a point of a trade-off stands in one of the goals."""

    point: Annotated[int, Fact("The point, from the best in the first goal on.", Unit.RANK)]
    goal: GoalName
    value: Annotated[object, Fact("What the goal comes to; of one that looks at the worst first, the worst.", Unit.OWN)]
    proven: Proven
    seconds: Seconds
    said: Said


@dataclass(frozen=True, slots=True)
class Point:
    """A plan with its mark in every goal; `proven`: no lawful plan is as good in all and better in one."""

    marks: tuple[Mark, ...]
    plan: Plan
    proven: bool
    seconds: float

    @property
    def proof(self) -> Figure:
        """Whether it is a point of the trade-off for sure, as people read it."""
        return Figure(self.proven, _("proven") if self.proven else _("NOT PROVEN"))

    @property
    def took(self) -> str:
        """How many seconds it took to find."""
        return f"{self.seconds:.1f}"

    @property
    def cut(self) -> int:
        """Positions that units give up, over all years."""
        plan, problem = self.plan, self.plan.problem
        return sum(plan.cut(u, c, y) for y in problem.years for u in problem.units for c in problem.held.get(u, ()))

    def heard(self, goals: Sequence[Goal]) -> str:
        """The point in a line, as it is found."""
        marks = ", ".join(
            f"{goal_name(goal)} {marked(goal, mark)}" for goal, mark in zip(goals, self.marks, strict=True)
        )
        return _("point found: {marks}; {proof}, {seconds} s").format(
            marks=marks, proof=self.proof.shown, seconds=self.took
        )

    def to_json(self) -> dict[str, Any]:
        """The point as plain data: its marks, and what changes for whom."""
        plan, problem = self.plan, self.plan.problem
        ends = ((h, c, problem.authorised(h, c), plan.owned(h, c, problem.last)) for h, c in problem.accounts)
        keys = ("holder", "category", "today", "after")
        changes = [dict(zip(keys, end, strict=True)) for end in ends if end[2] != end[3]]
        marks = [unstructure(mark) for mark in self.marks]
        return {"marks": marks, "cut": self.cut, "proven": self.proven, "changes": changes}


@dataclass(frozen=True, repr=False)
class Frontier(Answer):
    """Every point of a trade-off: plans that cannot be better in one goal without being worse in another.

    They stand from the best in the first goal on; `complete`: there are no others, as far as the marks tell (of a goal
    that looks at the worst first, its worst level is the mark, and nothing beyond it). `above` is what the goals ranked
    before came to; they are held there.
    """

    scenario: Scenario
    goals: tuple[Goal, ...]
    above: Outcome
    points: tuple[Point, ...]
    complete: bool
    ending: Ending
    seconds: float = 0.0

    def outcome(self, number: int) -> Outcome:
        """The plan of a point, numbered from 1 as in the table; nothing is claimed of its goals.

        Raises:
            ValueError: there is no such point.
        """
        return measured(self.scenario, self.points[numbered(number, 1, len(self.points)) - 1].plan)

    @property
    def state(self) -> str:
        """How sure the answer is."""
        if self.complete:
            return _("Complete: every point is proven, and there are no others. Points: {count}.").format(
                count=len(self.points)
            )
        if self.ending is Ending.IMPOSSIBLE:
            return _("There is no such plan: rules of the scenario cannot hold together.")
        if not self.above.proven:
            return _("NOT COMPLETE: goals ranked before are not proven to be at their best.")
        proven = sum(point.proven for point in self.points)
        return _("NOT COMPLETE: {proven} points are proven, others may be missing.").format(proven=proven)

    @property
    def worst_only(self) -> tuple[str, ...]:
        """Goals of which only the worst level was looked at, by name."""
        marks = self.points[0].marks if self.points else ()
        return tuple(goal_name(one) for one, mark in zip(self.goals, marks, strict=False) if not isinstance(mark, int))

    def said(self) -> Iterator[RenderableType]:
        """What was asked, and whether these are all points."""
        county = self.scenario.problem.county
        yield line(f"{county} · {self.scenario}", "bold")
        yield from made_up(county)
        yield line(self.state, "green" if self.complete else "yellow")
        if self.worst_only:
            text = _("Only the worst level of {goals} was looked at: plans alike in it are one point.")
            yield line(text.format(goals=listed(self.worst_only)))
        if self.above.goals:
            held = "; ".join(
                f"{result.name}: {value(goal, result.value)}"
                for goal, result in zip(self.above.scenario.goals, self.above.goals, strict=False)
            )
            yield line(_("Held at their best, as ranked before: {goals}.").format(goals=held))

    def tables(self, *, timed: bool = True) -> list[Table]:
        """The points, from the best in the first goal on; `timed`, with how long each took."""
        columns = ("#", *map(label, self.goals), _("positions cut"), _("proof"), *([_("seconds")] if timed else []))
        rows: list[tuple[Cell, ...]] = []
        for number, point in enumerate(self.points, 1):
            marks = (Figure(mark, marked(goal, mark)) for goal, mark in zip(self.goals, point.marks, strict=True))
            time = [Figure(point.took, point.took)] if timed else []
            rows.append((number, *marks, point.cut, point.proof, *time))
        return [sheet(_("Trade-off"), columns, rows, figures=0)] if rows else []

    def parts(self, *, timed: bool = False) -> Iterator[RenderableType]:
        """What `rebalance frontier` says, but for how long it took (unless `timed`), which is in `reached()`."""
        yield from self.said()
        yield from map(on_screen, self.tables(timed=timed))

    def to_json(self) -> dict[str, Any]:
        """The answer as plain data, as `rebalance frontier --json` prints it."""
        return {
            "scenario": self.scenario.name,
            "complete": self.complete,
            "worst_only": list(self.worst_only),
            "ending": self.ending.value,
            "goals": [{"goal": goal_name(goal)} | unstructure(goal) for goal in self.goals],
            "held": [
                {"goal": one.name, "value": written_value(one.value), "proven": one.proven} for one in self.above.goals
            ],
            "points": [point.to_json() for point in self.points],
            "seconds": round(self.seconds, 3),
        }

    @shows(PointRow)
    def reached(self) -> DataFrame:
        """Where every point stands in every goal."""
        rows = (
            PointRow(number, goal_name(goal), mark, point.proven, point.seconds, marked(goal, mark))
            for number, point in enumerate(self.points, 1)
            for goal, mark in zip(self.goals, point.marks, strict=True)
        )
        return frame(PointRow, rows)


def marked(goal: Goal, mark: Mark) -> str:
    """What a point comes to in a goal, with its unit."""
    return value(goal, mark) if isinstance(mark, int) else percent(mark)
