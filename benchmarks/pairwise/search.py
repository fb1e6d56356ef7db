"""One CP-SAT worker, asked again and again within one deadline; the best plan so far is never lost."""

from __future__ import annotations

import time
from dataclasses import dataclass
from fractions import Fraction

from ortools.sat.python import cp_model

from benchmarks.pairwise.model import Sum
from benchmarks.pairwise.shares import Share


@dataclass(slots=True)
class Search:
    """A model, the time until which there is to solve, and a solver that holds the best values so far."""

    cp: cp_model.CpModel
    deadline: float = float("inf")
    best: cp_model.CpSolver | None = None
    status: cp_model.CpSolverStatus = cp_model.UNKNOWN

    def minimise(self, amount: Sum) -> bool:
        """Make an amount as small as can be, from the best values so far; whether that is proven."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            return False
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        if left != float("inf"):
            solver.parameters.max_time_in_seconds = left
        self._hint()
        self.cp.minimize(amount)
        self.status = solver.solve(self.cp)
        if self.status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            self.best = solver
        return self.status == cp_model.OPTIMAL

    def _hint(self) -> None:
        self.cp.clear_hints()
        known = self.best.response_proto.solution if self.best else ()
        for index, value in enumerate(known):
            self.cp.add_hint(self.cp.get_int_var_from_proto_index(index), value)

    def value(self, amount: Sum) -> int:
        """What an amount comes to in the best plan so far."""
        return self._best().value(amount)

    def holds(self, literal: cp_model.LiteralT) -> bool:
        """Whether something is so in the best plan so far."""
        return self._best().boolean_value(literal)

    def _best(self) -> cp_model.CpSolver:
        if self.best is None:
            raise RuntimeError("there is no plan yet")
        return self.best

    def share(self, share: Share) -> Fraction | None:
        """What a share comes to in the best plan so far; None where it is left out."""
        for whole, when in share.cases:
            if all(self.holds(literal) for literal in when):
                return Fraction(self.value(share.amount), whole) if whole else None
        return None
