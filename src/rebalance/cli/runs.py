"""`rebalance runs [RUN]...`: every run kept, listed, shown, exported or deleted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rebalance.cli.numbers import whole
from rebalance.cli.options import format_option, store_option
from rebalance.cli.verb import Verb
from rebalance.words import _

ENDINGS = ("done", "impossible", "out of time", "interrupted")
MOST = 2**53


def command() -> click.Command:
    """The verb."""
    about = _(
        "List the runs that are kept, or those chosen by number or by --name, --county, --ending, --proven, --last."
        " A run given by its number is shown in full; --export and --delete do that with the runs chosen."
    )
    runs_ = click.Argument(
        ["ids"], nargs=-1, required=False, callback=_numbers, metavar="[RUN]...", help=_("Numbers of runs.")
    )
    params = (runs_, *_choices(), *_actions(), store_option(), format_option())
    return Verb("runs", runs, *params, about=about, short=_("List, show, export or delete runs."))


def _choices() -> tuple[click.Option, ...]:
    return (
        click.Option(["--name"], default="", metavar="TEXT", help=_("Scenarios with this in their name.")),
        click.Option(["--county"], default="", metavar="TEXT", help=_("Counties with this in their name.")),
        click.Option(["--ending"], type=click.Choice(ENDINGS), default=None, help=_("How the run ended.")),
        click.Option(["--proven/--unproven"], default=None, help=_("Whether every goal is proven.")),
        click.Option(["--last"], callback=_whole_if_any, metavar="N", default=None, help=_("Only the latest N.")),
    )


def _actions() -> tuple[click.Option, ...]:
    folder = click.Path(path_type=Path)
    export = _("Write the plan of each as DIR/run-N.json.")
    return (
        click.Option(["--export"], type=folder, metavar="DIR", default=None, help=export),
        click.Option(["--delete"], is_flag=True, help=_("Delete them.")),
        click.Option(["--all", "all_"], is_flag=True, help=_("With --delete: all runs.")),
    )


def runs(ids: tuple[int, ...], store: Path, as_: str, **asked: Any) -> int:  # noqa: ANN401  # as above
    """Choose, then do what is asked with them."""
    from rebalance.cli import handling
    from rebalance.store import Wanted, opened

    name, county, ending = (asked[key] or "" for key in ("name", "county", "ending"))
    wanted = Wanted(ids, name, county, ending, asked["proven"], asked["last"])
    with opened(store, new=False) as found:
        if asked["delete"]:
            return handling.delete(found, wanted, everything=asked["all_"])
        chosen = handling.chosen(found, wanted)
        if asked["export"]:
            return handling.export(found, chosen, asked["export"])
        return handling.show(found, chosen, as_) if ids else handling.listed(chosen, as_)


def _numbers(context: click.Context, argument: click.Parameter, values: tuple[str, ...]) -> tuple[int, ...]:
    convert = whole(1, MOST)
    return tuple(convert(context, argument, value.removeprefix("#")) for value in values)


def _whole_if_any(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
    return None if value is None else whole(1, MOST)(context, option, value)
