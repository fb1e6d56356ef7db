"""Plans side by side: their goals, and the holders by which they differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType

from rebalance.exploring.alternatives import Alternative, Alternatives
from rebalance.goals import Goal
from rebalance.goals.goal import Value
from rebalance.outcome import Ending
from rebalance.record.plan_file import written_value
from rebalance.scenario import goal_name
from rebalance.words import _
from rebalance.writing.numbers import value
from rebalance.writing.parameters import label
from rebalance.writing.sheets import Figure, Item, Sheet
from rebalance.writing.summary import made_up
from rebalance.writing.terminal import line


def said(found: Alternatives) -> Iterator[RenderableType]:
    """What was asked, and whether there are more."""
    scenario = found.best.scenario
    yield line(f"{scenario.problem.county} · {scenario}", "bold")
    yield from made_up(scenario.problem.county)
    yield line(state(found), "green" if found.best.proven else "yellow")
    if found.plans and not found.best.proven:
        yield line(_("NOT PROVEN: plan 0 may not be the best, and the slack is counted from it."), "yellow")


def state(found: Alternatives) -> str:
    """How many there are, and whether that is all."""
    if not found.plans:
        return {
            Ending.IMPOSSIBLE: _("There is no such plan: rules of the scenario cannot hold together."),
            Ending.INTERRUPTED: _("Stopped before any plan was found."),
        }.get(found.ending, _("Out of time before any plan was found. Allow more with --time-limit."))
    if found.complete and not found.others:
        return _("No other plan within the slack gives or leaves anybody other numbers: that is proven.")
    if found.complete:
        return _("Other plans: {count}. Any further plan within the slack owns the same as one of these.").format(
            count=len(found.others)
        )
    return _("Other plans: {count}. There may be more.").format(count=len(found.others))


def sheets(found: Alternatives) -> list[Sheet]:
    """How the plans do, and by which holders they differ."""
    return [*_goals(found), *_holders(found)]


def _goals(found: Alternatives) -> Iterator[Sheet]:
    """A plan a column."""
    if not found.plans:
        return
    best = tuple(result.value for result in found.best.goals)
    values = [best, *(other.values for other in found.others)]
    rows: list[tuple[Item, ...]] = [
        (label(goal), *(_value(goal, each[number]) for each in values))
        for number, goal in enumerate(found.best.scenario.goals)
    ]
    rows.append((_("distance to the nearest before"), None, *(other.distance for other in found.others)))
    rows.append((_("as far as can be"), None, *(_proof(other) for other in found.others)))
    yield Sheet(_("Plans"), (_("goal"), *_numbers(found)), rows)


def _holders(found: Alternatives) -> Iterator[Sheet]:
    """A holder a row."""
    problem, differing = found.best.scenario.problem, found.differing()
    if not differing:
        return
    rows: list[tuple[Item, ...]] = [
        (problem.name(holder), problem.name(category), problem.authorised(holder, category), *sizes)
        for (holder, category), sizes in differing.items()
    ]
    columns = (_("holder"), _("category"), _("today"), *_numbers(found))
    yield Sheet(_("What distinguishes them: positions owned in {year}").format(year=problem.last), columns, rows, 2)


def plain(found: Alternatives) -> dict[str, Any]:
    """The answer for programs."""
    best = [written_value(result.value) for result in found.best.goals]
    others = [
        {"distance": one.distance, "proven": one.proven, "values": [written_value(each) for each in one.values]}
        for one in found.others
    ]
    return {
        "scenario": found.best.scenario.name,
        "complete": found.complete,
        "ending": found.ending.value,
        "goals": [goal_name(goal) for goal in found.best.scenario.goals],
        "best": {"proven": found.best.proven, "values": best},
        "others": others,
        "differing": [
            {"holder": holder, "category": category, "owned": list(sizes)}
            for (holder, category), sizes in found.differing().items()
        ],
        "seconds": round(found.seconds, 3),
    }


def heard(other: Alternative) -> str:
    """A plan in a line, as it is found."""
    return _("plan found: distance {distance} ({proof})").format(distance=other.distance, proof=_proof(other).shown)


def _numbers(found: Alternatives) -> tuple[str, ...]:
    return tuple(_("plan {number}").format(number=number) for number in range(len(found.plans)))


def _value(goal: Goal, found: Value | None) -> Figure:
    plain = written_value(found)
    return Figure(plain if isinstance(plain, int | str) else str(plain), value(goal, found))


def _proof(other: Alternative) -> Figure:
    return Figure(other.proven, _("proven") if other.proven else _("NOT PROVEN"))
