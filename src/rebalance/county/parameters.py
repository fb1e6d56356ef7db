"""What is said once about a parameter of a rule or goal: the ids it names, the numbers it takes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a parameter as the id of a holder, unit, township, category or agency, as a year, or as a word of a table.

    Write `holder: Annotated[str, Ref("holder")] = ""`; the empty text names nothing. The words of a column are named
    with their table: `Ref("units.force")`.
    """

    refers: str


@dataclass(frozen=True, slots=True)
class Within:
    """Marks a number as one from `least` to `most`; without a most there is no end."""

    least: int
    most: int | None = None

    def holds(self, number: Fraction) -> bool:
        """Whether the number lies there."""
        return self.least <= number and (self.most is None or number <= self.most)


@dataclass(frozen=True, slots=True)
class NotBelow:
    """Marks a number as no smaller than others of the same table, where these are given."""

    others: tuple[str, ...]


Count = Annotated[int, Within(0)]
Share = Annotated[Fraction, Within(0, 1)]
AtMost = Annotated[Count | None, NotBelow(("at_least", "exactly"))]
Exactly = Annotated[Count | None, NotBelow(("at_least",))]
