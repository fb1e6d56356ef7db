"""Something odd about a county, where, and in one sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a planner should look at: the table, the key of the row, if there is one, and a sentence."""

    table: str
    key: tuple[str, ...]
    sentence: str

    def __str__(self) -> str:
        """One line: `table key: sentence`."""
        return f"{' '.join((self.table, *self.key))}: {self.sentence}"
