"""Goal after goal on the straightforward model."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from benchmarks.pairwise import rules, shares
from benchmarks.pairwise.model import Model, Sum
from benchmarks.pairwise.rounds import Rounds
from benchmarks.pairwise.search import Search
from rebalance.goals.canonical import Canonical
from rebalance.goals.few_people_moved import FewPeopleMoved
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.goal import Goal
from rebalance.goals.serve_early import ServeEarly
from rebalance.goals.spare_the_units import SpareTheUnits
from rebalance.goals.worst_off_first import Per, WorstOffFirst
from rebalance.model.model import Model as Aggregated
from rebalance.model.plan import Decision, Plan, plan_of
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.reached import GoalResult
from rebalance.scenario.parts import goal_name
from rebalance.scenario.scenario import Scenario
from rebalance.solver.engine import Progress, Silent


def solve(scenario: Scenario, *, limit: float | None = None, progress: Progress | None = None) -> Outcome:
    """The best plan of a scenario with the baseline's rules, and which goals are proven within `limit` seconds."""
    return Run(scenario, limit, progress or Silent()).outcome()


@dataclass(slots=True)
class Run:
    """One solve under way."""

    scenario: Scenario
    limit: float | None
    progress: Progress
    started: float = field(default_factory=time.monotonic)
    model: Model = field(init=False)
    search: Search = field(init=False)
    results: list[GoalResult] = field(default_factory=list)

    def outcome(self) -> Outcome:
        """Any plan first, then each goal in turn."""
        self.model = Model(self.scenario.problem)
        rules.post(self.model, self.scenario)
        deadline = float("inf") if self.limit is None else self.started + self.limit
        self.search = Search(self.model.cp, deadline)
        if not self.search.minimise(0):
            impossible = self.search.status == cp_model.INFEASIBLE
            ending = Ending.IMPOSSIBLE if impossible else Ending.OUT_OF_TIME
            return Outcome(self.scenario, ending, None, (), seconds=self._elapsed())
        for number, goal in enumerate(self.scenario.goals, 1):
            self.progress.started(goal_name(goal), number, len(self.scenario.goals))
            self._pursue(goal)
            self.progress.ended(self.results[-1])
        proven = all(result.proven for result in self.results)
        ending = Ending.DONE if proven else Ending.OUT_OF_TIME
        return Outcome(self.scenario, ending, self._plan(), tuple(self.results), seconds=self._elapsed())

    def _elapsed(self) -> float:
        return time.monotonic() - self.started

    def _plan(self) -> Plan:
        decided = {cell: self.search.value(amount) for cell, amount in self.model.cell.items()}
        return plan_of(self.scenario.problem, decided)

    def _pursue(self, goal: Goal) -> None:
        start = self._elapsed()
        conditional = not all(result.proven for result in self.results)
        proven = self._reach(goal)
        value, seconds = goal.measure(self._plan()), self._elapsed() - start
        bound = value if proven else None
        self.results.append(GoalResult(goal_name(goal), value, bound, proven, seconds, conditional))

    def _reach(self, goal: Goal) -> bool:
        match goal:
            case WorstOffFirst(per=per, enough=enough, depth=depth):
                keys = shares.townships(self.model) if per is Per.TOWNSHIP else shares.agencies(self.model)
                return Rounds(self.search, keys, enough, depth or None).run()
            case SpareTheUnits(depth=depth):
                return Rounds(self.search, shares.units(self.model), None, depth or None).run()
            case Canonical():
                return self._least(self._weighed(Canonical().aim(Aggregated(self.scenario.problem)).weights))
            case _scalar:
                return self._least(self._amount(goal))

    def _least(self, amount: Sum) -> bool:
        proven = self.search.minimise(amount)
        self.model.cp.add(amount <= self.search.value(amount))
        return proven

    def _amount(self, goal: Goal) -> Sum:
        """What a scalar goal makes small."""
        model, problem = self.model, self.scenario.problem
        match goal:
            case FillShortages(weights=weights):
                weight_of: Mapping[str, int] = {row.township: row.weight for row in weights}
                undone = {t: problem.work.of(t) - model.covered(t, problem.last) for t in problem.townships}
                return sum(weight_of.get(township, 1) * amount for township, amount in undone.items())
            case FewPeopleMoved():
                return sum(amount for (verb, *_ids), amount in model.cell.items() if verb == "moved_out")
            case FewUnitsTouched():
                return sum(self._touched(unit) for unit in problem.units)
            case ServeEarly():
                early = ((t, y) for y in problem.years[:-1] for t in problem.townships)
                return sum(problem.work.of(t) - model.covered(t, y) for t, y in early)
            case _other:
                raise NotImplementedError(goal_name(goal))

    def _touched(self, unit: str) -> Sum:
        touched = self.model.cp.new_bool_var("")
        self.model.cp.add(rules.given(self.model, unit) == 0).only_enforce_if(~touched)
        return touched

    def _weighed(self, weights: Mapping[Decision, int]) -> Sum:
        return sum(weight * self.model.cell[cell] for cell, weight in weights.items())
