"""`submit`, `approve`, `return`: the way of a plan through the commission."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rebalance.cli.options import county_option, store_option
from rebalance.cli.output import DONE, told
from rebalance.cli.verb import Verb, plan_argument
from rebalance.text import _, quoted


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


def submit(
    plan: Path, *, date: str, number: str, remark: str, papers: tuple[Path, ...], county: Path | None, store: Path
) -> int:
    """Keep it with the plan."""
    from rebalance.api.approval import Signature
    from rebalance.api.approval import submit as taken

    said = Signature(date, number, remark, papers)
    return told(str(taken(plan, said, county=county, store=store)), DONE)


def approve_command() -> click.Command:
    """The verb."""
    about = _(
        "Note that a submitted plan is approved. Plan, data and papers must be as they were when it was submitted;"
        " from then on `solve` does not write over the plan, and `audit` checks the fingerprints."
    )
    short = _("Note that a plan is approved.")
    return Verb("approve", approve, *parameters(), about=about, short=short)


def approve(
    plan: Path, *, date: str, number: str, remark: str, papers: tuple[Path, ...], county: Path | None, store: Path
) -> int:
    """Keep it with the plan."""
    from rebalance.api.approval import Signature
    from rebalance.api.approval import approve as taken

    said = Signature(date, number, remark, papers)
    return told(str(taken(plan, said, county=county, store=store)), DONE)


def return_command() -> click.Command:
    """The verb."""
    about = _("Note that the commission has returned a submitted plan; it may then be changed and submitted again.")
    short = _("Note that a plan is returned.")
    return Verb("return", returned, *parameters(), about=about, short=short)


def returned(
    plan: Path, *, date: str, number: str, remark: str, papers: tuple[Path, ...], county: Path | None, store: Path
) -> int:
    """Keep it with the plan."""
    from rebalance.api.approval import Signature, return_plan

    said = Signature(date, number, remark, papers)
    return told(str(return_plan(plan, said, county=county, store=store)), DONE)
