"""The way of a plan through the commission: submitted, approved or returned, and what has changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from rebalance.county.county import digest
from rebalance.fault import FaultsError
from rebalance.files import read_text, shown
from rebalance.filing import amend
from rebalance.plans.approval import State, Step, Trail, changed, follow, paper, signed_lines, state_name, state_of
from rebalance.plans.file import fingerprint, opened, signed
from rebalance.plans.recorded import recorded_in
from rebalance.plans.store import DEFAULT, keep_trail, run_of, trail_of
from rebalance.plans.store import opened as opened_store
from rebalance.scenario.codec import unstructure
from rebalance.text import _


@dataclass(frozen=True)
class Standing:
    """Where a plan stands: the trail that counts, the run of the store that holds it, and the trail in its file."""

    plan: Path
    text: str
    trail: Trail
    run: int | None
    own: Trail
    store: Path

    def __str__(self) -> str:
        """The state, and who says so."""
        text = _("{file} is now: {state}.").format(file=self.plan, state=state_name(state_of(self.trail)))
        return f"{text} {self.witness}"

    @property
    def fingerprint(self) -> str:
        """That of the plan as it is."""
        return fingerprint(self.text)

    @property
    def approved(self) -> bool:
        """Whether the commission has approved it."""
        return state_of(self.trail) is State.APPROVED

    @property
    def witness(self) -> str:
        """Who says so."""
        if self.run is None:
            return _("So says the plan's file; no store here keeps this plan.")
        return _("So says run {run} in {file}.").format(run=self.run, file=self.store.as_posix())

    def changes(self, county: str) -> Iterator[str]:
        """What is not as it was when it was signed; a file that only has not heard of the last steps is in order."""
        yield from changed(self.trail, self.plan.parent, self.fingerprint, county)
        if self.own != self.trail[: len(self.own)]:
            yield _("the plan's file says otherwise of its approval than the store, which counts.")

    def lines(self, changes: Sequence[str]) -> Iterator[RenderableType]:
        """The steps taken, who says so, and what has changed since; nothing about a draft."""
        return signed_lines(self.trail, self.witness, changes)

    def to_json(self, changes: Sequence[str]) -> dict[str, Any]:
        """The same as plain data."""
        state = state_of(self.trail) or "draft"
        return {"state": state, "run": self.run, "steps": unstructure(self.trail), "changed": list(changes)}


def standing(plan: Path, store: Path = DEFAULT) -> Standing:
    """Look up where a plan stands.

    Raises:
        FaultsError: the file is no plan, or the store is in trouble.
    """
    text = read_text(plan)
    said = opened(text, shown(plan))
    if not store.exists():
        return Standing(plan, text, said.approval, None, said.approval, store)
    with opened_store(store) as found:
        run = run_of(found, said, text)
        trail = trail_of(found, run) if run is not None else ()
    return Standing(plan, text, trail or said.approval, run, said.approval, store)


def is_approved(plan: Path, store: Path = DEFAULT) -> bool:
    """Whether an approved plan lies there; a store in trouble is told of when a run is to be kept in it."""
    try:
        return plan.exists() and standing(plan, store).approved
    except FaultsError:
        return False


@dataclass(frozen=True, slots=True)
class Signature:
    """What is said of a step: the date of the paper (empty: today), its number, a remark, the papers signed with it."""

    date: str = ""
    number: str = ""
    remark: str = ""
    papers: tuple[Path, ...] = ()


UNSIGNED = Signature()
"""Today, and nothing else to be said."""


def submit(
    plan: Path | str, said: Signature = UNSIGNED, *, county: Path | None = None, store: Path = DEFAULT
) -> Standing:
    """Note that a plan goes to the commission: the plan, the county's data and the papers get fingerprints.

    The step is kept in the store, if it holds the plan, and in the plan's file.

    Args:
        plan: the plan.json.
        said: when, under which number, with which papers.
        county: where the county's package is, if not where the plan says.
        store: the file of runs; it need not exist.

    Raises:
        FaultsError: the step does not follow on the last one, something has changed since, or a file is in trouble.
    """
    return _sign(State.SUBMITTED, Path(plan), said, county, store)


def approve(
    plan: Path | str, said: Signature = UNSIGNED, *, county: Path | None = None, store: Path = DEFAULT
) -> Standing:
    """Note that a submitted plan is approved; plan, data and papers must be as they were when it was submitted.

    Args:
        plan: the plan.json.
        said: when, under which number, with which papers.
        county: where the county's package is, if not where the plan says.
        store: the file of runs; it need not exist.

    Raises:
        FaultsError: the step does not follow on the last one, something has changed since, or a file is in trouble.
    """
    return _sign(State.APPROVED, Path(plan), said, county, store)


def return_plan(
    plan: Path | str, said: Signature = UNSIGNED, *, county: Path | None = None, store: Path = DEFAULT
) -> Standing:
    """Note that the commission has returned a submitted plan; it may then be changed and submitted again.

    Args:
        plan: the plan.json.
        said: when, under which number, with which papers.
        county: where the county's package is, if not where the plan says.
        store: the file of runs; it need not exist.

    Raises:
        FaultsError: the step does not follow on the last one, something has changed since, or a file is in trouble.
    """
    return _sign(State.RETURNED, Path(plan), said, county, store)


def _sign(state: State, plan: Path, said: Signature, county: Path | None, store: Path) -> Standing:
    """Take the step, keep it in the store if the plan is there, and in the plan's file."""
    stands = standing(plan, store)
    found = digest(recorded_in(plan, county).audit.plan.problem.county)
    papers = tuple(paper(plan, file) for file in said.papers)
    date = said.date or dt.datetime.now(tz=dt.UTC).astimezone().date().isoformat()
    taken = Step(state, date, said.number, said.remark, stands.fingerprint, found, papers)
    trail = follow(stands.trail, taken, plan)
    if stands.run is not None:
        with opened_store(store) as kept:
            keep_trail(kept, stands.run, trail)
    amend(plan, stands.text, signed(stands.text, trail))
    return replace(stands, trail=trail)
