"""What the lexicographic loop asks of a solver, whichever it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from rebalance.draft import Draft
from rebalance.linear import Linear


class Status(StrEnum):
    """What a solver knows when it stops."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """One solve: a value per variable when a solution was found, and the bound proven for the objective."""

    status: Status
    values: list[int] | None = None
    bound: int | None = None

    @property
    def settled(self) -> bool:
        """Whether it is the last word: proven to be the least, or that there is none."""
        return self.status in {Status.OPTIMAL, Status.INFEASIBLE}


class Engine(Protocol):
    """A solver of drafts."""

    def solve(self, draft: Draft, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """Make an amount as small as can be within everything the draft requires.

        A constant amount asks for any solution.

        With `enough`, the first solution that comes down to it will do.
        """
