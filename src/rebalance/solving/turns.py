"""Solvers that take turns, each where another is stuck: none of them proves all of these questions in good time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rebalance.draft import Draft
from rebalance.linear import Linear
from rebalance.solving.cpsat import CpSat
from rebalance.solving.engine import Answer
from rebalance.solving.mathopt import MathOpt

OURS = 20.0
"""Seconds before the other one is asked; most questions are answered long before."""

THEIRS = 120.0
"""Seconds before ours takes over again, for as long as it takes."""


@dataclass(frozen=True, slots=True)
class InTurn:
    """CP-SAT for a while, HiGHS for a while, and CP-SAT to the end."""

    ours: CpSat

    def solve(self, draft: Draft, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """What the first of them says that knows; each begins with the best that is known by then."""
        clock = self.ours.clock
        answer = replace(self.ours, clock=clock.within(OURS)).solve(draft, minimise, hint, enough)
        if _will_do(answer, minimise, enough) or clock.over:
            return answer
        best = answer.values or hint
        theirs = MathOpt(clock=clock.within(THEIRS)).solve(draft, minimise, best, enough)
        if theirs.settled:
            return theirs
        return answer if clock.over else self.ours.solve(draft, minimise, best, enough)


def _will_do(answer: Answer, minimise: Linear, enough: int | None) -> bool:
    """Whether an answer is the last word, or as good as was asked for."""
    found = answer.values
    return answer.settled or (found is not None and enough is not None and minimise.value(found) <= enough)
