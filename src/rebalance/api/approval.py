"""The way of a plan through the commission: submitted, approved, returned, withdrawn, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from rebalance.county.county import digest
from rebalance.fault import Fault, FaultsError
from rebalance.files import read_text, shown
from rebalance.filing import amend
from rebalance.plans.approval import (
    Now,
    State,
    Step,
    Trail,
    changed,
    day,
    flaws,
    follow,
    holding,
    paper,
    reasons,
    signed_lines,
    state_name,
    state_of,
    today,
    unknown,
)
from rebalance.plans.file import now, opened, signed
from rebalance.plans.recorded import Recorded, recorded_in
from rebalance.plans.store import DEFAULT, keep_trail, run_of, trail_of
from rebalance.plans.store import opened as opened_store
from rebalance.scenario.codec import unstructure
from rebalance.text import _, run_on

__all__ = ["Signature", "Standing", "approve", "day", "is_approved", "return_plan", "standing", "submit", "withdraw"]


@dataclass(frozen=True)
class Standing:
    """Where a plan stands: the trail that counts, the run of the store that holds it, and the trail in its file.

    `elsewhere` is the trail of a run with the same figures that was signed in other words (under another name, say, or
    for other reasons) than this file has, which itself was never signed.
    """

    plan: Path
    text: str
    trail: Trail
    run: int | None
    own: Trail
    store: Path
    elsewhere: Trail = ()

    def __str__(self) -> str:
        """The state, and who says so; why it was signed all the same; what may be wondered at."""
        text = _("{file} is now: {state}.").format(file=self.plan, state=state_name(state_of(self.trail)))
        return run_on((text, self.witness, *reasons(self.trail), *unknown(self.trail)))

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

    def now(self, county: str) -> Now:
        """The fingerprints of the plan as it is."""
        return now(self.text, county)

    def changes(self, county: str) -> Iterator[str]:
        """What is not as it was when it was signed; a file that only has not heard of the last entries is in order."""
        yield from flaws(self.trail)
        yield from changed(self.trail, self.plan, self.now(county))
        if self.own != self.trail[: len(self.own)]:
            yield _("the plan's file says otherwise of its approval than the store, which counts.")

    def lines(self, changes: Sequence[str]) -> Iterator[RenderableType]:
        """The entries, who says so, and what has changed since; nothing about a draft."""
        return signed_lines(self.trail, self.witness, changes)

    def to_json(self, changes: Sequence[str]) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "state": state_of(self.trail) or "draft",
            "run": self.run,
            "steps": unstructure(self.trail),
            "although": list(reasons(self.trail)),
            "unknown": list(unknown(self.trail)),
            "changed": list(changes),
        }


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
    last = holding(trail)[-1:]
    if last and not said.approval and now(text, "").plan != last[0].plan:
        return Standing(plan, text, (), run, (), store, elsewhere=trail)
    return Standing(plan, text, trail or said.approval, run, said.approval, store)


def is_approved(plan: Path, store: Path = DEFAULT) -> bool:
    """Whether an approved plan lies there; a store in trouble is told of when a run is to be kept in it."""
    try:
        return plan.exists() and standing(plan, store).approved
    except FaultsError:
        return False


@dataclass(frozen=True, slots=True)
class Signature:
    """What is said of an entry: the date of the paper (empty: today), its number, a remark, the papers signed with it.

    `by` says who signs; whoever submits does not decide. `although` is the reason for signing a plan that does not pass
    the audit.
    """

    date: str = ""
    number: str = ""
    remark: str = ""
    papers: tuple[Path, ...] = ()
    by: str = ""
    although: str = ""


UNSIGNED = Signature()
"""Today, and nothing else to be said."""


def submit(
    plan: Path | str, said: Signature = UNSIGNED, *, county: Path | None = None, store: Path = DEFAULT
) -> Standing:
    """Note that a plan goes to the commission: the plan, the county's data and the papers get fingerprints.

    The plan is audited first; one that does not pass is refused, unless it is said why it is submitted all the same.
    The entry is kept in the store, if it holds the plan, and in the plan's file.

    Args:
        plan: the plan.json.
        said: when, by whom, under which number, with which papers.
        county: where the county's package is, if not where the plan says.
        store: the file of runs; it need not exist.

    Raises:
        FaultsError: the audit does not pass, the entry does not follow on the last one, or a file is in trouble.
    """
    return _sign(State.SUBMITTED, Path(plan), said, county, store)


def approve(
    plan: Path | str, said: Signature = UNSIGNED, *, county: Path | None = None, store: Path = DEFAULT
) -> Standing:
    """Note that a submitted plan is approved; plan, data and papers must be as they were when it was submitted.

    It is audited again; what was submitted although it does not pass may be approved, and the reason stays.

    Args:
        plan: the plan.json.
        said: when, by whom, under which number, with which papers.
        county: where the county's package is, if not where the plan says.
        store: the file of runs; it need not exist.

    Raises:
        FaultsError: the entry does not follow on the last one, something has changed since, or a file is in trouble.
    """
    return _sign(State.APPROVED, Path(plan), said, county, store)


def return_plan(
    plan: Path | str, said: Signature = UNSIGNED, *, county: Path | None = None, store: Path = DEFAULT
) -> Standing:
    """Note that the commission has returned a submitted plan; it may then be changed and submitted again.

    Args:
        plan: the plan.json.
        said: when, by whom, under which number, with which papers.
        county: where the county's package is, if not where the plan says.
        store: the file of runs; it need not exist.

    Raises:
        FaultsError: the entry does not follow on the last one, something has changed since, or a file is in trouble.
    """
    return _sign(State.RETURNED, Path(plan), said, county, store)


def withdraw(
    plan: Path | str, said: Signature = UNSIGNED, *, county: Path | None = None, store: Path = DEFAULT
) -> Standing:
    """Take back the last entry, which was wrong; the plan stands where it stood before, and both entries stay.

    Args:
        plan: the plan.json.
        said: when, by whom, and as its remark, which must be there, why.
        county: where the county's package is, if not where the plan says.
        store: the file of runs; it need not exist.

    Raises:
        FaultsError: there is no entry to take back, no reason is given, or a file is in trouble.
    """
    return _sign(State.WITHDRAWN, Path(plan), said, county, store)


def _sign(state: State, plan: Path, said: Signature, county: Path | None, store: Path) -> Standing:
    """Add the entry, keep it in the store if the plan is there, and in the plan's file."""
    stands = _in_words_of_its_own(standing(plan, store))
    recorded = recorded_in(plan, county)
    as_it_is = stands.now(digest(recorded.audit.plan.problem.county))
    papers = tuple(paper(plan, file, (store,)) for file in dict.fromkeys(said.papers))
    step = Step(
        state,
        _day(plan, said.date),
        said.number,
        said.remark,
        as_it_is.plan,
        as_it_is.county,
        papers,
        said.by,
        said.although,
    )
    trail = follow(stands.trail, step, plan, as_it_is)
    if state in {State.SUBMITTED, State.APPROVED}:
        _audited(recorded, trail, plan)
    if stands.run is not None:
        with opened_store(store) as kept:
            keep_trail(kept, stands.run, trail)
    amend(plan, stands.text, signed(stands.text, trail))
    return replace(stands, trail=trail)


