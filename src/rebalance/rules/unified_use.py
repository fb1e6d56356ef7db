"""Unified use (统筹使用): positions serve the posts of their own category, but where it has been opened up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Annotated, ClassVar

from rebalance.county.columns import Ref, Share
from rebalance.county.holders import Township, TownshipKind
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan, status_quo
from rebalance.model.posts import by_category, numbers_then, numbers_today, said_of_falling, standing
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _, run_on

ALL = Fraction(10**9)
"""More than any share: no limit."""


@dataclass(frozen=True)
class Opening:
    """Where categories are used together.

    Attributes:
        kind: only in townships of this kind; none named: any kind
        township: only in this township; none named: every one
        from_: from this year on; none named: from the first
        share: up to this share of an agency's posts, rounded down; none named: without limit
    """

    kind: TownshipKind | None = None
    township: Annotated[str, Ref("township")] = ""
    from_: Annotated[int | None, Ref("year")] = None
    share: Share | None = None

    def holds(self, problem: Problem, township: str, year: int) -> bool:
        """Whether it is open there and then."""
        there = self.township in {"", township} and self.kind in {None, problem.township[township].kind}
        return there and (self.from_ is None or year >= self.from_)


@dataclass(frozen=True)
class UnifiedUse:
    """No more positions of a category are placed in an agency than it has posts for that category.

    That is the ban on serving another category's posts; `openings` lift it up to a share of the agency's posts. For
    every township, agency with posts of its own, and year, where excess(c) = placed(c) − posts for c (`posts.number`),
    and an agency has its own posts, and those of every optional agency that is not open and whose work falls to it
    (`agencies.else`; today: of what is not open today):

        excess(c) ≤ max(0, excess(c) today)                   where it is closed
        Σ max(0, excess(c)) ≤ ⌊share × Σ posts + more⌋        where it is opened:
                                                              more = max(0, the same today − share × Σ posts today)

    The share rounds down: no more than is said. An agency of whose own posts nothing is said is not bound. The category
    of a position never changes: the ledgers count it where it was.

    Attributes:
        openings: where and from when categories are used together

    References:
        The reform: sub-districts first (2021), then every town (统筹使用); 编制分类管理、人员统筹使用.
    """

    openings: tuple[Opening, ...] = ()
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ("posts",)

    @staticmethod
    def about() -> AboutRule:
        """The title."""
        return AboutRule(_("Positions used together"))

    def post(self, model: Model) -> None:
        """Category by category where closed, their excess together where opened."""
        problem = model.problem
        for township, agency in problem.staffing.posts:
            before = numbers_today(problem, township, agency)
            over = {c: max(0, problem.placed.get((township, agency, c), 0) - before[c]) for c in problem.categories}
            for year in problem.years:
                share = self._share(problem, township, year)
                if share == ALL:
                    continue
                posts = numbers_then(model, township, agency, year)
                excess = {c: model.placed(township, agency, c, year) - posts[c] for c in problem.categories}
                if share is None:
                    for category, amount in excess.items():
                        place = Place(township, agency, category, year, "own")
                        model.add(amount <= over[category], place)
                    continue
                place = Place(township, agency, "", year, "opened")
                part, of = share.as_integer_ratio()
                more = max(0, of * sum(over.values()) - part * sum(before.values()))
                others = total(_at_least(model, amount, place) for amount in excess.values())
                model.add(others * of <= total(posts.values()) * part + more, place)

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every agency with posts, every year."""
        problem = plan.problem
        still = status_quo(problem)
        for township, agency in problem.staffing.posts:
            then, before = _judged(still, township, agency, problem.years[0])
            for year in problem.years:
                posts, over = _judged(plan, township, agency, year)
                opened = [one.share for one in self.openings if _applies(one, problem.township[township], year)]
                if None in opened:  # without limit
                    continue
                share = max((one for one in opened if one is not None), default=None)
                if share is None:
                    for category, number in over.items():
                        place = Place(township, agency, category, year, "own")
                        today = before[category]
                        yield Finding(place, number, at_most=today, inherited=today > 0, asked=0)
                    continue
                more = max(Fraction(0), sum(before.values()) - share * then)
                place, found = Place(township, agency, "", year, "opened"), sum(over.values())
                most = floor(share * posts + more)
                yield Finding(place, found, at_most=most, inherited=more > 0, asked=floor(share * posts))

    def explain(self, problem: Problem, place: Place) -> str:
        """What may serve what."""
        words = {"township": problem.name(place.holder), "agency": problem.name(place.agency), "year": place.year}
        if place.aspect == "own":
            said = _(
                "{township}, {agency}, {year}: {category} positions serve only posts of their own category."
            ).format(**words, category=problem.name(place.category))
        else:
            share = self._share(problem, place.holder, place.year) or Fraction(0)
            said = _(
                "{township}, {agency}, {year}: up to {share} % of the posts, rounded down,"
                " may be served by other categories."
            ).format(**words, share=f"{float(share * 100):g}")
        return run_on((said, *said_of_falling(problem, place.holder, place.agency)))

    def _share(self, problem: Problem, township: str, year: int) -> Fraction | None:
        """The largest share opened there and then; None where nothing is."""
        opened = (one for one in self.openings if one.holds(problem, township, year))
        return max((ALL if one.share is None else one.share for one in opened), default=None)


def _applies(opening: Opening, row: Township, year: int) -> bool:
    """Whether nothing an opening names is another township, another kind or a later year."""
    another = bool(opening.township) and opening.township != row.township
    return not (another or opening.kind not in {None, row.kind} or year < (opening.from_ or year))


def _judged(plan: Plan, township: str, agency: str, year: int) -> tuple[int, dict[str, int]]:
    """How many positions the agency's posts are meant for, and by category how many are placed beyond its posts."""
    posts = by_category(standing(plan, township, agency, year))
    placed = {category: plan.placed(township, agency, category, year) for category in plan.problem.categories}
    return posts.total(), {category: max(0, number - posts[category]) for category, number in placed.items()}


def _at_least(model: Model, amount: Linear, place: Place) -> Linear:
    """A number no smaller than the amount, nor than nothing."""
    most = max(0, model.bounds(amount)[1])
    part = model.variable(("excess", place.holder, place.agency, place.year, len(model.variables)), 0, most)
    model.define(part >= amount, place)
    return part
