"""Many things asked about together, each alone: a draft in which at most one of them is done, and which of them pay.

A goal that can come to more shows, in the solution, by which of them; that one is put aside, and the same is asked of
the others. Where nothing is found any more, a single refutation speaks for all that are left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rebalance.draft import Draft
from rebalance.goals import Goal
from rebalance.linear import Linear
from rebalance.outcome import GoalResult
from rebalance.solving.clock import Clock
from rebalance.solving.cpsat import CpSat
from rebalance.solving.engine import Answer, Status
from rebalance.solving.mathopt import Patient
from rebalance.solving.standing import bettered, hold

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Choice(Generic[Thing]):
    """A draft in which at most one of several things is done, which none of the goals can suffer from.

    `done` is 1 for the thing that is; `alone` drafts one of them without the others.
    """

    draft: Draft
    done: Mapping[Thing, Linear]
    alone: Callable[[Thing], Draft]


@dataclass(frozen=True, slots=True)
class Gaining:
    """Goals at their best, asked by which of several things any of them can come to more."""

    goals: Sequence[Goal]
    claims: Sequence[GoalResult]
    clock: Clock

    def gains(self, choice: Choice[Thing]) -> Iterator[tuple[Thing, int | None]]:
        """Every thing by which some goal gains, with the rank of the first that does (None: nobody knows)."""
        draft, left = choice.draft, dict(choice.done)
        for rank, (goal, claim) in enumerate(zip(self.goals, self.claims, strict=True), 1):
            aim = goal.aim(draft)
            if claim.best is None or claim.held is None:
                break
            for question in bettered(draft, aim, claim.best, small=True):
                for thing, gains in self._found(question, left):
                    draft.require(choice.done[thing].equals(0))
                    yield thing, rank if gains else None
                if not left:
                    return
            hold(draft, aim, claim.held)

    def _found(self, question: Draft, left: dict[Thing, Linear]) -> Iterator[tuple[Thing, bool]]:
        """Each thing by which the goal gains, put aside as it is found; all that are left where nobody knows."""
        while left and (answer := self._ask(question)).status is not Status.INFEASIBLE:
            found = [thing for thing, done in left.items() if answer.values and done.value(answer.values)]
            for thing in found or list(left):
                question.require(left.pop(thing).equals(0))
                yield thing, bool(found)

    def _ask(self, question: Draft) -> Answer:
        """The other solver refutes most of these in no time; where it does not know, ours is asked."""
        answer = Patient(self.clock).solve(question, Linear())
        return CpSat(self.clock).solve(question, Linear()) if answer.status is Status.UNKNOWN else answer
