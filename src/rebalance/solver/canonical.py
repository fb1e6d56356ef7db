"""One plan out of all the best by a procedure in which only the data have a say, and whether another serves as well.

The question is put in one form: every goal held at its proven value, nothing carried over from the search that proved
it, one worker, one seed, no hint, and limits that count work instead of seconds. Whoever asks it of the same data gets
the same plan, whatever seed and however many workers have been at work before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from rebalance.model.linear import Linear, total
from rebalance.model.linear_model import NamedConstraint
from rebalance.model.model import Model
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Clock, Status

NEAR = 100
"""The tie-break ends when it can gain no more than one for so many cells: the least itself takes many times longer."""

LARGEST = 2**50
"""No weighted amount is larger: far from what overflows."""


@dataclass(frozen=True, slots=True)
class Last:
    """An amount that is held by one constraint and nothing after it, so that a search may come down to it by itself.

    A search that is led down to an amount gets there many times sooner than one that has to guess it.
    """

    amount: Linear
    most: int
    held: NamedConstraint


@dataclass(frozen=True, slots=True)
class FixedProcedure:
    """The plans that are equally good under the goals held in a model, and the one that is chosen among them.

    Attributes:
        clock: a procedure that it has cut short has chosen nothing
        model: every goal is held in it, and nothing else has been added since the rules
        tie: the weighted sum of cells that is made small among equals
        last: the amount of the goal before, where that was one
    """

    clock: Clock
    model: Model
    tie: Linear
    last: Last | None = None

    def chosen(self) -> list[int] | None:
        """One value per variable of the plan; None where the work allowed does not suffice, or time was up."""
        for model, amount in self._questions():
            values = self._engine(len(model.cells) // NEAR).solve(model, amount).values
            if self.clock.over:
                return None
            if values is not None and (self.last is None or self.last.amount.value(values) <= self.last.most):
                return values
        return None

    def alone(self, values: list[int]) -> bool | None:
        """Whether no other plan is as good as this one; None where that has not been settled."""
        other = self.model.copy()
        places = product(self.model.cells.values(), (1, -1))
        other.add(total(_moved(other, index, way, values) for index, way in places) >= 1)
        answer = self._engine().solve(other, Linear(), values)
        if answer.values is not None:
            return False
        return True if answer.status is Status.INFEASIBLE else None

    def _questions(self) -> Iterator[tuple[Model, Linear]]:
        """The same question in ever plainer forms: the first mostly does."""
        last, weight = self.last, sum(map(abs, self.tie.terms.values()))
        if last is None:
            yield self.model, self.tie
        elif max(map(abs, self.model.bounds(last.amount))) * weight < LARGEST:
            yield self.model.relaxed(lambda one: one is not last.held), total((last.amount * weight, self.tie))
        yield self.model, Linear()

    def _engine(self, gap: int = 0) -> CpSat:
        """The usual work is ten times what it mostly takes; what is left serves questions that turn out to be hard."""
        return CpSat(self.clock, work=1.0, gap=gap)


def differ(model: Model, one: list[int], other: list[int]) -> bool:
    """Whether two plans differ in any cell."""
    return any(one[index] != other[index] for index in model.cells.values())


def _moved(model: Model, index: int, way: int, values: list[int]) -> Linear:
    """A 0/1 that is 1 only where a cell is larger (or, with -1, smaller) than it was; nothing where it cannot be."""
    variable, cell, value = model.variables[index], Linear({index: 1}), values[index]
    if value == (variable.most if way > 0 else variable.least):
        return Linear()
    moved = model.variable(("moved", index, way), 0, 1)
    if way > 0:
        model.add(cell >= variable.least + (value + 1 - variable.least) * moved)
    else:
        model.add(cell <= variable.most - (variable.most - value + 1) * moved)
    return moved
