"""Nobody is worse off on the way (平稳有序): no township's coverage falls below today's in any year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import ClassVar

from rebalance.county.columns import Share
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan, status_quo
from rebalance.model.totals import coverage_today, is_known
from rebalance.problem.problem import Problem
from rebalance.problem.work import WHOLE
from rebalance.problem.working import HUNDRED
from rebalance.rules.rule import AboutRule
from rebalance.text import _, hundredths, percent


@dataclass(frozen=True)
class NoWorseOnTheWay:
    """In every year, the last included, at least as large a part of a township's work is covered as today.

    For every township t whose coverage today is known (`placed` says who sits where, or its demand is given for the
    township as a whole), and every year y:

        covered(t, y) / (work(t, y) − work of base matters(t, y)) ≥ covered today(t) / work today(t) − may_fall

    What the county's own data take away is nobody's decision; where coverage falls by it, that is reported as
    inherited. Where a row of `dispatched` has to end (`dispatched.most` below `dispatched.staff`), its staff do not
    count as there today from that year on; and the work that base matters bring (`matters.base`) need not be covered
    at once. Optional matters are a decision: who takes them on covers them as well as all the rest.

    Attributes:
        may_fall: by so much coverage may lie below today's, as a share of all work

    References:
        The reform is carried out steadily and in order (平稳有序): a township that can do less in between is worse off
        by it, however good the end.
    """

    may_fall: Share = Fraction(0)
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ()

    @staticmethod
    def about() -> AboutRule:
        """The title."""
        return AboutRule(_("No worse on the way"), written=hundredths)

    def post(self, model: Model) -> None:
        """Covered work times today's work against today's covered work times work, in whole numbers."""
        problem = model.problem
        still, left, share = status_quo(problem), _without_those_who_go(problem), self.may_fall
        for township in problem.townships:
            needed = problem.work.of(township)
            if not needed or not is_known(still, township):
                continue
            for year in problem.years:
                today = min(still.covered(township, year), left.covered(township, year))
                kept = max(0, today * share.denominator - share.numerator * needed)
                optional = (
                    model.delegated(matter.matter, township, year) * work
                    for matter, work in problem.work.matters_in(township)
                    if not matter.base
                )
                places = problem.work.places[township]
                done = total(_done(model, township, agency, year) for agency in places)
                asked = total((needed, *optional)) * kept
                model.add(done * (needed * share.denominator) >= asked, Place(township, year=year))

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Covered work in every year, in hundredths of positions, against the same share of the work as today's."""
        problem = plan.problem
        still, left = status_quo(problem), _without_those_who_go(problem)
        for township in problem.townships:
            today = coverage_today(still, township)
            if today is None:
                continue
            for year in problem.years:
                work, brought = plan.work(township, year), problem.work.matters_in(township)
                base = sum(w * plan.delegated(row.matter, township, year) for row, w in brought if row.base)
                least = ceil(self._less(min(today, left.coverage(township, year))) * (work - base))
                found = plan.covered(township, year)
                given = least <= found < ceil(self._less(today) * work)
                yield Finding(Place(township, year=year), found, least, inherited=given)

    def explain(self, problem: Problem, place: Place) -> str:
        """The part of its work that stays covered."""
        today = status_quo(problem).coverage(place.holder, place.year)
        left = _without_those_who_go(problem).coverage(place.holder, place.year)
        text = _("{township}, {year}: at least {least} of its work is covered ({today} today).")
        if any(row.base for row, _work in problem.work.matters_in(place.holder)):
            text = _(
                "{township}, {year}: at least {least} of its work, leaving aside what base matters add, is covered"
                " ({today} today)."
            )
        name, least = problem.name(place.holder), percent(self._less(min(today, left)))
        return text.format(township=name, year=place.year, least=least, today=percent(today))

    def _less(self, share: Fraction) -> Fraction:
        """A share, less what it may fall."""
        return max(Fraction(0), share - self.may_fall)


def _without_those_who_go(problem: Problem) -> Plan:
    """Today's arrangement, but for dispatched staff who have to go."""
    still = status_quo(problem)
    decided = dict(still.decided)
    for row in problem.county.dispatched:
        for year in problem.years:
            if row.most is not None and row.most < row.staff and (row.year is None or year >= row.year):
                decided["dispatched", row.unit, row.township, row.agency, row.category, year] = row.most
    return replace(still, decided=decided)


def _done(model: Model, township: str, agency: str, year: int) -> Linear:
    """Work done at a workplace: no more than its strength and its work allow, and only ever required to be more.

    It is not the work that goals look at: how that is stated depends on what other rules leave to decide, while this
    must mean the same when they are left out.
    """
    here = Place(township, agency, "", year)
    work = _work(model, township, agency, year)
    most = model.bounds(work)[1]
    done = model.variable(("done all along", township, agency, year), 0, most)
    model.define(done <= work, here)
    model.define(done <= model.strength(township, agency, year) * HUNDRED, here)
    if agency != WHOLE:
        model.define(done <= model.open(township, agency, year) * most, here)
    return done


def _work(model: Model, township: str, agency: str, year: int) -> Linear:
    """The work at a workplace: its own, that of agencies not open, and what is delegated to either."""
    problem = model.problem
    own = problem.work.demand.get((township, agency), 0)
    if agency == WHOLE:
        rows = problem.work.matters_at(township, agency)
        return total((own, *(model.delegated(row.matter, township, year) * work for row, work in rows)))
    optional = bool(problem.agency[agency].else_)
    others = {
        other: problem.work.demand.get((township, other), 0) for other in problem.work.falling_to(township, agency)
    }
    parts = [(1 - model.open(township, other, year)) * work for other, work in others.items()]
    parts.append(model.open(township, agency, year) * own if optional else Linear(constant=own))
    for row, work in problem.work.matters_at(township, agency):
        taken = model.delegated(row.matter, township, year)
        if problem.agency[row.agency].else_:
            opened = model.open(township, row.agency, year)
            lands = model.variable(("lands all along", row.matter, township, agency, year), 0, 1)
            model.define(lands <= taken, Place(township, agency, "", year))
            model.define(lands <= (opened if row.agency == agency else 1 - opened), Place(township, agency, "", year))
            taken = lands
        parts.append(taken * work)
    return total(parts)
