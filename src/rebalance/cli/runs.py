"""`rebalance runs [RUN]...`: every run kept, listed, shown, exported or deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import click

from rebalance.cli.options import format_option, store_option, whole
from rebalance.cli.output import DONE, NO, for_programs, force_option, misused, show, told, writing
from rebalance.cli.verb import Verb
from rebalance.fault import MisuseError
from rebalance.text import _

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
        click.Option(["--export", "folder"], type=folder, metavar="DIR", default=None, help=export),
        force_option(),
        click.Option(["--delete", "deleting"], is_flag=True, help=_("Delete them.")),
        click.Option(["--all", "everything"], is_flag=True, help=_("With --delete: all runs.")),
    )


def runs(
    ids: tuple[int, ...],
    *,
    name: str,
    county: str,
    ending: str | None,
    proven: bool | None,
    last: int | None,
    folder: Path | None,
    force: bool,
    deleting: bool,
    everything: bool,
    store: Path,
    as_: str,
) -> int:
    """Choose, then do what is asked with them."""
    from rebalance.api import runs as api
    from rebalance.cli.answer import put

    wanted = api.Wanted(ids, name, county, ending or "", proven, last)
    if deleting:
        return _deleted(partial(api.delete_runs, wanted, store=store, everything=everything))
    if folder is not None:
        return _exported(folder, partial(api.export_runs, folder, wanted, store=store, force=force))
    if ids and as_ == "table":
        for one in api.runs_in_full(wanted, store=store):
            show(one.parts())
        return DONE
    found = api.runs(wanted, store=store)
    if ids and as_ == "json" and len(found) == 1:  # a single one is a plan's file
        for_programs(api.run_text(found[0].id, store=store))
        return DONE
    return put(found, as_) if found or as_ != "table" else told(_("No run is kept that fits."), DONE)


def _exported(folder: Path, export: Callable[[], Sequence[Path]]) -> int:
    """Write the plan of each run as a file.

    Raises:
        click.UsageError: nothing can be written there.
    """
    with writing("--export"):
        files = export()
    return told(_("Runs written to {folder}: {count}.").format(folder=folder, count=len(files)), DONE)


def _deleted(delete: Callable[[], tuple[int, Sequence[int]]]) -> int:
    """Forget runs, but for those that are approved.

    Raises:
        click.UsageError: nobody has said which, nor that all are meant.
    """
    try:
        count, stay = delete()
    except MisuseError:
        raise misused(_("--delete: which runs? Give numbers or --name and the like, or --all.")) from None
    told(_("Runs deleted: {count}.").format(count=count), DONE)
    if not stay:
        return DONE
    return told(_("Approved, and therefore kept: {runs}.").format(runs=", ".join(map(str, stay))), NO)


def _numbers(context: click.Context, argument: click.Parameter, values: tuple[str, ...]) -> tuple[int, ...]:
    convert = whole(1, MOST)
    return tuple(convert(context, argument, value.removeprefix("#")) for value in values)


def _whole_if_any(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
    return None if value is None else whole(1, MOST)(context, option, value)
