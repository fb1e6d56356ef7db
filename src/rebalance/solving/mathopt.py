"""SCIP or HiGHS as an engine, through MathOpt: the second opinion that is in the same wheel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from math import isfinite

from ortools.math_opt.python import mathopt

from rebalance.draft import Draft
from rebalance.linear import Linear
from rebalance.solving.clock import Clock, aside
from rebalance.solving.engine import Answer, Status

Reason = mathopt.TerminationReason
STATUSES = {
    Reason.OPTIMAL: Status.OPTIMAL,
    Reason.FEASIBLE: Status.FEASIBLE,
    Reason.INFEASIBLE: Status.INFEASIBLE,
}


PATIENCE = 10.0
"""Seconds for one question to one solver that may be asked in vain."""


@dataclass(slots=True)
class MathOpt:
    """A mixed-integer solver with tolerances.

    Its answers are rounded and checked against every statement before they are believed.
    """

    solver: mathopt.SolverType = mathopt.SolverType.HIGHS
    clock: Clock = field(default_factory=Clock)

    def solve(self, draft: Draft, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """Minimise within the draft to a gap of zero (`enough` is not needed: less is as good)."""
        model, variables = _model(draft)
        model.minimize(_express(variables, minimise))
        settings, hints = self._parameters(), _hinted(variables, hint)
        result = aside(self.clock, lambda: mathopt.solve(model, self.solver, params=settings, model_params=hints))
        if result is None:
            return Answer(Status.UNKNOWN)
        status = STATUSES.get(result.termination.reason, Status.UNKNOWN)
        if not result.has_primal_feasible_solution():
            return Answer(status if status is Status.INFEASIBLE else Status.UNKNOWN)
        values = [round(value) for value in result.variable_values(variables)]
        believable = all(one.statement.holds(values) for one in draft.requirements)
        bound = round(result.dual_bound()) if isfinite(result.dual_bound()) else None
        return Answer(status, values, bound) if believable else Answer(Status.UNKNOWN)

    def text(self, draft: Draft) -> str:
        """The model as the solver has it, for whoever looks into a wrong answer."""
        return str(_model(draft)[0].export_model())

    def _parameters(self) -> mathopt.SolveParameters:
        left = self.clock.left
        return mathopt.SolveParameters(
            time_limit=None if left == float("inf") else timedelta(seconds=left),
            relative_gap_tolerance=0.0,
            absolute_gap_tolerance=0.0,
        )


@dataclass(frozen=True, slots=True)
class Patient:
    """HiGHS, and SCIP where that gives up, each for a while only: one of them searches some models for hours."""

    clock: Clock

    def solve(self, draft: Draft, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """What the first of them says that knows; else the best that was found."""
        best = Answer(Status.UNKNOWN)
        for solver in (mathopt.SolverType.HIGHS, mathopt.SolverType.GSCIP):
            if self.clock.over:
                break
            answer = MathOpt(solver, self.clock.within(PATIENCE)).solve(draft, minimise, hint, enough)
            if answer.settled:
                return answer
            best = answer if answer.values is not None else best
        return best


def _model(draft: Draft) -> tuple[mathopt.Model, list[mathopt.Variable]]:
    model = mathopt.Model()
    variables = [model.add_integer_variable(lb=v.least, ub=v.most) for v in draft.variables]
    for requirement in draft.requirements:
        _add(
            model,
            variables,
            Linear(requirement.statement.terms),
            requirement.statement.at_least,
            requirement.statement.at_most,
        )
    return model, variables


def _add(
    model: mathopt.Model, variables: list[mathopt.Variable], amount: Linear, least: int | None, most: int | None
) -> None:
    model.add_linear_constraint(
        lb=float("-inf") if least is None else least,
        ub=float("inf") if most is None else most,
        expr=_express(variables, amount),
    )


def _express(variables: list[mathopt.Variable], amount: Linear) -> mathopt.LinearSum:
    return mathopt.fast_sum([variables[index] * factor for index, factor in amount.terms.items()]) + amount.constant


def _hinted(variables: list[mathopt.Variable], hint: list[int] | None) -> mathopt.ModelSolveParameters:
    values = dict(zip(variables, map(float, hint or ()), strict=False))
    hints = [mathopt.SolutionHint(variable_values=values)] if values else []
    return mathopt.ModelSolveParameters(solution_hints=hints)
