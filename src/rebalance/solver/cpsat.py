"""CP-SAT as an engine: a model made real in OR-Tools' constraint solver."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace

from ortools.sat.python import cp_model

from rebalance.fault import refuse
from rebalance.model.linear import Linear
from rebalance.model.model import Model
from rebalance.solver.engine import Answer, Clock, Status, aside
from rebalance.text import _

STATUSES = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
}
EVER = 2**62
"""Stands for no limit: as far as CP-SAT's own numbers may go."""

TERMS = 20_000
"""So many terms of constraints make one unit of deterministic time, about a second, the usual work for a model."""

FLOOR = 0.1
"""Units of deterministic time that even the smallest model has: it needs a hundredth of them."""

QUICK = 0.4
"""The part of the usual work that looking for a better plan may take: what is found later is seldom worth the wait."""


@dataclass(slots=True)
class Built:
    """How much of a model has been put into a CP-SAT model so far."""

    cp: cp_model.CpModel
    variables: list[cp_model.IntVar]
    requirements: int = 0

    def catch_up(self, model: Model) -> None:
        """Put in what the model has said since."""
        for variable in model.variables[len(self.variables) :]:
            self.variables.append(self.cp.new_int_var(variable.least, variable.most, ""))
        for requirement in model.requirements[self.requirements :]:
            constraint = requirement.constraint
            least = -EVER if constraint.at_least is None else constraint.at_least
            most = EVER if constraint.at_most is None else constraint.at_most
            self.cp.add_linear_constraint(self.express(Linear(constraint.terms)), least, most)
        self.requirements = len(model.requirements)

    def express(self, amount: Linear) -> cp_model.LinearExprT:
        """The amount in CP-SAT's own terms."""
        variables = [self.variables[index] for index in amount.terms]
        return cp_model.LinearExpr.weighted_sum(variables, list(amount.terms.values())) + amount.constant

    def branch(self) -> Built:
        """A copy that can grow apart."""
        cp = self.cp.clone()
        variables = [cp.get_int_var_from_proto_index(index) for index in range(len(self.variables))]
        return Built(cp, variables, self.requirements)


class Watch(cp_model.CpSolverSolutionCallback):
    """Tells of every solution, and stops the search at the first that is good enough."""

    def __init__(self, enough: int | None, told: Callable[[int, int], None] | None) -> None:
        """Keep the number to come down to (None: never stop) and whom to tell."""
        super().__init__()
        self.enough = enough
        self.told = told

    def on_solution_callback(self) -> None:
        """Called by the solver at every solution.

        An exception in here would end the solve, so showing progress may fail in silence.
        """
        if self.told is not None:
            with suppress(Exception):
                self.told(round(self.objective_value), round(self.best_objective_bound))
        if self.enough is not None and self.objective_value <= self.enough:
            self.stop_search()


@dataclass(slots=True)
class CpSat:
    """One CP-SAT setting.

    One worker with a strong linear relaxation (level 2) proves these models faster than several with a weaker one: the
    constraints are sums, and little but cuts on their relaxation makes the proofs short. Whoever has several cores
    solves several scenarios.

    Attributes:
        clock: when to stop
        workers: how many search at once
        seed: of whatever is left to chance
        presolve: whether the model is simplified first
        linearization: how strong the linear relaxation is
        watch: told of every solution
        work: how much of the usual work for a model of its size it may do (None: no limit). It counts steps and not
            seconds, so it stops at the same place on every machine
        gap: a solution so near to the bound will do, and is called optimal
    """

    clock: Clock = field(default_factory=Clock)
    workers: int = 1
    seed: int = 0
    presolve: bool = True
    linearization: int = 2
    watch: Callable[[int, int], None] | None = None
    work: float | None = None
    gap: int = 0
    _trunks: dict[Model, Built] = field(default_factory=dict)

    def solve(self, model: Model, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """Minimise within the model, from a hint, until proven, down to `enough`, out of time or interrupted.

        Whoever asks one short question after another is stopped here: none of them would last until somebody looks.
        """
        if self.clock.over:
            return Answer(Status.UNKNOWN)
        built = self._build(model)
        built.cp.clear_hints()  # a variable hinted twice makes the whole model invalid
        if hint:
            hints = built.cp.proto.solution_hint
            hints.vars.extend(range(min(len(hint), len(built.variables))))
            hints.values.extend(hint[: len(built.variables)])
        built.cp.minimize(built.express(minimise))
        solver = self._solver(model)
        status = self._run(solver, built.cp, Watch(enough, self.watch if minimise.terms else None))
        if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            values = [solver.value(variable) for variable in built.variables]
            return Answer(STATUSES[status], values, round(solver.best_objective_bound))
        if status == cp_model.MODEL_INVALID:
            raise ValueError(built.cp.validate())
        return Answer(STATUSES.get(status, Status.UNKNOWN))

    def text(self, model: Model) -> str:
        """The model as the solver has it, for whoever looks into a wrong answer."""
        return str(self._build(model).cp.proto)

    def _build(self, model: Model) -> Built:
        shared = model.shared or model
        built = self._trunks.setdefault(shared, Built(cp_model.CpModel(), []))
        built.catch_up(shared)
        if shared is model:
            return built
        branch = built.branch()
        branch.catch_up(model)
        return branch

    def quick(self) -> CpSat:
        """The same for whoever looks for a better plan, and can do without a proof."""
        return replace(self, work=QUICK)

    def _solver(self, model: Model) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        settings = solver.parameters
        settings.num_workers = self.workers
        settings.random_seed = self.seed
        settings.cp_model_presolve = self.presolve
        settings.linearization_level = self.linearization
        if self.workers > 1 and self.linearization > 1:  # each of several workers has a level of its own: ask for ours
            settings.extra_subsolvers.append("max_lp")
        settings.catch_sigint_signal = False  # it would swallow Ctrl-C and answer as if nothing had happened
        settings.absolute_gap_limit = self.gap
        if self.work is not None:
            terms = sum(len(one.constraint.terms) for one in model.requirements)
            settings.max_deterministic_time = self.work * (FLOOR + terms / TERMS)
        return solver

    def _run(self, solver: cp_model.CpSolver, cp: cp_model.CpModel, watch: Watch) -> cp_model.CpSolverStatus:
        """Solve in a thread, so that Ctrl-C and the end of time reach us at once and the best plan so far is kept.

        Raises:
            FaultsError: the solver cannot count so far.
        """
        try:
            status = aside(self.clock, lambda: solver.solve(cp, watch), solver.stop_search)
        except ValueError as error:
            if "overflow" not in str(error):
                raise
            message = _(
                "numbers too large, or of too many digits, to be counted together. Write them with fewer digits."
            )
            raise refuse(_("the scenario"), message) from None
        return cp_model.UNKNOWN if status is None else status
