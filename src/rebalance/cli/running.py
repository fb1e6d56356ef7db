"""What has been solved before, and where it is kept."""

from __future__ import annotations

from pathlib import Path

from rebalance.cli.output import DONE, told
from rebalance.fault import FaultsError
from rebalance.plans.outcome import Outcome
from rebalance.plans.runs import Run
from rebalance.plans.store import opened
from rebalance.scenario.scenario import Scenario
from rebalance.text import _


def known(scenario: Scenario, limit: float | None, store: Path) -> tuple[Run, Outcome] | None:
    """The answer from the store, where there is one."""
    if not store.exists():
        return None
    try:
        with opened(store) as found:
            return found.answer(scenario, limit)
    except FaultsError:  # told when the new run is to be kept there
        return None


def keep(outcome: Outcome, limit: float | None, text: str, store: Path) -> int | None:
    """Keep a run, and give its number; where that cannot be, say so and go on."""
    try:
        with opened(store) as found:
            return found.add(outcome, limit, text)
    except FaultsError as error:
        message = _("{problem} The run is not kept there; the plan itself is not affected.")
        told(message.format(problem=error), DONE)
        return None


def from_store(run: Run, store: Path) -> str:
    """Says that nothing was solved."""
    message = _("Already solved, as run {run} in {file} ({made} UTC). With --fresh it is solved again.")
    return message.format(run=run.id, file=store, made=run.made[:16].replace("T", " "))
