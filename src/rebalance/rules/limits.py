"""A least and a most, as rules take them from a scenario file."""

from __future__ import annotations

from dataclasses import dataclass

from rebalance.county.parameters import AtMost, Count


@dataclass(frozen=True, slots=True)
class Range:
    """A least and a most.

    Attributes:
        at_least: not fewer; none named: no limit
        at_most: not more; none named: no limit
    """

    at_least: Count | None = None
    at_most: AtMost = None
