"""What `runs` does with the runs chosen."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rebalance.audit import audit
from rebalance.cli import answers
from rebalance.cli.files import writable
from rebalance.cli.trouble import DONE, NO, misused, told
from rebalance.fault import Fault, FaultsError
from rebalance.record.trail import State
from rebalance.store import Run, Store, Wanted, signed_text, trail_of
from rebalance.words import _
from rebalance.writing.files import write
from rebalance.writing.outcome import report
from rebalance.writing.runs import plain, runs
from rebalance.writing.sheets import FORMATS, on_screen
from rebalance.writing.trail import steps


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
        answers.answer([plain(run) for run in found])
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
        answers.show([on_screen(runs([run])), *steps(trail_of(store, run.id)), *report(outcome, checks)])
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
