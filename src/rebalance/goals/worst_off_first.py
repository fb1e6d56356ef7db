"""Serve the worst-off township first, then the next: exact leximin of coverage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from rebalance.county.columns import Count, Share, Unless
from rebalance.goals.goal import ALWAYS, BARE, AboutGoal, Leximin, LeximinVector, Ratio, Steps, leximin_vector
from rebalance.model.finding import Place
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.model.served import Reach
from rebalance.problem.problem import Problem
from rebalance.problem.work import WHOLE
from rebalance.problem.working import HUNDRED
from rebalance.text import _


class Of(StrEnum):
    """What work counts as covered."""

    POSITIONS = "positions"
    PEOPLE = "people"


class Per(StrEnum):
    """Whose coverage is compared."""

    TOWNSHIP = "township"
    AGENCY = "agency"


@dataclass(frozen=True)
class WorstOffFirst:
    """Raise the coverage of the worst-off township as far as can be, then that of the next.

    Exact leximin, at the end of the last year. The coverage of a township is an exact fraction, over its agencies a:

        coverage = Σ min(strength(a), demand(a)) / Σ demand(a)

    With `of = "people"` the shares are those that people can really cover, staff in post with those dispatched and
    borrowed counted where they work, put where they serve most:

        staffed coverage = min(Σ min(strength(a), demand(a)), people) / Σ demand(a)

    Of two plans the one is better whose sorted shares are larger at the first place where they differ. Coverage beyond
    `enough` counts no more. A township without any work is left out; so, with `per = "agency"`, is an agency that has
    enough, because how many agencies there are is decided too.

    Attributes:
        per: whose coverage is compared
        enough: coverage beyond this counts no more
        depth: only so many of the lowest distinct levels are settled; 0: every level
        of: by positions, filled or not, or by people; people are counted by township, not by agency

    References:
        The reform: positions go where the work is and people are missing (编制资源向乡镇倾斜). Leximin: no township's
        coverage can be raised without lowering one that is no better off.
    """

    per: Per = Per.TOWNSHIP
    enough: Share = Fraction(1)
    depth: Count = 0
    of: Annotated[Of, Unless(Of.PEOPLE, "per", Per.AGENCY)] = Of.POSITIONS

    def about(self) -> AboutGoal:
        """The title."""
        title = _("The worst off first, by people") if self.of is Of.PEOPLE else _("The worst off first")
        return AboutGoal(title, BARE)

    def aim(self, model: Model) -> Leximin:
        """A share for each township, or each agency, that has work."""
        inside = self.per is Per.AGENCY
        ratios = _agencies(model) if inside else _townships(model, self.of)
        return Leximin(tuple(ratios), self.enough, self.depth or None, inside_agencies=inside)

    def measure(self, plan: Plan) -> LeximinVector:
        """Coverage levels, from the worst, with how many stand at each; agencies that have enough are left out.

        How many agencies there are is decided too, so the number of those that want for nothing says nothing.
        """
        problem, year = plan.problem, plan.problem.last
        if self.per is Per.TOWNSHIP:
            share = plan.staffed if self.of is Of.PEOPLE else plan.coverage
            return leximin_vector(
                (share(t, year) for t in problem.townships if plan.work(t, year)),
                self.enough,
                self.depth or None,
            )
        shares = (
            Fraction(plan.served(t, a, year), plan.demand(t, a, year))
            for t, a in _workplaces(problem)
            if plan.demand(t, a, year)
        )
        short = (share for share in shares if share < self.enough)
        return leximin_vector(short, self.enough, self.depth or None)

    def explain(self) -> str:
        """The goal in words."""
        if self.of is Of.PEOPLE:
            return _("The township whose people can cover least gets the most that is possible, then the next.")
        if self.per is Per.TOWNSHIP:
            return _("The township whose work is covered least gets the most that is possible, then the next.")
        return _("The agency whose work is covered least gets the most that is possible, then the next.")


def _townships(model: Model, of: Of) -> Iterator[Ratio]:
    problem, year = model.problem, model.problem.last
    done = model.staffed if of is Of.PEOPLE else model.covered
    for township in problem.townships:
        work = model.work(township, year)
        if work.terms:
            yield Ratio(done(township, year), ((0, ALWAYS),), moving=work)
        elif work.constant and of is Of.PEOPLE:
            yield Ratio(done(township, year), ((work.constant, ALWAYS),))
        elif work.constant:
            whole, places = ((work.constant, ALWAYS),), problem.work.places[township]
            used = total(model.strength(township, place, year) for place in places)
            reach = Reach(problem, township, tuple(model.base(township, place, year) for place in places))
            yield Ratio(done(township, year), whole, simpler=Ratio(used, whole, scale=reach))


def _agencies(model: Model) -> Iterator[Ratio]:
    problem, year = model.problem, model.problem.last
    for township, agency in _workplaces(problem):
        cases, moving = model.demands(township, agency, year), model.arriving(township, agency, year)
        if moving.terms:
            yield from _moving(model, township, agency, moving)
            continue
        wholes = tuple((whole, present) for whole, present in cases if whole)
        idle = [present for whole, present in cases if not whole]
        stays = agency != WHOLE and not problem.agency[agency].else_
        active = total((model.open(township, agency, year), *idle)) if stays else ALWAYS
        if wholes:
            yield Ratio(model.strength(township, agency, year), wholes, active, Steps(HUNDRED))


def _moving(model: Model, township: str, agency: str, arriving: Linear) -> Iterator[Ratio]:
    """An agency whose work depends on what is delegated: left out while it has none."""
    year = model.problem.last
    work = total((*(present * whole for whole, present in model.demands(township, agency, year)), arriving))
    least, most = model.tight_bounds(work)
    left_out = Linear()
    if least <= 0:
        left_out = model.variable(("idle", township, agency, year), 0, 1)
        model.define(work <= most - most * left_out, Place(township, agency, "", year))
        model.define(work >= 1 - left_out, Place(township, agency, "", year))
    stays = agency != WHOLE and not model.problem.agency[agency].else_
    active = model.open(township, agency, year) + left_out if stays else ALWAYS
    strength = model.strength(township, agency, year)
    yield Ratio(strength, ((0, ALWAYS),), active, Steps(HUNDRED), moving=work, left_out=left_out)


def _workplaces(problem: Problem) -> Iterator[tuple[str, str]]:
    return ((t, a) for t in problem.townships for a in problem.work.places[t])
