"""The way of a plan through the commission: sealed entries in a chain, with fingerprints of all that was signed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath, PureWindowsPath

from rich.console import RenderableType

from rebalance.fault import Fault, FaultsError
from rebalance.scenario.codec import unstructure
from rebalance.screen import line
from rebalance.text import _, clean, listed, quoted, run_on


class State(StrEnum):
    """What an entry notes, and so where a plan stands; without any entry that holds it is a draft."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


AFTER: dict[State, tuple[State | None, ...]] = {
    State.SUBMITTED: (None, State.RETURNED),
    State.APPROVED: (State.SUBMITTED,),
    State.RETURNED: (State.SUBMITTED,),
    State.WITHDRAWN: (State.SUBMITTED, State.APPROVED, State.RETURNED),
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
    """An entry: what was done when, by whom, under which document number.

    `plan` and `county` are fingerprints. `although` is the reason for which a plan was signed that does not pass the
    audit. `before` is the seal of the entry before, `seal` the fingerprint of all the rest.
    """

    state: State
    date: str
    number: str = ""
    remark: str = ""
    plan: str = ""
    county: str = ""
    papers: tuple[Paper, ...] = ()
    by: str = ""
    although: str = ""
    before: str = ""
    seal: str = ""

    def __str__(self) -> str:
        """The entry in a line."""
        parts = (f"{self.date}: {state_name(self.state)}", self.number, self.by, self.remark)
        return " · ".join(clean(part) for part in parts if part)


Trail = tuple[Step, ...]

FIRST = "0" * 64
"""What the first entry has for the seal of the one before."""


@dataclass(frozen=True, slots=True)
class Now:
    """Fingerprints as they are now: of the plan's whole file but for its trail, and of the county."""

    plan: str
    county: str


def holding(trail: Trail) -> Trail:
    """The entries that hold: an entry that notes a withdrawal takes back the one before that held."""
    found: Trail = ()
    for step in trail:
        found = found[:-1] if step.state is State.WITHDRAWN else (*found, step)
    return found


def state_of(trail: Trail) -> State | None:
    """Where the plan stands; None is a draft."""
    return holding(trail)[-1].state if holding(trail) else None


def state_name(state: State | None) -> str:
    """The state in words."""
    names = {
        State.SUBMITTED: _("submitted"),
        State.APPROVED: _("approved"),
        State.RETURNED: _("returned"),
        State.WITHDRAWN: _("withdrawn"),
    }
    return names[state] if state else _("draft")


def papers_of(trail: Trail) -> tuple[Paper, ...]:
    """The papers of the last submission and of what was decided on it."""
    found: list[Paper] = []
    for step in holding(trail):
        found = [*([] if step.state is State.SUBMITTED else found), *step.papers]
    return tuple(found)


DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")


def day(text: str) -> str:
    """A calendar day as it is kept, however it is written: 2024-05-31, 2024年5月31日, 2024/5/31.

    Raises:
        ValueError: there is no such day.
    """
    found = DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    try:
        return dt.date(*map(int, found.groups() if found else ())).isoformat()
    except (TypeError, ValueError):
        message = _("no date (got {value}). Accepted: a day such as 2024-05-31 or 2024年5月31日.")
        raise ValueError(message.format(value=quoted(text))) from None


def today() -> str:
    """This day, where we are."""
    return dt.datetime.now(tz=dt.UTC).astimezone().date().isoformat()


def follow(trail: Trail, taken: Step, plan: Path, now: Now) -> Trail:
    """The trail one entry further, sealed; what is decided must be as it was submitted.

    Raises:
        FaultsError: it does not follow on the entries there are, or something has changed since.
    """
    told = list(_hindered(trail, taken, plan, now))
    further = (*trail, sealed(trail, taken))
    if told := told or list(flaws(further)):
        raise FaultsError([Fault(plan.name, 0, "", one) for one in told])
    return further


def _hindered(trail: Trail, taken: Step, plan: Path, now: Now) -> Iterator[str]:
    before = state_of(trail)
    if broken := list(flaws(trail)):
        yield from broken
    elif before not in AFTER[taken.state]:
        message = _("a plan that is “{state}” cannot become “{wanted}”.")
        hint = _("`rebalance withdraw` takes a wrong entry back.") if before and taken.state is not before else ""
        yield run_on(filter(None, (message.format(state=state_name(before), wanted=state_name(taken.state)), hint)))
    elif taken.state is State.WITHDRAWN and not taken.remark.strip():
        yield _("a withdrawal without a reason. Say with --reason why the entry is taken back.")
    elif taken.state in {State.APPROVED, State.RETURNED}:
        yield from changed(trail, plan, now)


def sealed(trail: Trail, step: Step) -> Step:
    """The entry as the next of a trail."""
    linked = replace(step, before=_link(trail))
    return replace(linked, seal=_seal(linked))


def _link(trail: Trail) -> str:
    """What the next entry has for the seal of the one before."""
    return trail[-1].seal if trail else FIRST


def _seal(step: Step) -> str:
    """The fingerprint of everything in an entry but the seal itself; what is empty counts for nothing."""
    said = {key: value for key, value in unstructure(step).items() if value and key != "seal"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def flaws(trail: Trail) -> Iterator[str]:
    """What cannot be in a trail: an entry altered, missing, doubled or out of place, an impossible day or person."""
    before: Trail = ()
    for number, step in enumerate(trail, 1):
        for problem in (*_chain(before, step), *_day(before, step), *_person(before, step)):
            yield _("entry {number} of the approval: {problem}").format(number=number, problem=problem)
        before = (*before, step)


def _chain(before: Trail, step: Step) -> Iterator[str]:
    state = state_of(before)
    if not step.seal:
        yield _("it has no seal, so that nobody can say whether it is as it was signed.")
    elif step.seal != _seal(step):
        yield _("it is not as it was signed.")
    if step.before != _link(before):
        yield _("it was signed after other entries: one is missing, doubled, altered or out of place before it.")
    if state not in AFTER[step.state]:
        message = _("“{wanted}” cannot follow on “{state}”: an entry is missing, doubled or out of place.")
        yield message.format(wanted=state_name(step.state), state=state_name(state))


def _day(before: Trail, step: Step) -> Iterator[str]:
    try:
        known = day(step.date) == step.date
    except ValueError:
        known = False
    if not known:
        yield _("no such day (got {value}).").format(value=quoted(step.date))
    elif before and step.date < before[-1].date:
        message = _("its day, {date}, lies before that of the entry before, {other}.")
        yield message.format(date=step.date, other=clean(before[-1].date))


def _person(before: Trail, step: Step) -> Iterator[str]:
    """Whoever submits does not decide: where it is said who submitted, it is said who decides, and it is another."""
    if step.state not in {State.APPROVED, State.RETURNED} or state_of(before) is not State.SUBMITTED:
        return
    submitted = holding(before)[-1].by
    if submitted and not step.by:
        yield _("it was submitted by {name}, and it does not say who decided (--by).").format(name=quoted(submitted))
    elif (
        submitted and unicodedata.normalize("NFKC", submitted).split() == unicodedata.normalize("NFKC", step.by).split()
    ):
        yield _("{name} has both submitted the plan and decided on it.").format(name=quoted(submitted))


def changed(trail: Trail, plan: Path, now: Now) -> Iterator[str]:
    """What is no longer as it was at the last entry that holds, in words."""
    if not holding(trail):
        return
    last = holding(trail)[-1]
    name = state_name(last.state)
    if last.plan != now.plan:
        yield _("the plan is not the one that was {state}.").format(state=name)
    if last.county != now.county:
        yield _("the county's data has changed since the plan was {state}.").format(state=name)
    for paper in papers_of(trail):
        file = plan.parent / PurePosixPath(paper.file)
        if not file.is_file():
            yield _("the paper {file} is not beside the plan.").format(file=quoted(paper.file))
        elif file.samefile(plan):
            yield _("the plan stands as its own paper.")
        elif _digest(file) != paper.sha256:
            yield _("the paper {file} has changed since it was signed.").format(file=quoted(paper.file))


def unknown(trail: Trail) -> Iterator[str]:
    """What one may wonder at in a trail."""
    ahead = dict.fromkeys(step.date for step in trail if step.date > today())
    if ahead:
        text = _("Entries of the approval have a day that is still to come by this machine's clock: {dates}.")
        yield text.format(dates=listed(map(clean, ahead)))


def reasons(trail: Trail) -> Iterator[str]:
    """Why the plan was signed although it does not pass the audit: of every entry that holds, in words."""
    for step in holding(trail):
        if step.although:
            text = _("It was {state} on {date} although it does not pass the audit. The reason given: {reason}")
            yield text.format(state=state_name(step.state), date=clean(step.date), reason=clean(step.although))


def paper(plan: Path, file: Path, written: Sequence[Path] = ()) -> Paper:
    """A paper in the plan's folder, or below it, so that the two can travel together.

    Args:
        plan: the plan; it is not its own paper.
        file: the paper.
        written: what signing itself writes to besides, which is no paper either.

    Raises:
        FaultsError: it is somewhere else, or nowhere, or is written to when the plan is signed.
    """
    try:
        place = file.resolve(strict=True).relative_to(plan.parent.resolve())
        found = Paper(place.as_posix(), _digest(file))
        ours = any(file.samefile(one) for one in (plan, *written) if one.exists())
    except (OSError, ValueError):
        message = _("not a file in the plan's folder (got {value}). Put the papers there.")
        raise FaultsError([Fault(plan.name, 0, "", message.format(value=quoted(str(file))))]) from None
    if ours:
        message = _("no paper (got {value}): signing writes to it. Name what `export` has written, or a scan.")
        raise FaultsError([Fault(plan.name, 0, "", message.format(value=quoted(str(file))))])
    return found


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def steps(trail: Trail) -> Iterator[RenderableType]:
    """The entries, and why the plan was signed although it does not pass the audit; nothing about a draft."""
    yield from map(line, map(str, trail))
    yield from (line(reason, "red") for reason in reasons(trail))


def signed_lines(trail: Trail, kept: str, changes: Sequence[str]) -> Iterator[RenderableType]:
    """The entries, where they are kept, what cannot be checked, and what has changed since."""
    if not trail:
        return
    yield from steps(trail)
    yield line(kept)
    for problem in unknown(trail):
        yield line(problem, "yellow")
    for change in changes:
        yield line(change, "red")
    if not changes and holding(trail):
        text = _("The plan, the county's data and the papers ({count}) are as they were.")
        yield line(text.format(count=len(papers_of(trail))), "green")
