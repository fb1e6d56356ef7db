"""What if one thing more were asked: the goals solved again in order, as near to a known plan as they allow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, islice, takewhile

from rebalance.analysis.marginal import Choice, MarginalValues, Thing, decode
from rebalance.analysis.variability import Extremes, Steps, VariabilityAnalysis
from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Goal, Minimise, Objective, Value
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.plans.conflict import Conflict
from rebalance.plans.outcome import Outcome
from rebalance.plans.reached import GoalResult
from rebalance.scenario.scenario import Scenario
from rebalance.solver.conflict import conflict
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Clock, Status, heeding
from rebalance.solver.fixed import hold
from rebalance.solver.lexicographic import model_of
from rebalance.solver.portfolio import InTurn, MixedInteger, confirming, second_setting
from rebalance.solver.stages import Stages

Wish = Callable[[Model], None]  # requires something more of a model


@dataclass(frozen=True)
class Reply:
    """What asking for something more leads to.

    Without a plan: `conflict` says which rules stand against it (None: there was no time to find out). `values` are
    those of the goals in order, the one that only chooses among the best left out; `settled` whether all is proven.
    """

    plan: Plan | None
    values: tuple[Value, ...] = ()
    settled: bool = False
    conflict: Conflict | None = None


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
                return Reply(None, conflict=conflict(engine, model, self.scenario, second))
        if answer.values is None:
            return Reply(None)
        stages = Stages(InTurn(engine), model, answer.values, self.clock, engine.quick())
        values, settled = self._kept_or_reached(stages)
        return self._reply(stages, values, settled=_near(stages, self.plan) and settled)

    def loosened(self, model: Model, rank: int) -> Reply:
        """The best plan of a model that allows more, where no goal before this rank can come to more."""
        held = [hold(model, goal.aim(model), claim.held) for goal, claim in islice(self._ranked(), rank - 1)]
        engine = CpSat(self.clock)
        answer = engine.solve(model, self._changed(model), self._hint(model))
        if answer.values is None:
            return Reply(None)
        kept = [one for one in held if one]
        stages = Stages(InTurn(engine), model, answer.values, self.clock, engine.quick(), held=kept)
        reached = [_reach(stages, goal) for goal in self.goals[rank - 1 :]]
        values = [*self.values[: rank - 1], *(value for value, _proven in reached)]
        return self._reply(stages, values, settled=all(proven for _value, proven in reached))

    def gains(self, choice: Choice[Thing]) -> Iterator[tuple[Thing, int | None]]:
        """Every thing of a choice by which some goal gains, with the rank of the first (None: nobody knows)."""
        return MarginalValues(self.goals, self.claims, self.clock).gains(choice)

    def free(
        self, amounts: Callable[[Model], Sequence[Linear]], progress: Steps = lambda _done, _of: None
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
        search = VariabilityAnalysis(MixedInteger(self.clock), lambda: confirming(self.clock), model, progress)
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
        plan = decode(stages.model, stages.values)
        pairs = zip(self.goals, values, strict=True)
        final = tuple(goal.measure(plan) if value is None else value for goal, value in pairs)
        return Reply(plan, final, settled and self.proven and not self.clock.over)

    def _changed(self, model: Model) -> Linear:
        """How much is decided otherwise: a plan that is near to begin with makes everything after it short."""
        known = model.values(self.plan.decided)
        return total(_apart(model, Linear({index: 1}), value) for index, value in known.items())

    def _hint(self, model: Model) -> list[int]:
        """The plan's own numbers, up to the first variable that is no decision (what rules asked for comes later)."""
        known = model.values(self.plan.decided)
        return [known[index] for index in takewhile(known.__contains__, count())]


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
