"""What if one thing more were asked: the goals solved again in order, as near to a known plan as they allow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice, product
from typing import Generic, TypeVar

from rebalance.analysis.variability import Extremes, Told, VariabilityAnalysis
from rebalance.county.holders import Position
from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Goal, Minimise, Objective, Value
from rebalance.model.linear import Constraint, Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan, plan_of
from rebalance.plans.outcome import Conflict, Outcome
from rebalance.plans.reached import GoalResult
from rebalance.problem.problem import Problem
from rebalance.scenario.scenario import Scenario
from rebalance.solver.conflict import conflict
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Answer, Clock, Status, heeding
from rebalance.solver.fixed import bettered, hold
from rebalance.solver.lexicographic import Stages, model_of
from rebalance.solver.portfolio import InTurn, MixedInteger, MixedIntegerFirst, confirming, second_setting

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
            for question in bettered(model, aim, claim.best, small=True):
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


MARGINAL_UNIT = "gift"


def marginal_units(scenario: Scenario) -> Choice[str]:
    """The choice of the category in which the county gets one position more."""
    categories = scenario.problem.categories
    model = with_marginal_unit(scenario, categories)
    return Choice(
        model,
        {category: total(_gifts(model, category)) for category in categories},
        alone=lambda category: with_marginal_unit(scenario, (category,)),
    )


def with_marginal_unit(scenario: Scenario, categories: Sequence[str]) -> Model:
    """The model of a scenario where one township may own one position more, of one of these, than it does today.

    Every rule holds for it but one that fixes the total. (A township that has placed more positions than it owns
    is passed over: it would only have one fewer too many.)
    """
    problem = scenario.problem
    model = Model(problem)
    for cell, index in model.cells.items():
        if cell[0] == "placed" and set(categories) & set(cell):
            model.variables[index] = replace(model.variables[index], most=model.variables[index].most + 1)
    for township, category in product(problem.townships, categories):
        if not problem.excess(township, category):
            model.begin(township, category, model.variable((MARGINAL_UNIT, township, category), 0, 1))
    every = list(_gifts(model))
    model.define(total(every) <= 1)
    for name, rule in scenario.rules.items():
        model.rule = name
        rule.post(model)
    model.rule = ""
    past = {name for name in scenario.rules if scenario.about(name).fixes_total}
    ungiven = {index for one in every for index in one.terms}
    model.requirements = [
        replace(one, constraint=_without(one.constraint, ungiven)) if one.rule in past else one
        for one in model.requirements
    ]
    return model


def _gifts(model: Model, category: str = "") -> Iterator[Linear]:
    """1 for each gift that is made (of a category)."""
    for index, one in enumerate(model.variables):
        if one.name[0] == MARGINAL_UNIT and category in {"", one.name[-1]}:
            yield Linear({index: 1})


def given(model: Model, values: list[int]) -> Plan:
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


def _without(constraint: Constraint, gifts: set[int]) -> Constraint:
    return replace(constraint, terms={index: k for index, k in constraint.terms.items() if index not in gifts})


Wish = Callable[[Model], None]  # requires something more of a model


@dataclass(frozen=True)
class Reply:
    """What asking for something more leads to.

    Without a plan: `clash` says which rules stand against it (None: there was no time to find out). `values` are
    those of the goals in order, the one that only chooses among the best left out; `settled` whether all is proven.
    """

    plan: Plan | None
    values: tuple[Value, ...] = ()
    settled: bool = False
    clash: Conflict | None = None


@dataclass(frozen=True)
class WhatIf:
    """The best plan of a scenario, of which one asks what else could be.

    Where it is not proven to be the best, no answer is settled.
    """

    outcome: Outcome
    plan: Plan
    clock: Clock = field(default_factory=Clock)

    @property
    def scenario(self) -> Scenario:
        """The rules and goals."""
        return self.outcome.scenario

    @property
    def goals(self) -> tuple[Goal, ...]:
        """The goals that say what is better, in order of rank."""
        return tuple(goal for goal, _claim in self._ranked())

    @property
    def claims(self) -> tuple[GoalResult, ...]:
        """What they were brought to."""
        return tuple(claim for _goal, claim in self._ranked())

    @property
    def values(self) -> tuple[Value, ...]:
        """The best of each, before any slack is used."""
        return tuple(goal.measure(self.plan) if claim.best is None else claim.best for goal, claim in self._ranked())

    @property
    def proven(self) -> bool:
        """Whether none of them can be better."""
        return all(claim.proven for claim in self.claims)

    def _ranked(self) -> Iterator[tuple[Goal, GoalResult]]:
        pairs = zip(self.scenario.goals, self.outcome.goals, strict=True)
        return ((goal, claim) for goal, claim in pairs if not isinstance(goal, Canonical))

    def tightened(self, demand: Wish) -> Reply:
        """The best plan that also does as demanded: no goal comes to more than in the plan known."""
        model = model_of(self.scenario)
        demand(model)
        engine = CpSat(self.clock)
        answer = engine.solve(model, self._changed(model), self._hint(model))
        if answer.status is Status.INFEASIBLE:
            second = second_setting(engine)
            answer = second.solve(model, Linear())
            if answer.status is Status.INFEASIBLE:
                return Reply(None, clash=conflict(engine, model, self.scenario, second))
        if answer.values is None:
            return Reply(None)
        stages = Stages(InTurn(engine), model, answer.values)
        values, settled = self._kept_or_reached(stages)
        return self._reply(stages, values, settled=_near(stages, self.plan) and settled)

    def loosened(self, model: Model, rank: int) -> Reply:
        """The best plan of a model that allows more, where no goal before this rank can come to more."""
        held = [hold(model, goal.aim(model), claim.held) for goal, claim in islice(self._ranked(), rank - 1)]
        engine = CpSat(self.clock)
        answer = engine.solve(model, self._changed(model), self._hint(model))
        if answer.values is None:
            return Reply(None)
        stages = Stages(InTurn(engine), model, answer.values, [one for one in held if one])
        reached = [_reach(stages, goal) for goal in self.goals[rank - 1 :]]
        values = [*self.values[: rank - 1], *(value for value, _proven in reached)]
        return self._reply(stages, values, settled=all(proven for _value, proven in reached))

    def gains(self, choice: Choice[Thing]) -> Iterator[tuple[Thing, int | None]]:
        """Every thing of a choice by which some goal gains, with the rank of the first (None: nobody knows)."""
        return MarginalValues(self.goals, self.claims, self.clock).gains(choice)

    def free(
        self, amounts: Callable[[Model], Sequence[Linear]], told: Told = lambda _done, _of: None
    ) -> list[Extremes]:
        """The least and the most of amounts in all plans in which no goal comes to less than in the plan known."""
        model = model_of(self.scenario)
        asked = amounts(model)
        for goal, claim in self._ranked():
            hold(model, goal.aim(model), claim.held)
        engine = CpSat(self.clock)
        answer = engine.solve(model, self._changed(model), self._hint(model), enough=0)
        if answer.values is None:
            known = [one.value(self._hint(model)) for one in asked]
            return [Extremes(now, now, least_proven=False, most_proven=False) for now in known]
        search = VariabilityAnalysis(MixedInteger(self.clock), lambda: confirming(self.clock), model, told)
        return search.ends(asked, answer.values)

    def _kept_or_reached(self, stages: Stages) -> tuple[list[Value | None], bool]:
        """The goals' values, and whether they are proven: as long as all are at their best, the next can be at most so.

        Of shares it is then enough to ask whether that can be attained; an amount is brought to its least, which is
        quicker than to look for a plan where it is exactly that.
        """
        values: list[Value | None] = []
        alike, settled = True, True
        for goal, claim in self._ranked():
            if alike and isinstance(claim.best, tuple) and _attained(stages, goal.aim(stages.model), claim):
                values.append(claim.best)
                continue
            value, proven = _reach(stages, goal)
            alike, settled = alike and value == claim.best, settled and proven
            values.append(value)
        return values, settled

    def _reply(self, stages: Stages, values: Sequence[Value | None], *, settled: bool) -> Reply:
        plan = given(stages.model, stages.values)
        pairs = zip(self.goals, values, strict=True)
        final = tuple(goal.measure(plan) if value is None else value for goal, value in pairs)
        return Reply(plan, final, settled and self.proven and not self.clock.over)

    def _changed(self, model: Model) -> Linear:
        """How much is decided otherwise: a plan that is near to begin with makes everything after it short."""
        known = model.values(self.plan.decided)
        return total(_apart(model, Linear({index: 1}), value) for index, value in known.items())

    def _hint(self, model: Model) -> list[int]:
        known = model.values(self.plan.decided)
        return [known[index] for index in range(len(known))]


def _reach(stages: Stages, goal: Goal) -> tuple[Value | None, bool]:
    """Bring a goal to its best: what that is, before any slack (None: the plan will show), and whether it is proven."""
    aim = goal.aim(stages.model)
    reached = stages.reach(aim)
    return reached.bound if reached.proven and isinstance(aim, Minimise) else None, reached.proven


def _attained(stages: Stages, aim: Objective, claim: GoalResult) -> bool:
    """Whether the best of a goal can be attained here too; it is held then, and so the best there is."""
    copy = stages.model.copy()
    hold(copy, aim, claim.best)
    answer = stages.engine.solve(copy, Linear(), stages.values)
    if answer.values is None:
        return False
    held = hold(stages.model, aim, claim.held)
    stages.values = answer.values
    stages.held += [held] if held else []
    return True


def _near(stages: Stages, plan: Plan) -> bool:
    """Come as near to a plan as can be: in what everybody owns at the end, then in the strength of agencies."""
    problem, model, settled = plan.problem, stages.model, True
    year = problem.last
    owned = [(model.owned(h, c, year), plan.owned(h, c, year)) for h, c in problem.accounts]
    places = [(t, a) for t in problem.townships for a in problem.agencies]
    strengths = [(model.strength(t, a, year), plan.strength(t, a, year)) for t, a in places]
    for pairs in (owned, strengths):
        apart = total(_apart(model, amount, was) for amount, was in pairs)
        answer = stages.engine.solve(model, apart, stages.values)
        if answer.values is None or answer.status is not Status.OPTIMAL:
            settled = False
        if answer.values is not None:
            stages.values = answer.values
            model.add(apart <= apart.value(answer.values))
    return settled


def _apart(model: Model, amount: Linear, was: int) -> Linear:
    """How far an amount lies from what it was."""
    if not amount.terms:
        return Linear()
    least, most = model.bounds(amount)
    more = model.variable(("more", *amount.terms), 0, max(0, most - was))
    less = model.variable(("less", *amount.terms), 0, max(0, was - least))
    model.define((amount - more + less).equals(was))
    return more + less


@contextmanager
def asking_about(outcome: Outcome, plan: Plan, limit: float | None) -> Iterator[WhatIf]:
    """The plan of an outcome, as its audit read it; a wish to stop ends the asking and keeps what is known."""
    clock = Clock(limit)
    with heeding(clock):
        yield WhatIf(outcome, plan, clock)
