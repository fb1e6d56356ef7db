"""SCIP or HiGHS as an engine, through MathOpt: solvers of another kind that are in the same wheel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from math import isfinite

from ortools.math_opt.python import mathopt

from rebalance.model.linear import Linear
from rebalance.model.model import Model
from rebalance.solver.engine import Answer, Clock, Status, aside
from rebalance.solver.multipliers import fraction

Reason = mathopt.TerminationReason
STATUSES = {
    Reason.OPTIMAL: Status.OPTIMAL,
    Reason.FEASIBLE: Status.FEASIBLE,
    Reason.INFEASIBLE: Status.INFEASIBLE,
}


SCIP_LAST = (mathopt.SolverType.HIGHS, mathopt.SolverType.GSCIP)
"""The order in which the two are asked."""


@dataclass(slots=True)
class MathOpt:
    """A mixed-integer solver with tolerances.

    Its answers are rounded and checked against every constraint before they are believed. That there is no
    solution, or no better one, is its word, given with tolerances.
    """

    solver: mathopt.SolverType = mathopt.SolverType.HIGHS
    clock: Clock = field(default_factory=Clock)

    def solve(self, model: Model, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """Minimise within the model to a gap of zero (`enough` is not needed: less is as good)."""
        question, variables = _model(model)
        question.minimize(_express(variables, minimise))
        settings, hints = self._parameters(), _hinted(variables, hint)
        result = aside(self.clock, lambda: mathopt.solve(question, self.solver, params=settings, model_params=hints))
        if result is None:
            return Answer(Status.UNKNOWN)
        status = STATUSES.get(result.termination.reason, Status.UNKNOWN)
        if not result.has_primal_feasible_solution():
            return Answer(status if status is Status.INFEASIBLE else Status.UNKNOWN)
        values = [round(value) for value in result.variable_values(variables)]
        believable = all(one.constraint.holds(values) for one in model.requirements)
        bound = round(result.dual_bound()) if isfinite(result.dual_bound()) else None
        return Answer(status, values, bound) if believable else Answer(Status.UNKNOWN)

    def text(self, model: Model) -> str:
        """The model as the solver has it, for whoever looks into a wrong answer."""
        return str(_model(model)[0].export_model())

    def _parameters(self) -> mathopt.SolveParameters:
        left = self.clock.left
        return mathopt.SolveParameters(
            time_limit=None if left == float("inf") else timedelta(seconds=left),
            relative_gap_tolerance=0.0,  # by default HiGHS stops within 0.01 % of the best
            absolute_gap_tolerance=0.0,
        )


def multipliers(model: Model, minimise: Linear, clock: Clock) -> list[Fraction] | None:
    """One multiplier for each requirement, from the linear relaxation; None where there was no time to find them."""
    question, variables = _model(model, whole=False)
    question.minimize(_express(variables, minimise))
    left = clock.left
    settings = mathopt.SolveParameters(time_limit=None if left == float("inf") else timedelta(seconds=left))
    result = aside(clock, lambda: mathopt.solve(question, mathopt.SolverType.GLOP, params=settings))
    if result is None or not result.has_dual_feasible_solution():
        return None
    return [fraction(value) for value in result.dual_values(list(question.linear_constraints()))]


def _model(model: Model, *, whole: bool = True) -> tuple[mathopt.Model, list[mathopt.Variable]]:
    question = mathopt.Model()
    variables = [question.add_variable(lb=v.least, ub=v.most, is_integer=whole) for v in model.variables]
    for requirement in model.requirements:
        _add(
            question,
            variables,
            Linear(requirement.constraint.terms),
            requirement.constraint.at_least,
            requirement.constraint.at_most,
        )
    return question, variables


def _add(
    question: mathopt.Model, variables: list[mathopt.Variable], amount: Linear, least: int | None, most: int | None
) -> None:
    question.add_linear_constraint(
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
