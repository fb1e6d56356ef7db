"""A least and a most, as rules take them from a scenario file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """At least, at most; None: no limit on that side."""

    at_least: int | None = None
    at_most: int | None = None
