"""A model said more shortly: how constraints narrow their variables, and the constraints that then still matter.

Rules say what they mean, year by year and holder by holder, and much of it leaves nothing open: of the constraints of
a county about two in three follow from the bounds of their variables once these have been narrowed. A linear programme
that is put together from the others has the same whole-number solutions and is put together and solved sooner.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rebalance.model.linear import Constraint
from rebalance.model.linear_model import LinearModel


@dataclass(slots=True)
class Narrowed:
    """The bounds of a model's variables as its constraints narrow them, one by one, and those that still say more.

    A plan is a solution of the model just when it lies within these bounds and keeps these constraints.

    Attributes:
        model: what is required
        least: the least of each variable
        most: the most of each variable
        constraints: those that do not follow from the bounds
    """

    model: LinearModel
    least: list[int] = field(init=False)
    most: list[int] = field(init=False)
    constraints: list[Constraint] = field(init=False)

    def __post_init__(self) -> None:
        """Narrow by single variables first, then by every constraint once: a second time gains little."""
        self.least = [one.least for one in self.model.variables]
        self.most = [one.most for one in self.model.variables]
        said = [one.constraint for one in self.model.requirements if one.constraint.terms]
        self._narrow(one for one in said if len(one.terms) == 1)
        open_ = [one for one in said if not self._follows(one)]
        self._narrow(open_)
        self.constraints = [one for one in open_ if not self._follows(one)]

    def _narrow(self, constraints: Iterable[Constraint]) -> None:
        for one in constraints:
            if one.at_most is not None:
                self._at_most(one.terms, one.at_most)
            if one.at_least is not None:
                self._at_most({index: -factor for index, factor in one.terms.items()}, -one.at_least)

    def _at_most(self, terms: dict[int, int], at_most: int) -> None:
        """Whatever the others are, a variable has no more room than they leave it at their least."""
        room = at_most - self._ends(terms)[0]
        if room < 0:
            return  # there is no solution, which is for a solver to say
        for index, factor in terms.items():
            least, most = self.least[index], self.most[index]
            if abs(factor) * (most - least) <= room:
                continue
            if factor > 0:
                self.most[index] = least + room // factor
            else:
                self.least[index] = most - room // -factor

    def _ends(self, terms: dict[int, int]) -> tuple[int, int]:
        """The least and the most of a sum."""
        low = high = 0
        for index, factor in terms.items():
            one, other = factor * self.least[index], factor * self.most[index]
            low, high = (low + one, high + other) if factor > 0 else (low + other, high + one)
        return low, high

    def _follows(self, constraint: Constraint) -> bool:
        """Whether the bounds alone keep a constraint."""
        low, high = self._ends(constraint.terms)
        above = constraint.at_least is None or low >= constraint.at_least
        return above and (constraint.at_most is None or high <= constraint.at_most)
