"""The quota of agencies (机构限额): how many a township of its class may have; an agency not opened has nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from rebalance.county.agencies import Nature
from rebalance.county.columns import Count
from rebalance.model.finding import Finding, Place, between
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.compulsory_agencies import check_strength, explain_strength
from rebalance.rules.rule import AboutRule, Range
from rebalance.text import _


@dataclass(frozen=True)
class AgencyQuota:
    """Compulsory and chosen agencies together stay within the quota of the township's class; one not opened has nobody.

    For every township and year:

        number of agencies open ≤ max(quota of its class, number open today)
        min(offices.at_least, those open today) ≤ internal offices open ≤ max(offices.at_most, those open today)
        the same of public institutions
        strength = 0 in an agency that is not open
        min(least, today's strength) ≤ strength ≤ max(most, today's strength) in an optional one that is
        if `steady`: open ≤ open the year before, where the agency has somebody today; else ≥

    Offices and institutions are counted apart only where a scenario limits them. What may be either
    (`agencies.nature`) counts as what it is decided to be, and today as whichever leaves more room. The class is that
    of `townships.class`, or follows from the score of `classes.weights`. The work of an agency that is not opened falls
    to the one named in `agencies.else`.

    Attributes:
        large: the most agencies of a large township
        medium: the most agencies of a medium one
        steady: an agency opens or closes at most once over the years (one that nobody is placed in today counts as
            closed)
        offices: how many of its agencies are internal offices
        institutions: how many of them are public institutions

    References:
        The reform's document, part 1: townships are classed and 按规定设置机构限额. Taizhou, Jiangsu, 2020: seven to
        nine agencies, six of them compulsory.
    """

    large: Count | None = None
    medium: Count | None = None
    steady: bool = False
    offices: Range = field(default_factory=Range)
    institutions: Range = field(default_factory=Range)
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ("agencies",)

    def quota(self, problem: Problem, township: str) -> int | None:
        """The most agencies a township may have; None where its class has no quota."""
        return {"large": self.large, "medium": self.medium}.get(problem.class_of(township))

    def _apart(self) -> Iterator[tuple[Nature, Range]]:
        """Offices and institutions, as far as they are limited apart."""
        both = ((Nature.OFFICE, self.offices), (Nature.INSTITUTION, self.institutions))
        return ((nature, limits) for nature, limits in both if limits != Range())

    @staticmethod
    def about() -> AboutRule:
        """The title, and how telling its limits are."""
        return AboutRule(_("Quota of agencies"), telling=7)

    def post(self, model: Model) -> None:
        """The number open; nobody where closed; the limits of an optional agency once open; openings that last."""
        problem = model.problem
        for township in problem.townships:
            quota = self.quota(problem, township)
            today = sum(problem.open_today(township, agency) for agency in problem.agencies)
            for year in problem.years:
                if quota is not None:
                    opened = total(model.open(township, agency, year) for agency in problem.agencies)
                    model.add(opened <= max(quota, today), Place(holder=township, year=year, aspect="quota"))
                for nature, limits in self._apart():
                    _post_natured(model, township, year, nature, limits)
                for agency in problem.agencies:
                    _post_agency(model, township, agency, year)
                    if self.steady:
                        _post_steady(model, township, agency, year)

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every township's number of agencies, everybody in one that is not open, and openings that do not last."""
        problem = plan.problem
        for township in problem.townships:
            quota = self.quota(problem, township)
            today = sum(1 for agency in problem.agencies if problem.strength(township, agency))
            for year in problem.years:
                count = sum(plan.open(township, agency, year) for agency in problem.agencies)
                if quota is not None:
                    crowded = today > quota
                    place = Place(holder=township, year=year, aspect="quota")
                    yield Finding(place, count, at_most=today if crowded else quota, inherited=crowded, asked=quota)
                for nature, limits in self._apart():
                    yield _check_natured(plan, township, year, nature, limits)
                for agency in problem.agencies:
                    yield from _check_agency(plan, township, agency, year)
                    if self.steady:
                        again = _again(plan, township, agency, year)
                        yield Finding(Place(township, agency, "", year, "steady"), again, at_most=0)

    def explain(self, problem: Problem, place: Place) -> str:
        """The quota of a township, or what an agency must be."""
        if place.aspect == "quota":
            quota = self.quota(problem, place.holder)
            return _("{township} has at most {quota} agencies.").format(
                township=problem.name(place.holder), quota=quota
            )
        if place.aspect in {Nature.OFFICE, Nature.INSTITUTION}:
            office = place.aspect == Nature.OFFICE
            limits = self.offices if office else self.institutions
            text = (
                _("{township}, {year}: internal offices: {limits}.")
                if office
                else _("{township}, {year}: agencies that are public institutions: {limits}.")
            )
            found = between(limits.at_least, limits.at_most)
            return text.format(township=problem.name(place.holder), year=place.year, limits=found)
        if place.aspect == "closed":
            return _("{township}: nobody is placed in {agency} unless it is open.").format(
                township=problem.name(place.holder), agency=problem.name(place.agency)
            )
        if place.aspect == "steady":
            return _("{township}, {agency}: opens or closes at most once.").format(
                township=problem.name(place.holder), agency=problem.name(place.agency)
            )
        return explain_strength(problem, place)


