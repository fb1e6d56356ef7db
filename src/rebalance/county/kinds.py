"""The kinds of cell a table has: how a cell's text becomes a value, and what is accepted.

Everything is read as text and converted here, exactly: "00123" stays an id, "NA" a name, 0.1 is one tenth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from rebalance.words import _

LARGEST = 10**9  # far above any county's figures, far below what makes a solver's numbers overflow
ID_LENGTH = 64
PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")  # no exponents, no thousands separators, no full-width digits


class Kind(Protocol):
    """How one kind of cell is read."""

    def read(self, text: str) -> object:
        """Turn a cell's text, never empty, into a value; raise ValueError when it is not one."""

    def accepts(self) -> str:
        """What is accepted, in words, for the message."""


@dataclass(frozen=True, slots=True)
class Text:
    """Any text."""

    def read(self, text: str) -> str:
        """The text as it is."""
        return text

    def accepts(self) -> str:
        """Anything goes."""
        return _("any text")


@dataclass(frozen=True, slots=True)
class Id:
    """A stable identifier: what other tables refer to."""

    def read(self, text: str) -> str:
        """The text as it is; refused when too long or when it holds characters that cannot be seen."""
        if len(text) > ID_LENGTH or not text.isprintable():
            raise ValueError(text)
        return text

    def accepts(self) -> str:
        """Visible characters, of a sane length."""
        return _("an identifier of at most {most} visible characters").format(most=ID_LENGTH)


@dataclass(frozen=True, slots=True)
class Ids:
    """Several identifiers, separated by semicolons."""

    def read(self, text: str) -> tuple[str, ...]:
        """The identifiers in the order given, without empty ones."""
        return tuple(Id().read(part.strip()) for part in re.split("[;；]", text) if part.strip())

    def accepts(self) -> str:
        """A list."""
        return _("identifiers separated by semicolons")


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `least`, with up to `places` decimals, kept as a whole number of the smallest step.

    With `places=2` the cell "3.5" is read as 350 hundredths.
    """

    places: int = 0
    least: int = 0
    most: int = LARGEST

    def read(self, text: str) -> int:
        """The number in its smallest step; ValueError when it is no number, out of range, or too fine."""
        if len(text) > ID_LENGTH or not PLAIN.fullmatch(text):
            raise ValueError(text)
        steps = Fraction(text) * 10**self.places  # a Decimal would round after 28 digits
        if steps.denominator != 1 or not self.least * 10**self.places <= steps <= self.most * 10**self.places:
            raise ValueError(text)
        return int(steps)

    def accepts(self) -> str:
        """The range and the decimals."""
        if not self.places:
            return _("a whole number from {least} to {most}").format(least=self.least, most=self.most)
        return _("a number from {least} to {most} with at most {places} decimals").format(
            least=self.least, most=self.most, places=self.places
        )


@dataclass(frozen=True, slots=True)
class Exact:
    """A decimal number from zero to `most`, kept exactly."""

    most: int = LARGEST**2

    def read(self, text: str) -> Decimal:
        """The decimal; ValueError when it is negative, above the most or no number."""
        if len(text) > ID_LENGTH or not PLAIN.fullmatch(text) or not 0 <= Decimal(text) <= self.most:
            raise ValueError(text)
        return Decimal(text)

    def accepts(self) -> str:
        """A plain number."""
        if self.most == LARGEST**2:
            return _("a number of zero or more, in plain digits")
        return _("a number from 0 to {most}, in plain digits").format(most=self.most)


YES = frozenset({"yes", "true", "1", "y", "是"})
NO = frozenset({"no", "false", "0", "n", "否"})


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    def read(self, text: str) -> bool:
        """True or False; ValueError for anything else."""
        word = text.casefold()
        if word not in YES | NO:
            raise ValueError(text)
        return word in YES

    def accepts(self) -> str:
        """The words taken."""
        return _("yes or no")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a fixed list, in English or in Chinese."""

    choices: type[StrEnum]
    chinese: tuple[tuple[str, str], ...] = ()

    def read(self, text: str) -> StrEnum:
        """The member; ValueError for anything else."""
        return self.choices(dict(self.chinese).get(text, text.casefold()))

    def accepts(self) -> str:
        """The list."""
        words = ", ".join(str(choice) for choice in self.choices)
        return _("one of: {words}").format(words=words)
