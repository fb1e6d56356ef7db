"""The book-keeping itself (实名制、台账): what is owned, in post and placed adds up year after year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rebalance.county.organisations import RESERVE
from rebalance.draft import Draft
from rebalance.finding import Finding, Place
from rebalance.linear import total
from rebalance.plan import Plan, cells, plan_of
from rebalance.problem import Problem
from rebalance.words import _


@dataclass(frozen=True)
class Ledgers:
    """Positions and people are counted once, year after year. Always on.

    From the real-name register (机构编制实名制管理): the counts of positions, of people, and of people paid must agree.
    """

    source: str = ""
    law: bool = True
    tables: ClassVar[tuple[str, ...]] = ()

    def post(self, draft: Draft) -> None:
        """Nobody is less than nobody; who moves, moves with a position; what is placed is owned."""
        problem = draft.problem
        for year in problem.years:
            for holder, category in problem.accounts:
                _post_account(draft, holder, category, year)
            for category in problem.categories:
                gone = total(draft.moved_out(u, category, year) for u in problem.units)
                come = total(draft.moved_in(t, category, year) for t in problem.townships)
                draft.require(gone.equals(come), Place(category=category, year=year, aspect="people"))

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

    def explain(self, problem: Problem, place: Place) -> str:
        """The sentence of the aspect."""
        sentence = _sentences()[place.aspect]
        return sentence.format(
            holder=problem.name(place.holder),
            category=problem.name(place.category),
            year=place.year,
            agency=problem.name(place.agency),
        ).replace("  ", " ")


def _post_account(draft: Draft, holder: str, category: str, year: int) -> None:
    problem = draft.problem
    place = Place(holder=holder, category=category, year=year, aspect="in post")
    retired = sum(problem.retired(holder, category, past) for past in problem.years if past <= year)
    least = min(0, problem.in_post(holder, category) - retired)
    draft.require(draft.in_post(holder, category, year) >= least, place)
    if holder in problem.unit:
        draft.require(draft.owned(holder, category, year) >= 0, Place(holder, "", category, year, "owned"))
        moved = draft.moved_out(holder, category, year) <= draft.cut(holder, category, year)
        draft.require(moved, Place(holder, "", category, year, "moved"))
    if holder in problem.township:
        moved = draft.moved_in(holder, category, year) <= draft.added(holder, category, year)
        draft.require(moved, Place(holder, "", category, year, "moved"))
        placed = total(draft.placed(holder, agency, category, year) for agency in problem.agencies)
        excess = problem.excess(holder, category)
        draft.require(
            placed <= draft.owned(holder, category, year) + excess, Place(holder, "", category, year, "placed")
        )


def _check_account(plan: Plan, books: Plan, holder: str, category: str, year: int) -> Iterator[Finding]:
    problem = plan.problem
    owned, in_post = plan.owned(holder, category, year), plan.in_post(holder, category, year)
    kept = books.owned(holder, category, year)
    yield Finding(Place(holder, "", category, year, "owned"), owned, max(kept, 0), kept)
    left = problem.in_post(holder, category)
    for past in range(problem.years[0], year + 1):
        left -= problem.retired(holder, category, past)
    people = books.in_post(holder, category, year)
    yield Finding(Place(holder, "", category, year, "in post"), in_post, max(people, min(left, 0)), people, left < 0)
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
    most = plan.owned(township, category, year) + max(0, over)
    return Finding(Place(township, "", category, year, "placed"), placed, at_most=most, inherited=over > 0)


def _check_cells(plan: Plan) -> Iterator[Finding]:
    known = dict(cells(plan.problem))
    wrong = 0
    for cell, value in sorted(plan.decided.items(), key=str):
        finding = Finding(_place_of(cell), value, 0, known.get(cell, 0))
        if finding.broken:
            wrong += 1
            yield finding
    yield Finding(Place(aspect="cells"), wrong, at_most=0)


def _place_of(cell: tuple[str | int, ...]) -> Place:
    verb, *ids, year = cell
    names = [str(name) for name in ids]
    holder = RESERVE if verb == "reserve" else names[0]
    agency = names[1] if verb in {"open", "placed"} else ""
    category = "" if verb == "open" else names[-1]
    return Place(holder, agency, category, int(year), "cell")


def _sentences() -> dict[str, str]:
    return {
        "owned": _(
            "{holder}, {category}, {year}: positions owned follow from last year's and from what is cut or added."
        ),
        "in post": _(
            "{holder}, {category}, {year}: staff in post follow from last year's, those who retire, move and are hired."
        ),
        "moved": _("{holder}, {category}, {year}: whoever moves, moves with a position that moves."),
        "people": _("{category}, {year}: as many people arrive in townships as leave units."),
        "placed": _("{holder}, {category}, {year}: no more positions are placed in agencies than are owned."),
        "cell": _("{holder} {agency} {category} {year}: a decided number is zero or more, and stands in the books."),
        "cells": _("No decided number is below zero or unknown to the books."),
    }
