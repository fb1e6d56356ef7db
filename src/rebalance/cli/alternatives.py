"""`rebalance alternatives SCENARIO`: other plans that are as good, or nearly, and as different as can be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rebalance.cli.numbers import whole
from rebalance.cli.options import exploring_options
from rebalance.cli.verb import Verb, scenario_argument
from rebalance.words import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "Find the best plan, and others that are no worse than the slack allows and as different as can be:"
        " each is as far as possible from those before it, counted in positions that holders own at the end."
    )
    short = _("Show other plans that are as good, or nearly.")
    count = click.Option(
        ["--count"], callback=whole(1, 100), metavar="N", default="3", help=_("How many others (default: 3).")
    )
    slack = click.Option(
        ["--slack"],
        multiple=True,
        metavar="[GOAL=]SLACK",
        help=_("How much worse a goal may be, all goals or one: 5% of its best, or a whole number (default: 0)."),
    )
    out = _("Write the plans as DIR/plan-N.json, the best as plan-0.json.")
    return Verb(
        "alternatives",
        alternatives,
        scenario_argument(),
        count,
        slack,
        *exploring_options(out),
        about=about,
        short=short,
    )


def alternatives(scenario: Path, count: int, slack: tuple[str, ...], time_limit: float | None, **wish: Any) -> int:  # noqa: ANN401  # as above
    """Read, search, report."""
    from rebalance.cli.asked_goals import slack_given
    from rebalance.cli.asking import Wish, read, verdict
    from rebalance.exploring.alternatives import alternatives as found_by
    from rebalance.writing.alternatives import heard, plain, said, sheets

    wanted = Wish(**wish)
    asked = read(scenario, wanted.out)
    given = slack_given(asked, slack)
    watch = wanted.progress(asked.goals)
    found = found_by(
        asked, count, slack=given, limit=time_limit, progress=watch, told=lambda other: wanted.say(heard(other))
    )
    wanted.keep(asked, {f"plan-{number}": plan for number, plan in enumerate(found.plans)})
    wanted.answer(said(found), sheets(found), plain(found))
    return verdict(found.ending, found=bool(found.plans))
