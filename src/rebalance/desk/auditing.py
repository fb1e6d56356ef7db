"""The audit at the desk: any plan judged by any scenario, without the solver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd
from rich.console import RenderableType

from rebalance import audit as core
from rebalance.desk.frames import frame, shows
from rebalance.desk.outcome import found
from rebalance.desk.rows import MeasuredRow
from rebalance.desk.shown import Answer, recast
from rebalance.outcome import Ending, GoalResult, Outcome
from rebalance.plan import Plan
from rebalance.record.outcome import Recorded
from rebalance.record.plan import finding_rows
from rebalance.record.rows import FindingRow
from rebalance.scenario import Scenario
from rebalance.writing.audit import report


@dataclass(frozen=True, repr=False)
class Audit(Answer, core.Audit):
    """What the rules found on a plan, and what its goals come to: `lawful`, `broken`, `inherited`, `mismatches`."""

    claimed: Outcome = field(kw_only=True)

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance audit` says of it."""
        return report(Recorded(self.claimed, self, ()))

    @shows(FindingRow)
    def verdicts(self, *, everything: bool = False) -> pd.DataFrame:
        """What is broken, inherited or without room; or `everything` that the rules have looked at."""
        return frame(FindingRow, finding_rows(self, everything=everything))

    @shows(MeasuredRow)
    def reached(self) -> pd.DataFrame:
        """What every goal comes to, measured again."""
        wrong = {one.number for one in self.mismatches}
        rows = (MeasuredRow(rank, *named, rank in wrong) for rank, named in enumerate(self.values, 1))
        return frame(MeasuredRow, rows)


def audit(asked: Outcome | Scenario, plan: Plan | None = None, claims: Sequence[GoalResult] = ()) -> Audit:
    """Check a plan against every rule and goal, without the solver.

    Args:
        asked: an outcome, whose plan is checked against its own scenario; or the scenario to check a plan against.
        plan: the plan, where it is not that of the outcome.
        claims: what is claimed of the goals (none, beside a scenario: nothing is compared).

    Raises:
        ValueError: there is no plan.
    """
    claimed = asked if isinstance(asked, Outcome) else Outcome(asked, Ending.DONE, plan, tuple(claims))
    return recast(core.audit(claimed.scenario, plan or found(claimed), claimed.goals), Audit, claimed=claimed)
