"""Posts by township and agency, and the demand that follows from them: as many positions as there are posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from rebalance.county.agencies import Method, Post
from rebalance.county.county import County
from rebalance.county.remark import Remark
from rebalance.problem.working import Step, Working, summed
from rebalance.text import _


def posts_of(county: County) -> Mapping[tuple[str, str], tuple[Post, ...]]:
    """Posts by (township, agency): a township's own rows, or else those that hold for every township."""
    rows: dict[tuple[str, str], list[Post]] = defaultdict(list)
    for row in county.posts:
        rows[row.township, row.agency].append(row)
    towns = [row.township for row in county.townships]
    general = {(town, agency): posts for (none, agency), posts in rows.items() if not none for town in towns}
    own = {key: posts for key, posts in rows.items() if key[0]}
    return {key: tuple(posts) for key, posts in (general | own).items()}


@dataclass(frozen=True)
class Posted:
    """The rows of the table `posts`: an agency needs a position for every one that its posts are meant for."""

    county: County

    def work_out(self, township: str, agency: str) -> Working | None:
        """The sum of its posts; None where it has none."""
        posts = sorted(self._posts.get((township, agency), ()), key=lambda row: row.post)
        if not posts:
            return None
        numbers = [Fraction(row.number) for row in posts]
        steps = tuple(
            Step(row.name, _("as given in the table posts"), number) for row, number in zip(posts, numbers, strict=True)
        )
        total = sum(numbers, Fraction(0))
        return Working(township, agency, Method.POSTS, total, own=(*steps, Step(_("demand"), summed(numbers), total)))

    def gaps(self, agency: str) -> Iterator[Remark]:
        """Townships in which the agency has no post."""
        for row in self.county.townships:
            if (row.township, agency) not in self._posts:
                sentence = _("Its demand is to come from posts, but it has none in this township: it has no demand.")
                yield Remark("posts", (row.township, agency), sentence)

    @cached_property
    def _posts(self) -> Mapping[tuple[str, str], tuple[Post, ...]]:
        return posts_of(self.county)
