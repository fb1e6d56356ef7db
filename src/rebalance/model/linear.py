"""Sums of whole-number multiples of unknown numbers, and constraints on them.

The rules and goals speak to a solver in this small algebra, so that no rule knows a solver and every solver gets the
very same constraints. Everything is a Python integer: no coefficient overflows, no float decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import gcd


@dataclass(frozen=True, slots=True)
class Constraint:
    """A sum of multiples lies between two whole numbers (either may be absent).

    `terms` maps a variable's index to its coefficient; the constant part has been moved into the bounds.
    """

    terms: dict[int, int]
    at_least: int | None = None
    at_most: int | None = None

    def reduced(self) -> Constraint:
        """The same in smaller numbers: divided by what all factors share, the bounds rounded to what they still say."""
        by = gcd(*self.terms.values())
        if by <= 1:
            return self
        least, most = self.at_least, self.at_most
        terms = {index: factor // by for index, factor in self.terms.items()}
        return Constraint(terms, None if least is None else -(-least // by), None if most is None else most // by)

    def within(self, far: int) -> Constraint:
        """The same, where the sum is never further from nothing than this: no bound is far beyond."""
        least, most = self.at_least, self.at_most
        least = None if least is None else min(max(least, -far), far + 1)
        return Constraint(self.terms, least, None if most is None else max(min(most, far), -far - 1))

    def holds(self, values: list[int]) -> bool:
        """Whether the constraint is true of one value per variable."""
        total = sum(factor * values[index] for index, factor in self.terms.items())
        above = self.at_least is None or total >= self.at_least
        return above and (self.at_most is None or total <= self.at_most)


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum of whole multiples of variables, plus a constant. Compare two of them to get a `Constraint`."""

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

    def __le__(self, other: Linear | int) -> Constraint:
        """Say that this is at most `other`."""
        gap = self - other
        return Constraint(gap.terms, at_most=-gap.constant)

    def __ge__(self, other: Linear | int) -> Constraint:
        """Say that this is at least `other`."""
        gap = self - other
        return Constraint(gap.terms, at_least=-gap.constant)

    def equals(self, other: Linear | int) -> Constraint:
        """Say that this is exactly `other`."""
        gap = self - other
        return Constraint(gap.terms, at_least=-gap.constant, at_most=-gap.constant)

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


Terms = dict[int, int]
Row = tuple[Terms, int]


@dataclass(slots=True)
class Bounds:
    """What is known of variables (their least and most) and of their sums (rows: a sum is at most a number).

    The bounds of the variables alone are often far too wide for a sum: a unit's cuts of five categories may each be
    all it has, and yet together no more than a share of that. So parts of a sum are looked for that a row bounds, with
    whatever else stands in the row bounded in turn, `depth` rows deep. It is greedy, not a linear programme: what comes
    out is always true, in whole numbers, and mostly as tight as need be.

    Attributes:
        ends: the least and the most of each variable
        rows: the rows each variable stands in
        worked_out: bounds found before, good until something new is learnt
        fixed: sums that can come to one number only, which nothing new changes
    """

    ends: list[tuple[int, int]] = field(default_factory=list)
    rows: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    worked_out: dict[tuple[object, ...], int] = field(default_factory=dict)
    fixed: dict[tuple[object, ...], tuple[int, int]] = field(default_factory=dict)

    def learn(self, ends: Sequence[tuple[int, int]], constraints: Sequence[Constraint]) -> None:
        """Take in the variables and constraints that are new since the last time."""
        self.ends += ends
        if constraints:
            self.worked_out.clear()
        for constraint in constraints:
            for row in _rows(constraint):
                if len(row[0]) == 1:
                    self._narrow(row)
                for index in row[0]:
                    self.rows[index].append(row)

    def between(self, amount: Linear) -> tuple[int, int]:
        """Numbers the amount cannot fall below, and cannot exceed."""
        key = (amount.constant, *amount.terms.items())
        if key in self.fixed:
            return self.fixed[key]
        found = self.least(amount), self.most(amount)
        if found[0] == found[1]:
            self.fixed[key] = found
        return found

    def most(self, amount: Linear, depth: int = 1) -> int:
        """A number the amount cannot exceed."""
        key = (amount.constant, depth, *amount.terms.items())
        if key not in self.worked_out:
            self.worked_out[key] = self._most(amount, depth)
        return self.worked_out[key]

    def _most(self, amount: Linear, depth: int) -> int:
        times = gcd(*amount.terms.values()) or 1  # a row that bounds a sum bounds every multiple of it
        left, most = {index: factor // times for index, factor in amount.terms.items()}, 0
        while left and (found := self._best(left, depth)):
            part, bound = found
            left = {index: factor for index, factor in left.items() if index not in part}
            most += bound
        return amount.constant + times * (most + self._apart(left))

    def least(self, amount: Linear) -> int:
        """A number the amount cannot fall below."""
        return -self.most(-amount)

    def _narrow(self, row: Row) -> None:
        """Take a constraint on one variable into its own bounds."""
        ((index, factor),) = row[0].items()
        least, most = self.ends[index]
        if factor > 0:
            self.ends[index] = (least, min(most, row[1] // factor))
        else:
            self.ends[index] = (max(least, -(row[1] // -factor)), most)

    def _apart(self, terms: Terms) -> int:
        """The most a sum can be as far as each variable knows by itself."""
        return sum(factor * self.ends[index][factor > 0] for index, factor in terms.items())

    def _best(self, left: Terms, depth: int) -> tuple[Terms, int] | None:
        """The part of the sum that some row bounds best beyond what the variables know, with that bound."""
        best, saved = None, 0
        for row in {id(row): row for index in left for row in self.rows.get(index, ())}.values():
            part, bound = self._bounded(left, row, depth)
            if part and self._apart(part) - bound > saved:
                best, saved = (part, bound), self._apart(part) - bound
        return best

    def _bounded(self, left: Terms, row: Row, depth: int) -> tuple[Terms, int]:
        """The part of the sum that stands in a row as a whole multiple, and the row's bound on it."""
        terms, at_most = row
        times = next(
            (terms[i] // f for i, f in left.items() if i in terms and terms[i] * f > 0 and not terms[i] % f), 0
        )
        if not times:
            return {}, 0
        part = {i: f for i, f in left.items() if terms.get(i) == times * f}
        rest = {i: -f for i, f in terms.items() if i not in part}
        slack = self.most(Linear(rest), depth - 1) if depth else self._apart(rest)
        return part, (at_most + slack) // times


def _rows(constraint: Constraint) -> Iterable[Row]:
    if constraint.at_most is not None:
        yield constraint.terms, constraint.at_most
    if constraint.at_least is not None:
        yield {index: -factor for index, factor in constraint.terms.items()}, -constraint.at_least
