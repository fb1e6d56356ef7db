"""The way of a plan through the commission: submitted, approved or returned, with fingerprints of what was signed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath, PureWindowsPath

from rebalance.fault import Fault, FaultsError
from rebalance.hints import quoted
from rebalance.reading.text_file import read_text
from rebalance.record.json_text import read, written
from rebalance.record.values import structure, unstructure
from rebalance.words import _

SUFFIX = ".approval.json"
"""The trail of `plan.json` is in `plan.approval.json` beside it."""


class State(StrEnum):
    """Where a plan stands; without a trail it is a draft."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"


AFTER: dict[State, tuple[State | None, ...]] = {
    State.SUBMITTED: (None, State.RETURNED),
    State.APPROVED: (State.SUBMITTED,),
    State.RETURNED: (State.SUBMITTED,),
}
"""From where each state can be reached; None is a draft."""


@dataclass(frozen=True, slots=True)
class Step:
    """What was done when, under which document number."""

    state: State
    date: str
    number: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that goes with the plan, as seen from its folder, and the fingerprint of its bytes."""

    file: str
    sha256: str


@dataclass(frozen=True)
class Trail:
    """All steps so far, and the fingerprints of the plan's file, the county's data and the papers."""

    steps: tuple[Step, ...] = ()
    plan: str = ""
    county: str = ""
    papers: tuple[Paper, ...] = ()

    @property
    def state(self) -> State | None:
        """Where the plan stands; None is a draft."""
        return self.steps[-1].state if self.steps else None


def trail_file(plan: Path) -> Path:
    """Where the trail of a plan is kept."""
    return plan.with_name(plan.stem + SUFFIX)


def read_trail(plan: Path) -> Trail:
    """The trail of a plan; that of a draft where there is none.

    Raises:
        FaultsError: the file is no trail.
    """
    file = trail_file(plan)
    if not file.exists():
        return Trail()
    said = structure(read(read_text(file), file.name), Trail, "", file.name)
    if faults := [_outside(file, paper) for paper in said.papers if not _is_inside(paper.file)]:
        raise FaultsError(faults)
    return said


def trail_text(trail: Trail) -> str:
    """What is kept on disk."""
    return written(unstructure(trail))


def step(trail: Trail, taken: Step, plan: Path, county: str, papers: Sequence[Path] = ()) -> Trail:
    """The trail one step further; what is submitted gets its fingerprints, what is decided must still have them.

    Raises:
        FaultsError: the step does not follow on the last one, or something has changed since.
    """
    if trail.state not in AFTER[taken.state]:
        message = _("a plan that is {state} cannot be {wanted}.")
        text = message.format(state=state_name(trail.state), wanted=state_name(taken.state))
        raise FaultsError([Fault(plan.name, 0, "", text)])
    if taken.state is State.SUBMITTED:
        trail = replace(trail, plan=_digest(plan), county=county, papers=())
    elif faults := [Fault(plan.name, 0, "", change) for change in changed(trail, plan, county)]:
        raise FaultsError(faults)
    added = tuple(_paper(plan, file) for file in papers)
    return replace(trail, steps=(*trail.steps, taken), papers=(*trail.papers, *added))


def changed(trail: Trail, plan: Path, county: str) -> Iterator[str]:
    """What is no longer as it was when it was signed, in words."""
    if not trail.steps:
        return
    if trail.plan != _digest(plan):
        yield _("the plan's file has changed since it was {state}.").format(state=state_name(trail.state))
    if trail.county != county:
        yield _("the county's data has changed since the plan was {state}.").format(state=state_name(trail.state))
    for paper in trail.papers:
        file = plan.parent / PurePosixPath(paper.file)
        if not file.is_file():
            yield _("the paper {file} is gone.").format(file=quoted(paper.file))
        elif _digest(file) != paper.sha256:
            yield _("the paper {file} has changed since it was signed.").format(file=quoted(paper.file))


def state_name(state: State | None) -> str:
    """The state in words."""
    names = {State.SUBMITTED: _("submitted"), State.APPROVED: _("approved"), State.RETURNED: _("returned")}
    return names[state] if state else _("a draft")


def _paper(plan: Path, file: Path) -> Paper:
    """A paper in the plan's folder, or below it, so that the two can travel together."""
    try:
        place = file.resolve(strict=True).relative_to(plan.parent.resolve())
    except (OSError, ValueError):
        message = _("not a file in the plan's folder (got {value}). Put the papers there.")
        raise FaultsError([Fault(plan.name, 0, "", message.format(value=quoted(str(file))))]) from None
    return Paper(place.as_posix(), _digest(file))


def _is_inside(path: str) -> bool:
    parts = (PurePosixPath(path), PureWindowsPath(path))
    return not any(part.is_absolute() or part.drive or ".." in part.parts for part in parts) and "\0" not in path


def _outside(file: Path, paper: Paper) -> Fault:
    message = _("a paper outside the plan's folder (got {value}). Papers are beside the plan.")
    return Fault(file.name, 0, "papers", message.format(value=quoted(paper.file)), paper.file)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
