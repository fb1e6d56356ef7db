"""The way of a plan through the commission: each step with fingerprints of plan, data and papers as they then were."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath, PureWindowsPath

from rich.console import RenderableType

from rebalance.fault import Fault, FaultsError
from rebalance.screen import line
from rebalance.text import _, quoted


class State(StrEnum):
    """Where a plan stands; without any step it is a draft."""

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
class Paper:
    """A file that goes with the plan, as seen from its folder, and the fingerprint of its bytes."""

    file: str
    sha256: str

    def __post_init__(self) -> None:
        """Refuse what lies anywhere else: nothing there is ours to look at."""
        parts = (PurePosixPath(self.file), PureWindowsPath(self.file))
        if any(part.is_absolute() or part.drive or ".." in part.parts for part in parts) or "\0" in self.file:
            message = _("a paper outside the plan's folder (got {value}). Papers are beside the plan.")
            raise ValueError(message.format(value=quoted(self.file)))


@dataclass(frozen=True, slots=True)
class Step:
    """What was done when, under which document number; `plan` and `county` are fingerprints."""

    state: State
    date: str
    number: str = ""
    remark: str = ""
    plan: str = ""
    county: str = ""
    papers: tuple[Paper, ...] = ()


Trail = tuple[Step, ...]


def state_of(trail: Trail) -> State | None:
    """Where the plan stands; None is a draft."""
    return trail[-1].state if trail else None


def state_name(state: State | None) -> str:
    """The state in words."""
    names = {State.SUBMITTED: _("submitted"), State.APPROVED: _("approved"), State.RETURNED: _("returned")}
    return names[state] if state else _("draft")


def papers_of(trail: Trail) -> tuple[Paper, ...]:
    """The papers of the last submission and of what was decided on it."""
    found: list[Paper] = []
    for step in trail:
        found = [*([] if step.state is State.SUBMITTED else found), *step.papers]
    return tuple(found)


def follow(trail: Trail, taken: Step, plan: Path) -> Trail:
    """The trail one step further; what is decided must be as it was submitted.

    Raises:
        FaultsError: the step does not follow on the last one, or something has changed since.
    """
    before = state_of(trail)
    if before not in AFTER[taken.state]:
        message = _("a plan that is “{state}” cannot become “{wanted}”.")
        text = message.format(state=state_name(before), wanted=state_name(taken.state))
        raise FaultsError([Fault(plan.name, 0, "", text)])
    if taken.state is not State.SUBMITTED:
        found = changed(trail, plan.parent, taken.plan, taken.county)
        if faults := [Fault(plan.name, 0, "", change) for change in found]:
            raise FaultsError(faults)
    return (*trail, taken)


def changed(trail: Trail, folder: Path, plan: str, county: str) -> Iterator[str]:
    """What is no longer as it was at the last step, in words; `plan` and `county` are today's fingerprints."""
    if not trail:
        return
    last, name = trail[-1], state_name(trail[-1].state)
    if last.plan != plan:
        yield _("the plan is not the one that was {state}.").format(state=name)
    if last.county != county:
        yield _("the county's data has changed since the plan was {state}.").format(state=name)
    for paper in papers_of(trail):
        file = folder / PurePosixPath(paper.file)
        if not file.is_file():
            yield _("the paper {file} is not beside the plan.").format(file=quoted(paper.file))
        elif _digest(file) != paper.sha256:
            yield _("the paper {file} has changed since it was signed.").format(file=quoted(paper.file))


def paper(plan: Path, file: Path) -> Paper:
    """A paper in the plan's folder, or below it, so that the two can travel together.

    Raises:
        FaultsError: it is somewhere else, or nowhere.
    """
    try:
        place = file.resolve(strict=True).relative_to(plan.parent.resolve())
        return Paper(place.as_posix(), _digest(file))
    except (OSError, ValueError):
        message = _("not a file in the plan's folder (got {value}). Put the papers there.")
        raise FaultsError([Fault(plan.name, 0, "", message.format(value=quoted(str(file))))]) from None


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def steps(trail: Trail) -> Iterator[RenderableType]:
    """The steps taken; nothing about a draft."""
    for step in trail:
        parts = (f"{step.date}: {state_name(step.state)}", step.number, step.remark)
        yield line(" · ".join(part for part in parts if part))


def signed_lines(trail: Trail, kept: str, changes: Sequence[str]) -> Iterator[RenderableType]:
    """The steps taken, where they are kept, and what has changed since."""
    if not trail:
        return
    yield from steps(trail)
    yield line(kept)
    for change in changes:
        yield line(change, "red")
    if not changes:
        text = _("The plan, the county's data and the papers ({count}) are as they were.")
        yield line(text.format(count=len(papers_of(trail))), "green")
