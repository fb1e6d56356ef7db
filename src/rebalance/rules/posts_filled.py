"""Posts filled (定岗定责): positions are placed where there is a post to fill, and posts are filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Annotated, ClassVar

from rebalance.county.columns import Ref, Share
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan, status_quo
from rebalance.model.posts import numbers_then, numbers_today, said_of_falling, standing
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _, run_on


@dataclass(frozen=True)
class PostsFilled:
    """Positions placed in an agency have a post to fill, whatever their category; and posts do not stay empty.

    For every township, agency with posts of its own, and year, where placed is the sum of the positions of all
    categories, and posts that of `posts.number`: the agency's own, and those of every optional agency that is not open
    and whose work falls to it (`agencies.else`):

        placed − posts ≤ ⌊spare × placed + over⌋      over = max(0, (1 − spare) × placed today − posts today)
        placed ≥ ⌈least × posts⌉                      from year `by` on, where the agency is open
        placed ≥ ⌈least × posts − lack⌉               every year it is open, without `by`:
                                                      lack = max(0, least × posts today − placed today)

    Posts today follow from what is open today. An agency of whose own posts nothing is said is not bound; which
    category may fill which post is said by `unified_use`. Staff dispatched to an agency fill none of its posts.

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
        (own, of), (least, parts) = (1 - self.spare).as_integer_ratio(), self.least.as_integer_ratio()
        for township, agency in problem.staffing.posts:
            today = sum(problem.placed.get((township, agency, category), 0) for category in problem.categories)
            before = sum(numbers_today(problem, township, agency).values())
            over = max(0, own * today - of * before)
            lack = 0 if self.by else max(0, least * before - parts * today)
            for year in problem.years:
                placed = total(model.placed(township, agency, category, year) for category in problem.categories)
                posts = total(numbers_then(model, township, agency, year).values())
                if own:  # placed − posts ≤ spare × placed is the same as (1 − spare) × placed ≤ posts
                    model.add(placed * own <= posts * of + over, Place(township, agency, "", year, "spare"))
                if least and year >= (self.by or year):
                    need = posts * least - lack
                    free = (1 - model.open(township, agency, year)) * max(0, model.bounds(need)[1])
                    model.add(placed * parts >= need - free, Place(township, agency, "", year, "filled"))

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every agency with posts, every year."""
        problem = plan.problem
        still = status_quo(problem)
        for township, agency in problem.staffing.posts:
            now = (township, agency, problem.years[0])
            posts, today = _posts(still, *now), _placed(still, *now)
            over = max(Fraction(0), today - self.spare * today - posts)
            lack = max(Fraction(0), self.least * posts - today) if self.by is None else Fraction(0)
            for year in problem.years:
                posts, placed = _posts(plan, township, agency, year), _placed(plan, township, agency, year)
                place, room = Place(township, agency, "", year, "spare"), floor(self.spare * placed + over)
                yield Finding(place, max(0, placed - posts), at_most=room, inherited=over > 0)
                if self.by is None or year >= self.by:
                    place, need = replace(place, aspect="filled"), max(0, ceil(self.least * posts - lack))
                    yield Finding(place, placed, need * plan.open(township, agency, year), inherited=lack > 0)

    def explain(self, problem: Problem, place: Place) -> str:
        """How positions and posts go together."""
        posts = sum(row.number for row in problem.staffing.posts[place.holder, place.agency])
        words = {"township": problem.name(place.holder), "agency": problem.name(place.agency), "year": place.year}
        said = _(
            "{township}, {agency}, {year}: positions placed there fill its {posts} posts; up to {share} % of them may"
            " be beyond these."
        ).format(**words, posts=posts, share=f"{float(self.spare * 100):g}")
        if place.aspect == "filled":
            said = _("{township}, {agency}, {year}: at least {share} % of its {posts} posts are filled.").format(
                **words, posts=posts, share=f"{float(self.least * 100):g}"
            )
        return run_on((said, *said_of_falling(problem, place.holder, place.agency)))


def _posts(plan: Plan, township: str, agency: str, year: int) -> int:
    return sum(row.number for row in standing(plan, township, agency, year))


def _placed(plan: Plan, township: str, agency: str, year: int) -> int:
    return sum(plan.placed(township, agency, category, year) for category in plan.problem.categories)
