"""One plan out of all the best, and the question whether any other would have served as well."""

from __future__ import annotations

from collections.abc import Mapping

from rebalance.draft import Draft
from rebalance.linear import Linear, total
from rebalance.plan import Cell
from rebalance.solving.engine import Engine, Status


def unique(engine: Engine, draft: Draft, values: list[int], weights: Mapping[Cell, int]) -> bool:
    """Whether nothing else satisfies what the draft requires, as far as these cells go.

    Their weighted sum being held and guiding the search.

    Two questions, each with a strong linear relaxation: can a cell that is empty be filled? and with all empty cells
    kept empty, can another change?
    """
    indices = [draft.cells[cell] for cell in weights]
    guide = weighted(draft, weights)
    empty = total(Linear({index: 1}) for index in indices if values[index] == draft.variables[index].least)
    filled = draft.fork()
    filled.require(empty >= 1)
    if engine.solve(filled, guide).status is not Status.INFEASIBLE:
        return False
    changed = draft.fork()
    changed.require(empty <= 0)
    changed.require(total(_difference(changed, index, values[index]) for index in indices) >= 1)
    return engine.solve(changed, guide).status is Status.INFEASIBLE


def weighted(draft: Draft, weights: Mapping[Cell, int]) -> Linear:
    """The weighted sum of cells."""
    return Linear({draft.cells[cell]: weight for cell, weight in weights.items()})


def _difference(draft: Draft, index: int, value: int) -> Linear:
    """An amount that is zero exactly where a cell is as it was."""
    variable, cell = draft.variables[index], Linear({index: 1})
    if value == variable.least:
        return cell - value
    if value == variable.most:
        return value - cell
    more = draft.variable(("more", index), 0, 1)
    less = draft.variable(("less", index), 0, 1)
    draft.require(cell >= variable.least + (value + 1 - variable.least) * more)
    draft.require(cell <= variable.most - (variable.most - value + 1) * less)
    return more + less
