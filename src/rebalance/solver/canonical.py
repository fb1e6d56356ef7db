"""One plan out of all the best, and the question whether any other would have served as well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from rebalance.goals.goal import Block
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Decision
from rebalance.solver.engine import Engine, Status


@dataclass(slots=True)
class Tie:
    """Plans that are equally good under the goals held in a model; `values` is one of them, in the end the chosen."""

    engine: Engine
    model: Model
    values: list[int]
    _start: Model = field(init=False)
    _before: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Keep the question as it is now: what is held from here on is not held there."""
        self._start, self._before = self.model.relaxed(lambda _any: True), self.values

    def broken(self, blocks: Iterable[Block]) -> bool:
        """Settle block after block; whether one plan alone is left, and that is proven.

        Of each block the least weighted sum is held, that of a second weighting where the first leaves a tie, and then
        the cells themselves.
        """
        settled = [self._settle(block) for block in blocks]  # every one of them, whatever came of those before
        return all(settled)

    def had_rivals(self, blocks: Iterable[Block]) -> bool:
        """Whether there was more than one plan to choose from: the cells have changed, or could."""
        cells = [cell for block in blocks for cell in block.weights]
        places = [self.model.cells[cell] for cell in cells]
        return any(self.values[i] != self._before[i] for i in places) or not self._forced(cells)

    def _settle(self, block: Block) -> bool:
        settled = False
        for weights in (block.weights, block.again):
            if settled or not self._weigh(weighted(self.model, weights)):
                break
            settled = unique(self.engine, self.model, self.values, weights)
        for cell in block.weights:
            index = self.model.cells[cell]
            self.model.add(Linear({index: 1}).equals(self.values[index]))
        return settled

    def _weigh(self, amount: Linear) -> bool:
        """Bring a weighted sum to its least and hold it; whether it is proven."""
        answer = self.engine.solve(self.model, amount, self.values)
        self.values = answer.values or self.values
        if answer.status is not Status.OPTIMAL:
            return False
        self.model.add(amount <= amount.value(self.values))
        return True

    def _forced(self, cells: Iterable[Decision]) -> bool:
        """Whether no cell could have any other number."""
        places = [self._start.cells[cell] for cell in cells]
        return _nothing_lighter(self.engine, self._start, product(places, (1, -1)), self.values, Linear())


def unique(engine: Engine, model: Model, values: list[int], weights: Mapping[Decision, int]) -> bool:
    """Whether nothing else satisfies what the model requires, as far as these cells go.

    Their weighted sum is held at its least, so another plan must weigh less than this one in some cell to make up for
    what it weighs more in others: that is all that has to be asked.
    """
    places = ((model.cells[cell], weight) for cell, weight in weights.items())
    return _nothing_lighter(engine, model.copy(), places, values, weighted(model, weights))


def weighted(model: Model, weights: Mapping[Decision, int]) -> Linear:
    """The weighted sum of cells."""
    return Linear({model.cells[cell]: weight for cell, weight in weights.items()})


def _nothing_lighter(
    engine: Engine, model: Model, places: Iterable[tuple[int, int]], values: list[int], minimise: Linear
) -> bool:
    """Whether no cell can weigh less than it does: places are indices, each with a weight or a direction."""
    lighter = total(_lighter(model, index, weight, values) for index, weight in places)
    if not lighter.terms:
        return True
    model.add(lighter >= 1)
    return engine.solve(model, minimise).status is Status.INFEASIBLE


def _lighter(model: Model, index: int, weight: int, values: list[int]) -> Linear:
    """A 0/1 that is 1 only where a cell weighs less than it did; nothing where it cannot."""
    variable, cell, value = model.variables[index], Linear({index: 1}), values[index]
    if value == (variable.least if weight > 0 else variable.most):
        return Linear()
    less = model.variable(("less", index), 0, 1)
    if weight > 0:
        model.add(cell <= variable.most - (variable.most - value + 1) * less)
    else:
        model.add(cell >= variable.least + (value + 1 - variable.least) * less)
    return less
