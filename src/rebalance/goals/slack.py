"""How much of a goal's best may be given up for the sake of the goals after it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Slack:
    """A whole number, or a percentage of the best value; in a scenario file `slack = 2` or `slack = "5 %"`."""

    amount: Fraction = Fraction(0)
    percent: bool = False

    def room(self, best: int) -> int:
        """By how much the goal's amount may lie above its best, rounded down."""
        return int(self.amount * abs(best) / 100) if self.percent else int(self.amount)

    def __str__(self) -> str:
        """As it is written in a scenario file."""
        return f"{self.amount} %" if self.percent else str(self.amount)


NONE = Slack()
"""The best itself is held."""
