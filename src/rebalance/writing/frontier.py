"""The trade-off between goals: a point a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import RenderableType

from rebalance.exploring.frontier import Frontier, Point
from rebalance.goals import Goal
from rebalance.outcome import Ending
from rebalance.record.plan_file import written_value
from rebalance.record.values import unstructure
from rebalance.scenario import goal_name
from rebalance.solving.held import Mark
from rebalance.words import _
from rebalance.writing.numbers import percent, value
from rebalance.writing.parameters import label
from rebalance.writing.sheets import Figure, Item, Sheet
from rebalance.writing.summary import made_up
from rebalance.writing.terminal import line


def said(found: Frontier) -> Iterator[RenderableType]:
    """What was asked, and whether these are all points."""
    county = found.scenario.problem.county
    yield line(f"{county} · {found.scenario}", "bold")
    yield from made_up(county)
    yield line(state(found), "green" if found.complete else "yellow")
    if found.above.goals:
        held = "; ".join(
            f"{result.name}: {value(goal, result.value)}"
            for goal, result in zip(found.above.scenario.goals, found.above.goals, strict=False)
        )
        yield line(_("Held at their best, as ranked before: {goals}.").format(goals=held))


def state(found: Frontier) -> str:
    """How sure the answer is."""
    if found.complete:
        return _("Complete: every point is proven, and there are no others. Points: {count}.").format(
            count=len(found.points)
        )
    if found.ending is Ending.IMPOSSIBLE:
        return _("There is no such plan: rules of the scenario cannot hold together.")
    if not found.above.proven:
        return _("NOT COMPLETE: goals ranked before are not proven to be at their best.")
    proven = sum(point.proven for point in found.points)
    return _("NOT COMPLETE: {proven} points are proven, others may be missing.").format(proven=proven)


def sheets(found: Frontier, *, timed: bool = True) -> list[Sheet]:
    """The points, from the best in the first goal on; `timed`, with how long each took."""
    columns = ("#", *map(label, found.goals), _("positions cut"), _("proof"), *([_("seconds")] if timed else []))
    rows: list[tuple[Item, ...]] = [
        (number, *_marks(found.goals, point), _cut(point), _proof(point), *_time(point, timed=timed))
        for number, point in enumerate(found.points, 1)
    ]
    return [Sheet(_("Trade-off"), columns, rows, figures=0)] if rows else []


def plain(found: Frontier) -> dict[str, Any]:
    """The answer for programs."""
    return {
        "scenario": found.scenario.name,
        "complete": found.complete,
        "ending": found.ending.value,
        "goals": [{"goal": goal_name(goal)} | unstructure(goal) for goal in found.goals],
        "held": [
            {"goal": one.name, "value": written_value(one.value), "proven": one.proven} for one in found.above.goals
        ],
        "points": [_plain(point) for point in found.points],
        "seconds": round(found.seconds, 3),
    }


def _plain(point: Point) -> dict[str, Any]:
    plan, problem = point.plan, point.plan.problem
    ends = ((h, c, problem.authorised(h, c), plan.owned(h, c, problem.last)) for h, c in problem.accounts)
    keys = ("holder", "category", "today", "after")
    changes = [dict(zip(keys, end, strict=True)) for end in ends if end[2] != end[3]]
    marks = [unstructure(mark) for mark in point.marks]
    return {"marks": marks, "cut": _cut(point), "proven": point.proven, "changes": changes}


def heard(goals: Sequence[Goal], point: Point) -> str:
    """A point in a line, as it is found."""
    marks = ", ".join(f"{goal_name(goal)} {marked(goal, mark)}" for goal, mark in zip(goals, point.marks, strict=True))
    return _("point found: {marks}; {proof}, {seconds} s").format(
        marks=marks, proof=_proof(point).shown, seconds=_s(point)
    )


def _marks(goals: Sequence[Goal], point: Point) -> list[Figure]:
    return [Figure(mark, marked(goal, mark)) for goal, mark in zip(goals, point.marks, strict=True)]


def marked(goal: Goal, mark: Mark) -> str:
    """What a point comes to in a goal, with its unit."""
    return value(goal, mark) if isinstance(mark, int) else percent(mark)


def _proof(point: Point) -> Figure:
    return Figure(point.proven, _("proven") if point.proven else _("NOT PROVEN"))


def _cut(point: Point) -> int:
    problem = point.plan.problem
    return sum(point.plan.cut(u, c, y) for y in problem.years for u in problem.units for c in problem.held.get(u, ()))


def _time(point: Point, *, timed: bool) -> list[Figure]:
    return [Figure(_s(point), _s(point))] if timed else []


def _s(point: Point) -> str:
    return f"{point.seconds:.1f}"
