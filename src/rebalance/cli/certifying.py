"""What `--certify` does: ask the second solver, keep its answer and any disagreement, and say them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from rebalance.outcome import Certificate, Opinion, Outcome
from rebalance.record.json_text import written
from rebalance.record.outcome import outcome_to_json
from rebalance.solving.certificate import Judged, certified, certify
from rebalance.writing.certificate import DISAGREEMENT
from rebalance.writing.files import write
from rebalance.writing.progress import steps

CERTIFICATE = "certificate.json"
LEAST = 60.0
"""Seconds that a second opinion may take at least; it may take as long as the solve took."""


def opinions(outcome: Outcome, out: Path, *, quiet: bool) -> Outcome:
    """The outcome with its certificate, and without any proof that is disputed."""
    with steps(quiet=quiet) as told:
        judged = certify(outcome, max(LEAST, outcome.seconds), told)
    found = certified(outcome, judged)
    for one in judged:
        if one.verdict.opinion is Opinion.DISAGREES:
            _keep(found, one, out)
    if found.certificate is not None:
        write(out / CERTIFICATE, written(_plain(found.certificate)))
    return found


def _keep(outcome: Outcome, one: Judged, out: Path) -> None:
    """The question as both solvers have it, and the plan that should not be."""
    folder = out / DISAGREEMENT
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in one.models.items():
        write(folder / f"{one.verdict.rank}-{name}", text)
    if one.better is not None:
        goals = tuple(
            replace(result, value=goal.measure(one.better), bound=None, proven=False, conditional=rank > 1)
            for rank, (goal, result) in enumerate(zip(outcome.scenario.goals, outcome.goals, strict=False), 1)
        )
        text = outcome_to_json(replace(outcome, plan=one.better, goals=goals, unique=False, certificate=None))
        write(folder / f"{one.verdict.rank}-plan.json", text)


def _plain(found: Certificate) -> dict[str, Any]:
    goals = [{"rank": one.rank, "goal": one.goal, "opinion": one.opinion.value} for one in found.verdicts]
    return {"certified": found.certified, "verdicts": goals}
