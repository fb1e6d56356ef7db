"""Goal after goal: each is brought to its best, then held while the next is solved."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from rebalance.draft import Draft
from rebalance.goals.goal import Aim, Block, Goal, Least, OneOfTheBest, Value, WorstFirst
from rebalance.linear import Linear
from rebalance.outcome import Clash, Ending, GoalResult, Outcome
from rebalance.scenario import Scenario, goal_name
from rebalance.solving.canonical import unique, weighted
from rebalance.solving.clash import clash
from rebalance.solving.clock import Clock
from rebalance.solving.cpsat import CpSat
from rebalance.solving.engine import Engine, Status
from rebalance.solving.leximin import Climb, Held
from rebalance.solving.progress import Progress, Silent
from rebalance.solving.relaxation import loosened, smaller_questions


def solve(
    scenario: Scenario,
    *,
    limit: float | None = None,
    workers: int = 1,
    seed: int = 0,
    progress: Progress | None = None,
) -> Outcome:
    """The best lawful plan of a scenario, with a proof for every goal, within `limit` seconds in all (None: as long as it takes).

    Out of time or interrupted, the best plan found so far is kept and the outcome says which goals are proven.
    """
    clock = Clock(limit)
    progress = progress or Silent()
    engine = CpSat(clock, workers, seed, watch=progress.improved)
    return Run(scenario, engine, clock, progress).outcome()


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
    """One solve under way: the draft as it fills, the best values so far, the goals done."""

    scenario: Scenario
    engine: CpSat
    clock: Clock
    progress: Progress
    draft: Draft = field(init=False)
    values: list[int] = field(default_factory=list)
    results: list[GoalResult] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    unique: bool = False

    def outcome(self) -> Outcome:
        """Find any plan, then the best one, goal after goal."""
        self.draft = drafted(self.scenario)
        answer = self.engine.solve(self.draft, Linear())
        if answer.status is Status.INFEASIBLE:
            answer = self.engine.second_setting().solve(self.draft, Linear())
            if answer.values is None:
                return self._impossible(confirmed=answer.status is Status.INFEASIBLE)
        if answer.values is None:
            return self._ended(self._stopped())
        self.values = answer.values
        for number, goal in enumerate(self.scenario.goals, 1):
            self.progress.started(goal_name(goal), number, len(self.scenario.goals))
            self._pursue(goal)
            self.progress.ended(self.results[-1])
        return self._ended(self._stopped() if self.clock.over else Ending.DONE)

    def _stopped(self) -> Ending:
        return Ending.INTERRUPTED if self.clock.interrupted else Ending.OUT_OF_TIME

    def _impossible(self, *, confirmed: bool) -> Outcome:
        blameless = frozenset(name for name, rule in self.scenario.rules.items() if rule.law)
        found = Clash(clash(self.engine, self.draft, blameless), confirmed)
        return Outcome(self.scenario, Ending.IMPOSSIBLE, None, (), clash=found, seconds=self.clock.elapsed)

    def _ended(self, ending: Ending) -> Outcome:
        plan = self.draft.plan(self.values) if self.values else None
        goals = tuple(self.results)
        return Outcome(self.scenario, ending, plan, goals, self.unique, seconds=self.clock.elapsed)

    def _pursue(self, goal: Goal) -> None:
        start = self.clock.elapsed
        conditional = not all(result.proven for result in self.results)
        self.draft.rule = goal_name(goal)
        proven, bound = (False, None) if self.clock.over else self._reach(goal.aim(self.draft))
        value = goal.measure(self.draft.plan(self.values))
        seconds = self.clock.elapsed - start
        self.results.append(
            GoalResult(goal_name(goal), value, value if proven else bound, proven, seconds, conditional)
        )

    def _reach(self, aim: Aim) -> tuple[bool, Value | None]:
        match aim:
            case Least(amount):
                return self._least(amount)
            case WorstFirst():
                return self._worst_first(aim)
            case OneOfTheBest(blocks):
                return self._one_of_the_best(blocks)

    def _least(self, amount: Linear) -> tuple[bool, int | None]:
        """Bring an amount to its least and hold it there."""
        if self.held and (proven := self._meets(amount)) is not None:
            return True, proven
        answer = self.engine.solve(self.draft, amount, self.values)
        if answer.values is None:
            return False, answer.bound
        self.values = answer.values
        self.draft.require(amount <= amount.value(self.values))
        return answer.status is Status.OPTIMAL, answer.bound

    def _meets(self, amount: Linear) -> int | None:
        """Bound the amount in a looser question, then look for a plan that meets the bound: where there is one, nothing more need be proven."""
        looser = loosened(self.draft) or self.draft
        bound = self.engine.solve(looser, amount, self.values)
        if bound.status is not Status.OPTIMAL or bound.bound is None:
            return None
        if looser is self.draft and bound.values is not None:
            self.values = bound.values
        least = bound.bound

        met = len(self.values) == len(self.draft.variables) and amount.value(self.values) <= least
        if not met and not (self._search(amount, self._pin, least) and amount.value(self.values) <= least):
            return None
        self.draft.require(amount <= least)
        return least

    def _pin(self, fork: Draft) -> None:
        for one in self.held:
            one.pin(fork, self.values)

    def _search(self, amount: Linear, pin: Callable[[Draft], object], enough: int | None = None) -> bool:
        """Look for a good plan among those where every share keeps its place: quickly done, and the proof then starts from it."""
        fork = self.draft.fork()
        pin(fork)
        answer = self.engine.solve(fork, amount, self.values, enough)
        self.values = answer.values[: len(self.draft.variables)] if answer.values else self.values
        return answer.values is not None

    def _worst_first(self, aim: WorstFirst) -> tuple[bool, None]:
        """Climb in smaller questions first: where a lawful plan attains such an answer, it is the answer."""
        for draft, asked in smaller_questions(self.draft, aim):
            answer = self.engine.solve(draft, Linear(), self.values)
            if answer.values is None:
                continue
            climb = Climb(self.engine, draft, asked, answer.values)
            proven = climb.run() is Status.OPTIMAL
            if self._attain(climb, aim):
                return proven, None
        return False, None

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

    def _one_of_the_best(self, blocks: tuple[Block, ...]) -> tuple[bool, None]:
        """Settle block after block: the least weighted sum, a second weighting where that leaves a tie, and then the cells themselves."""
        alone = all(result.proven for result in self.results)
        for block in blocks:
            for weights in (block.weights, block.again):
                if not self._least(weighted(self.draft, weights))[0]:
                    return False, None
                if settled := unique(self.engine, self.draft, self.values, weights):
                    break
            alone = alone and settled
            for cell in block.weights:
                index = self.draft.cells[cell]
                self.draft.require(Linear({index: 1}).equals(self.values[index]))
        self.unique = alone
        return True, None
