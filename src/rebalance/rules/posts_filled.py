"""Posts filled (定岗定责): positions are placed where there is a post to fill, and posts are filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Annotated, ClassVar

from rebalance.county.columns import Ref, Share
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _


@dataclass(frozen=True)
class PostsFilled:
    """Positions placed in an agency have a post to fill, whatever their category; and posts do not stay empty.

    For every township, agency with posts, and year, where posts is the sum of `posts.number` and placed that of the
    positions of all categories:

        max(0, placed − posts) ≤ max(⌊spare × placed⌋, the same today)
        placed ≥ ⌈least × posts⌉                          from year `by` on, where the agency is open
        placed ≥ min(⌈least × posts⌉, placed today)       every year it is open, without `by`

    An agency without posts is not bound; which category may fill which post is said by `unified_use`. Staff dispatched
    to an agency fill none of its posts.

    Attributes:
        spare: up to this share of the positions placed in an agency may be beyond its posts, rounded down
        least: at least this share of an agency's posts are filled
        by: the first year in which they must be; without it, what is emptier today may stay as it is

    References:
        The reform: each township draws up a plan of posts and duties (定岗定责方案), “平台＋机构＋岗位”.
    """

    spare: Share = Fraction(0)
    least: Share = Fraction(0)
    by: Annotated[int | None, Ref("year")] = None
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ("posts",)

    @staticmethod
    def about() -> AboutRule:
        """The title."""
        return AboutRule(_("Posts and positions"))

    def post(self, model: Model) -> None:
        """The most positions that posts allow, the least that they ask for."""
        problem = model.problem
        for (township, agency), rows in problem.staffing.posts.items():
            posts = sum(row.number for row in rows)
            today = sum(problem.placed.get((township, agency, category), 0) for category in problem.categories)
            need = ceil(self.least * posts)
            for year in problem.years:
                placed = total(model.placed(township, agency, category, year) for category in problem.categories)
                if self.spare < 1:
                    # placed − posts ≤ ⌊spare × placed⌋ is the same as placed ≤ posts ÷ (1 − spare)
                    most = max(posts / (1 - self.spare) // 1, today)
                    model.add(placed <= int(most), Place(township, agency, "", year, "spare"))
                if need and year >= (self.by or year):
                    least = need if self.by else min(need, today)
                    place = Place(township, agency, "", year, "filled")
                    model.add(placed >= least * model.open(township, agency, year), place)

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every agency with posts, every year."""
        problem = plan.problem
        for township, agency in problem.staffing.posts:
            posts = sum(row.number for row in problem.staffing.posts[township, agency])
            today = sum(problem.placed.get((township, agency, category), 0) for category in problem.categories)
            beyond = max(0, today - posts)
            need = ceil(posts * self.least)
            empty = self.by is None and today < need
            for year in problem.years:
                placed = sum(plan.placed(township, agency, category, year) for category in problem.categories)
                spare, room = max(0, placed - posts), int(self.spare * placed)
                place = Place(township, agency, "", year, "spare")
                yield Finding(place, spare, at_most=max(room, beyond), inherited=beyond > int(self.spare * today))
                if self.by is None or year >= self.by:
                    least = (today if empty else need) * plan.open(township, agency, year)
                    yield Finding(Place(township, agency, "", year, "filled"), placed, least, inherited=empty)

    def explain(self, problem: Problem, place: Place) -> str:
        """How positions and posts go together."""
        posts = sum(row.number for row in problem.staffing.posts[place.holder, place.agency])
        words = {"township": problem.name(place.holder), "agency": problem.name(place.agency), "year": place.year}
        if place.aspect == "filled":
            return _("{township}, {agency}, {year}: at least {share} % of its {posts} posts are filled.").format(
                **words, posts=posts, share=f"{float(self.least * 100):g}"
            )
        return _(
            "{township}, {agency}, {year}: positions placed there fill its {posts} posts; up to {share} % of them may"
            " be beyond these."
        ).format(**words, posts=posts, share=f"{float(self.spare * 100):g}")
