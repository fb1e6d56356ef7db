"""A second opinion on every proof: another solver is asked whether one better is possible, given the goals before.

Whether the plan keeps the rules and is as good as claimed needs no solver: the audit says so. That nothing is better
only solvers can say, and a solver can be wrong; so one of another kind is asked for each goal, with the same
statements. What it finds better is checked without any solver before anybody is alarmed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Goal, Value, better
from rebalance.model.linear import Linear
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.plans.audit import audit
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.reached import Certificate, GoalResult, Opinion, Verdict
from rebalance.scenario.parts import goal_name
from rebalance.scenario.scenario import Scenario
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Answer, Clock, Status, as_far_as_it_came, heeding
from rebalance.solver.fixed import bettered, hold
from rebalance.solver.lexicographic import model_of
from rebalance.solver.mathopt import MathOpt
from rebalance.solver.portfolio import MixedInteger


@dataclass(frozen=True)
class Judged:
    """A verdict; where it disagrees, with the better plan and the question as both solvers have it, by file name."""

    verdict: Verdict
    better: Plan | None = None
    models: Mapping[str, str] = field(default_factory=dict)


Told = Callable[[int, int], None]


def certify(outcome: Outcome, limit: float | None = None, told: Told = lambda _done, _of: None) -> tuple[Judged, ...]:
    """Ask another solver about every goal that is proven, or about there being no plan, within some seconds.

    Stopped, what has not been asked about by then is not certified.
    """
    asking = Certifying(outcome.scenario, Clock(limit), told)
    with heeding(asking.clock):
        if outcome.ending is Ending.IMPOSSIBLE:
            return (asking.impossible(),)
        return tuple(asking.goals(outcome.goals)) if outcome.plan is not None else ()


def certified(outcome: Outcome, judged: Sequence[Judged]) -> Outcome:
    """The outcome with its certificate, and with no proof left in it that another solver has found to be wrong."""
    certificate = Certificate(tuple(one.verdict for one in judged))
    wrong = {one.rank for one in certificate.disagreements}
    goals: list[GoalResult] = []
    for rank, one in enumerate(outcome.goals, 1):
        conditional = not all(before.proven for before in goals)
        doubted = replace(one, proven=False, bound=None) if rank in wrong else one
        goals.append(replace(doubted, conditional=conditional))
    clash = outcome.clash and replace(outcome.clash, confirmed=outcome.clash.confirmed and 0 not in wrong)
    unique = None if wrong else outcome.unique
    return replace(outcome, goals=tuple(goals), unique=unique, clash=clash, certificate=certificate)


@dataclass(frozen=True, slots=True)
class Certifying:
    """Another solver at work on a scenario."""

    scenario: Scenario
    clock: Clock
    told: Told

    def goals(self, claims: Sequence[GoalResult]) -> Iterator[Judged]:
        """An opinion on every goal; `canonical` is left out, whose weights are not for tolerances."""
        model = None
        with as_far_as_it_came(self.clock):
            model = model_of(self.scenario)
        for rank, (goal, claim) in enumerate(zip(self.scenario.goals, claims, strict=False), 1):
            self.told(rank - 1, len(claims))
            if claim.best is None or isinstance(goal, Canonical):
                continue
            judged = Judged(Verdict(rank, goal_name(goal), Opinion.OPEN))
            with as_far_as_it_came(self.clock):
                if model is not None and not self.clock.over:
                    aim = goal.aim(model)
                    judged = (
                        self._judged(rank, claim.best, bettered(model, aim, claim.best)) if claim.proven else judged
                    )
                    hold(model, aim, claim.held)
            yield judged
        self.told(len(claims), len(claims))

    def impossible(self) -> Judged:
        """An opinion on there being no plan."""
        answer = Answer(Status.UNKNOWN)
        with as_far_as_it_came(self.clock):
            model = model_of(self.scenario)
            answer = MixedInteger(self.clock).solve(model, Linear())
        status, values = answer.status, answer.values
        if values is not None and audit(self.scenario, model.plan(values)).lawful:
            return Judged(Verdict(0, "", Opinion.DISAGREES), model.plan(values), models(model))
        return Judged(Verdict(0, "", Opinion.AGREES if status is Status.INFEASIBLE else Opinion.OPEN))

    def _judged(self, rank: int, value: Value, questions: Iterable[Model]) -> Judged:
        """The goal can be better just when one of the questions has a solution."""
        goal, opinion = self.scenario.goals[rank - 1], Opinion.AGREES
        for model in questions:
            answer = MixedInteger(self.clock).solve(model, Linear())
            status, values = answer.status, answer.values
            if values is not None and self._is_better(goal, value, model.plan(values)):
                return Judged(Verdict(rank, goal_name(goal), Opinion.DISAGREES), model.plan(values), models(model))
            if status is not Status.INFEASIBLE:
                opinion = Opinion.OPEN
        return Judged(Verdict(rank, goal_name(goal), opinion))

    def _is_better(self, goal: Goal, value: Value, plan: Plan) -> bool:
        """Whether the audit, which knows no solver, says so too."""
        return audit(self.scenario, plan).lawful and better(goal.measure(plan), value)


def models(model: Model) -> dict[str, str]:
    """The question as each solver has it, by file name."""
    return {"cpsat.txt": CpSat().text(model), "mathopt.txt": MathOpt().text(model)}
