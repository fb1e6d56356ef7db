"""`rebalance frontier SCENARIO GOAL GOAL [GOAL]`: what one goal costs another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from rebalance.cli.options import exploring_options, whole
from rebalance.cli.output import misused, picture_option
from rebalance.cli.verb import Verb, scenario_argument
from rebalance.goals import GOALS
from rebalance.goals.goal import Goal, Slack
from rebalance.scenario.parts import goal_name, goals_from
from rebalance.scenario.scenario import Scenario
from rebalance.text import _, near_miss, quoted

DIGITS = re.compile(r"[0-9]{1,9}")
AMOUNT = re.compile(r"([0-9]{1,9})(\.[0-9]{1,9})?(%?)")


def goals_named(wanted: Sequence[str]) -> list[str | Goal]:
    """Names as they are; where options follow, the goal with these options.

    Raises:
        FaultsError: with everything wrong with goals that have options.
    """
    tables = {number: _table(one) for number, one in enumerate(wanted) if "," in one}
    made = dict(zip(tables, goals_from(list(tables.values()), "GOAL"), strict=False))
    return [made.get(number, one) for number, one in enumerate(wanted)]


def slack_given(scenario: Scenario, wanted: Sequence[str]) -> dict[Goal, Slack]:
    """The slack of each goal: what is said of it by name, or else of all.

    Raises:
        click.UsageError: something is no slack, or names no goal of the scenario.
    """
    said = dict(_slack(scenario, one) for one in wanted)
    return {goal: said.get(goal_name(goal), said.get("", Slack())) for goal in scenario.goals}


def _table(one: str) -> dict[str, object]:
    name, *options = one.split(",")
    pairs = (option.partition("=") for option in options)
    given = {key.strip(): int(value) if DIGITS.fullmatch(value) else value.strip() for key, _equals, value in pairs}
    return {"goal": name, **given}


def _slack(scenario: Scenario, text: str) -> tuple[str, Slack]:
    name, equals, amount = text.rpartition("=")
    known = [goal_name(goal) for goal in scenario.goals]
    found = AMOUNT.fullmatch(amount)
    if equals and name not in known:
        message = _("--slack: the scenario has no such goal (got {value}). Accepted: {accepted}.")
        accepted = ", ".join(dict.fromkeys(known))
        raise misused(message.format(value=quoted(name), accepted=accepted) + near_miss(name, GOALS))
    if found is None or (found[2] and not found[3]):
        message = _("--slack: not accepted (got {value}). Accepted: a whole number or a percentage, such as 2 or 5%.")
        raise misused(message.format(value=quoted(amount)))
    number = Fraction(found[1] + (found[2] or ""))
    return name, Slack(number, percent=bool(found[3]))


def frontier_command() -> click.Command:
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
    from rebalance.analysis.frontier import above, traded
    from rebalance.analysis.frontier import frontier as found_by
    from rebalance.cli.running import Wish, read, verdict
    from rebalance.tables.explored import frontier_plain, frontier_said, frontier_sheets, point_heard

    wanted = Wish(**wish)
    asked = read(scenario, wanted.out)
    try:
        chosen = traded(asked, goals_named(goals))
    except ValueError as error:
        raise misused(error) from None
    watch = wanted.progress(above(asked, chosen))
    found = found_by(
        asked, chosen, limit=time_limit, progress=watch, told=lambda point: wanted.say(point_heard(chosen, point))
    )
    wanted.keep(asked, {f"point-{number}": point.plan for number, point in enumerate(found.points, 1)})
    if picture is not None and found.points:
        from rebalance.figures import frontier as drawn

        wanted.draw(picture, lambda: drawn(found))
    wanted.answer(frontier_said(found), frontier_sheets(found), frontier_plain(found))
    return verdict(found.ending, found=bool(found.points))


def alternatives_command() -> click.Command:
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
    from rebalance.analysis.alternatives import alternatives as found_by
    from rebalance.cli.running import Wish, read, verdict
    from rebalance.tables.explored import alternative_heard, alternatives_plain, alternatives_said, alternatives_sheets

    wanted = Wish(**wish)
    asked = read(scenario, wanted.out)
    given = slack_given(asked, slack)
    watch = wanted.progress(asked.goals)
    found = found_by(
        asked,
        count,
        slack=given,
        limit=time_limit,
        progress=watch,
        told=lambda other: wanted.say(alternative_heard(other)),
    )
    wanted.keep(asked, {f"plan-{number}": plan for number, plan in enumerate(found.plans)})
    wanted.answer(alternatives_said(found), alternatives_sheets(found), alternatives_plain(found))
    return verdict(found.ending, found=bool(found.plans))
