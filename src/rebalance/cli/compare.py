"""`rebalance compare A B ...`: scenarios and runs side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from rebalance.cli.options import format_option, fresh_option, limit_option, running_options, store_option
from rebalance.cli.output import DONE, NO, misused, put_text, told
from rebalance.cli.verb import Verb, several_argument
from rebalance.fault import MisuseError
from rebalance.text import _


def each(word: str) -> Sequence[str]:
    """The word itself, or the scenarios in the folder or the family that it names.

    Raises:
        click.UsageError: no scenario is in the folder.
    """
    from rebalance.api.named import members

    try:
        return members(word)
    except MisuseError as error:
        raise misused(error) from None


def shown(words: Sequence[str], store: Path, as_: str) -> int:
    """Only what differs in what is asked.

    Raises:
        click.UsageError: a word names nothing that asks something.
    """
    from rebalance.api.named import difference
    from rebalance.cli.output import put

    try:
        sheet = difference(words, store)
    except MisuseError as error:
        raise misused(error) from None
    put([sheet], as_, () if sheet.rows else [_("No difference.")])
    return DONE


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


def compare(
    words: tuple[str, ...],
    *,
    everything: bool,
    close: bool,
    time_limit: float | None,
    workers: int | None,
    on: str,
    quiet: bool,
    store: Path,
    fresh: bool,
    as_: str,
) -> int:
    """Everything about all that is named, side by side; what cannot be solved is told and left out."""
    from rebalance.api import explore as api
    from rebalance.cli.answer import asking, watch
    from rebalance.cli.output import show
    from rebalance.screen import line
    from rebalance.table import FORMATS

    failed: list[str] = []

    def heard(trouble: str) -> None:
        failed.append(trouble)
        told(trouble, NO)

    try:
        with asking():
            found = api.compare(
                words,
                close=close,
                limit=time_limit,
                workers=workers,
                on=on,
                store=store,
                fresh=fresh,
                failed=heard,
                watch=watch(quiet=quiet),
            )
    except api.NoReferenceError as error:
        return told(_("--close: {name} has no plan to stay close to.").format(name=error.name), NO)
    if as_ in FORMATS and found.names:
        put_text(found.tables(everything=everything), as_)
    elif found.names:
        near = _("What the goals leave open was settled as close to {name} as can be.").format(name=found.names[0])
        show([*found.parts(everything=everything), *([line(near)] if close else [])])
    return NO if failed else DONE
