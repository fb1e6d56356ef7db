"""`rebalance show SCENARIO`: what does this scenario ask?"""

from __future__ import annotations

from pathlib import Path

import click

from rebalance.cli.trouble import DONE
from rebalance.cli.verb import Verb, json_option, path_argument
from rebalance.words import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "Show a scenario with everything it extends: its rules, its goals in order, its changes to the"
        " county's data, and the rules that have nothing to say. Or show how the demand or the classes of"
        " townships that it builds on are worked out."
    )
    short = _("Show what a scenario asks.")
    resolved = click.Option(["--resolved"], is_flag=True, help=_("Spell out every default."))
    demand = click.Option(["--demand"], is_flag=True, help=_("Show every step by which demand is worked out."))
    classes = click.Option(["--classes"], is_flag=True, help=_("Show the score sheet of the townships' classes."))
    options = (resolved, demand, classes, json_option())
    return Verb("show", show, path_argument("scenario"), *options, about=about, short=short)


def show(scenario: Path, resolved: bool, demand: bool, classes: bool, as_json: bool) -> int:
    """Print the scenario, or what it builds on."""
    from rebalance.cli import answers, worked
    from rebalance.cli.plain import asked
    from rebalance.reading.scenario import read_scenario
    from rebalance.writing.scenario import report

    found = read_scenario(scenario)
    if demand or classes:
        worked.show(found.problem, demand=demand, classes=classes, as_json=as_json)
    elif as_json:
        answers.answer(asked(found))
    else:
        answers.show(report(found, resolved=resolved))
    return DONE
