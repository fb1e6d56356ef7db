"""What if one thing more were asked: the goals solved again in order, as near to a known plan as they allow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rebalance.draft import Draft
from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Aim, Goal, Value
from rebalance.linear import Linear, total
from rebalance.outcome import Clash
from rebalance.plan import Plan
from rebalance.scenario import Scenario
from rebalance.solving.clock import Clock
from rebalance.solving.cpsat import CpSat
from rebalance.solving.engine import Status
from rebalance.solving.feasible import impossible
from rebalance.solving.gift import given
from rebalance.solving.lexicographic import drafted
from rebalance.solving.mathopt import Patient
from rebalance.solving.spread import Ends, Spreading, Told
from rebalance.solving.stages import Stages
from rebalance.solving.standing import bettered, hold

Demand = Callable[[Draft], None]  # requires something more of a draft

CONFIRMING = 60.0
"""Seconds for asking whether any of many numbers can go further than the other solver has sent them."""


@dataclass(frozen=True)
class Reply:
    """What asking for something more leads to.

    Without a plan: `clash` says which rules stand against it (None: there was no time to find out). `values` are
    those of the goals in order, the one that only chooses among the best left out; `settled` whether all is proven.
    """

    plan: Plan | None
    values: tuple[Value, ...] = ()
    settled: bool = False
    clash: Clash | None = None


@dataclass(frozen=True)
class Asking:
    """A scenario with a plan that is the best for it, of which one asks what else could be.

    Where it is not `proven` to be the best, no answer is settled.
    """

    scenario: Scenario
    plan: Plan
    clock: Clock = field(default_factory=Clock)
    proven: bool = True

    @property
    def goals(self) -> tuple[Goal, ...]:
        """The goals that say what is better, in order of rank."""
        return weighing(self.scenario)

    @property
    def values(self) -> tuple[Value, ...]:
        """What they come to in the plan."""
        return tuple(goal.measure(self.plan) for goal in self.goals)

    def tightened(self, demand: Demand) -> Reply:
        """The best plan that also does as demanded: no goal comes to more than in the plan known."""
        draft = drafted(self.scenario)
        demand(draft)
        engine = CpSat(self.clock)
        answer = engine.solve(draft, self._changed(draft), self._hint(draft))
        if answer.status is Status.INFEASIBLE:
            return Reply(None, clash=impossible(engine, draft, self.scenario))
        if answer.values is None:
            return Reply(None)
        stages = Stages(engine, draft, answer.values)
        settled = self._values(stages, _attained)
        return self._reply(stages, settled=_near(stages, self.plan) and settled)

    def loosened(self, draft: Draft) -> Reply:
        """The best plan of a draft that allows more: no goal comes to less than in the plan known."""
        engine = CpSat(self.clock)
        answer = engine.solve(draft, self._changed(draft), self._hint(draft))
        if answer.values is None:
            return Reply(None)
        stages = Stages(engine, draft, answer.values)
        return self._reply(stages, settled=self._values(stages, _unbettered))

    def gains(self, draft: Draft) -> bool:
        """Whether any goal can come to more in a draft that allows more (True where there was no time to find out)."""
        engine = CpSat(self.clock)
        answer = engine.solve(draft, self._changed(draft), self._hint(draft))
        if answer.values is None:
            return True
        stages = Stages(engine, draft, answer.values)
        goals = zip(self.goals, self.values, strict=True)
        return not all(_unbettered(stages, goal.aim(draft), value, self.clock) for goal, value in goals)

    def free(self, amounts: Callable[[Draft], Sequence[Linear]], told: Told = lambda _done, _of: None) -> list[Ends]:
        """The least and the most of amounts in all plans in which no goal comes to less than in the plan known."""
        draft = drafted(self.scenario)
        asked = amounts(draft)
        for goal, value in zip(self.goals, self.values, strict=True):
            hold(draft, goal.aim(draft), value)
        engine = CpSat(self.clock)
        answer = engine.solve(draft, self._changed(draft), self._hint(draft), enough=0)
        if answer.values is None:
            known = [one.value(self._hint(draft)) for one in asked]
            return [Ends(now, now, least_proven=False, most_proven=False) for now in known]
        return Spreading(Patient(self.clock), lambda: self._within(CONFIRMING), draft, told).ends(asked, answer.values)

    def _within(self, seconds: float) -> CpSat:
        """An engine that gives up after so many seconds, if there are as many."""
        return CpSat(Clock(min(seconds, self.clock.left), interrupted=self.clock.interrupted))

    def _values(self, stages: Stages, stays: Callable[[Stages, Aim, Value, Clock], bool]) -> bool:
        """Goal after goal: the first that does not stay as it was, and all after it, are solved anew."""
        same, settled = True, True
        for goal, value in zip(self.goals, self.values, strict=True):
            aim = goal.aim(stages.draft)
            same = same and stays(stages, aim, value, self.clock)
            if not same:
                settled = stages.reach(aim).proven and settled
        return settled

    def _reply(self, stages: Stages, *, settled: bool) -> Reply:
        plan = given(stages.draft, stages.values)
        values = tuple(goal.measure(plan) for goal in self.goals)
        return Reply(plan, values, settled and self.proven and not self.clock.over)

    def _changed(self, draft: Draft) -> Linear:
        """How much is decided otherwise: a plan that is near to begin with makes everything after it short."""
        known = draft.values(self.plan.decided)
        return total(_apart(draft, Linear({index: 1}), value) for index, value in known.items())

    def _hint(self, draft: Draft) -> list[int]:
        known = draft.values(self.plan.decided)
        return [known[index] for index in range(len(known))]


def weighing(scenario: Scenario) -> tuple[Goal, ...]:
    """The goals that say what is better; `canonical` only chooses among the best."""
    return tuple(goal for goal in scenario.goals if not isinstance(goal, Canonical))


def _attained(stages: Stages, aim: Aim, value: Value, _clock: Clock) -> bool:
    """Whether a value can be attained here too; it is held then, and so the best there is."""
    fork = stages.draft.fork()
    hold(fork, aim, value)
    answer = stages.engine.solve(fork, Linear(), stages.values)
    if answer.values is None:
        return False
    _keep(stages, aim, value, answer.values)
    return True


def _unbettered(stages: Stages, aim: Aim, value: Value, clock: Clock) -> bool:
    """Whether a value, which can be attained, cannot be bettered here either; it is held then.

    The other solver refutes most of these in no time; where it does not know, ours is asked.
    """
    for question in bettered(stages.draft, aim, value, small=True):
        status = Patient(clock).solve(question, Linear()).status
        if status is Status.UNKNOWN:
            status = stages.engine.solve(question, Linear(), stages.values).status
        if status is not Status.INFEASIBLE:
            return False
    return _attained(stages, aim, value, clock)


def _keep(stages: Stages, aim: Aim, value: Value, values: Sequence[int]) -> None:
    held = hold(stages.draft, aim, value)
    stages.values = list(values)
    stages.held += [held] if held else []


def _near(stages: Stages, plan: Plan) -> bool:
    """Come as near to a plan as can be: in what everybody owns at the end, then in the strength of agencies."""
    problem, draft, settled = plan.problem, stages.draft, True
    year = problem.last
    owned = [(draft.owned(h, c, year), plan.owned(h, c, year)) for h, c in problem.accounts]
    places = [(t, a) for t in problem.townships for a in problem.agencies]
    strengths = [(draft.strength(t, a, year), plan.strength(t, a, year)) for t, a in places]
    for pairs in (owned, strengths):
        apart = total(_apart(draft, amount, was) for amount, was in pairs)
        answer = stages.engine.solve(draft, apart, stages.values)
        if answer.values is None or answer.status is not Status.OPTIMAL:
            settled = False
        if answer.values is not None:
            stages.values = answer.values
            draft.require(apart <= apart.value(answer.values))
    return settled


def _apart(draft: Draft, amount: Linear, was: int) -> Linear:
    """How far an amount lies from what it was."""
    if not amount.terms:
        return Linear()
    least, most = draft.bounds(amount)
    more = draft.variable(("more", *amount.terms), 0, max(0, most - was))
    less = draft.variable(("less", *amount.terms), 0, max(0, was - least))
    draft.define((amount - more + less).equals(was))
    return more + less
