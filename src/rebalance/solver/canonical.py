"""One plan out of all the best, and the question whether any other would have served as well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from rebalance.goals.goal import Block
from rebalance.model.linear import Linear, total
from rebalance.model.model import Draft
from rebalance.model.plan import Cell
from rebalance.solver.engine import Engine, Status


@dataclass(slots=True)
class Tie:
    """Plans that are equally good under the goals held in a draft; `values` is one of them, in the end the chosen."""

    engine: Engine
    draft: Draft
    values: list[int]
    _start: Draft = field(init=False)
    _before: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Keep the question as it is now: what is held from here on is not held there."""
        self._start, self._before = self.draft.relaxed(lambda _any: True), self.values

    def broken(self, blocks: Iterable[Block]) -> bool:
        """Settle block after block; whether one plan alone is left, and that is proven.

        The least weighted sum, a second weighting where that leaves a tie, and then the cells themselves.
        """
        settled = [self._settle(block) for block in blocks]  # every one of them, whatever came of those before
        return all(settled)

    def had_rivals(self, blocks: Iterable[Block]) -> bool:
        """Whether there was more than one plan to choose from: the cells have changed, or could."""
        cells = [cell for block in blocks for cell in block.weights]
        places = [self.draft.cells[cell] for cell in cells]
        return any(self.values[i] != self._before[i] for i in places) or not self._forced(cells)

    def _settle(self, block: Block) -> bool:
        settled = False
        for weights in (block.weights, block.again):
            if settled or not self._weigh(weighted(self.draft, weights)):
                break
            settled = unique(self.engine, self.draft, self.values, weights)
        for cell in block.weights:
            index = self.draft.cells[cell]
            self.draft.require(Linear({index: 1}).equals(self.values[index]))
        return settled

    def _weigh(self, amount: Linear) -> bool:
        """Bring a weighted sum to its least and hold it; whether it is proven."""
        answer = self.engine.solve(self.draft, amount, self.values)
        self.values = answer.values or self.values
        if answer.status is not Status.OPTIMAL:
            return False
        self.draft.require(amount <= amount.value(self.values))
        return True

    def _forced(self, cells: Iterable[Cell]) -> bool:
        """Whether no cell could have any other number."""
        places = [self._start.cells[cell] for cell in cells]
        return _nothing_lighter(self.engine, self._start, product(places, (1, -1)), self.values, Linear())


def unique(engine: Engine, draft: Draft, values: list[int], weights: Mapping[Cell, int]) -> bool:
    """Whether nothing else satisfies what the draft requires, as far as these cells go.

    Their weighted sum is held at its least, so another plan must weigh less than this one in some cell to make up for
    what it weighs more in others: that is all that has to be asked.
    """
    places = ((draft.cells[cell], weight) for cell, weight in weights.items())
    return _nothing_lighter(engine, draft.fork(), places, values, weighted(draft, weights))


def weighted(draft: Draft, weights: Mapping[Cell, int]) -> Linear:
    """The weighted sum of cells."""
    return Linear({draft.cells[cell]: weight for cell, weight in weights.items()})


def _nothing_lighter(
    engine: Engine, draft: Draft, places: Iterable[tuple[int, int]], values: list[int], minimise: Linear
) -> bool:
    """Whether no cell can weigh less than it does: places are indices, each with a weight or a direction."""
    lighter = total(_lighter(draft, index, weight, values) for index, weight in places)
    if not lighter.terms:
        return True
    draft.require(lighter >= 1)
    return engine.solve(draft, minimise).status is Status.INFEASIBLE


def _lighter(draft: Draft, index: int, weight: int, values: list[int]) -> Linear:
    """A 0/1 that is 1 only where a cell weighs less than it did; nothing where it cannot."""
    variable, cell, value = draft.variables[index], Linear({index: 1}), values[index]
    if value == (variable.least if weight > 0 else variable.most):
        return Linear()
    less = draft.variable(("less", index), 0, 1)
    if weight > 0:
        draft.require(cell <= variable.most - (variable.most - value + 1) * less)
    else:
        draft.require(cell >= variable.least + (value + 1 - variable.least) * less)
    return less
