"""The book-keeping itself (实名制、台账): what is owned, in post and placed adds up year after year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import ClassVar

from rebalance.county.holders import RESERVE
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan, decisions, natures, plan_of
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _

IDS = {
    "reserve": ("category",),
    "open": ("holder", "agency"),
    "office": ("holder", "agency"),
    "placed": ("holder", "agency", "category"),
    "handed": ("item",),
    "delegated": ("item", "holder"),
    "dispatched": ("item", "holder", "agency", "category"),
    "borrowed": ("holder", "item", "category"),
}
"""What the ids of a decided cell name, where that is not a holder and a category."""


@dataclass(frozen=True)
class Ledgers:
    """Positions and people are counted once, and add up year after year. Always on.

    For every holder h, category c and year y, with h's own cells on the right:

        owned(y)   = owned(y−1) − cut(y) + added(y) ∓ stations handed down in y
        in post(y) = in post(y−1) − retired(y) − moved out(y) + moved in(y) + hired(y) ∓ people of those stations
        in post at a unit's headquarters = in post − people in its stations that have not gone down ≥ 0
        reserve(y) = reserve(y−1) + everything cut in y − everything added in y
        moved out ≤ cut,   moved in ≤ added,   Σ moved out = Σ moved in
        positions placed in agencies ≤ positions owned

    Nobody is ever less than nobody. Whoever moves takes a position along; what is placed in agencies is owned; a
    station or matter that has gone down stays down.

    People retire where they sit: those of a station (`retirements.station`) retire from the books of whoever has the
    station at the end of the year. So a station that goes down takes those along who are in post at the end of the year
    before, and its retirements of that year and later are the township's. Whoever is hired by a unit, or moves with a
    position, comes to its headquarters or leaves from there.

    References:
        The real-name register (机构编制实名制管理): the counts of positions, of people, and of people paid must agree;
        the ledger (台账) records how they change.
    """

    source: str = ""
    law: bool = True
    tables: ClassVar[tuple[str, ...]] = ()

    @staticmethod
    def about() -> AboutRule:
        """The title, and that it only keeps the books."""
        return AboutRule(_("The books add up"), bookkeeping=True)

    def post(self, model: Model) -> None:
        """Nobody is less than nobody; who moves, moves with a position; what is placed is owned."""
        problem = model.problem
        for year in problem.years:
            for holder, category in problem.accounts:
                _post_account(model, holder, category, year)
            for category in problem.categories:
                gone = total(model.moved_out(u, category, year) for u in problem.units)
                come = total(model.moved_in(t, category, year) for t in problem.townships)
                model.add(gone.equals(come), Place(category=category, year=year, aspect="people"))
        _post_staffing(model)

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every account, every year; every number that is not in the books; the books kept once more."""
        problem = plan.problem
        yield from _check_cells(plan)
        books = plan_of(problem, plan.decided)
        for year in problem.years:
            for holder, category in problem.accounts:
                yield from _check_account(plan, books, holder, category, year)
            for category in problem.categories:
                gone = sum(plan.moved_out(u, category, year) for u in problem.units)
                come = sum(plan.moved_in(t, category, year) for t in problem.townships)
                yield Finding(Place(category=category, year=year, aspect="people"), come, gone, gone)
        yield from _check_staffing(plan)

    def explain(self, problem: Problem, place: Place) -> str:
        """The sentence of the aspect."""
        sentence = _sentences()[place.aspect]
        said = sentence.format(
            holder=problem.name(place.holder),
            category=problem.name(place.category),
            year=place.year,
            agency=problem.name(place.agency),
            item=problem.name(place.item),
        )
        return " ".join(said.split())


def _post_account(model: Model, holder: str, category: str, year: int) -> None:
    problem = model.problem
    place = Place(holder=holder, category=category, year=year, aspect="in post")
    retired = sum(problem.retired(holder, category, past) for past in problem.years if past <= year)
    stations = [row for row, sign in problem.staffing.stations.get((holder, category), ()) if sign < 0]
    least = min(0, problem.in_post(holder, category) - retired - sum(row.in_post for row in stations))
    model.add(model.in_post(holder, category, year) >= least, place)
    if stations:
        left = model.in_post(holder, category, year) - model.in_stations(holder, category, year, people=True)
        model.add(left >= least, Place(holder, "", category, year, "headquarters"))
    if holder in problem.unit:
        model.add(model.owned(holder, category, year) >= 0, Place(holder, "", category, year, "owned"))
        moved = model.moved_out(holder, category, year) <= model.cut(holder, category, year)
        model.add(moved, Place(holder, "", category, year, "moved"))
    if holder in problem.township:
        moved = model.moved_in(holder, category, year) <= model.added(holder, category, year)
        model.add(moved, Place(holder, "", category, year, "moved"))
        placed = total(model.placed(holder, agency, category, year) for agency in problem.agencies)
        excess = problem.excess(holder, category)
        model.add(placed <= model.owned(holder, category, year) + excess, Place(holder, "", category, year, "placed"))


