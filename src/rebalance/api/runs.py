"""The runs that are kept: listed, shown in full, written to files, deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from rich.console import RenderableType

from rebalance.fault import Fault, FaultsError, MisuseError
from rebalance.filing import Filing
from rebalance.plans.approval import Trail, flaws
from rebalance.plans.outcome import Outcome
from rebalance.plans.runs import Run, Runs, Wanted
from rebalance.plans.store import DEFAULT, Store, opened, signed_text
from rebalance.screen import Answer, line
from rebalance.text import _

__all__ = ["Deleted", "Kept", "Runs", "Wanted", "delete_runs", "export_runs", "run_text", "runs", "runs_in_full"]

ALL = Wanted()
"""Every run."""


@dataclass(frozen=True, repr=False)
class Kept(Answer):
    """A run in full: what is known of it, its outcome, its way through the commission, and what cannot be of that."""

    run: Run
    outcome: Outcome
    trail: Trail
    changes: tuple[str, ...] = ()

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance runs RUN` says."""
        yield from Runs((self.run,)).parts()
        yield from self.outcome.parts()
        yield from (line(problem, "red") for problem in self.changes)


class Deleted(NamedTuple):
    """How many runs were deleted, and the numbers of those that stay, as they are approved."""

    number: int
    stay: tuple[int, ...]


def runs(wanted: Wanted = ALL, *, store: Path | str = DEFAULT) -> Runs:
    """The runs that are kept, oldest first.

    Args:
        wanted: which: by number, name, county, ending, whether they are proven, or only the latest.
        store: the file in which they are kept.

    Raises:
        FaultsError: there is no such file, or no run of one of the numbers.
    """
    with opened(Path(store), new=False) as found:
        return _chosen(found, wanted)


def runs_in_full(wanted: Wanted = ALL, *, store: Path | str = DEFAULT) -> Iterator[Kept]:
    """The same, each with its outcome, as when it was solved.

    Args:
        wanted: which.
        store: the file in which they are kept.

    Raises:
        FaultsError: there is no such file or run, or one is damaged.
    """
    with opened(Path(store), new=False) as found:
        for run in _chosen(found, wanted):
            outcome = found.outcome(run)
            yield Kept(run, outcome, outcome.trail, tuple(flaws(outcome.trail)))


def run_text(number: int, *, store: Path | str = DEFAULT) -> str:
    """The plan.json of a run, with its way through the commission in it.

    Args:
        number: which run.
        store: the file in which it is kept.

    Raises:
        FaultsError: there is no such file or run, or it is damaged.
    """
    with opened(Path(store), new=False) as found:
        return signed_text(found, number)


def export_runs(
    folder: Path | str, wanted: Wanted = ALL, *, store: Path | str = DEFAULT, force: bool = False
) -> list[Path]:
    """Write the plan of each as `run-N.json`.

    Args:
        folder: where; made if need be.
        wanted: which.
        store: the file in which they are kept.
        force: replace what is there even if this program has not written it, or it has been changed since.

    Raises:
        FaultsError: there is no such file or run, or one is damaged.
        NotWritableError: nothing can be written there, or what is there is not written over.
    """
    place = Path(folder)
    with opened(Path(store), new=False) as found:
        texts = {f"run-{run.id}.json": signed_text(found, run.id).encode() for run in _chosen(found, wanted)}
    Filing(force, (Path(store),)).fill(place, texts, alone=False)
    return [place / name for name in texts]


def delete_runs(wanted: Wanted = ALL, *, store: Path | str = DEFAULT, everything: bool = False) -> Deleted:
    """Forget runs, but for those that are approved.

    Args:
        wanted: which.
        store: the file in which they are kept.
        everything: whether all are meant where nothing is said of which.

    Raises:
        FaultsError: there is no such file or run.
        MisuseError: nothing is said of which, nor that all are meant.
    """
    with opened(Path(store), new=False) as found:
        if wanted.everything and not everything:
            raise MisuseError(_("which runs? Say which, or that all are meant."))
        _look_for(found, wanted, found.numbers(wanted))  # a damaged one need not be understood
        stay = tuple(found.numbers(wanted, approved=True))
        return Deleted(found.delete(wanted), stay)


def _chosen(store: Store, wanted: Wanted) -> Runs:
    found = store.runs(wanted)
    _look_for(store, wanted, [run.id for run in found])
    return Runs(tuple(found))


def _look_for(store: Store, wanted: Wanted, found: Sequence[int]) -> None:
    """Refuse numbers that no run has.

    Raises:
        FaultsError: there is no such run.
    """
    missing = [number for number in wanted.ids if number not in found]
    if missing and wanted == Wanted(wanted.ids):
        message = _("no such run (got {value}). `rebalance runs` lists them.")
        raise FaultsError([Fault(store.file, 0, "", message.format(value=number)) for number in missing])
