"""`rebalance compare A B ...`: scenarios and runs side by side."""

from __future__ import annotations

from typing import Any

import click

from rebalance.cli.options import format_option, fresh_option, limit_option, running_options, store_option
from rebalance.cli.verb import Verb, several_argument
from rebalance.words import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "Set scenarios side by side: scenario files, folders of them, plans (.json), or numbers of runs."
        " What has not been solved yet is solved. Shows what differs in what is asked, then in what comes of it,"
        " and says which scenario is dominated."
    )
    words = several_argument(_("Scenario files, folders of them, plans (.json), or numbers of runs."))
    limit = limit_option(_("Seconds for each (default: no limit)."))
    everything = click.Option(["--all", "everything"], is_flag=True, help=_("Also what is the same."))
    near = _("Settle what the goals leave open as close to the first plan as can be, so that no difference is a tie.")
    close = click.Option(["--close"], is_flag=True, help=near)
    params = (words, everything, close, limit, *running_options(), store_option(), fresh_option(), format_option())
    return Verb("compare", compare, *params, about=about, short=_("Set scenarios side by side."))


def compare(words: tuple[str, ...], **how: Any) -> int:  # noqa: ANN401  # the options, by name
    """Take what is named, solve what is not solved, put it side by side."""
    from rebalance.cli.comparing import Asked, compared

    return compared(words, Asked(**how))
