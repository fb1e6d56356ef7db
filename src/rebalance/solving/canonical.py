"""One plan out of all the best, and the question whether any other would have served as well."""

from __future__ import annotations

from rebalance.draft import Draft
from rebalance.linear import Linear, total
from rebalance.solving.engine import Engine, Status


def unique(engine: Engine, draft: Draft, values: list[int]) -> bool:
    """Whether no other plan satisfies everything the draft requires: asked of the solver, cell by cell at once."""
    fork = draft.fork()
    differences = [_difference(fork, index, values[index]) for index in fork.cells.values()]
    fork.require(total(differences) >= 1)
    return engine.solve(fork, Linear()).status is Status.INFEASIBLE


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
