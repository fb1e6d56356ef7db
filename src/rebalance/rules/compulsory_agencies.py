"""Four offices, one brigade, one centre (四办一队一中心): the agencies every township has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rebalance.model.finding import Finding, Place
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _


@dataclass(frozen=True)
class CompulsoryAgencies:
    """Every township has every compulsory agency, with a strength between the agency's least and most.

    For every township, compulsory agency and year:

        open = 1
        min(least, today's strength) ≤ strength ≤ max(most, today's strength)

    An agency without anybody today has to reach its least. Which agencies are compulsory, and their limits, stand in
    `agencies.compulsory`, `agencies.least` and `agencies.most`.

    References:
        The reform's document, part 1: 各镇（街道）统设“四办一队一中心” (four offices, one brigade, one centre).
    """

    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ("agencies",)

    @staticmethod
    def about() -> AboutRule:
        """The title, and how telling its limits are."""
        return AboutRule(_("Compulsory agencies"), telling=8)

    def post(self, model: Model) -> None:
        """Open, and within its limits or today's strength."""
        problem = model.problem
        for township in problem.townships:
            for row in (row for row in problem.county.agencies if row.compulsory):
                today = problem.strength(township, row.agency)
                least = min(row.least, today) if today else row.least
                for year in problem.years:
                    place = Place(township, row.agency, "", year, "open")
                    model.add(model.open(township, row.agency, year) >= 1, place)
                    strength = model.strength(township, row.agency, year)
                    model.add(strength >= least, Place(township, row.agency, "", year, "least"))
                    if row.most is not None:
                        most = Place(township, row.agency, "", year, "most")
                        model.add(strength <= max(row.most, today), most)

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every compulsory agency of every township, every year."""
        problem = plan.problem
        for township in problem.townships:
            for row in (row for row in problem.county.agencies if row.compulsory):
                for year in problem.years:
                    place = Place(township, row.agency, "", year, "open")
                    yield Finding(place, plan.open(township, row.agency, year), 1, 1)
                    yield from check_strength(plan, township, row.agency, year)

    def explain(self, problem: Problem, place: Place) -> str:
        """What a compulsory agency must be."""
        return explain_strength(problem, place)


def check_strength(plan: Plan, township: str, agency: str, year: int) -> Iterator[Finding]:
    """The strength of an agency that is open against its least and most (inherited where today lies outside)."""
    row = plan.problem.agency[agency]
    today = plan.problem.strength(township, agency)
    found = plan.strength(township, agency, year)
    weak = 0 < today < row.least
    place = Place(township, agency, "", year, "least")
    yield Finding(place, found, today if weak else row.least, inherited=weak, asked=row.least)
    if row.most is not None:
        crowded = today > row.most
        most = today if crowded else row.most
        yield Finding(Place(township, agency, "", year, "most"), found, at_most=most, inherited=crowded, asked=row.most)


def explain_strength(problem: Problem, place: Place) -> str:
    """In words: that an agency exists, and how strong it may be."""
    row = problem.agency[place.agency]
    words = {"township": problem.name(place.holder), "agency": str(row), "least": row.least, "most": row.most}
    match place.aspect:
        case "open":
            return _("{township} has a {agency}.").format(**words)
        case "least":
            return _("{township}, {agency}: at least {least} positions once it is open.").format(**words)
        case _aspect:
            return _("{township}, {agency}: at most {most} positions.").format(**words)
