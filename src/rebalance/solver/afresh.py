"""What a plan says of itself and only solving shows, worked out afresh; nothing of what it says is taken for granted.

The goals are held at what they are said to have come to, one after the other, and for each it is asked whether a lawful
plan could be better, whether its bound is reached, and whether it was free; at last, whether another plan is as good.
What is found against the plan is checked by the audit, which knows no solver, before it is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Goal, Minimise, Objective, Value, better
from rebalance.model.linear import Constraint, Linear
from rebalance.model.model import Model
from rebalance.plans.audit import audit
from rebalance.plans.outcome import Outcome
from rebalance.plans.reached import Afresh, Claim, Opinion
from rebalance.scenario.parts import goal_name
from rebalance.solver.canonical import FixedProcedure
from rebalance.solver.certificate import certify
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Answer, Clock, Status, heeding
from rebalance.solver.fixed import bettered, hold
from rebalance.solver.lexicographic import model_of
from rebalance.text import _

Told = Callable[[int, int], None]


def afresh(
    outcome: Outcome, limit: float | None = None, workers: int = 1, told: Told = lambda _done, _of: None
) -> Afresh:
    """Work out again what an outcome says of its plan, within some seconds (None: as long as it takes)."""
    clock = Clock(limit)
    with heeding(clock):
        asking = Asking(outcome, clock, CpSat(clock, workers), told)
        claims = (*asking.goals(), *asking.opinions())
    return Afresh(claims)


@dataclass(frozen=True, slots=True)
class Asking:
    """The questions to a solver about what an outcome says."""

    outcome: Outcome
    clock: Clock
    engine: CpSat
    told: Told

    def goals(self) -> Iterator[Claim]:
        """What is said of each goal, and at last of there being no other plan."""
        model, results = model_of(self.outcome.scenario), self.outcome.goals
        for rank, (goal, result) in enumerate(zip(self.outcome.scenario.goals, results, strict=False), 1):
            self.told(rank - 1, len(results))
            if isinstance(goal, Canonical):
                yield from self._alone(model, rank, goal)
                continue
            aim = goal.aim(model)
            yield from self._goal(model, rank, goal, aim)
            hold(model, aim, result.held)
        self.told(len(results), len(results))

    def opinions(self) -> Iterator[Claim]:
        """What the second solver is said to think, asked again."""
        if self.outcome.certificate is None:
            return
        said = {one.rank: one.opinion for one in self.outcome.certificate.verdicts}
        bare = replace(self.outcome, certificate=None)
        for judged in certify(bare, self.clock.left if self.clock.limit is not None else None, self.told):
            one = judged.verdict
            known = said.get(one.rank)
            if known in {None, Opinion.OPEN}:
                continue
            agrees = None if one.opinion is Opinion.OPEN else one.opinion is known
            text = _("a second solver agrees") if known is Opinion.AGREES else _("a second solver disagrees")
            yield Claim(one.rank, one.goal, text, agrees)

    def _goal(self, model: Model, rank: int, goal: Goal, aim: Objective) -> Iterator[Claim]:
        result, name = self.outcome.goals[rank - 1], goal_name(goal)
        if result.bound is not None:
            text = _("nothing is better than this") if result.proven else _("nothing is better than its bound")
            best = result.best if result.proven else result.bound
            yield Claim(rank, name, text, self._unbettered(model, goal, aim, best))
        if result.proven and isinstance(aim, Minimise) and isinstance(result.bound, int):
            if result.slack:
                yield Claim(rank, name, _("its best can be reached"), self._reached(model, goal, aim, result.bound))
            free = self._any(model, aim.amount >= result.bound + 1).status
            agrees = None if free is Status.UNKNOWN else (free is not Status.INFEASIBLE) is result.freedom
            text = _("it was free") if result.freedom else _("the goals before had settled it")
            yield Claim(rank, name, text, agrees)

    def _unbettered(self, model: Model, goal: Goal, aim: Objective, value: Value | None) -> bool | None:
        """Whether no plan is better than a value; None where that is not settled."""
        settled = True
        for question in bettered(model, aim, value) if value is not None else ():
            answer = self.engine.solve(question, Linear())
            if answer.values is not None and self._is_better(model, goal, value, answer.values):
                return False
            settled = settled and answer.status is Status.INFEASIBLE
        return True if settled else None

    def _reached(self, model: Model, goal: Goal, aim: Minimise, value: int) -> bool | None:
        """Whether a lawful plan comes to a value, of which slack has since been used."""
        answer = self._any(model, aim.amount <= value)
        if answer.values is not None:
            return goal.measure(model.plan(answer.values)) == value or None
        return False if answer.status is Status.INFEASIBLE else None

    def _alone(self, model: Model, rank: int, goal: Goal) -> Iterator[Claim]:
        """Whether another plan is as good, where that is said to be settled."""
        outcome = self.outcome
        if not outcome.proven or outcome.unique is None:
            return
        pinned = model.copy()
        for index, value in model.values(outcome.found.decided).items():
            pinned.add(Linear({index: 1}).equals(value))
        values = self.engine.solve(pinned, Linear()).values
        alone = values and FixedProcedure(self.clock, model, Linear()).alone(values[: len(model.variables)])
        agrees = None if alone is None else alone is outcome.unique
        text = _("no other plan is as good") if outcome.unique else _("another plan is as good")
        yield Claim(rank, goal_name(goal), text, agrees)

    def _is_better(self, model: Model, goal: Goal, value: Value | None, values: list[int]) -> bool:
        """Whether the audit, which knows no solver, says so too."""
        plan = model.plan(values)
        lawful = audit(self.outcome.scenario, plan).lawful
        return lawful and value is not None and better(goal.measure(plan), value)

    def _any(self, model: Model, constraint: Constraint) -> Answer:
        copy = model.copy()
        copy.add(constraint)
        return self.engine.solve(copy, Linear())
