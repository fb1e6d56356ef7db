"""What the verbs that ask about a plan do: read it, ask, and say what came of it, or give it as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from rebalance.cli.trouble import DONE, NO, NO_TIME, STOPPED
from rebalance.explaining.effect import Change, Effect, Shift
from rebalance.reading.recorded import recorded_in
from rebalance.record.clash import plain_members
from rebalance.record.outcome import Recorded
from rebalance.record.plan_file import written_value
from rebalance.scenario import Scenario, goal_name
from rebalance.solving.clock import Clock
from rebalance.words import _


def sound(plan: Path, county: Path | None) -> Recorded:
    """The plan a question is about: one that passes the audit, or nothing said about it would mean anything.

    Raises:
        click.ClickException: it does not pass.
    """
    recorded = recorded_in(plan, county)
    if not recorded.sound:
        message = _("{file}: the plan does not pass the audit. `rebalance audit {file}` says why; mend that first.")
        raise click.ClickException(message.format(file=plan))
    return recorded


def verdict(clock: Clock, possible: bool | None, *, settled: bool = True) -> int:
    """The exit code of an answer."""
    if clock.interrupted:
        return STOPPED
    if possible is None or not (settled or possible is False):
        return NO_TIME
    return DONE if possible else NO


def plain_effect(scenario: Scenario, found: Effect) -> dict[str, Any]:
    """An effect as plain data."""
    return {
        "possible": found.possible,
        "settled": found.settled,
        "goals": plain_changes(found.changes),
        "positions": [plain_shift(one) for one in found.owned],
        "strengths": [plain_shift(one) for one in found.strengths],
        "against": plain_members(scenario, found.clash.members) if found.clash else [],
        "law": plain_members(scenario, found.clash.law) if found.clash else [],
    }


def plain_changes(found: Sequence[Change]) -> list[dict[str, Any]]:
    """Goals that change."""
    return [
        {
            "rank": one.rank,
            "goal": goal_name(one.goal),
            "better": one.better,
            "before": written_value(one.before),
            "after": written_value(one.after),
        }
        for one in found
    ]


def plain_shift(one: Shift) -> dict[str, Any]:
    """A place with what it has before and after."""
    return asdict(one.where) | {"before": one.before, "after": one.after}
