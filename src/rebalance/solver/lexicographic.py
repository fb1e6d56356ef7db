"""Goal after goal: each is brought to its best, then held while the next is solved; what is found when time is up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from rebalance.goals.goal import Goal, Minimise, Objective
from rebalance.model.linear import Linear
from rebalance.model.model import Model
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.reached import Effort, GoalResult, Step
from rebalance.scenario.parts import goal_name
from rebalance.scenario.scenario import Scenario
from rebalance.solver.conflict import conflict
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import (
    Answer,
    Clock,
    Engine,
    Progress,
    Silent,
    Status,
    as_far_as_it_came,
    heeding,
)
from rebalance.solver.portfolio import Agreed, Proving, second_setting
from rebalance.solver.stages import Reached, Stages

IN_A_HURRY = 30.0
"""With fewer seconds than this in all, the first lawful plan looked for is one that is already good.

A plan that only keeps the rules may be far from any that somebody would want. With more time it is soon bettered, and
the way there is shorter for having it.
"""

WORTH_HURRYING, ANY_FIRST = 2.5, 8.0
"""... if there are left so many times the seconds it took to put the question: else any plan is hard enough to find.

With as many times as the second number, any plan is looked for first, to have one if the other is not found in time.
"""


def solve(
    scenario: Scenario,
    *,
    limit: float | None = None,
    workers: int = 1,
    seed: int = 0,
    progress: Progress | None = None,
) -> Outcome:
    """The best lawful plan of a scenario, with a proof for every goal, within `limit` seconds in all.

    Without a limit it takes as long as it takes. Out of time or interrupted, the best plan found so far is kept, and
    the outcome says which goals are proven.
    """
    return by_clock(scenario, Clock(limit), workers=workers, seed=seed, progress=progress)


def by_clock(
    scenario: Scenario, clock: Clock, *, workers: int = 1, seed: int = 0, progress: Progress | None = None
) -> Outcome:
    """The same until a clock says stop, which may count other seconds than those on the wall."""
    progress = progress or Silent()
    engine = CpSat(clock, workers, seed)
    second = partial(second_setting, engine)
    run = Run(scenario, engine, clock, progress, second=second, finder=engine.quick(), amounts=Proving(engine))
    engine.watch = run.told
    with heeding(clock):
        return run.outcome()


def model_of(scenario: Scenario) -> Model:
    """The model of a scenario, with every rule posted."""
    model = Model(scenario.problem)
    for name, rule in scenario.rules.items():
        model.rule = name
        rule.post(model)
    model.rule = ""
    return model


@dataclass(slots=True)
class Run:
    """One solve under way, with any engine.

    `second` makes the engine that must agree before anything is called impossible; `finder` looks for better plans;
    `amounts` answers for amounts; `first` is what the first goal looks at, where that had to be known before there was
    a plan; `amount` whether the goal being solved is one amount, so that what the engine tells of its questions is
    about that.
    """

    scenario: Scenario
    engine: Engine
    clock: Clock
    progress: Progress = field(default_factory=Silent)
    second: Callable[[], Engine] | None = None
    finder: Engine | None = None
    amounts: Proving | None = None
    first: Objective | None = None
    amount: bool = False
    before: list[Effort] = field(default_factory=list)
    results: list[GoalResult] = field(default_factory=list)

    def outcome(self) -> Outcome:
        """Find any plan, then the best one, goal after goal."""
        answer, second = Answer(Status.UNKNOWN), self.second() if self.second else self.engine
        with as_far_as_it_came(self.clock):
            with self._before(Step.BUILDING):
                model = model_of(self.scenario)
            with self._before(Step.FIRST_PLAN):
                answer = self._first_plan(model, Agreed(self.engine, second))
        if answer.status is Status.INFEASIBLE:
            return self._impossible(model_of(self.scenario) if self.first else model, second)
        if answer.values is None:
            return self._took(Outcome(self.scenario, self._stopped(), None, ()))
        told = self.progress.improved
        stages = Stages(self.engine, model, answer.values, self.clock, self.finder, self.amounts, told=told)
        for number, goal in enumerate(self.scenario.goals, 1):
            self.progress.started(goal_name(goal), number, len(self.scenario.goals))
            self._pursue(goal, stages)
            self.progress.ended(self.results[-1])
        plan, proven = model.plan(stages.values), all(result.proven for result in self.results)
        ending = self._stopped() if self.clock.over and not proven else Ending.DONE
        pairs = zip(self.scenario.goals, self.results, strict=True)
        results = tuple(replace(one, value=goal.measure(plan)) if one.slack else one for goal, one in pairs)
        return self._took(Outcome(self.scenario, ending, plan, results, stages.unique))

    def _took(self, outcome: Outcome) -> Outcome:
        return replace(outcome, seconds=self.clock.elapsed, before=tuple(self.before))

    @contextmanager
    def _before(self, step: Step) -> Iterator[None]:
        """Note what a step before the goals takes, however it ends."""
        start, asked = self.clock.elapsed, self.clock.questions
        try:
            yield
        finally:
            self.before.append(Effort(step, self.clock.elapsed - start, self.clock.questions - asked))

    def told(self, value: int, bound: int) -> None:
        """The engine knows a better solution or bound; of most questions that means nothing to anybody."""
        if self.amount:
            self.progress.improved(value, bound)

    def _first_plan(self, model: Model, engine: Engine) -> Answer:
        """A plan to begin with: any, or where time is short, one that is already good for the first goal.

        Then the goal says in the model itself what it looks at, as it would later: what is in the model in the end
        depends on the data alone.
        """
        if self.clock.left > IN_A_HURRY or not self.scenario.goals:
            return engine.solve(model, Linear())
        aim = self.first = self._aim(self.scenario.goals[0], model)
        times = self.clock.left / self.clock.elapsed
        answer = engine.solve(model, Linear()) if not WORTH_HURRYING < times < ANY_FIRST else Answer(Status.UNKNOWN)
        if answer.status is Status.INFEASIBLE or times < WORTH_HURRYING:
            return answer
        good = Stages(self.engine, model, answer.values or [], self.clock, self.finder).hurry(aim)
        if good is not None:
            return Answer(Status.FEASIBLE, good)
        return answer if answer.values is not None else engine.solve(model, Linear())

    @staticmethod
    def _aim(goal: Goal, model: Model) -> Objective:
        model.rule = goal_name(goal)
        return goal.aim(model)

    def _stopped(self) -> Ending:
        return Ending.INTERRUPTED if self.clock.interrupted else Ending.OUT_OF_TIME

    def _impossible(self, model: Model, second: Engine) -> Outcome:
        found = conflict(self.engine, model, self.scenario, second)
        return self._took(Outcome(self.scenario, Ending.IMPOSSIBLE, None, (), clash=found))

    def _pursue(self, goal: Goal, stages: Stages) -> None:
        start, asked = self.clock.elapsed, self.clock.questions
        conditional = not all(result.proven for result in self.results)
        before = goal.measure(stages.model.plan(stages.values))
        reached = Reached()
        with as_far_as_it_came(self.clock):
            if not self.clock.over:
                aim, self.first = self.first or self._aim(goal, stages.model), None
                self.amount = isinstance(aim, Minimise)
                reached = stages.reach(aim, before)
        self.amount = False
        value = goal.measure(stages.model.plan(stages.values))
        bound = value if reached.proven else reached.bound
        about = (goal_name(goal), value, bound, reached.proven, self.clock.elapsed - start)
        rest = (conditional, reached.freedom, reached.slack, self.clock.questions - asked)
        self.results.append(GoalResult(*about, *rest))
