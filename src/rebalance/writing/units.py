"""Which units give how much, and what is left in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from rich.console import RenderableType

from rebalance.plan import Plan
from rebalance.words import _
from rebalance.writing.numbers import NOTHING, percent
from rebalance.writing.terminal import add, line, number, table, words


@dataclass(frozen=True, slots=True)
class Giver:
    """A unit that gives: its size today and at the end, what went with stations, and the staff it then has."""

    unit: str
    today: int
    after: int
    in_post: int
    stations: int = 0

    @property
    def given(self) -> int:
        """Positions given over all years, those of stations too."""
        return self.today - self.after

    @property
    def cut(self) -> int:
        """Positions given one by one, which the share of a unit is about."""
        return self.given - self.stations


def givers(plan: Plan) -> list[Giver]:
    """The units whose size changes, those that give most first."""
    found = [_giver(plan, unit) for unit in plan.problem.units]
    return sorted((giver for giver in found if giver.given), key=lambda giver: (-giver.given, giver.unit))


def units(plan: Plan) -> Iterator[RenderableType]:
    """A row for each unit that gives; the others are only counted."""
    rows = givers(plan)
    if rows:
        made = table(
            _("Units that give"),
            words(_("unit")),
            number(_("today")),
            number(_("gives")),
            number(_("with\nstations")),
            number(_("share")),
            number(str(plan.problem.last)),
            number(_("in post")),
            number(_("vacant")),
        )
        for row in rows:
            share = percent(Fraction(row.cut, row.today)) if row.today else ""
            gone = (row.cut or NOTHING, row.stations or NOTHING)
            figures = (row.today, *gone, share, row.after, row.in_post, row.after - row.in_post)
            add(made, plan.problem.name(row.unit), *figures)
        yield made
    others = len(plan.problem.units) - len(rows)
    yield line(_("Units that give nothing: {count}.").format(count=others))


def _giver(plan: Plan, unit: str) -> Giver:
    problem, last = plan.problem, plan.problem.last
    held = problem.held.get(unit, ())
    after = sum(plan.owned(unit, category, last) for category in held)
    stations = -sum(plan.sunk(unit, c, year) for c in held for year in problem.years)
    return Giver(unit, problem.size(unit), after, sum(plan.in_post(unit, c, last) for c in held), stations)
