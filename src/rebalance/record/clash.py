"""Rules that stand against each other, as plain data, each with what it requires there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rebalance.finding import Place
from rebalance.outcome import Clash
from rebalance.scenario import Scenario


def plain_clash(scenario: Scenario, clash: Clash) -> dict[str, Any]:
    """A clash: what cannot hold together, and what of it is law."""
    return {
        "confirmed": clash.confirmed,
        "members": plain_members(scenario, clash.members),
        "law": plain_members(scenario, clash.law),
    }


def plain_members(scenario: Scenario, members: Sequence[tuple[str, Place]]) -> list[dict[str, Any]]:
    """Rules at places, in their own words."""
    rules, problem = scenario.rules, scenario.problem
    return [{"rule": rule} | asdict(place) | {"says": rules[rule].explain(problem, place)} for rule, place in members]
