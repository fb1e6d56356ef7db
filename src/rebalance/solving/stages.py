"""How one goal is brought to its best within a draft, and held there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from rebalance.draft import Draft
from rebalance.goals.goal import Aim, Least, OneOfTheBest, Value, WorstFirst
from rebalance.goals.slack import Slack
from rebalance.linear import Linear
from rebalance.solving.canonical import Tie
from rebalance.solving.engine import Engine, Status
from rebalance.solving.leximin import Climb, Held
from rebalance.solving.relaxation import loosened, smaller_questions


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
