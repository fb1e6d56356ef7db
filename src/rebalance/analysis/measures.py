"""What a plan comes to, in figures that can be set beside those of another: exact, and told apart by their type.

A whole number counts, a fraction is a share, a decimal is work in positions, a profile has levels.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rebalance.goals.goal import Goal, LeximinVector, value
from rebalance.model.plan import Plan
from rebalance.model.totals import busy, covered, gains, open_agencies, people, reserve, size, staff, work
from rebalance.problem.working import HUNDRED
from rebalance.scenario.codec import unstructure
from rebalance.table import LARGEST, Cell, Figure
from rebalance.text import _, hundredths, percent

Value = int | Fraction | Decimal | LeximinVector | str


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a whole plan: what programs and people call it, and how it is worked out.

    `over` many plans, where that has sense; `brief` ones are shown where there is little room.
    """

    id: str
    name: str
    of: Callable[[Plan], Value]
    over: Callable[[Sequence[Any]], Value] | None = sum
    brief: bool = False


def measures() -> tuple[Measure, ...]:
    """Those that every plan has, named in the language spoken."""
    return (
        Measure("given", _("positions given"), lambda plan: sum(gains(plan, plan.problem.units, -1)), brief=True),
        Measure("received", _("positions received"), lambda plan: sum(gains(plan, plan.problem.townships))),
        Measure("givers", _("units that give"), lambda plan: len(gains(plan, plan.problem.units, -1)), brief=True),
        Measure("moved", _("people who go along"), lambda plan: people(plan, "moved_out")),
        Measure("hired", _("people hired"), lambda plan: people(plan, "hired")),
        Measure("reserve", _("reserve at the end"), lambda plan: reserve(plan, plan.problem.last)),
        Measure("open", _("agencies open"), lambda plan: open_agencies(plan, plan.problem.last)),
        Measure("short", _("work not covered"), lambda plan: Decimal(_short(plan)) / HUNDRED, brief=True),
        Measure("coverage", _("coverage of all work"), _overall, over=None),
        Measure("lowest_staffed", _("lowest staffed coverage"), lambda plan: _lowest(plan, plan.staffed), over=min),
        Measure(
            "lowest_coverage", _("lowest coverage"), lambda plan: _lowest(plan, plan.coverage), over=min, brief=True
        ),
    )


def figure_name(figure: str) -> str:
    """What people call a figure of a holder."""
    names = {
        "positions": _("positions"),
        "in_post": _("staff in post"),
        "coverage": _("coverage"),
        "staffed": _("staffed coverage"),
    }
    return names[figure]


def of_townships(plan: Plan) -> Mapping[tuple[str, str], Value]:
    """Figures of each township at the end, by its id and the figure's."""
    problem, found = plan.problem, dict[tuple[str, str], Value]()
    for township in problem.townships:
        found[township, "positions"] = size(plan, township)
        found[township, "in_post"] = staff(plan, township)
        if plan.work(township, problem.last):
            found[township, "coverage"] = plan.coverage(township, problem.last)
            found[township, "staffed"] = plan.staffed(township, problem.last)
    return found


def of_units(plan: Plan) -> Mapping[tuple[str, str], Value]:
    """Figures of each unit at the end, by its id and the figure's."""
    found: dict[tuple[str, str], Value] = {}
    for unit in plan.problem.units:
        found[unit, "positions"] = size(plan, unit)
        found[unit, "in_post"] = staff(plan, unit)
    return found


def _lowest(plan: Plan, share: Callable[[str, int], Fraction]) -> Fraction:
    """The share of the township that is worst off at the end; all of it where no work is given."""
    return min((share(township, plan.problem.last) for township in busy(plan)), default=Fraction(1))


def _short(plan: Plan) -> int:
    """Hundredths of positions of work that nobody does at the end."""
    those, last = plan.problem.townships, plan.problem.last
    return work(plan, those, last) - covered(plan, those, last)


def _overall(plan: Plan) -> Fraction:
    needed = work(plan, plan.problem.townships, plan.problem.last)
    return Fraction(needed - _short(plan), needed) if needed else Fraction(1)


def figure(found: Value | None, goal: Goal | None = None) -> Cell:
    """A figure as people read it, and exactly."""
    if found is None:
        return None
    if goal is not None and not isinstance(found, str | Fraction | Decimal):
        return Figure(_exact(found), value(goal, found))
    match found:
        case Fraction():
            return Figure(found, percent(found))
        case Decimal():
            return Figure(str(found), hundredths(int(found * 100)))
        case tuple():
            return Figure(_exact(found), str(found))
        case _plain:
            return found


def _exact(found: object) -> int | str:
    plain = unstructure(found)
    return plain if isinstance(plain, int) and abs(plain) <= LARGEST else json.dumps(plain)
