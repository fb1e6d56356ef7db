"""`submit`, `approve`, `return`, `withdraw`: the way of a plan through the commission."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rebalance.cli.options import county_option, store_option
from rebalance.cli.output import DONE, told
from rebalance.cli.verb import Verb, plan_argument
from rebalance.text import _


def parameters(*others: click.Parameter) -> tuple[click.Parameter, ...]:
    """The plan, when, by whom, under which number, with which papers."""
    return (
        plan_argument(),
        click.Option(
            ["--date"],
            callback=_day,
            metavar="DATE",
            default="",
            help=_("Date of the paper, such as 2024-05-31 or 2024年5月31日 (default: today)."),
        ),
        click.Option(["--number"], default="", metavar="TEXT", help=_("Number of the document.")),
        click.Option(
            ["--by"], default="", metavar="TEXT", help=_("Who signs. Whoever submits a plan does not decide on it.")
        ),
        click.Option(
            ["--paper", "papers"],
            type=click.Path(path_type=Path),
            multiple=True,
            metavar="FILE",
            help=_("A paper in the plan's folder that is signed with it; may be repeated."),
        ),
        *others,
        county_option(),
        store_option(),
    )


def _remark() -> click.Option:
    return click.Option(["--remark"], default="", metavar="TEXT", help=_("What else is to be remembered."))


def _although() -> click.Option:
    about = _("Why the plan is signed although it does not pass the audit; the reason stays and is shown.")
    return click.Option(["--although"], default="", metavar="REASON", help=about)


def _day(context: click.Context, option: click.Parameter, value: str) -> str:
    """A calendar day; today's where none is given."""
    from rebalance.api.approval import day

    try:
        return day(value) if value else ""
    except ValueError as problem:
        raise click.BadParameter(str(problem), context, option) from None


def submit_command() -> click.Command:
    """The verb."""
    about = _(
        "Note that a plan goes to the commission: the plan, the county's data and the papers get fingerprints. The plan"
        " is audited first, and refused if it does not pass, unless --although says why it is submitted all the same."
    )
    short = _("Note that a plan is submitted.")
    return Verb("submit", submit, *parameters(_remark(), _although()), about=about, short=short)


def submit(plan: Path, *, county: Path | None, store: Path, **said: Any) -> int:  # noqa: ANN401  # as options name it
    """Keep it with the plan."""
    from rebalance.api.approval import Signature
    from rebalance.api.approval import submit as taken

    return told(str(taken(plan, Signature(**said), county=county, store=store)), DONE)


def approve_command() -> click.Command:
    """The verb."""
    about = _(
        "Note that a submitted plan is approved. Plan, data and papers must be as they were when it was submitted;"
        " from then on `solve` does not write over the plan, and `audit` checks the fingerprints."
    )
    short = _("Note that a plan is approved.")
    return Verb("approve", approve, *parameters(_remark(), _although()), about=about, short=short)


def approve(plan: Path, *, county: Path | None, store: Path, **said: Any) -> int:  # noqa: ANN401  # as options name it
    """Keep it with the plan."""
    from rebalance.api.approval import Signature
    from rebalance.api.approval import approve as taken

    return told(str(taken(plan, Signature(**said), county=county, store=store)), DONE)


def return_command() -> click.Command:
    """The verb."""
    about = _("Note that the commission has returned a submitted plan; it may then be changed and submitted again.")
    short = _("Note that a plan is returned.")
    return Verb("return", returned, *parameters(_remark()), about=about, short=short)


def returned(plan: Path, *, county: Path | None, store: Path, **said: Any) -> int:  # noqa: ANN401  # as options name it
    """Keep it with the plan."""
    from rebalance.api.approval import Signature, return_plan

    return told(str(return_plan(plan, Signature(**said), county=county, store=store)), DONE)


def withdraw_command() -> click.Command:
    """The verb."""
    about = _(
        "Take back the last entry of a plan's approval (a submission, an approval or a return) that was wrong, with the"
        " reason. The plan stands where it stood before; both entries stay."
    )
    short = _("Take back a wrong entry of the approval.")
    reason = click.Option(
        ["--reason", "--remark", "remark"], default="", metavar="REASON", help=_("Why; it must be said.")
    )
    return Verb("withdraw", withdrawn, *parameters(reason), about=about, short=short)


def withdrawn(plan: Path, *, county: Path | None, store: Path, **said: Any) -> int:  # noqa: ANN401  # as options name it
    """Keep it with the plan."""
    from rebalance.api.approval import Signature, withdraw

    return told(str(withdraw(plan, Signature(**said), county=county, store=store)), DONE)
