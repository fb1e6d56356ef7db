"""A least and a most, as rules take them from a scenario file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """A least and a most.

    Attributes:
        at_least: not fewer; none named: no limit
        at_most: not more; none named: no limit
    """

    at_least: int | None = None
    at_most: int | None = None
