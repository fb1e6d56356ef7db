"""Floors and ceilings of each holder (编制标准), and the smallest size a unit may be left with (小散弱)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rebalance.county.columns import Count
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _


@dataclass(frozen=True)
class HolderLimits:
    """What a holder owns of a category stays within its floor and ceiling, and no unit is left smaller than `smallest`.

    For every row of the table `positions` and every year, and for every unit at the end of the last:

        min(floor, authorised) ≤ owned ≤ max(ceiling, authorised)
        Σ owned over categories ≥ min(smallest, today's size)

    The limits stand in `positions.floor` and `positions.ceiling`; no unit is closed by the program.

    Attributes:
        smallest: the smallest size a unit may be left with

    References:
        Staffing standards (编制标准). The threshold for "small, scattered, weak" bodies (小散弱) differs from place to
        place, so it is a parameter; Wuda district took 5.
    """

    smallest: Count = 0
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ()

    @staticmethod
    def about() -> AboutRule:
        """The title, and how telling its limits are."""
        return AboutRule(_("Floors and ceilings"), telling=4)

    def post(self, model: Model) -> None:
        """Each limit, or today's figure where today already lies beyond it."""
        problem = model.problem
        for (holder, category), row in problem.position.items():
            for year in problem.years:
                owned = model.owned(holder, category, year)
                if row.floor is not None:
                    place = Place(holder=holder, category=category, year=year, aspect="floor")
                    model.add(owned >= min(row.floor, row.authorised), place)
                if row.ceiling is not None:
                    place = Place(holder=holder, category=category, year=year, aspect="ceiling")
                    model.add(owned <= max(row.ceiling, row.authorised), place)
        for unit in problem.units if self.smallest else ():
            size = total(model.owned(unit, c, problem.last) for c in problem.held.get(unit, ()))
            model.add(size >= min(self.smallest, problem.size(unit)), Place(holder=unit, aspect="smallest"))

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every holder and category that has a limit, every year; every unit's size at the end."""
        problem = plan.problem
        for holder, category in problem.accounts:
            row = problem.position.get((holder, category))
            for year in problem.years if row else ():
                yield from _check_row(plan, holder, category, year)
        for unit in problem.units if self.smallest else ():
            today = problem.size(unit)
            size = sum(plan.owned(unit, c, problem.last) for c in problem.held.get(unit, ()))
            least, inherited = (today, True) if today < self.smallest else (self.smallest, False)
            yield Finding(
                Place(holder=unit, aspect="smallest"), size, at_least=least, inherited=inherited, asked=self.smallest
            )

    def explain(self, problem: Problem, place: Place) -> str:
        """The limit at a place."""
        name, category = problem.name(place.holder), problem.name(place.category)
        if place.aspect == "smallest":
            return _("{unit} is left with at least {smallest} positions.").format(unit=name, smallest=self.smallest)
        row = problem.position[place.holder, place.category]
        if place.aspect == "floor":
            return _("{holder} keeps at least {floor} positions ({category}).").format(
                holder=name, category=category, floor=row.floor
            )
        return _("{holder} has at most {ceiling} positions ({category}).").format(
            holder=name, category=category, ceiling=row.ceiling
        )


def _check_row(plan: Plan, holder: str, category: str, year: int) -> Iterator[Finding]:
    row = plan.problem.position[holder, category]
    found = plan.owned(holder, category, year)
    if row.floor is not None:
        low = row.authorised < row.floor
        place = Place(holder=holder, category=category, year=year, aspect="floor")
        yield Finding(place, found, at_least=row.authorised if low else row.floor, inherited=low, asked=row.floor)
    if row.ceiling is not None:
        high = row.authorised > row.ceiling
        place = Place(holder=holder, category=category, year=year, aspect="ceiling")
        most = row.authorised if high else row.ceiling
        yield Finding(place, found, at_most=most, inherited=high, asked=row.ceiling)
