"""`rebalance why PLAN WHERE`: why does this place have what it has, and what would another number cost?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rebalance.cli.options import county_option, limit_option, number
from rebalance.cli.trouble import misused
from rebalance.cli.verb import Verb, json_option, plan_argument
from rebalance.words import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "Say why a place has what it has: WHERE is the id or name of a township, a unit or anything else that is"
        " decided on, or township/agency. With a number, the goals are solved again in order, and it is said what"
        " that would cost and whom, or which rules forbid it."
    )
    short = _("Say why a place has what it has, and what more would cost.")
    at_least = number("--at-least", _("Ask for at least so many."))
    at_most = number("--at-most", _("Ask for at most so many."))
    where = click.Argument(["where"], help=_("Id or name of a place, or township/agency."))
    options = (at_least, at_most, county_option(), limit_option(), json_option())
    return Verb("why", why, plan_argument(), where, *options, about=about, short=short)


def why(plan: Path, where: str, county: Path | None, as_json: bool, **wanted: Any) -> int:  # noqa: ANN401
    """Read, ask, tell."""
    numbers = (wanted["at_least"], wanted["at_most"])
    if None not in numbers:
        raise misused(_("--at-least and --at-most: give one of the two."))
    from rebalance.cli.asking_why import answered, sound, story_of, told

    recorded = sound(plan, county)
    story = story_of(recorded, where)
    if numbers == (None, None):
        return told(recorded, story, as_json=as_json)
    return answered(recorded, story, numbers, wanted["time_limit"], as_json=as_json)
