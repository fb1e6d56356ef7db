"""What `--certify` does: ask the second solver, keep its answer and any disagreement, and say them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from rebalance.outcome import Outcome
from rebalance.record.json_text import written
from rebalance.record.outcome import outcome_to_json
from rebalance.solving.certificate import Certificate, Verdict, certify, disputed
from rebalance.writing.certificate import report
from rebalance.writing.files import write
from rebalance.writing.progress import steps

CERTIFICATE = "certificate.json"
DISAGREEMENT = "disagreement"
LEAST = 60.0
"""Seconds that a second opinion may take at least; it may take as long as the solve took."""


def opinions(outcome: Outcome, out: Path, *, quiet: bool) -> tuple[Outcome, Sequence[RenderableType]]:
    """The outcome without any proof that is disputed, and what there is to say."""
    with steps(quiet=quiet) as told:
        found = certify(outcome, max(LEAST, outcome.seconds), told)
    doubted = disputed(outcome, found)
    for one in found.disagreements:
        _keep(doubted, one, out)
    write(out / CERTIFICATE, written(_plain(found)))
    return doubted, tuple(report(found, DISAGREEMENT))


def _keep(outcome: Outcome, one: Verdict, out: Path) -> None:
    """The question as both solvers have it, and the plan that should not be."""
    folder = out / DISAGREEMENT
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in one.models.items():
        write(folder / f"{one.rank}-{name}", text)
    if one.better is not None:
        goals = tuple(
            replace(result, value=goal.measure(one.better), bound=None, proven=False, conditional=rank > 1)
            for rank, (goal, result) in enumerate(zip(outcome.scenario.goals, outcome.goals, strict=False), 1)
        )
        text = outcome_to_json(replace(outcome, plan=one.better, goals=goals, unique=False))
        write(folder / f"{one.rank}-plan.json", text)


def _plain(found: Certificate) -> dict[str, Any]:
    goals = [{"rank": one.rank, "goal": one.goal, "opinion": one.opinion.value} for one in found.verdicts]
    return {"certified": found.certified, "verdicts": goals}