def _check_account(plan: Plan, books: Plan, holder: str, category: str, year: int) -> Iterator[Finding]:
    problem = plan.problem
    owned, in_post = plan.owned(holder, category, year), plan.in_post(holder, category, year)
    kept = books.owned(holder, category, year)
    yield Finding(Place(holder, "", category, year, "owned"), owned, max(kept, 0), kept)
    left = problem.in_post(holder, category)
    sitting = [row.in_post for row in problem.county.stations if (row.unit, row.category) == (holder, category)]
    left -= sum(sitting)
    for past in range(problem.years[0], year + 1):
        left -= problem.retired(holder, category, past)
    people = books.in_post(holder, category, year)
    yield Finding(Place(holder, "", category, year, "in post"), in_post, max(people, min(left, 0)), people, left < 0)
    if sitting:
        here = in_post - plan.in_stations(holder, category, year, people=True)
        place = Place(holder, "", category, year, "headquarters")
        yield Finding(place, here, at_least=min(left, 0), inherited=left < 0)
    if holder in problem.unit:
        moved = plan.moved_out(holder, category, year)
        yield Finding(Place(holder, "", category, year, "moved"), moved, at_most=plan.cut(holder, category, year))
    elif holder != RESERVE:
        moved = plan.moved_in(holder, category, year)
        yield Finding(Place(holder, "", category, year, "moved"), moved, at_most=plan.added(holder, category, year))
        yield _check_placed(plan, holder, category, year)


def _check_placed(plan: Plan, township: str, category: str, year: int) -> Finding:
    problem = plan.problem
    placed = sum(plan.placed(township, agency, category, year) for agency in problem.agencies)
    today = sum(n for (t, _a, c), n in problem.placed.items() if (t, c) == (township, category))
    over = today - problem.authorised(township, category)
    owned = plan.owned(township, category, year)
    place = Place(township, "", category, year, "placed")
    return Finding(place, placed, at_most=owned + max(0, over), inherited=over > 0, asked=owned)


def _post_staffing(model: Model) -> None:
    """What has come down stays down, what has been taken on stays taken on, who has gone home stays there."""
    problem = model.problem
    for before, year in pairwise((problem.today, *problem.years)):
        for row in problem.county.stations:
            place = Place(row.unit, category=row.category, year=year, aspect="handed", item=row.station)
            model.add(model.handed(row.station, year) >= model.handed(row.station, before), place)
        for matter, township in product(problem.delegation.matters, problem.townships):
            place = Place(township, year=year, aspect="delegated", item=matter)
            kept = model.delegated(matter, township, year) >= model.delegated(matter, township, before)
            model.add(kept, place)
        for lent in problem.county.borrowed:
            place = Place(lent.township, category=lent.category, year=year, aspect="borrowed", item=lent.unit)
            key = (lent.township, lent.unit, lent.category)
            most = model.borrowed(*key, before) if before in problem.years else lent.staff
            model.add(model.borrowed(*key, year) <= most, place)


def _check_staffing(plan: Plan) -> Iterator[Finding]:
    problem = plan.problem
    for year in problem.years:
        for row in problem.county.stations:
            place = Place(row.unit, "", row.category, year, "handed", row.station)
            yield Finding(place, plan.handed(row.station, year), at_least=plan.handed(row.station, year - 1))
        for matter in problem.delegation.matters:
            for township in problem.townships:
                least = plan.delegated(matter, township, year - 1)
                place = Place(township, "", "", year, "delegated", matter)
                yield Finding(place, plan.delegated(matter, township, year), at_least=least)
        for lent in problem.county.borrowed:
            key = (lent.township, lent.unit, lent.category)
            most = lent.staff if year == problem.years[0] else plan.borrowed(*key, year - 1)
            place = Place(lent.township, "", lent.category, year, "borrowed", lent.unit)
            yield Finding(place, plan.borrowed(*key, year), at_most=most)


def _check_cells(plan: Plan) -> Iterator[Finding]:
    known = dict(decisions(plan.problem))
    known |= {cell: plan.decided.get(("open", *cell[1:]), 0) for cell in natures(plan.problem)}
    wrong = 0
    for cell, value in sorted(plan.decided.items(), key=str):
        finding = Finding(_place_of(cell), value, 0, known.get(cell, 0))
        if finding.broken:
            wrong += 1
            yield finding
    yield Finding(Place(aspect="cells"), wrong, at_most=0)


def _place_of(cell: tuple[str | int, ...]) -> Place:
    verb, *ids, year = cell
    where = dict(zip(IDS.get(str(verb), ("holder", "category")), map(str, ids), strict=False))
    holder = RESERVE if verb == "reserve" else where.get("holder", "")
    return Place(holder, where.get("agency", ""), where.get("category", ""), int(year), "cell", where.get("item", ""))


def _sentences() -> dict[str, str]:
    return {
        "owned": _(
            "{holder}, {category}, {year}: positions owned follow from last year's and from what is cut or added."
        ),
        "in post": _(
            "{holder}, {category}, {year}: staff in post follow from last year's, those who retire, move and are hired."
        ),
        "headquarters": _(
            "{holder}, {category}, {year}: headquarters and stations are counted apart; nowhere are fewer people than"
            " none."
        ),
        "moved": _("{holder}, {category}, {year}: whoever moves, moves with a position that moves."),
        "people": _("{category}, {year}: as many people arrive in townships as leave units."),
        "placed": _("{holder}, {category}, {year}: no more positions are placed in agencies than are owned."),
        "cell": _(
            "{holder} {agency} {category} {item} {year}: a decided number is zero or more, and stands in the books."
        ),
        "handed": _("{item}, {year}: a station that has been handed down stays down."),
        "delegated": _("{holder}, {year}: the matter “{item}”, once delegated, stays delegated."),
        "borrowed": _("{holder}, {category}, {year}: nobody new is borrowed by {item}."),
        "cells": _("No decided number is below zero or unknown to the books."),
    }
