"""One plan out of all the best: the same for any seed, any number of workers, any order of rows."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from rebalance.draft import Draft
from rebalance.goals.goal import OneOfTheBest
from rebalance.plan import Cell, Plan
from rebalance.words import _

SALTS = (b"first", b"second")

LARGEST = 999_983
"""A prime just below a million: weights stay far from any overflow, and equal ones are rare."""


@dataclass(frozen=True)
class Canonical:
    """Among all equally good plans, the one with the smallest weighted sum over every decided cell, under two weightings in turn.

    A cell's weight is a hash of its ids, so neither the order of rows nor the solver's luck matters. Always the last goal.
    """

    def aim(self, draft: Draft) -> OneOfTheBest:
        """Two independent weightings of every decided cell."""
        return OneOfTheBest(tuple({cell: weight(cell, salt) for cell in draft.cells} for salt in SALTS))

    def measure(self, plan: Plan) -> int:
        """The first weighted sum, which identifies the plan."""
        return sum(weight(cell, SALTS[0]) * count for cell, count in plan.decided.items() if count)

    def explain(self) -> str:
        """The goal in words."""
        return _("Among equally good plans one is chosen by a fixed rule, so that the same data always give the same plan.")


def weight(cell: Cell, salt: bytes) -> int:
    """A cell's weight: a whole number from 1 to `LARGEST`, from its ids alone."""
    text = "\x1f".join(str(part) for part in cell)
    return int.from_bytes(blake2b(text.encode(), digest_size=8, salt=salt).digest()) % LARGEST + 1
