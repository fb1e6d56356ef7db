"""One plan out of all the best, and the question whether any other would have served as well."""

from __future__ import annotations

from collections.abc import Mapping

from rebalance.draft import Draft
from rebalance.linear import Linear, total
from rebalance.plan import Cell
from rebalance.solving.engine import Engine, Status


def unique(engine: Engine, draft: Draft, values: list[int], weights: Mapping[Cell, int]) -> bool:
    """Whether nothing else satisfies what the draft requires, as far as these cells go.

    Their weighted sum is held at its least, so another plan must weigh less than this one in some cell to make up for
    what it weighs more in others: that is all that has to be asked.
    """
    fork = draft.fork()
    lighter = total(_lighter(fork, draft.cells[cell], weight, values) for cell, weight in weights.items())
    if not lighter.terms:
        return True
    fork.require(lighter >= 1)
    return engine.solve(fork, weighted(draft, weights)).status is Status.INFEASIBLE


def weighted(draft: Draft, weights: Mapping[Cell, int]) -> Linear:
    """The weighted sum of cells."""
    return Linear({draft.cells[cell]: weight for cell, weight in weights.items()})


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
