"""A remark on a county's tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a planner should look at: the table, the key of the row, if there is one, and a sentence.

    `rules` are those on which it bears: whoever has one of them in force is told it with the plan.
    """

    table: str
    key: tuple[str, ...]
    sentence: str
    rules: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One line: `table key: sentence`."""
        return f"{' '.join((self.table, *self.key))}: {self.sentence}"
