"""`rebalance frontier SCENARIO GOAL GOAL [GOAL]`: what one goal costs another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rebalance.cli.options import exploring_options
from rebalance.cli.pictured import picture_option
from rebalance.cli.trouble import misused
from rebalance.cli.verb import Verb, scenario_argument
from rebalance.words import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "Find the whole trade-off between two or three goals: every plan that cannot be better in one of them"
        " without being worse in another. Goals that the scenario ranks before them are held at their best."
        " A goal is named as in the scenario; options may follow, as in worst_off_first,per=agency."
        " Of a goal that looks at the worst first, the worst level counts."
    )
    short = _("Show what one goal costs another.")
    goals = click.Argument(
        ["goals"], nargs=-1, required=True, metavar="GOAL GOAL [GOAL]", help=_("Two or three goals, by name.")
    )
    out = _("Write the plan of each point as DIR/point-N.json.")
    params = (scenario_argument(), goals, *exploring_options(out), picture_option())
    return Verb("frontier", frontier, *params, about=about, short=short)


def frontier(
    scenario: Path,
    goals: tuple[str, ...],
    time_limit: float | None,
    picture: Path | None,
    **wish: Any,  # noqa: ANN401  # the fields of `Wish`
) -> int:
    """Read, search, report."""
    from rebalance.cli.asked_goals import goals_named
    from rebalance.cli.asking import Wish, read, verdict
    from rebalance.exploring.choosing import above, traded
    from rebalance.exploring.frontier import frontier as found_by
    from rebalance.writing.frontier import heard, plain, said, sheets

    wanted = Wish(**wish)
    asked = read(scenario, wanted.out)
    try:
        chosen = traded(asked, goals_named(goals))
    except ValueError as error:
        raise misused(error) from None
    watch = wanted.progress(above(asked, chosen))
    found = found_by(
        asked, chosen, limit=time_limit, progress=watch, told=lambda point: wanted.say(heard(chosen, point))
    )
    wanted.keep(asked, {f"point-{number}": point.plan for number, point in enumerate(found.points, 1)})
    if picture is not None and found.points:
        from rebalance.figures import frontier as drawn

        wanted.draw(picture, lambda: drawn(found))
    wanted.answer(said(found), sheets(found), plain(found))
    return verdict(found.ending, found=bool(found.points))
