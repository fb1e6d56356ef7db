"""What one position more is worth, and one step of every limit that is tight: the goals solved again in order."""

from __future__ import annotations

from dataclasses import dataclass

from rebalance.analysis.effect import Effect
from rebalance.solver.relaxable import Instance, RelaxableLimit


@dataclass(frozen=True)
class Price:
    """What something is worth: one position more of a category, or one step of a limit at `places`."""

    of: str | RelaxableLimit
    effect: Effect
    places: tuple[Instance, ...] = ()

    @property
    def worth(self) -> bool:
        """Whether any goal gains."""
        return bool(self.effect.changes)
