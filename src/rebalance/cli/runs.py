"""`rebalance runs [RUN]...`: every run kept, listed, shown, exported or deleted."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from rebalance.cli import output as answers
from rebalance.cli.options import format_option, store_option, whole
from rebalance.cli.output import DONE, NO, misused, told, writable
from rebalance.cli.verb import Verb
from rebalance.fault import Fault, FaultsError
from rebalance.files import write
from rebalance.plans.approval import State, steps
from rebalance.plans.audit import audit
from rebalance.plans.runs import Run, Wanted
from rebalance.plans.store import Store, signed_text, trail_of
from rebalance.screen import on_screen
from rebalance.table import FORMATS
from rebalance.tables.explored import runs, runs_plain
from rebalance.text import _


def chosen(store: Store, wanted: Wanted) -> list[Run]:
    """The runs asked for.

    Raises:
        FaultsError: a number is not that of a run.
    """
    found = store.runs(wanted)
    missing = [number for number in wanted.ids if number not in {run.id for run in found}]
    if missing and wanted == Wanted(wanted.ids):
        message = _("no such run (got {value}). `rebalance runs` lists them.")
        raise FaultsError([Fault(store.file, 0, "", message.format(value=number)) for number in missing])
    return found


def listed(found: Sequence[Run], as_: str) -> int:
    """One line a run."""
    if as_ == "json":
        answers.answer([runs_plain(run) for run in found])
    elif as_ in FORMATS:
        sys.stdout.write(FORMATS[as_]([runs(found)]))
    elif found:
        answers.show([on_screen(runs(found))])
    else:
        told(_("No run is kept that fits."), DONE)
    return DONE


def show(store: Store, found: Sequence[Run], as_: str) -> int:
    """Each run in full, as when it was solved; as JSON a single one, since that is a plan's file."""
    if as_ == "json" and len(found) == 1:
        sys.stdout.write(signed_text(store, found[0].id))
        return DONE
    if as_ != "table":
        return listed(found, as_)
    for run in found:
        outcome = store.outcome(run)
        checks = audit(outcome.scenario, outcome.plan, outcome.goals) if outcome.plan is not None else None
        answers.show([on_screen(runs([run])), *steps(trail_of(store, run.id)), *outcome.parts()])
    return DONE


def export(store: Store, found: Sequence[Run], folder: Path) -> int:
    """The plan of each run as a file."""
    writable(folder)
    for run in found:
        write(folder / f"run-{run.id}.json", signed_text(store, run.id))
    return told(_("Runs written to {folder}: {count}.").format(folder=folder, count=len(found)), DONE)


def delete(store: Store, wanted: Wanted, *, everything: bool) -> int:
    """Forget them, but for those that are approved.

    Raises:
        click.UsageError: nobody has said which, nor that all are meant.
    """
    if wanted.everything and not everything:
        raise misused(_("--delete: which runs? Give numbers or --name and the like, or --all."))
    stay = [run.id for run in chosen(store, wanted) if run.state == State.APPROVED]
    told(_("Runs deleted: {count}.").format(count=store.delete(wanted)), DONE)
    if not stay:
        return DONE
    return told(_("Approved, and therefore kept: {runs}.").format(runs=", ".join(map(str, stay))), NO)


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
    return Verb("runs", carry_out_runs, *params, about=about, short=_("List, show, export or delete runs."))


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


def carry_out_runs(ids: tuple[int, ...], store: Path, as_: str, **asked: Any) -> int:  # noqa: ANN401  # as above
    """Choose, then do what is asked with them."""
    from rebalance.plans.runs import Wanted
    from rebalance.plans.store import opened

    name, county, ending = (asked[key] or "" for key in ("name", "county", "ending"))
    wanted = Wanted(ids, name, county, ending, asked["proven"], asked["last"])
    with opened(store, new=False) as found:
        if asked["delete"]:
            return delete(found, wanted, everything=asked["all_"])
        those = chosen(found, wanted)
        if asked["export"]:
            return export(found, those, asked["export"])
        return show(found, those, as_) if ids else listed(those, as_)


def _numbers(context: click.Context, argument: click.Parameter, values: tuple[str, ...]) -> tuple[int, ...]:
    convert = whole(1, MOST)
    return tuple(convert(context, argument, value.removeprefix("#")) for value in values)


def _whole_if_any(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
    return None if value is None else whole(1, MOST)(context, option, value)
