"""Goal after goal: each is brought to its best, then held while the next is solved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from rebalance.goals.goal import Aim, Goal, Least, OneOfTheBest, Slack, Value, WorstFirst
from rebalance.model.linear import Linear
from rebalance.model.model import Draft
from rebalance.plans.outcome import Ending, GoalResult, Outcome
from rebalance.scenario.scenario import Scenario, goal_name
from rebalance.solver.canonical import Tie
from rebalance.solver.conflict import clash
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Clock, Engine, Progress, Silent, Status, heeding
from rebalance.solver.leximin import Climb, Held, loosened, smaller_questions


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a goal was brought.

    Whether that is proven, what bound is known, whether the goals before had left it any freedom, and by how much the
    goals after it may worsen it.
    """

    proven: bool = False
    bound: Value | None = None
    freedom: bool = True
    slack: int = 0


@dataclass(slots=True)
class Stages:
    """The draft as it fills, and the best values so far."""

    engine: Engine
    draft: Draft
    values: list[int]
    held: list[Held] = field(default_factory=list)
    unique: bool = False

    def reach(self, aim: Aim) -> Reached:
        """Bring one goal as far as can be, and hold it."""
        match aim:
            case Least(amount, slack):
                return self._least(amount, slack)
            case WorstFirst():
                return self._worst_first(aim)
            case OneOfTheBest(blocks):
                tie = Tie(self.engine, self.draft, self.values)
                self.unique = tie.broken(blocks)
                self.values = tie.values
                return Reached(proven=self.unique, freedom=tie.had_rivals(blocks))

    def _least(self, amount: Linear, slack: Slack) -> Reached:
        """Bring an amount to its least and hold it there, or within the slack."""
        if self.held and (least := self._meets(amount)) is not None:
            return self._hold(amount, least, slack)
        answer = self.engine.solve(self.draft, amount, self.values)
        if answer.values is None:
            return Reached(bound=answer.bound)
        self.values = answer.values
        proven = answer.status is Status.OPTIMAL
        least = amount.value(self.values)
        return self._hold(amount, least, slack) if proven else self._keep(amount, answer.bound)

    def _keep(self, amount: Linear, bound: int | None) -> Reached:
        """Hold an amount that is not proven to be the least."""
        self.draft.require(amount <= amount.value(self.values))
        return Reached(bound=bound)

    def _hold(self, amount: Linear, least: int, slack: Slack) -> Reached:
        """Hold a proven least, after asking whether it could have been anything else."""
        worse = self.draft.fork()
        worse.require(amount >= least + 1)
        freedom = self.engine.solve(worse, Linear(), self.values).status is not Status.INFEASIBLE
        room = slack.room(least)
        self.draft.require(amount <= least + room)
        return Reached(proven=True, bound=least, freedom=freedom, slack=room)

    def _meets(self, amount: Linear) -> int | None:
        """Bound the amount in a looser question, then look for a plan that meets the bound.

        Where there is one, nothing more need be proven.
        """
        looser = loosened(self.draft) or self.draft
        bound = self.engine.solve(looser, amount, self.values)
        if bound.status is not Status.OPTIMAL or bound.bound is None:
            return None
        if looser is self.draft and bound.values is not None:
            self.values = bound.values
        least = bound.bound
        if len(self.values) == len(self.draft.variables) and amount.value(self.values) <= least:
            return least
        if bound.values is not None and self._repeat(amount, bound.values):
            return least
        return least if self._search(amount, self._pin, least) and amount.value(self.values) <= least else None

    def _repeat(self, amount: Linear, values: list[int]) -> bool:
        """Look for a lawful plan with the very numbers of the looser question's answer."""

        def alike(fork: Draft) -> None:
            for index in amount.terms:
                fork.require(Linear({index: 1}).equals(values[index]))

        return self._search(Linear(), alike)

    def _pin(self, fork: Draft) -> None:
        for one in self.held:
            one.pin(fork, self.values)

    def _search(self, amount: Linear, pin: Callable[[Draft], object], enough: int | None = None) -> bool:
        """Look for a good plan among those where every share keeps its place.

        Quickly done, and the proof then starts from it.
        """
        fork = self.draft.fork()
        pin(fork)
        answer = self.engine.solve(fork, amount, self.values, enough)
        self.values = answer.values[: len(self.draft.variables)] if answer.values else self.values
        return answer.values is not None

    def _worst_first(self, aim: WorstFirst) -> Reached:
        """Climb in smaller questions first: where a lawful plan attains such an answer, it is the answer."""
        for draft, asked in smaller_questions(self.draft, aim):
            answer = self.engine.solve(draft, Linear(), self.values)
            if answer.values is None:
                continue
            climb = Climb(self.engine, draft, asked, answer.values)
            proven = climb.run() is Status.OPTIMAL
            if self._attain(climb, aim):
                return Reached(proven=proven)
        return Reached()

    def _attain(self, climb: Climb, aim: WorstFirst) -> bool:
        """Whether a lawful plan has the counts that the climb has settled; if so they are held."""
        held = climb.held(aim)
        alike = climb.aim.keys is aim.keys

        def pin(fork: Draft) -> None:
            held.pin(fork, climb.values, climb.aim.keys)
            for one in self.held if alike else ():
                one.pin(fork, climb.values)

        if not (self._search(Linear(), pin) or self._search(Linear(), held.require)):
            return False
        held.require(self.draft)
        self.held.append(held)
        return True


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
