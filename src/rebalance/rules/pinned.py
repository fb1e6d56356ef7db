"""Pinned numbers (审定): what a person fixed stays fixed, in a cell, a row, a total, an agency, or who is hired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from rebalance.county.columns import AtMost, Count, Exactly, Ref
from rebalance.model.finding import Finding, Place, between
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _


@dataclass(frozen=True, slots=True)
class Pin:
    """What a holder owns at the end of a year.

    Attributes:
        holder: a unit, a township, or `reserve`
        category: in this category; none named: in all together
        year: at the end of this year; none named: of the last
        at_least: not fewer
        at_most: not more
        exactly: neither
    """

    holder: Annotated[str, Ref("holder")]
    category: Annotated[str, Ref("category")] = ""
    year: Annotated[int | None, Ref("year")] = None
    at_least: Count | None = None
    at_most: AtMost = None
    exactly: Exactly = None


@dataclass(frozen=True, slots=True)
class PinTotal:
    """How many positions all units together give, stations included.

    Attributes:
        category: of this category; none named: of all
        year: in this year; none named: in all years together
        at_least: not fewer
        at_most: not more
        exactly: neither
    """

    category: Annotated[str, Ref("category")] = ""
    year: Annotated[int | None, Ref("year")] = None
    at_least: Count | None = None
    at_most: AtMost = None
    exactly: Exactly = None


@dataclass(frozen=True, slots=True)
class PinAgency:
    """The strength of a township's agency at the end of a year.

    Attributes:
        township: the township
        agency: the agency
        year: at the end of this year; none named: of the last
        at_least: not less
        at_most: not more
        exactly: neither
    """

    township: Annotated[str, Ref("township")]
    agency: Annotated[str, Ref("agency")]
    year: Annotated[int | None, Ref("year")] = None
    at_least: Count | None = None
    at_most: AtMost = None
    exactly: Exactly = None


@dataclass(frozen=True, slots=True)
class PinHired:
    """How many people are hired.

    Attributes:
        holder: by this unit or township; none named: by all together
        category: in this category; none named: in all together
        year: in this year; none named: in all years together
        at_least: not fewer
        at_most: not more
        exactly: neither
    """

    holder: Annotated[str, Ref("holder")] = ""
    category: Annotated[str, Ref("category")] = ""
    year: Annotated[int | None, Ref("year")] = None
    at_least: Count | None = None
    at_most: AtMost = None
    exactly: Exactly = None


AnyPin = Pin | PinTotal | PinAgency | PinHired


@dataclass(frozen=True)
class Pinned:
    """Numbers agreed by people are kept: of a holder, of all units, of an agency, or of those who are hired.

    For every pin, the number it names:

        at_least ≤ number ≤ at_most,   or   number = exactly

    What is pinned and cannot be is reported as a clash, with what to give up; nothing gives way silently.

    Attributes:
        cells: what single holders own
        totals: what all units together give
        agencies: the strength of single agencies
        hires: how many people are hired, by whom, of which category, when

    References:
        What the commission has fixed (审定) is not decided again.
    """

    cells: tuple[Pin, ...] = ()
    totals: tuple[PinTotal, ...] = ()
    agencies: tuple[PinAgency, ...] = ()
    hires: tuple[PinHired, ...] = ()
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ()

    @staticmethod
    def about() -> AboutRule:
        """The title, and how telling its limits are."""
        return AboutRule(_("Fixed by hand"), telling=1)

    def post(self, model: Model) -> None:
        """One pair of bounds for each pin."""
        problem = model.problem
        for pin, place in self._pins(problem):
            match pin:
                case Pin(holder=holder):
                    held = problem.held.get(holder, ())
                    owned = {c: model.owned(holder, c, place.year) for c in held if pin.category in {"", c}}
                    amount = total(owned.values())
                case PinAgency(township=township, agency=agency):
                    amount = model.strength(township, agency, place.year)
                case PinTotal(category=category):
                    years = problem.years if pin.year is None else (pin.year,)
                    cut = [(u, c) for u, c in problem.accounts if u in problem.unit and category in {"", c}]
                    amount = total(model.cut(u, c, y) - model.sunk(u, c, y) for u, c in cut for y in years)
                case PinHired(holder=holder, category=category):
                    years = problem.years if pin.year is None else (pin.year,)
                    who = [a for a in problem.accounts if holder in {"", a[0]} and category in {"", a[1]}]
                    amount = total(model.hired(h, c, y) for h, c in who for y in years)
            for least in {pin.at_least, pin.exactly} - {None}:
                model.add(amount >= int(least or 0), place)
            for most in {pin.at_most, pin.exactly} - {None}:
                model.add(amount <= int(most or 0), place)

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Each pin against the plan's ledgers."""
        for pin, place in self._pins(plan.problem):
            least = pin.at_least if pin.exactly is None else max(pin.exactly, pin.at_least or 0)
            most = (
                pin.at_most
                if pin.exactly is None
                else min(pin.exactly, pin.exactly if pin.at_most is None else pin.at_most)
            )
            yield Finding(place, _found(pin, plan), least, most)

    def explain(self, problem: Problem, place: Place) -> str:
        """Which number was fixed."""
        pin = next(pin for pin, found in self._pins(problem) if found == place)
        least = pin.at_least if pin.exactly is None else pin.exactly
        most = pin.at_most if pin.exactly is None else pin.exactly
        names = [problem.name(part) for part in (place.holder, place.agency, place.category) if part]
        about = {PinTotal: [_("all units give")], PinHired: [_("people hired")]}.get(type(pin), [])
        what = " ".join((*about, *names, *([str(place.year)] if place.year else [])))
        return _("Fixed by hand: {what}: {limits}.").format(what=what, limits=between(least, most))

    def _pins(self, problem: Problem) -> Iterator[tuple[AnyPin, Place]]:
        for number, pin in enumerate(self.cells, 1):
            yield pin, Place(pin.holder, "", pin.category, pin.year or problem.last, f"cell {number}")
        for number, sums in enumerate(self.totals, 1):
            yield sums, Place(category=sums.category, year=sums.year or 0, aspect=f"total {number}")
        for number, one in enumerate(self.agencies, 1):
            yield one, Place(one.township, one.agency, "", one.year or problem.last, f"agency {number}")
        for number, hired in enumerate(self.hires, 1):
            yield hired, Place(hired.holder, "", hired.category, hired.year or 0, f"hired {number}")


def _found(pin: AnyPin, plan: Plan) -> int:
    problem = plan.problem
    match pin:
        case Pin(holder=holder):
            categories = [pin.category] if pin.category else problem.held.get(holder, ())
            return sum(plan.owned(holder, category, pin.year or problem.last) for category in categories)
        case PinAgency(township=township, agency=agency):
            return plan.strength(township, agency, pin.year or problem.last)
        case PinTotal(category=category):
            first, last = (problem.today, problem.last) if pin.year is None else (pin.year - 1, pin.year)
            given = (a for a in problem.accounts if a[0] in problem.unit and category in {"", a[1]})
            return sum(plan.owned(u, c, first) - plan.owned(u, c, last) for u, c in given)
        case PinHired():
            hired = {cell[1:]: number for cell, number in plan.decided.items() if cell[0] == "hired"}
            return sum(
                number
                for (holder, category, year), number in hired.items()
                if pin.holder in {"", holder} and pin.category in {"", category} and pin.year in {None, year}
            )
