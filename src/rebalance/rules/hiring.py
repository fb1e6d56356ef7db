"""Hiring (用编计划): a yearly plan, and nobody is taken in where there is no vacancy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rebalance.county.holders import RESERVE
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _


@dataclass(frozen=True)
class HiringPlan:
    """As many people are hired in a year as the plan says, and only where there are positions for all staff.

    For every row of the table `hiring`, and for every holder, category and year in which somebody comes in:

        `hiring.least` ≤ Σ hired ≤ `hiring.most`     (of one holder, or of all where the row names none)
        in post ≤ owned                              at the end of that year; with stations, at headquarters too

    Whoever a unit takes in comes to its headquarters, where a vacancy in one of its stations is none.

    Where no row speaks of a holder, a category and a year, nobody is hired: who is not in the plan has none to hire by.

    References:
        机构实际人员不得超过核定的编制; 超编单位不得新进人; 年度用编计划.
    """

    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ("hiring",)

    @staticmethod
    def about() -> AboutRule:
        """The title."""
        return AboutRule(_("Hiring plan"))

    def post(self, model: Model) -> None:
        """The plan per category and year; staff within positions wherever somebody comes in.

        Where the plan is silent a model has nobody to hire.
        """
        problem = model.problem
        for row in problem.county.hiring:
            who = (row.holder,) if row.holder else problem.units + problem.townships
            hired = total(model.hired(one, row.category, row.year) for one in who)
            place = Place(holder=row.holder, category=row.category, year=row.year, aspect="plan")
            model.add(hired <= row.most, place)
            if row.least:
                model.add(hired >= row.least, place)
        for holder, category in problem.accounts:
            for year in problem.years if holder != RESERVE else ():
                _post_full(model, holder, category, year)

    def check(self, plan: Plan) -> Iterator[Finding]:
        """What was hired against the plan, and who was taken in against the vacancies there were."""
        problem = plan.problem
        for row in problem.county.hiring:
            holders = [row.holder] if row.holder else [h for h, c in problem.accounts if c == row.category]
            hired = sum(plan.hired(holder, row.category, row.year) for holder in holders)
            yield Finding(Place(row.holder, "", row.category, row.year, "plan"), hired, row.least or None, row.most)
        for category in problem.categories if problem.county.hiring else ():
            for year in problem.years:
                planned = {row.holder for row in problem.county.hiring if (row.category, row.year) == (category, year)}
                if "" not in planned:
                    others = (h for h, c in problem.accounts if c == category and h not in planned)
                    hired = sum(plan.hired(holder, category, year) for holder in others)
                    yield Finding(Place("", "", category, year, "unplanned"), hired, at_most=0)
        for holder, category in problem.accounts:
            for year in problem.years if holder != RESERVE else ():
                taken = plan.hired(holder, category, year) + plan.moved_in(holder, category, year)
                room = plan.vacant(holder, category, year) + taken
                if holder in problem.unit:
                    elsewhere = plan.in_stations(holder, category, year)
                    elsewhere -= plan.in_stations(holder, category, year, people=True)
                    room = min(room, room - elsewhere)
                yield Finding(Place(holder, "", category, year, "full"), taken, at_most=max(room, 0))

    def explain(self, problem: Problem, place: Place) -> str:
        """The plan, that it says nothing, or the vacancies it takes to let somebody in."""
        category = problem.name(place.category)
        if place.aspect == "full":
            return _("{holder}, {category}, {year}: people are taken in only into vacant positions.").format(
                holder=problem.name(place.holder), category=category, year=place.year
            )
        if place.aspect == "unplanned":
            return _("{category}, {year}: where the hiring plan has no row, nobody is hired.").format(
                category=category, year=place.year
            )
        where = (place.holder, place.category, place.year)
        row = next(row for row in problem.county.hiring if (row.holder, row.category, row.year) == where)
        who = problem.name(place.holder) if place.holder else _("the whole county")
        text = _("{category}, {year}: {who} hires at most {most} people.")
        if row.least:
            text = _("{category}, {year}: {who} hires {least} to {most} people.")
        return text.format(category=category, year=place.year, who=who, least=row.least, most=row.most)


def _post_full(model: Model, holder: str, category: str, year: int) -> None:
    """Whoever takes anybody in ends the year within its positions.

    A township never loses positions, so one that is not over today must stay within them whether it takes anybody in
    or not, which needs no 0/1. For all others it depends on whether they do.
    """
    problem = model.problem
    taken = model.hired(holder, category, year) + model.moved_in(holder, category, year)
    if not taken.terms:
        return
    place = Place(holder=holder, category=category, year=year, aspect="full")
    over = model.in_post(holder, category, year) - model.owned(holder, category, year)
    crowded = any(row.in_post > row.authorised for row, _sign in problem.staffing.stations.get((holder, category), ()))
    orderly = problem.in_post(holder, category) <= problem.authorised(holder, category) and not crowded
    if holder in problem.township and orderly:
        model.add(over <= 0, place)
        return
    takes = model.variable(("takes", holder, category, year), 0, 1)
    model.add(taken <= model.bounds(taken)[1] * takes, place)
    most = max(0, model.bounds(over)[1])
    model.add(over <= most - most * takes, place)
    if holder in problem.unit and (holder, category) in problem.staffing.stations:
        # whoever is taken in comes to headquarters, and a station's vacancy is not there
        sitting = model.in_stations(holder, category, year)
        here = over + sitting - model.in_stations(holder, category, year, people=True)
        worst = max(0, model.bounds(here)[1])
        model.add(here <= worst - worst * takes, place)
