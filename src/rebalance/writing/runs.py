"""Runs that are kept, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rebalance.outcome import Ending
from rebalance.record.trail import State, state_name
from rebalance.store import Run
from rebalance.words import _
from rebalance.writing.sheets import Figure, Sheet


def runs(found: Sequence[Run]) -> Sheet:
    """One row a run, oldest first."""
    columns = ("#", _("made (UTC)"), _("county"), _("scenario"), _("result"), _("approval"), _("seconds"))
    rows = [
        (
            run.id,
            _when(run.made),
            run.county,
            str(run),
            result(run.ending, proven=run.proven),
            _approval(run.state),
            _seconds(run.seconds),
        )
        for run in found
    ]
    return Sheet(_("Runs"), columns, rows, figures=6)


def result(ending: str, *, proven: bool) -> Figure:
    """What came of a scenario, in a word or two."""
    words = {
        Ending.DONE.value: _("not proven"),
        Ending.IMPOSSIBLE.value: _("impossible"),
        Ending.OUT_OF_TIME.value: _("out of time"),
        Ending.INTERRUPTED.value: _("stopped"),
    }
    return Figure("proven", _("proven")) if proven else Figure(ending, words.get(ending, ending))


def plain(run: Run) -> dict[str, Any]:
    """A run for programs."""
    return {
        "run": run.id,
        "made": run.made,
        "name": run.name,
        "county": run.county,
        "county_digest": run.county_digest,
        "scenario_digest": run.scenario_digest,
        "versions": run.versions,
        "ending": run.ending,
        "proven": run.proven,
        "unique": run.unique,
        "seconds": run.seconds,
        "allowed": run.allowed,
        "state": run.state or "draft",
        "goals": list(run.goals),
    }


def _approval(state: str) -> Figure:
    return Figure(state or "draft", state_name(State(state) if state else None))


def _when(made: str) -> Figure:
    return Figure(made, made[:16].replace("T", " "))


def _seconds(seconds: float) -> Figure:
    return Figure(f"{seconds:.3f}", f"{seconds:.1f}")
