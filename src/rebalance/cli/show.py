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
        " county's data, and the rules that have nothing to say."
    )
    short = _("Show what a scenario asks.")
    resolved = click.Option(["--resolved"], is_flag=True, help=_("Spell out every default."))
    return Verb("show", show, path_argument("scenario"), resolved, json_option(), about=about, short=short)


def show(scenario: Path, resolved: bool, as_json: bool) -> int:
    """Print the scenario."""
    from rebalance.cli import answers
    from rebalance.cli.plain import asked
    from rebalance.reading.scenario import read_scenario
    from rebalance.writing.scenario import report

    found = read_scenario(scenario)
    if as_json:
        answers.answer(asked(found))
    else:
        answers.show(report(found, resolved=resolved))
    return DONE
