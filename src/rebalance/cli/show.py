"""`rebalance show SCENARIO`: what does this scenario ask, and of what county?"""

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
        " county's data, and the rules that have nothing to say. Or, of its county, what an option names."
    )
    short = _("Show what a scenario asks.")
    options = [
        click.Option(["--resolved"], is_flag=True, help=_("Spell out every default.")),
        click.Option(["--demand"], is_flag=True, help=_("Show every step by which demand is worked out.")),
        click.Option(["--classes"], is_flag=True, help=_("Show the score sheet of the townships' classes.")),
        click.Option(["--matters"], is_flag=True, help=_("Show the matters: steps, handoffs, hours.")),
        click.Option(["--posts"], is_flag=True, help=_("Show the posts and who fills them today.")),
        click.Option(
            ["--flowcharts"],
            type=click.Path(path_type=Path),
            metavar="DIR",
            help=_("Write a flowchart for each matter with steps into this folder."),
        ),
    ]
    return Verb("show", show, path_argument("scenario"), *options, json_option(), about=about, short=short)


def show(scenario: Path, *, resolved: bool, flowcharts: Path | None, as_json: bool, **views: bool) -> int:
    """Print the scenario, or what is asked for of its county."""
    from rebalance.cli import answers
    from rebalance.cli.views import asked_for, told
    from rebalance.reading.scenario import read_scenario

    found = read_scenario(scenario)
    wanted = asked_for(found.problem, {name for name, on in views.items() if on}, flowcharts)
    if as_json:
        from rebalance.cli.plain import asked

        answers.answer({view.name: view.data() for view in wanted} if wanted else asked(found))
    else:
        from rebalance.writing.scenario import report

        answers.show(report(found, resolved=resolved) if not wanted else told(wanted))
    return DONE
