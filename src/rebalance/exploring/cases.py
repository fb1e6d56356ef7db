"""One scenario to be solved, wherever that may be, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from rebalance.fault import FaultsError
from rebalance.outcome import Ending, Outcome
from rebalance.problem import Problem
from rebalance.record.outcome import outcome_to_json
from rebalance.scenario import Scenario
from rebalance.solving.lexicographic import solve


@dataclass(frozen=True)
class Case:
    """A scenario, and how many seconds it may take in all; the model is built where it is solved."""

    name: str
    scenario: Scenario
    limit: float | None = None

    def __getstate__(self) -> tuple[str, Scenario, float | None]:
        """What is sent elsewhere: only what was said, nothing that was worked out from it."""
        said = self.scenario
        bare = replace(said, problem=Problem(said.problem.county), changes=dict(said.changes))
        return self.name, bare, self.limit

    def __setstate__(self, state: tuple[str, Scenario, float | None]) -> None:
        """What has been sent."""
        for name, value in zip(("name", "scenario", "limit"), state, strict=True):
            object.__setattr__(self, name, value)


@dataclass(frozen=True)
class Solved:
    """What came of a case: an outcome, or the trouble that kept it from being solved; `plan.json`, where asked for."""

    outcome: Outcome | None
    trouble: str = ""
    text: str | None = None

    @property
    def interrupted(self) -> bool:
        """Whether somebody stopped it, so that it should be done again."""
        return self.outcome is not None and self.outcome.ending is Ending.INTERRUPTED


def solved(case: Case) -> Solved:
    """Solve a case; whatever goes wrong is an answer too, so that one case does not end all others."""
    return _answered(case, lambda _outcome: None)


def recorded(case: Case) -> Solved:
    """The same, and written down: audited where it is solved, not by whoever waits for the answer."""
    return _answered(case, outcome_to_json)


def _answered(case: Case, write: Callable[[Outcome], str | None]) -> Solved:
    try:
        outcome = solve(case.scenario, limit=case.limit)
        text = write(outcome)
    except FaultsError as error:
        return Solved(None, str(error))
    except Exception as error:  # noqa: BLE001  # told in the case's row
        return Solved(None, " ".join(f"{type(error).__name__}: {error}".split()))
    bare = replace(outcome.scenario, changes=dict(outcome.scenario.changes))
    return Solved(replace(outcome, scenario=bare), text=text)
