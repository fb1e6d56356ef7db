"""Words that a shell may offer while a command is typed: goals, places in a scenario, places in a county."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from rebalance.analysis.place import APART
from rebalance.goals import GOALS
from rebalance.plans.recorded import recorded_in
from rebalance.rules import RULES


def goals() -> Iterator[str]:
    """The goals, by name."""
    yield from GOALS


def parameters() -> Iterator[str]:
    """The numbers of every rule, as `--set` takes them."""
    kinds: Mapping[str, type] = RULES
    for name, kind in kinds.items():
        yield from (f"rules.{name}.{item.name}=" for item in fields(kind) if item.name not in {"source", "law"})


def places(plan: Path) -> Iterator[str]:
    """Ids and names of what a plan's county has: townships with their agencies, units, categories.

    Raises:
        FaultsError: the plan cannot be read.
    """
    problem = recorded_in(plan, None).outcome.scenario.problem
    for one in (*problem.townships, *problem.units, *problem.categories):
        yield from dict.fromkeys((one, problem.name(one)))
    yield from (f"{township}{APART}{agency}" for township in problem.townships for agency in problem.agencies)
