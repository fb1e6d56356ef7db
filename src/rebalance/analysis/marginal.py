"""Marginal values: by which of several things, done one at a time, any goal comes to more.

One position more of a category is such a thing, and one step of a limit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Generic, TypeVar

from rebalance.county.holders import Position
from rebalance.goals.goal import Goal
from rebalance.model.linear import Constraint, Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan, plan_of
from rebalance.plans.reached import GoalResult
from rebalance.problem.problem import Problem
from rebalance.scenario.scenario import Scenario
from rebalance.solver.engine import Answer, Clock, Status
from rebalance.solver.fixed import bettered, hold
from rebalance.solver.portfolio import MixedIntegerFirst

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Choice(Generic[Thing]):
    """A model in which at most one of several things is done, which none of the goals can suffer from.

    `done` is 1 for the thing that is; `alone` models one of them without the others.
    """

    model: Model
    done: Mapping[Thing, Linear]
    alone: Callable[[Thing], Model]


@dataclass(frozen=True, slots=True)
class MarginalValues:
    """Goals at their best, asked by which of several things any of them can come to more."""

    goals: Sequence[Goal]
    claims: Sequence[GoalResult]
    clock: Clock

    def gains(self, choice: Choice[Thing]) -> Iterator[tuple[Thing, int | None]]:
        """Every thing by which some goal gains, with the rank of the first that does (None: nobody knows)."""
        model, left = choice.model, dict(choice.done)
        for rank, (goal, claim) in enumerate(zip(self.goals, self.claims, strict=True), 1):
            aim = goal.aim(model)
            if claim.best is None or claim.held is None:
                break
            for question in bettered(model, aim, claim.best):
                for thing, gains in self._found(question, left):
                    model.add(choice.done[thing].equals(0))
                    yield thing, rank if gains else None
                if not left:
                    return
            hold(model, aim, claim.held)

    def _found(self, question: Model, left: dict[Thing, Linear]) -> Iterator[tuple[Thing, bool]]:
        """Each thing by which the goal gains, put aside as it is found; all that are left where nobody knows."""
        while left and (answer := self._ask(question)).status is not Status.INFEASIBLE:
            found = [thing for thing, done in left.items() if answer.values and done.value(answer.values)]
            for thing in found or list(left):
                question.add(left.pop(thing).equals(0))
                yield thing, bool(found)

    def _ask(self, question: Model) -> Answer:
        """Any solution of a question that mostly has none."""
        return MixedIntegerFirst(self.clock).solve(question, Linear())


MARGINAL_UNIT = "marginal unit"
"""Begins the names of the unknowns that say where the position is given."""


def marginal_units(scenario: Scenario) -> Choice[str]:
    """The choice of the category in which the county gets one position more."""
    categories = scenario.problem.categories
    model = with_marginal_unit(scenario, categories)
    return Choice(
        model,
        {category: total(_units(model, category)) for category in categories},
        alone=lambda category: with_marginal_unit(scenario, (category,)),
    )


def with_marginal_unit(scenario: Scenario, categories: Sequence[str]) -> Model:
    """The model of a scenario where one township may own one position more, of one of these, than it does today.

    Every rule holds for it but one that fixes the total, and no limit moves: where today breaks one (a budget that is
    exceeded, say), today's value without the position stays the limit, and there is no room for it. (A township that
    has placed more positions than it owns is passed over: it would only have one fewer too many.)
    """
    problem = scenario.problem
    model = Model(problem)
    for cell, index in model.cells.items():
        if cell[0] == "placed" and set(categories) & set(cell):
            model.variables[index] = replace(model.variables[index], most=model.variables[index].most + 1)
    for township, category in product(problem.townships, categories):
        if not problem.excess(township, category):
            model.begin(township, category, model.variable((MARGINAL_UNIT, township, category), 0, 1))
    every = list(_units(model))
    model.define(total(every) <= 1)
    for name, rule in scenario.rules.items():
        model.rule = name
        rule.post(model)
    model.rule = ""
    added = {index for one in every for index in one.terms}
    past = {name for name in scenario.rules if scenario.about(name).fixes_total}
    model.requirements = [
        replace(one, constraint=_without(one.constraint, added)) if one.rule in past else one
        for one in model.requirements
    ]
    return model


def _units(model: Model, category: str = "") -> Iterator[Linear]:
    """1 where the position is given (of a category)."""
    for index, one in enumerate(model.variables):
        if one.name[0] == MARGINAL_UNIT and category in {"", one.name[-1]}:
            yield Linear({index: 1})


def decode(model: Model, values: list[int]) -> Plan:
    """The plan that one value per variable stands for, of the county with the position where it was given."""
    problem = model.problem
    for variable, value in zip(model.variables, values, strict=False):
        verb, *ids = variable.name
        if verb == MARGINAL_UNIT and value:
            problem = richer(problem, str(ids[0]), str(ids[1]))
    decided = {cell: values[index] for cell, index in model.cells.items()}
    return plan_of(problem, decided)


def richer(problem: Problem, township: str, category: str) -> Problem:
    """The county in which a township has one position more, and the category's ceiling lies one higher."""
    county = problem.county
    row = problem.position.get((township, category)) or Position(township, category, 0, 0)
    rows = {(one.holder, one.category): one for one in county.positions}
    rows[township, category] = replace(row, authorised=row.authorised + 1)
    raised = tuple(
        replace(one, ceiling=one.ceiling + 1) if one.category == category and one.ceiling is not None else one
        for one in county.categories
    )
    positions = tuple(rows[key] for key in sorted(rows))
    return Problem(replace(county, positions=positions, categories=raised))


def _without(constraint: Constraint, added: set[int]) -> Constraint:
    return replace(constraint, terms={index: k for index, k in constraint.terms.items() if index not in added})
