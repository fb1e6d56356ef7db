"""`rebalance submit PLAN`: note that a plan goes to the commission, with fingerprints of plan, data and papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from rebalance.cli.options import STORE, county_option, store_option
from rebalance.cli.output import DONE, misused, told
from rebalance.cli.verb import Verb, plan_argument
from rebalance.fault import FaultsError
from rebalance.files import read_text, shown
from rebalance.plans.approval import Trail, changed
from rebalance.plans.file import fingerprint, opened
from rebalance.plans.store import opened as opened_store
from rebalance.plans.store import run_of, trail_of
from rebalance.text import _, quoted


@dataclass(frozen=True)
class Standing:
    """The trail that counts, the run of the store that holds the plan, and the trail in the plan's file."""

    plan: Path
    text: str
    trail: Trail
    run: int | None
    own: Trail

    @property
    def fingerprint(self) -> str:
        """That of the plan as it is."""
        return fingerprint(self.text)

    def changes(self, county: str) -> Iterator[str]:
        """What is not as it was when it was signed; a file that only has not heard of the last steps is in order."""
        yield from changed(self.trail, self.plan.parent, self.fingerprint, county)
        if self.own != self.trail[: len(self.own)]:
            yield _("the plan's file says otherwise of its approval than the store, which counts.")

    def kept(self, store: Path) -> str:
        """Who says so."""
        if self.run is None:
            return _("So says the plan's file; no store here keeps this plan.")
        return _("So says run {run} in {file}.").format(run=self.run, file=store.as_posix())


def standing(plan: Path, store: Path) -> Standing:
    """Look it up.

    Raises:
        FaultsError: the file is no plan, or the store is in trouble.
    """
    text = read_text(plan)
    said = opened(text, shown(plan))
    if not store.exists():
        return Standing(plan, text, said.approval, None, said.approval)
    with opened_store(store) as found:
        run = run_of(found, said, text)
        trail = trail_of(found, run) if run is not None else ()
    return Standing(plan, text, trail or said.approval, run, said.approval)


@dataclass(frozen=True, slots=True)
class Signing:
    """What is said about a step; the options of the verbs."""

    date: str
    number: str
    remark: str
    papers: Sequence[Path]
    county: Path | None
    store: Path


def parameters() -> tuple[click.Parameter, ...]:
    """The plan, when, under which number, with which papers."""
    return (
        plan_argument(),
        click.Option(["--date"], callback=_day, metavar="DATE", help=_("Date of the paper, such as 2024-05-31.")),
        click.Option(["--number"], default="", metavar="TEXT", help=_("Number of the document.")),
        click.Option(["--remark"], default="", metavar="TEXT", help=_("What else is to be remembered.")),
        click.Option(
            ["--paper", "papers"],
            type=click.Path(path_type=Path),
            multiple=True,
            metavar="FILE",
            help=_("A paper in the plan's folder that is signed with it; may be repeated."),
        ),
        county_option(),
        store_option(),
    )


def sign(state: str, plan: Path, said: Signing) -> int:
    """Take the step, keep it in the store if the plan is there and in the plan's file, and say so."""
    from rebalance.county.county import digest
    from rebalance.files import write
    from rebalance.plans.approval import State, Step, follow, paper, state_name
    from rebalance.plans.file import signed
    from rebalance.plans.recorded import recorded_in
    from rebalance.plans.store import keep_trail, opened

    stands = standing(plan, said.store)
    found = digest(recorded_in(plan, said.county).audit.plan.problem.county)
    papers = tuple(paper(plan, file) for file in said.papers)
    taken = Step(State(state), said.date, said.number, said.remark, stands.fingerprint, found, papers)
    trail = follow(stands.trail, taken, plan)
    if stands.run is not None:
        with opened(said.store) as store:
            keep_trail(store, stands.run, trail)
    write(plan, signed(stands.text, trail))
    text = _("{file} is now: {state}.").format(file=plan, state=state_name(taken.state))
    return told(f"{text} {replace(stands, trail=trail).kept(said.store)}", DONE)


def refuse_approved(plan: Path, store: Path | None) -> None:
    """Keep an approved plan from being written over.

    Raises:
        click.UsageError: there is one.
    """
    from rebalance.plans.approval import State, state_of

    try:
        approved = plan.exists() and state_of(standing(plan, store or STORE).trail) is State.APPROVED
    except FaultsError:  # no plan at all; a store in trouble is told when the run is to be kept there
        return
    if approved:
        message = _("--out: an approved plan is there (got {value}). Name another folder.")
        raise misused(message.format(value=quoted(str(plan))))


def _day(context: click.Context, option: click.Parameter, value: str | None) -> str:
    """A calendar day; today's where none is given."""
    if value is None:
        return dt.datetime.now(tz=dt.UTC).astimezone().date().isoformat()
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        message = _("no date (got {value}). Accepted: a day such as 2024-05-31.")
        raise click.BadParameter(message.format(value=quoted(value)), context, option) from None


def submit_command() -> click.Command:
    """The verb."""
    about = _("Note that a plan goes to the commission: the plan, the county's data and the papers get fingerprints.")
    short = _("Note that a plan is submitted.")
    return Verb("submit", submit, *parameters(), about=about, short=short)


def submit(plan: Path, **said: Any) -> int:  # noqa: ANN401  # the fields of `Signing`
    """Keep it with the plan."""
    return sign("submitted", plan, Signing(**said))


def approve_command() -> click.Command:
    """The verb."""
    about = _(
        "Note that a submitted plan is approved. Plan, data and papers must be as they were when it was submitted;"
        " from then on `solve` does not write over the plan, and `audit` checks the fingerprints."
    )
    short = _("Note that a plan is approved.")
    return Verb("approve", approve, *parameters(), about=about, short=short)


def approve(plan: Path, **said: Any) -> int:  # noqa: ANN401  # the fields of `Signing`
    """Keep it with the plan."""
    return sign("approved", plan, Signing(**said))


def return_command() -> click.Command:
    """The verb."""
    about = _("Note that the commission has returned a submitted plan; it may then be changed and submitted again.")
    short = _("Note that a plan is returned.")
    return Verb("return", returned, *parameters(), about=about, short=short)


def returned(plan: Path, **said: Any) -> int:  # noqa: ANN401  # the fields of `Signing`
    """Keep it with the plan."""
    return sign("returned", plan, Signing(**said))
