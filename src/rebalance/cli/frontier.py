"""`rebalance frontier SCENARIO GOAL GOAL [GOAL]`: what one goal costs another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from rebalance.cli import completion
from rebalance.cli.options import exploring_options, whole
from rebalance.cli.output import filing_of, misused, picture_option, ready
from rebalance.cli.verb import Verb, scenario_argument
from rebalance.text import _, near_miss, quoted

DIGITS = re.compile(r"[0-9]{1,9}")


def frontier_command() -> click.Command:
    """The verb."""
    about = _(
        "Find the whole trade-off between two or three goals: every plan that cannot be better in one of them"
        " without being worse in another. Goals that the scenario ranks before them are held at their best."
        " A goal is named as in the scenario; options may follow, as in worst_off_first,per=agency."
        " Of a goal that looks at the worst first, the worst level counts, and only that."
    )
    short = _("Show what one goal costs another.")
    goals = click.Argument(
        ["goals"],
        nargs=-1,
        required=True,
        metavar="GOAL GOAL [GOAL]",
        shell_complete=completion.goals,
        help=_("Two or three goals, by name."),
    )
    out = _("Write the plan of each point as DIR/point-N.json.")
    params = (scenario_argument(), goals, *exploring_options(out), picture_option())
    return Verb("frontier", frontier, *params, about=about, short=short)


def frontier(
    scenario: Path,
    goals: tuple[str, ...],
    *,
    time_limit: float | None,
    out: Path | None,
    force: bool,
    quiet: bool,
    as_: str,
    as_json: bool,
    picture: Path | None,
) -> int:
    """Read, search, report."""
    from rebalance.api import explore as api
    from rebalance.api.scenario import read_scenario
    from rebalance.cli.answer import asking, draw, keep, put, verdict, watch

    asked = read_scenario(scenario)
    filing = filing_of(force, scenario)
    ready(filing, out and out / "point-1.json")
    ready(filing, picture, "--picture")
    with asking():
        found = api.frontier(asked, list(map(_goal, goals)), limit=time_limit, watch=watch(quiet=quiet))
    put(found, "json" if as_json else as_, parts=found.parts(timed=True))
    plans = {f"point-{number}": found.outcome(number) for number in range(1, len(found.points) + 1)}
    keep(out, plans, filing=filing, quiet=quiet)
    if picture is not None and found.points:
        from rebalance.api.pictures import frontier as drawn

        draw(picture, lambda: drawn(found), filing=filing, quiet=quiet)
    return verdict(found.ending, found=bool(found.points))


def _goal(said: str) -> str | Mapping[str, object]:
    """A name as it is; where options follow, the goal with these options, as in a scenario file."""
    name, *options = said.split(",")
    if not options:
        return name
    pairs = (option.partition("=") for option in options)
    given = {key.strip(): int(value) if DIGITS.fullmatch(value) else value.strip() for key, _equals, value in pairs}
    return {"goal": name, **given}


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


def alternatives(
    scenario: Path,
    count: int,
    slack: tuple[str, ...],
    *,
    time_limit: float | None,
    out: Path | None,
    force: bool,
    quiet: bool,
    as_: str,
    as_json: bool,
) -> int:
    """Read, search, report."""
    from rebalance.api import explore as api
    from rebalance.api.scenario import read_scenario
    from rebalance.cli.answer import keep, put, verdict, watch

    asked = read_scenario(scenario)
    filing = filing_of(force, scenario)
    ready(filing, out and out / "plan-0.json")
    given = _slacks(slack, api.goal_names(asked))
    found = api.alternatives(asked, count, slack=given, limit=time_limit, watch=watch(quiet=quiet))
    put(found, "json" if as_json else as_)
    plans = {f"plan-{number}": found.measured(number) for number in range(len(found.plans))}
    keep(out, plans, filing=filing, quiet=quiet)
    return verdict(found.ending, found=bool(found.plans))


def _slacks(wanted: Sequence[str], goals: Sequence[str]) -> dict[str, str | int]:
    """The slack of each goal, as a scenario file has it: what is said of it by name, or else of all.

    Raises:
        click.UsageError: something is no slack, or names no goal of the scenario.
    """
    said = dict(_slack(one, goals) for one in wanted)
    return {name: said.get(name, said.get("", 0)) for name in goals}


def _slack(text: str, goals: Sequence[str]) -> tuple[str, str | int]:
    from rebalance.api.explore import is_slack

    name, equals, amount = (part.strip() for part in text.rpartition("="))
    if equals and name not in goals:
        message = _("--slack: the scenario has no such goal (got {value}). Accepted: {accepted}.")
        accepted = ", ".join(dict.fromkeys(goals))
        raise misused(message.format(value=quoted(name), accepted=accepted) + near_miss(name, goals))
    given = int(amount) if DIGITS.fullmatch(amount) else amount
    if not is_slack(given):
        message = _("--slack: not accepted (got {value}). Accepted: a whole number or a percentage, such as 2 or 5%.")
        raise misused(message.format(value=quoted(amount)))
    return name, given
