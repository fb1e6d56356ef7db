"""Sums of whole-number multiples of unknown numbers, and statements about them.

The rules and goals speak to a solver in this small algebra, so that no rule knows a solver and every solver gets the
very same statements. Everything is a Python integer: no coefficient overflows, no float decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Statement:
    """A sum of multiples lies between two whole numbers (either may be absent).

    `terms` maps a variable's index to its coefficient; the constant part has been moved into the bounds.
    """

    terms: dict[int, int]
    at_least: int | None = None
    at_most: int | None = None

    def holds(self, values: list[int]) -> bool:
        """Whether the statement is true of one value per variable."""
        total = sum(factor * values[index] for index, factor in self.terms.items())
        above = self.at_least is None or total >= self.at_least
        return above and (self.at_most is None or total <= self.at_most)


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum of whole multiples of variables, plus a constant. Compare two of them to get a `Statement`."""

    terms: dict[int, int] = field(default_factory=dict)
    constant: int = 0

    def __add__(self, other: Linear | int) -> Linear:
        """The sum, with cancelled variables dropped."""
        return total((self, other))

    __radd__ = __add__

    def __mul__(self, factor: int) -> Linear:
        """The whole multiple."""
        if not factor:
            return Linear()
        return Linear({i: k * factor for i, k in self.terms.items()}, self.constant * factor)

    __rmul__ = __mul__

    def __neg__(self) -> Linear:
        """The opposite."""
        return self * -1

    def __sub__(self, other: Linear | int) -> Linear:
        """The difference."""
        return total((self, -other))

    def __rsub__(self, other: int) -> Linear:
        """The difference from a number."""
        return total((other, -self))

    def __le__(self, other: Linear | int) -> Statement:
        """Say that this is at most `other`."""
        gap = self - other
        return Statement(gap.terms, at_most=-gap.constant)

    def __ge__(self, other: Linear | int) -> Statement:
        """Say that this is at least `other`."""
        gap = self - other
        return Statement(gap.terms, at_least=-gap.constant)

    def equals(self, other: Linear | int) -> Statement:
        """Say that this is exactly `other`."""
        gap = self - other
        return Statement(gap.terms, at_least=-gap.constant, at_most=-gap.constant)

    def value(self, values: list[int]) -> int:
        """What the sum comes to, given one value per variable."""
        return self.constant + sum(factor * values[index] for index, factor in self.terms.items())


def total(parts: Iterable[Linear | int]) -> Linear:
    """Add up many parts in one pass (`sum()` would copy the growing sum for each)."""
    terms: dict[int, int] = {}
    constant = 0
    for part in parts:
        if isinstance(part, int):
            constant += part
            continue
        constant += part.constant
        for index, factor in part.terms.items():
            terms[index] = terms.get(index, 0) + factor
    return Linear({index: factor for index, factor in terms.items() if factor}, constant)
