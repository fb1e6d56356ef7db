"""`rebalance show SCENARIO [OTHER]...`: what does this scenario ask, and how do others differ?"""

from __future__ import annotations

from pathlib import Path

import click

from rebalance.cli.options import store_option
from rebalance.cli.trouble import DONE
from rebalance.cli.verb import Verb, json_option
from rebalance.words import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "Show a scenario with everything it extends: its rules, its goals in order, its changes to the"
        " county's data, and the rules that have nothing to say."
        " Of several scenarios, plans or runs: only what differs."
    )
    short = _("Show what a scenario asks.")
    words = click.Argument(["words"], nargs=-1, required=True, metavar="SCENARIO...")
    resolved = click.Option(["--resolved"], is_flag=True, help=_("Spell out every default."))
    return Verb("show", show, words, resolved, store_option(), json_option(), about=about, short=short)


def show(words: tuple[str, ...], resolved: bool, store: Path, as_json: bool) -> int:
    """Print the scenario, or what differs between several."""
    if len(words) > 1 or Path(words[0]).is_dir():
        from rebalance.cli.comparing import shown

        return shown(words, store, "json" if as_json else "table")
    return _one(Path(words[0]), resolved=resolved, as_json=as_json)


def _one(file: Path, *, resolved: bool, as_json: bool) -> int:
    from rebalance.cli import answers
    from rebalance.cli.plain import asked
    from rebalance.reading.scenario import read_scenario
    from rebalance.writing.scenario import report

    found = read_scenario(file)
    if as_json:
        answers.answer(asked(found))
    else:
        answers.show(report(found, resolved=resolved))
    return DONE
