"""Return of borrowed staff (一般不得借调): people of townships who work in units go home."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from rebalance.county.columns import Ref
from rebalance.model.finding import Finding, Place
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _


@dataclass(frozen=True)
class ReturnBorrowed:
    """Nobody borrowed from a township works in a unit from the end of year `by` on.

    For every row of the table `borrowed`:

        borrowed = 0   from year `by` on

    Attributes:
        by: the year by whose end everybody is home; without it nobody has to go

    References:
        2024 Document No. 1 of the Central Committee: 县以上机关一般不得从乡镇借调工作人员.
    """

    by: Annotated[int | None, Ref("year")] = None
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ("borrowed",)

    @staticmethod
    def about() -> AboutRule:
        """The title."""
        return AboutRule(_("Borrowed staff return"))

    def post(self, model: Model) -> None:
        """Nobody is left from that year on."""
        for row in model.problem.county.borrowed if self.by else ():
            for year in (year for year in model.problem.years if year >= (self.by or year)):
                place = Place(row.township, "", row.category, year, item=row.unit)
                model.add(model.borrowed(row.township, row.unit, row.category, year) <= 0, place)

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every listed loan, every year from the year named on."""
        for row in plan.problem.county.borrowed:
            for year in plan.problem.years:
                if self.by is None or year < self.by:
                    continue
                found = plan.borrowed(row.township, row.unit, row.category, year)
                place = Place(row.township, "", row.category, year, item=row.unit)
                yield Finding(place, found, at_most=0)

    def explain(self, problem: Problem, place: Place) -> str:
        """Who has to be back by when."""
        return _("{township}, {category}: nobody is borrowed by {unit} at the end of {year}.").format(
            township=problem.name(place.holder),
            category=problem.name(place.category),
            unit=problem.name(place.item),
            year=place.year,
        )
