"""What `submit`, `approve` and `return` have in common: one more step on the way of a plan through the commission."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from rebalance.cli.options import STORE, county_option, store_option
from rebalance.cli.trouble import DONE, misused, told
from rebalance.cli.verb import plan_argument
from rebalance.fault import FaultsError
from rebalance.hints import quoted
from rebalance.words import _


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
    from rebalance.cli.standing import standing
    from rebalance.county.digest import digest
    from rebalance.reading.recorded import recorded_in
    from rebalance.record.plan_file import signed
    from rebalance.record.trail import State, Step, follow, paper, state_name
    from rebalance.store import keep_trail, opened
    from rebalance.writing.files import write

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
    from rebalance.cli.standing import standing
    from rebalance.record.trail import State, state_of

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
