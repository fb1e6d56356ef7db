"""What `submit`, `approve` and `return` have in common: one more step on the way of a plan through the commission."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from rebalance.cli.options import county_option
from rebalance.cli.trouble import DONE, told
from rebalance.cli.verb import path_argument
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


def parameters() -> tuple[click.Parameter, ...]:
    """The plan, when, under which number, with which papers."""
    return (
        path_argument("plan"),
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
    )


def sign(state: str, plan: Path, said: Signing) -> int:
    """Take the step, keep it beside the plan, and say so."""
    from rebalance.cli.files import write
    from rebalance.cli.recorded import recorded_in
    from rebalance.county.digest import digest
    from rebalance.papers.trail import State, Step, read_trail, state_name, step, trail_file, trail_text

    found = digest(recorded_in(plan, said.county).audit.plan.problem.county)
    taken = Step(State(state), said.date, said.number, said.remark)
    trail = step(read_trail(plan), taken, plan, found, said.papers)
    write(trail_file(plan), trail_text(trail))
    text = _("The plan is {state}; this is kept in {file}.")
    return told(text.format(state=state_name(trail.state), file=trail_file(plan)), DONE)


def refuse_approved(plan: Path) -> None:
    """Keep an approved plan from being written over.

    Raises:
        click.UsageError: there is one.
    """
    from rebalance.papers.trail import State, read_trail

    if read_trail(plan).state is State.APPROVED:
        message = _("--out: an approved plan is there (got {value}). Name another folder.")
        raise click.UsageError(message.format(value=quoted(str(plan))), click.get_current_context(silent=True))


def _day(context: click.Context, option: click.Parameter, value: str | None) -> str:
    """A calendar day; today's where none is given."""
    if value is None:
        return dt.datetime.now(tz=dt.UTC).astimezone().date().isoformat()
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        message = _("no date (got {value}). Accepted: a day such as 2024-05-31.")
        raise click.BadParameter(message.format(value=quoted(value)), context, option) from None
