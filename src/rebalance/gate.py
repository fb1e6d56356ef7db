"""The gate between rules and solvers: variables, the statements required of them, and who says so.

No solver is known here. Because the statements are data, every solver gets the very same ones, they can be copied to
another process, and a clash can be looked for among them.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Self

from rebalance.bounds import Bounds
from rebalance.finding import Place
from rebalance.linear import Linear, Statement
from rebalance.plan import Cell


@dataclass(frozen=True, slots=True)
class Variable:
    """A whole number between two bounds."""

    name: Cell
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Requirement:
    """A statement that must hold, and who says so: the name of a rule and the place, or nobody.

    A definition, or a goal that is held.
    """

    statement: Statement
    rule: str
    place: Place


class Gate:
    """Whole-number variables, and everything that has been required of them so far."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.variables: list[Variable] = []
        self.requirements: list[Requirement] = []
        self.rule = ""
        self.trunk: Self | None = None
        self._whole = True
        self._known = Bounds()
        self._learnt = (0, 0)

    def fork(self) -> Self:
        """A copy that shares what has been said so far; what is added to it does not come back here."""
        self._learn()
        other = copy(self)
        other._whole = False  # noqa: SLF001  # its own kind
        other.trunk = self.trunk or self
        other.variables, other.requirements = list(self.variables), list(self.requirements)
        return other

    def relaxed(self, kept: Callable[[Requirement], bool]) -> Self:
        """A copy that requires only part of what this one does: nothing is better in this one than in the copy."""
        other = self.fork()
        other.trunk = None
        other.requirements = [one for one in self.requirements if kept(one)]
        return other

    def variable(self, name: Cell, least: int, most: int) -> Linear:
        """Add a whole number of a rule's or goal's own; it follows from the cells and is not part of the plan."""
        self.variables.append(Variable(name, least, most))
        return Linear({len(self.variables) - 1: 1})

    def require(self, statement: Statement, place: Place | None = None) -> None:
        """Demand that a statement holds, in the name of the rule that is being posted."""
        self.requirements.append(Requirement(statement, self.rule, place or Place()))

    def define(self, statement: Statement, place: Place | None = None) -> None:
        """Say what a variable of one's own means, and where it belongs; nobody requires it."""
        self.requirements.append(Requirement(statement, "", place or Place()))

    def bounds(self, amount: Linear) -> tuple[int, int]:
        """The least and the most an amount can be, from its variables alone.

        What a rule may build on, as it holds without any other rule.
        """
        least = most = amount.constant
        for index, factor in amount.terms.items():
            ends = (factor * self.variables[index].least, factor * self.variables[index].most)
            least, most = least + min(ends), most + max(ends)
        return least, most

    def tight_bounds(self, amount: Linear) -> tuple[int, int]:
        """The same, judging by everything that is required so far (of the draft this is a copy of).

        For goals, once every rule has been posted.
        """
        self._learn()
        return self._known.least(amount), self._known.most(amount)

    def _learn(self) -> None:
        if self._whole and self._learnt != (size := (len(self.variables), len(self.requirements))):
            self._learnt = size
            ends = [(variable.least, variable.most) for variable in self.variables]
            local = [one.statement for one in self.requirements if one.place.holder]
            self._known.learn(ends, local)