def _post_agency(model: Model, township: str, agency: str, year: int) -> None:
    row, today = model.problem.agency[agency], model.problem.strength(township, agency)
    opened, strength = model.open(township, agency, year), model.strength(township, agency, year)
    room = model.bounds(strength)[1]
    if not row.compulsory:
        least = min(row.least, today) if today else row.least
        model.add(strength >= least * opened, Place(township, agency, "", year, "least"))
        if row.most is not None:
            room = max(row.most, today)
    aspect = "closed" if row.compulsory or row.most is None else "most"
    model.add(strength <= room * opened, Place(township, agency, "", year, aspect))


def _post_natured(model: Model, township: str, year: int, nature: Nature, limits: Range) -> None:
    """How many agencies of a nature are open, or today's number; what may be either is one of the two."""
    problem, place = model.problem, Place(township, "", "", year, nature.value)
    offices = total(model.office(township, agency, year) for agency in problem.agencies)
    everything = total(model.open(township, agency, year) for agency in problem.agencies)
    count = offices if nature is Nature.OFFICE else everything - offices
    there = [row.nature for row in problem.county.agencies if problem.open_today(township, row.agency)]
    possible = there.count(nature) + there.count(Nature.EITHER)
    if limits.at_least is not None:
        model.add(count >= (min(limits.at_least, possible) if there else limits.at_least), place)
    if limits.at_most is not None:
        model.add(count <= max(limits.at_most, there.count(nature)), place)


def _check_natured(plan: Plan, township: str, year: int, nature: Nature, limits: Range) -> Finding:
    """The same, counted one by one."""
    problem, least, most = plan.problem, limits.at_least, limits.at_most
    found, today, others, somewhere = 0, 0, 0, False
    for row in problem.county.agencies:
        office = plan.office(township, row.agency, year)
        found += office if nature is Nature.OFFICE else plan.open(township, row.agency, year) - office
        if problem.open_today(township, row.agency):
            somewhere = True
            today += row.nature is nature
            others += row.nature is Nature.EITHER
    few = least is not None and somewhere and today + others < least
    many = most is not None and today > most
    bounds = (today + others if few else least, today if many else most)
    return Finding(Place(township, "", "", year, nature.value), found, *bounds, inherited=few or many)


def _post_steady(model: Model, township: str, agency: str, year: int) -> None:
    """Whichever is open today may close, for good; whichever is not may open, for good."""
    today = model.problem.open_today(township, agency)
    first = year == model.problem.years[0]
    before = Linear(constant=today) if first else model.open(township, agency, year - 1)
    now = model.open(township, agency, year)
    model.add(now <= before if today else now >= before, Place(township, agency, "", year, "steady"))


def _check_agency(plan: Plan, township: str, agency: str, year: int) -> Iterator[Finding]:
    if not plan.open(township, agency, year):
        place = Place(township, agency, "", year, "closed")
        yield Finding(place, plan.strength(township, agency, year), at_most=0)
    elif not plan.problem.agency[agency].compulsory:
        yield from check_strength(plan, township, agency, year)


def _again(plan: Plan, township: str, agency: str, year: int) -> int:
    """1 where the agency becomes in this year what it was today and had ceased to be."""
    states = [int(plan.problem.strength(township, agency) > 0)]
    states += [plan.open(township, agency, y) for y in plan.problem.years if y <= year]
    return int(states[-1] == states[0] != states[-2])
