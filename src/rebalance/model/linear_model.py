"""Variables, the constraints on them, and who says so: what rules write down and solvers are given.

No solver is known here. Because the constraints are data, every solver gets the very same ones, they can be copied to
another process, part of them can be left out, and a conflict can be looked for among them.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Self

from rebalance.fault import Fault, FaultsError
from rebalance.model.finding import Place
from rebalance.model.linear import Bounds, Constraint, Linear
from rebalance.model.plan import Decision
from rebalance.text import _

EASY = 2**50
"""Sums up to this size are left as they are written."""
REACH = 2**60
"""Sums up to this size every solver can add up in its own numbers."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A whole number between two bounds."""

    name: Decision
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class NamedConstraint:
    """A constraint, and who says so: the name of a rule or goal, and the place; nobody, where it defines a variable."""

    constraint: Constraint
    rule: str
    place: Place


class LinearModel:
    """Whole-number variables, and everything that has been required of them so far.

    Attributes:
        variables: each is known by its index
        requirements: what must hold, in the order in which it was said
        rule: in whose name constraints are added now
        original: whether this is no copy of another model
        shared: the model of which a copy says all, and more after it: what an engine has translated of that need not
            be translated again (None: there is none)
    """

    def __init__(self) -> None:
        """Start with nothing."""
        self.variables: list[Variable] = []
        self.requirements: list[NamedConstraint] = []
        self.rule = ""
        self.original = True
        self.shared: Self | None = None
        self._known = Bounds()
        self._learnt = (0, 0)

    def copy(self) -> Self:
        """A copy that shares what has been said so far; what is added to it does not come back here.

        Whoever keeps variables of a model by name lets each copy have a list of its own: they may be added to. What
        follows from variables alone, and what is known of their bounds, all copies look up in the same place.
        """
        self._learn()
        other = copy(self)
        other.original = False
        other.shared = self.shared or self
        other.variables, other.requirements = list(self.variables), list(self.requirements)
        return other

    def relaxed(self, kept: Callable[[NamedConstraint], bool]) -> Self:
        """A copy that requires only part of what this one does: nothing is better in this one than in the copy."""
        other = self.copy()
        other.shared = None
        other.requirements = [one for one in self.requirements if kept(one)]
        return other

    def variable(self, name: Decision, least: int, most: int) -> Linear:
        """Add a whole number of a rule's or goal's own; it follows from the cells and is not part of the plan."""
        self.variables.append(Variable(name, least, most))
        return Linear({len(self.variables) - 1: 1})

    def add(self, constraint: Constraint, place: Place | None = None) -> None:
        """Demand that a constraint holds, in the name of the rule that is being posted."""
        self.requirements.append(NamedConstraint(self._in_reach(constraint), self.rule, place or Place()))

    require = add  # the name that rules of other people's hold on to

    def define(self, constraint: Constraint, place: Place | None = None) -> None:
        """Say what a variable of one's own means, and where it belongs; nobody requires it."""
        self.requirements.append(NamedConstraint(self._in_reach(constraint), "", place or Place()))

    def _in_reach(self, constraint: Constraint) -> Constraint:
        """The constraint in numbers that every solver can add up.

        Raises:
            FaultsError: it has too many digits.
        """
        far = self._reach(constraint)
        bounds = [abs(bound) for bound in (constraint.at_least, constraint.at_most) if bound is not None]
        if max([far, *bounds]) <= EASY:
            return constraint
        reduced = constraint.reduced()
        far = self._reach(reduced)
        if far > REACH:
            message = _("numbers of too many digits to be added up exactly. Round costs, shares and factors.")
            raise FaultsError([Fault("", 0, f"rules.{self.rule}" if self.rule else "", message)])
        return reduced.within(far)

    def _reach(self, constraint: Constraint) -> int:
        """No part of the sum is further from nothing."""
        ends = ((factor, self.variables[index]) for index, factor in constraint.terms.items())
        return sum(abs(factor) * max(abs(one.least), abs(one.most)) for factor, one in ends)

    def bounds(self, amount: Linear) -> tuple[int, int]:
        """The least and the most an amount can be, from its variables alone.

        A rule may build on these, because they hold without any other rule. Were its constraints to depend on what
        other rules say, one of them could not be left out while a conflict is looked for.
        """
        least = most = amount.constant
        for index, factor in amount.terms.items():
            ends = (factor * self.variables[index].least, factor * self.variables[index].most)
            least, most = least + min(ends), most + max(ends)
        return least, most

    def tight_bounds(self, amount: Linear) -> tuple[int, int]:
        """The same, judging by everything that is required so far (of the model this is a copy of).

        For goals, once every rule has been posted: the tighter the bound that links a 0/1 to an amount, the closer
        the linear relaxation, and the shorter the proof.
        """
        self._learn()
        return self._known.between(amount)

    def _learn(self) -> None:
        if not self.original:
            return
        variables, requirements = self._learnt
        self._learnt = (len(self.variables), len(self.requirements))
        ends = [(variable.least, variable.most) for variable in self.variables[variables:]]
        # Sums over the whole county are left aside: they have every variable in them, so each bound would be looked
        # for there too, and would hardly ever be found any closer.
        local = [one.constraint for one in self.requirements[requirements:] if one.place.holder]
        self._known.learn(ends, local)
