"""One plan out of all the best: the same for any seed, any number of workers, any order of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from rebalance.goals.goal import BARE, AboutGoal, TieBreak
from rebalance.model.model import Model
from rebalance.model.plan import Decision, Plan, decisions, natures
from rebalance.text import _

STEPS = (  # in the number that identifies a plan, those that people look at first stand in the highest places
    ("added", "reserve"),
    ("open", "office"),
    ("cut", "handed", "delegated"),
    ("moved_out", "moved_in", "hired", "dispatched", "borrowed"),
    ("placed",),
)

LARGEST = 999_983
"""A prime just below a million: plans that differ hardly ever have the same number."""

COARSE = 7
"""How many different weights the tie-break has: among few, a small sum is found many times sooner than among many."""

WIDTH = 2**64
"""More than any block's weighted sum: room for one block in the number that identifies a plan."""


@dataclass(frozen=True)
class Canonical:
    """One plan out of all that are equally good, by a fixed procedure.

    The question is put in one form: every goal at its proven value, nothing of the search that proved it, one worker,
    one seed, and limits that count work instead of seconds. Among equals the plan is led towards a small

        Σ weight(cell) × value(cell)

    where a cell's weight is a hash of its ids, so what nothing calls for is not done. The same data and the same
    version give the same plan, for any seed, number of workers and order of rows; another version may choose another
    of the equals, and the plan names its version. Where a goal before is not proven, or the work allowed does not
    suffice, nothing is chosen, and the answer says so. Whether any other plan would be as good is asked apart. A
    scenario does not name this goal: it is always there, and always the last.

    References:
        The same data give the same plan, for any seed, number of threads and order of rows.
    """

    def about(self) -> AboutGoal:
        """The title, and that the number is shown as a fingerprint."""
        return AboutGoal(_("One of the equals"), BARE, fingerprint)

    def aim(self, model: Model) -> TieBreak:
        """A small weight for each cell."""
        return TieBreak({cell: coarse(cell) for cell in model.cells})

    def measure(self, plan: Plan) -> int:
        """The number that identifies the plan: the blocks' weighted sums, the first block in the highest places."""
        name = 0
        chosen = (cell for cell in natures(plan.problem) if cell in plan.decided)
        for block in _blocks((*(cell for cell, _most in decisions(plan.problem)), *chosen)):
            name = name * WIDTH + sum(weight(cell) * plan.decided.get(cell, 0) for cell in block)
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


def weight(cell: Decision) -> int:
    """A cell's weight in the number that identifies a plan: from 1 to `LARGEST`, from its ids alone.

    Below zero for people who are borrowed: they stay unless a rule or a goal calls them home.
    """
    text = "\x1f".join(str(part) for part in cell)
    number = int.from_bytes(blake2b(text.encode(), digest_size=8, salt=b"first").digest()) % LARGEST + 1
    return -number if cell[0] == "borrowed" else number


def coarse(cell: Decision) -> int:
    """A cell's weight among equals: as above, but from 1 to `COARSE`."""
    number = weight(cell)
    few = abs(number) % COARSE + 1
    return few if number > 0 else -few
