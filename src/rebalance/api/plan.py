"""Plans on disk: read, written, and audited, without the solver."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from rebalance.api.approval import Standing, standing
from rebalance.county.county import digest
from rebalance.files import seen_from
from rebalance.filing import Filing
from rebalance.model.plan import Plan
from rebalance.plans import audit as auditing
from rebalance.plans.audit import Audit
from rebalance.plans.file import __version__
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.reached import Afresh, GoalResult
from rebalance.plans.recorded import Recorded, outcome_to_json, package_of, recorded_in
from rebalance.plans.store import DEFAULT
from rebalance.scenario.parts import allowing
from rebalance.scenario.scenario import Scenario
from rebalance.screen import Answer
from rebalance.text import _

__all__ = [
    "Audited",
    "Outcome",
    "Recorded",
    "__version__",
    "audit",
    "audit_file",
    "read_plan",
    "recorded_in",
    "save",
    "saved",
]


def read_plan(path: Path | str, *, county: Path | str | None = None, allow_plugins: bool = False) -> Outcome:
    """Read a plan.json, ours or changed by hand, and work out everything again.

    Warns where the plan breaks a rule, or a figure in the file does not follow from it; `audit` says more.

    Args:
        path: the file.
        county: where the county's package is, if not where the plan says.
        allow_plugins: whether rules and goals of its own, which are programs, may be loaded.

    Raises:
        FaultsError: with everything that keeps it from being a plan of the county.
    """
    file, package = Path(path), None if county is None else Path(county)
    with allowing(allowed=allow_plugins):
        recorded = recorded_in(file, package)
    if not recorded.sound or recorded.unlike:
        message = _("{file} does not pass the audit. `rebalance audit {file}` says why.")
        warnings.warn(message.format(file=file), stacklevel=2)
    place = package or package_of(file)
    scenario = replace(recorded.outcome.scenario, county_path=place.resolve().as_posix())
    return replace(recorded.outcome, scenario=scenario)


def save(outcome: Outcome, path: Path | str, *, force: bool = False) -> Path:
    """Write an outcome as plan.json, which the program and `read_plan` read.

    Args:
        outcome: the outcome, with a plan or without.
        path: where; its folder is made if need be.
        force: replace what is there even if this program has not written it, or it has been changed since.

    Raises:
        NotWritableError: nothing can be written there, or what is there is not written over: an approved plan never is.
    """
    file = Path(path)
    Filing(force).look(file)
    return Filing(force).put(file, saved(outcome, file.parent))


def saved(outcome: Outcome, folder: Path) -> str:
    """What `save` writes: the text of a plan that names its county as seen from a folder."""
    there = outcome.scenario.county_path
    scenario = replace(outcome.scenario, county_path=seen_from(folder, Path(there)) if there else "")
    return outcome_to_json(replace(outcome, scenario=scenario))


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
    return auditing.audit(claimed.scenario, plan or claimed.found, claimed.goals, claimed.certificate)


@dataclass(frozen=True, repr=False)
class Audited(Answer):
    """The audit of a plan on disk, and where it stands in the commission: what is not as it was when it was signed.

    `again` has what was worked out afresh of that which an audit takes on trust, where that was asked.
    """

    recorded: Recorded
    standing: Standing
    changes: tuple[str, ...]
    again: Afresh | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.recorded.sound and not self.changes and (self.again is None or self.again.sound)

    def parts(self) -> Iterator[RenderableType]:
        """What the audit found, what was worked out afresh or is taken on trust, and the entries of the approval."""
        yield from self.recorded.parts() if self.again is None else self.recorded.found()
        yield from self.again.parts() if self.again is not None else ()
        yield from self.standing.lines(self.changes)

    def to_json(self) -> dict[str, Any]:
        """The same as plain data."""
        again = {} if self.again is None else {"again": self.again.to_json()}
        sound = {"sound": self.sound, "approval": self.standing.to_json(self.changes)}
        return self.recorded.to_json() | sound | again


def audit_file(
    plan: Path,
    *,
    county: Path | None = None,
    store: Path = DEFAULT,
    again: bool = False,
    limit: float | None = None,
    quiet: bool = True,
) -> Audited:
    """Audit a plan.json, ours or changed by hand: every rule, every goal, every figure in the file, its approval.

    Args:
        plan: the file.
        county: where the county's package is, if not where the plan says.
        store: the file of runs, which knows of steps of approval; it need not exist.
        again: whether what an audit takes on trust is worked out afresh, with the solver.
        limit: seconds that may take (none: as long as it takes).
        quiet: whether nothing is said of how far that is.

    Raises:
        FaultsError: with everything that keeps it from being a plan of the county; or the store is in trouble.
    """
    recorded = recorded_in(plan, county)
    stands = standing(plan, store)
    found = Audited(recorded, stands, tuple(stands.changes(digest(recorded.audit.plan.problem.county))))
    return replace(found, again=_again(recorded.outcome, limit, quiet=quiet)) if again else found


def _again(outcome: Outcome, limit: float | None, *, quiet: bool) -> Afresh:
    from rebalance.api.progress import steps  # noqa: PLC0415  # without --again no audit loads a solver
    from rebalance.solver.afresh import afresh  # noqa: PLC0415  # likewise

    with steps(quiet=quiet) as told:
        return afresh(outcome, limit, told=told)
