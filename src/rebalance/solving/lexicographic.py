"""Goal after goal: each is brought to its best, then held while the next is solved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from rebalance.draft import Draft
from rebalance.goals.goal import Goal
from rebalance.linear import Linear
from rebalance.outcome import Ending, GoalResult, Outcome
from rebalance.scenario import Scenario, goal_name
from rebalance.solving.clash import clash
from rebalance.solving.clock import Clock, heeding
from rebalance.solving.cpsat import CpSat
from rebalance.solving.engine import Engine, Status
from rebalance.solving.progress import Progress, Silent
from rebalance.solving.stages import Reached, Stages


def solve(
    scenario: Scenario,
    *,
    limit: float | None = None,
    workers: int = 1,
    seed: int = 0,
    progress: Progress | None = None,
) -> Outcome:
    """The best lawful plan of a scenario, with a proof for every goal, within `limit` seconds in all.

    Without a limit it takes as long as it takes.

    Out of time or interrupted, the best plan found so far is kept and the outcome says which goals are proven.
    """
    clock = Clock(limit)
    progress = progress or Silent()
    engine = CpSat(clock, workers, seed, watch=progress.improved)
    with heeding(clock):
        return Run(scenario, engine, clock, progress, second=engine.second_setting).outcome()


def drafted(scenario: Scenario) -> Draft:
    """The draft of a scenario, with every rule posted."""
    draft = Draft(scenario.problem)
    for name, rule in scenario.rules.items():
        draft.rule = name
        rule.post(draft)
    draft.rule = ""
    return draft


@dataclass(slots=True)
class Run:
    """One solve under way, with any engine.

    `second` makes the engine that must agree before anything is called impossible.
    """

    scenario: Scenario
    engine: Engine
    clock: Clock
    progress: Progress = field(default_factory=Silent)
    second: Callable[[], Engine] | None = None
    results: list[GoalResult] = field(default_factory=list)

    def outcome(self) -> Outcome:
        """Find any plan, then the best one, goal after goal."""
        draft = drafted(self.scenario)
        answer = self.engine.solve(draft, Linear())
        if answer.status is Status.INFEASIBLE:
            second = self.second() if self.second else self.engine
            answer = second.solve(draft, Linear())
            if answer.status is Status.INFEASIBLE:
                return self._impossible(draft, second)
        if answer.values is None:
            return Outcome(self.scenario, self._stopped(), None, (), seconds=self.clock.elapsed)
        stages = Stages(self.engine, draft, answer.values)
        for number, goal in enumerate(self.scenario.goals, 1):
            self.progress.started(goal_name(goal), number, len(self.scenario.goals))
            self._pursue(goal, stages)
            self.progress.ended(self.results[-1])
        plan, proven = draft.plan(stages.values), all(result.proven for result in self.results)
        ending = self._stopped() if self.clock.over and not (proven and stages.unique) else Ending.DONE
        pairs = zip(self.scenario.goals, self.results, strict=True)
        results = tuple(replace(one, value=goal.measure(plan)) if one.slack else one for goal, one in pairs)
        return Outcome(self.scenario, ending, plan, results, proven and stages.unique, seconds=self.clock.elapsed)

    def _stopped(self) -> Ending:
        return Ending.INTERRUPTED if self.clock.interrupted else Ending.OUT_OF_TIME

    def _impossible(self, draft: Draft, second: Engine) -> Outcome:
        found = clash(self.engine, draft, self.scenario, second)
        return Outcome(self.scenario, Ending.IMPOSSIBLE, None, (), clash=found, seconds=self.clock.elapsed)

    def _pursue(self, goal: Goal, stages: Stages) -> None:
        start = self.clock.elapsed
        conditional = not all(result.proven for result in self.results)
        stages.draft.rule = goal_name(goal)
        reached = Reached() if self.clock.over else stages.reach(goal.aim(stages.draft))
        value = goal.measure(stages.draft.plan(stages.values))
        bound = value if reached.proven else reached.bound
        seconds = self.clock.elapsed - start
        self.results.append(
            GoalResult(
                goal_name(goal), value, bound, reached.proven, seconds, conditional, reached.freedom, reached.slack
            )
        )
