"""Figures that a file states beside the plan, compared with what follows from the plan itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from rebalance.goals import Goal
from rebalance.goals.goal import Value
from rebalance.goals.slack import NONE, Slack
from rebalance.hints import plain
from rebalance.outcome import GoalResult, Opinion, Outcome
from rebalance.record.rows import Row, key_of
from rebalance.record.values import unstructure


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that does not follow: where it stands, what the file said, what it is."""

    where: str
    said: str
    is_: str


def compare(where: str, said: object, is_: object) -> Iterator[Stated]:
    """Nothing when both are the same, else the difference."""
    if said != is_:
        yield Stated(where, _shown(said), _shown(is_))


def compare_rows(table: str, said: Sequence[Row], found: Sequence[Row]) -> Iterator[Stated]:
    """Every figure of a table that differs; a row left out on either side counts as one without anything."""
    rows, truths = {key_of(row): row for row in said}, {key_of(row): row for row in found}
    for key in [*rows, *(key for key in truths if key not in rows)]:
        row, truth = rows.get(key), truths.get(key)
        where = ", ".join((table, " ".join(str(part) for part in key if part)))
        if row is None or truth is None:
            yield from compare(where, _figures(row, key), _figures(truth, key))
            continue
        for name in (item.name for item in fields(row)):
            yield from compare(f"{where}, {name}", getattr(row, name), getattr(truth, name))


def _figures(row: Row | None, key: tuple[str | int, ...]) -> str | None:
    """What a row says beyond its key, where it says anything."""
    kind: Any = type(row)
    if row is None or row == kind(*key):
        return None
    names = [item.name for item in fields(row) if item.name not in row.KEY]
    figures = ((name, getattr(row, name)) for name in names)
    return ", ".join(f"{name} {plain(figure)}" for name, figure in figures if figure not in (None, False))


def compare_counts(table: str, said: Mapping[str, int], found: Mapping[str, int]) -> Iterator[Stated]:
    """Every count that differs."""
    for name in [*said, *(name for name in found if name not in said)]:
        yield from compare(f"{table}, {name}", said.get(name), found.get(name))


def compare_proofs(goals: Sequence[GoalResult], aims: Sequence[Goal]) -> Iterator[Stated]:
    """Whatever the goals say of their own proofs that cannot be: no solver is needed to see it."""
    for number, goal in enumerate(goals, 1):
        where = f"goals[{number}]"
        settled = all(before.proven for before in goals[: number - 1])
        yield from compare(f"{where}.conditional", goal.conditional, not settled)
        if (goal.proven and not _within(goal)) or _beyond(goal.bound, goal.value):
            yield from compare(f"{where}.bound", goal.bound, goal.value)
        if number <= len(aims):
            yield from compare(f"{where}.slack", goal.slack, _room(goal, aims[number - 1]))


def compare_verdicts(outcome: Outcome) -> Iterator[Stated]:
    """Whatever the second solver's opinions say that does not go with the goals: what is disputed is not proven."""
    for number, one in enumerate(outcome.certificate.verdicts if outcome.certificate else (), 1):
        goal = dict(enumerate(outcome.goals, 1)).get(one.rank)
        yield from compare(f"certificate[{number}].goal", one.goal, goal.name if goal else None)
        if goal is not None and one.opinion is not Opinion.OPEN:
            yield from compare(f"goals[{one.rank}].proven", goal.proven, one.opinion is Opinion.AGREES)


def _room(goal: GoalResult, aim: Goal) -> int:
    """By how much the value may lie above its best: what the scenario allows once the best is proven."""
    slack: Slack = getattr(aim, "slack", NONE)  # a leximin goal has none
    return slack.room(goal.bound) if goal.proven and isinstance(goal.bound, int) else 0


def _within(goal: GoalResult) -> bool:
    """Whether a proven value lies at its bound, or above it by no more than its slack."""
    if isinstance(goal.bound, int) and isinstance(goal.value, int):
        return goal.bound <= goal.value <= goal.bound + goal.slack
    return goal.bound == goal.value


def _beyond(bound: Value | None, value: Value | None) -> bool:
    """Whether a bound says that a value as good as this cannot be."""
    return isinstance(bound, int) and isinstance(value, int) and bound > value


def _shown(value: object) -> str:
    return "–" if value is None else plain(unstructure(value))
