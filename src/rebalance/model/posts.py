"""Who fills the posts of an agency (定岗定责): the positions placed there, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rebalance.county.agencies import Post
from rebalance.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Filled:
    """A post and the positions that fill it: its own category's, and others' by category."""

    post: Post
    own: int
    others: tuple[tuple[str, int], ...] = ()

    @property
    def filled(self) -> int:
        """Positions that fill it, of whatever category."""
        return self.own + sum(count for _category, count in self.others)

    @property
    def shortfall(self) -> int:
        """Positions it lacks."""
        return self.post.number - self.filled


@dataclass(frozen=True, slots=True)
class Filling:
    """The posts of an agency, filled, and the positions placed there for which it has no post, by category."""

    posts: tuple[Filled, ...]
    spare: tuple[tuple[str, int], ...]


def fill(plan: Plan, township: str, agency: str, year: int) -> Filling:
    """The posts in order of their codes: each takes positions of its own category, then what others leave over."""
    placed = {c: plan.placed(township, agency, c, year) for c in plan.problem.categories}
    posts = sorted(plan.problem.staffing.posts.get((township, agency), ()), key=lambda row: row.post)
    own = [_take(placed, row.category, row.number) for row in posts]
    filled = [
        Filled(row, count, tuple(_take_others(placed, row.number - count)))
        for row, count in zip(posts, own, strict=True)
    ]
    return Filling(tuple(filled), tuple((category, count) for category, count in placed.items() if count))


def fillings(plan: Plan, year: int) -> Iterator[tuple[str, str, Filling]]:
    """Township, agency and filling wherever there are posts.

    An agency has its posts where it is open, and a compulsory one also where nobody is yet.
    """
    problem = plan.problem
    for township in problem.townships:
        for agency, row in problem.agency.items():
            if row.compulsory or plan.open(township, agency, year):
                filling = fill(plan, township, agency, year)
                if filling.posts:
                    yield township, agency, filling


def _take(placed: dict[str, int], category: str, most: int) -> int:
    """Take up to so many positions of a category away."""
    count = min(most, placed.get(category, 0))
    if count:
        placed[category] -= count
    return count


def _take_others(placed: dict[str, int], most: int) -> Iterator[tuple[str, int]]:
    """Take up to so many positions away, category by category; of the post's own, none is left where it is short."""
    for category in placed:
        count = _take(placed, category, most)
        most -= count
        if count:
            yield category, count
