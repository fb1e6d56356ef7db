"""What somebody who waits may want to see while goals are being solved."""

from __future__ import annotations

from typing import Protocol

from rebalance.outcome import GoalResult


class Progress(Protocol):
    """Told of every goal as it starts, improves and ends."""

    def started(self, goal: str, number: int, count: int) -> None:
        """The goal with this name, one of so many, is being solved."""

    def improved(self, value: int, bound: int) -> None:
        """The solver knows a better solution or a better bound of the question it is working on."""

    def ended(self, result: GoalResult) -> None:
        """A goal is done with."""


class Silent:
    """Shows nothing."""

    def started(self, goal: str, number: int, count: int) -> None:
        """Say nothing."""

    def improved(self, value: int, bound: int) -> None:
        """Say nothing."""

    def ended(self, result: GoalResult) -> None:
        """Say nothing."""