def _in_words_of_its_own(stands: Standing) -> Standing:
    """Where a plan stands of which the store has signed another wording: that one must have come back first.

    Raises:
        FaultsError: it is still with the commission, or approved.
    """
    state = state_of(stands.elsewhere)
    if state in {State.SUBMITTED, State.APPROVED}:
        message = _(
            "run {run} in {file} keeps a plan with these very figures that is {state}, under another name or for other"
            " reasons. Take that one (`rebalance runs {run} --export DIR`), or withdraw it first."
        )
        text = message.format(run=stands.run, file=stands.store.as_posix(), state=state_name(state))
        raise FaultsError([Fault(shown(stands.plan), 0, "", text)])
    return replace(stands, trail=stands.trail or stands.elsewhere)


def _day(plan: Path, date: str) -> str:
    try:
        return day(date) if date else today()
    except ValueError as problem:
        raise FaultsError([Fault(shown(plan), 0, "date", str(problem), date)]) from None


def _audited(recorded: Recorded, trail: Trail, plan: Path) -> None:
    """Refuse what does not pass the audit and is signed without a reason; and a reason where nothing is wrong.

    Raises:
        FaultsError: saying what is wrong.
    """
    given = any(step.although.strip() for step in holding(trail)[-2:])
    if recorded.sound:
        if trail[-1].although:
            message = _("a reason for signing what does not pass the audit, which it passes. Leave it out.")
            raise FaultsError([Fault(shown(plan), 0, "although", message)])
    elif not given:
        message = _(
            "the plan does not pass the audit: broken rules: {broken}; goals that differ: {goals}; figures that do not"
            " follow: {stated}. `rebalance audit {file}` lists them. Mend it; or say with --although why it is signed"
            " all the same; the reason is kept, and shown from then on."
        )
        text = message.format(
            broken=len(recorded.audit.broken),
            goals=len(recorded.audit.mismatches),
            stated=len(recorded.stated),
            file=plan,
        )
        raise FaultsError([Fault(shown(plan), 0, "", text)])
