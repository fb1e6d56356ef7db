"""Who fills the posts of an agency (定岗定责): the positions placed there, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rebalance.county.agencies import Post
from rebalance.model.linear import Linear, total
from rebalance.model.model import ALWAYS, Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.text import _, listed


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


def standing(plan: Plan, township: str, agency: str, year: int) -> tuple[Post, ...]:
    """The posts of the agency: its own, and those of agencies that are not open and whose work falls to it."""
    staffing = plan.problem.staffing
    posts = list(staffing.posts.get((township, agency), ()))
    for other, rows in staffing.falling.get((township, agency), {}).items():
        if not plan.open(township, other, year):
            posts.extend(rows)
    return tuple(posts)


def numbers_today(problem: Problem, township: str, agency: str) -> Counter[str]:
    """The positions that the posts which stand in the agency today are meant for, by category."""
    numbers = by_category(problem.staffing.posts.get((township, agency), ()))
    for other, rows in problem.staffing.falling.get((township, agency), {}).items():
        if not problem.open_today(township, other):
            numbers += by_category(rows)
    return numbers


def numbers_then(model: Model, township: str, agency: str, year: int) -> Mapping[str, Linear]:
    """The same in a plan that is still unknown: it depends on what is opened."""
    staffing = model.problem.staffing
    stand = [(ALWAYS, row) for row in staffing.posts.get((township, agency), ())]
    for other, rows in staffing.falling.get((township, agency), {}).items():
        closed = 1 - model.open(township, other, year)
        stand.extend((closed, row) for row in rows)
    categories = {*model.problem.categories, *(row.category for _there, row in stand)}
    return {c: total(there * row.number for there, row in stand if row.category == c) for c in sorted(categories)}


def by_category(posts: Iterable[Post]) -> Counter[str]:
    """How many positions the posts are meant for, category by category."""
    numbers: Counter[str] = Counter()
    for row in posts:
        numbers[row.category] += row.number
    return numbers


def said_of_falling(problem: Problem, township: str, agency: str) -> Iterator[str]:
    """The sentence that names the agencies whose posts may stand in this one, if there are any."""
    if others := problem.staffing.falling.get((township, agency)):
        names = listed(problem.name(other) for other in others)
        yield _("Where one of these is not open, its posts stand there too: {agencies}.").format(agencies=names)


def fill(plan: Plan, township: str, agency: str, year: int) -> Filling:
    """Each post takes positions of its own category, then what others leave over.

    The agency's own come first, then those that fell to it, each in order of their codes.
    """
    placed = {c: plan.placed(township, agency, c, year) for c in plan.problem.categories}
    posts = sorted(standing(plan, township, agency, year), key=lambda row: (row.agency != agency, row.agency, row.post))
    own = [_take(placed, row.category, row.number) for row in posts]
    filled = [
        Filled(row, count, tuple(_take_others(placed, row.number - count)))
        for row, count in zip(posts, own, strict=True)
    ]
    return Filling(tuple(filled), tuple((category, count) for category, count in placed.items() if count))


def fillings(plan: Plan, year: int) -> Iterator[tuple[str, str, Filling]]:
    """Township, agency and filling wherever there are posts.

    An agency has its posts where it is open, and a compulsory one also where nobody is yet; those of an optional one
    that is not open stand in the agency that does its work.
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
