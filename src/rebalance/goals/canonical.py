"""One plan out of all the best: the same for any seed, any number of workers, any order of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from rebalance.goals.goal import BARE, AboutGoal, Block, TieBreak
from rebalance.model.model import Model
from rebalance.model.plan import Decision, Plan, decisions, natures
from rebalance.text import _

FIRST, SECOND = b"first", b"second"
"""Salts of the two weightings."""

STEPS = (  # one sum over all cells would do the same, and be much harder to prove
    ("added", "reserve"),
    ("open", "office"),
    ("cut", "handed", "delegated"),
    ("moved_out", "moved_in", "hired", "dispatched", "borrowed"),
    ("placed",),
)

LARGEST = 999_983
"""A prime just below a million: weights stay far from any overflow.

Equal weights among some thousand cells are certain all the same, and a tie at the optimum happens now and then: so
there is a second weighting, and no plan is called unique before it has been asked whether another one ties.
"""

WIDTH = 2**64
"""More than any block's weighted sum: room for one block in the number that identifies a plan."""


@dataclass(frozen=True)
class Canonical:
    """One plan out of all that are equally good: the one with the smallest weighted sums.

    Block after block: what townships receive, then which agencies are open and what they are, what units give, who
    goes where with their position, who sits where, each from the last year back:

        minimise Σ weight(cell) × value(cell)

    A cell's weight is a hash of its ids, so neither the order of rows nor the solver's luck matters. Where the sum of
    a block leaves a tie, a second weighting decides; where that leaves one too, the plan is not called unique. A
    scenario does not name this goal: it is always there, and always the last.

    References:
        The same data give the same plan, for any seed, number of threads and order of rows.
    """

    def about(self) -> AboutGoal:
        """The title, and that the number is shown as a fingerprint."""
        return AboutGoal(_("One of the equals"), BARE, fingerprint)

    def aim(self, model: Model) -> TieBreak:
        """A block of cells for each step."""
        return TieBreak(
            tuple(
                Block({c: weight(c, FIRST) for c in block}, {c: weight(c, SECOND) for c in block})
                for block in _blocks(model.cells)
            )
        )

    def measure(self, plan: Plan) -> int:
        """The number that identifies the plan: the blocks' weighted sums, the first block in the highest places."""
        name = 0
        chosen = (cell for cell in natures(plan.problem) if cell in plan.decided)
        for block in _blocks((*(cell for cell, _most in decisions(plan.problem)), *chosen)):
            name = name * WIDTH + sum(weight(cell, FIRST) * plan.decided.get(cell, 0) for cell in block)
        return name

    def explain(self) -> str:
        """The goal in words."""
        return _(
            "Among equally good plans one is chosen by a fixed rule, so that the same data always give the same plan."
        )


def fingerprint(name: int) -> str:
    """The number that identifies a plan, which is very long, as one that people can compare at a glance."""
    return blake2b(f"{name:x}".encode(), digest_size=5).hexdigest()


def _blocks(decided: Iterable[Decision]) -> list[list[Decision]]:
    """Cells by step, the last year first.

    What townships receive comes first: it decides how much work is covered, and once that is settled, the goals that
    look at coverage leave the units' side alone.
    """
    steps: dict[tuple[int, int], list[Decision]] = defaultdict(list)
    for cell in decided:
        step = next((number for number, verbs in enumerate(STEPS) if cell[0] in verbs), len(STEPS))
        steps[step, -int(cell[-1])].append(cell)
    return [steps[step] for step in sorted(steps)]


def weight(cell: Decision, salt: bytes) -> int:
    """A cell's weight: a whole number from 1 to `LARGEST`, from its ids alone.

    Below zero for people who are borrowed: they stay unless a rule or a goal calls them home.
    """
    text = "\x1f".join(str(part) for part in cell)
    number = int.from_bytes(blake2b(text.encode(), digest_size=8, salt=salt).digest()) % LARGEST + 1
    return -number if cell[0] == "borrowed" else number
