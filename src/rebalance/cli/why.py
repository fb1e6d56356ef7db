"""`rebalance why`, `range` and `price`: questions about a plan.

Why does a place have what it has, which numbers are forced, and what would one more of everything be worth?
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rebalance.cli.completion import places
from rebalance.cli.options import county_option, limit_option, number, quiet_option
from rebalance.cli.output import misused, print_answer
from rebalance.cli.verb import Verb, json_option, plan_argument
from rebalance.text import _

if TYPE_CHECKING:  # a name for what is loaded only when a plan is asked about
    from rebalance.api.plan import Recorded


@contextmanager
def plan_in(file: Path, county: Path | None) -> Iterator[Recorded]:
    """The plan that a question is about.

    Raises:
        click.ClickException: it does not pass the audit, so that it cannot be asked about.
    """
    from rebalance.api.plan import recorded_in
    from rebalance.api.why import UnsoundError

    try:
        yield recorded_in(file, county)
    except UnsoundError:
        message = _("{file}: the plan does not pass the audit. `rebalance audit {file}` says why; mend that first.")
        raise click.ClickException(message.format(file=file)) from None


def why_command() -> click.Command:
    """The verb."""
    about = _(
        "Say why a place has what it has: WHERE is the id or name of a township, a unit or anything else that is"
        " decided on, or township/agency. With a number, the goals are solved again in order, and it is said what"
        " that would cost and whom, or which rules forbid it."
    )
    short = _("Say why a place has what it has, and what more would cost.")
    at_least = number("--at-least", _("Ask for at least so many."))
    at_most = number("--at-most", _("Ask for at most so many."))
    where = click.Argument(["where"], shell_complete=places, help=_("Id or name of a place, or township/agency."))
    options = (at_least, at_most, county_option(), limit_option(), json_option())
    return Verb("why", why, plan_argument(), where, *options, about=about, short=short)


def why(  # noqa: PLR0917  # named after its options
    plan: Path,
    where: str,
    at_least: int | None,
    at_most: int | None,
    county: Path | None,
    time_limit: float | None,
    as_json: bool,
) -> int:
    """Read, ask, print."""
    from rebalance.api.why import UnknownPlaceError
    from rebalance.api.why import why as ask

    if at_least is not None and at_most is not None:
        raise misused(_("--at-least and --at-most: give one of the two."))
    with plan_in(plan, county) as recorded:
        try:
            found = ask(recorded, where, at_least=at_least, at_most=at_most, limit=time_limit)
        except UnknownPlaceError as error:
            raise misused(error, "WHERE") from None
    return print_answer(found, as_json=as_json)


def range_command() -> click.Command:
    """The verb."""
    about = _(
        "For what every holder owns at the end, say the least and the most it could be without any goal getting"
        " worse: which numbers are forced, and which are free to negotiate."
    )
    short = _("Say which numbers are forced and which can move.")
    agencies = click.Option(["--agencies"], is_flag=True, help=_("Ask about the strength of every agency too."))
    options = (agencies, county_option(), limit_option(), quiet_option(), json_option())
    return Verb("range", range_, plan_argument(), *options, about=about, short=short)


def range_(  # noqa: PLR0917  # named after its options
    plan: Path, agencies: bool, county: Path | None, time_limit: float | None, quiet: bool, as_json: bool
) -> int:
    """Read, ask, print."""
    from rebalance.api.why import ranges

    with plan_in(plan, county) as recorded:
        found = ranges(recorded, agencies=agencies, limit=time_limit, quiet=quiet)
    return print_answer(found, as_json=as_json)


def price_command() -> click.Command:
    """The verb."""
    about = _(
        "Say what one position more of every category is worth, and one step of every limit that leaves no room:"
        " what each goal gains, the goals solved again in order, the largest effect first."
    )
    short = _("Say what one more of everything is worth.")
    options = (county_option(), limit_option(), quiet_option(), json_option())
    return Verb("price", price, plan_argument(), *options, about=about, short=short)


def price(plan: Path, county: Path | None, time_limit: float | None, quiet: bool, as_json: bool) -> int:
    """Read, ask, print."""
    from rebalance.api.why import prices

    with plan_in(plan, county) as recorded:
        found = prices(recorded, limit=time_limit, quiet=quiet)
    return print_answer(found, as_json=as_json)
