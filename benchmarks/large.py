"""A very large county: ours alone."""

from __future__ import annotations

from benchmarks.contest import OURS
from benchmarks.generator import all_goals
from benchmarks.solving import COUNTY, EVERY_LEVEL, LARGE, SCALAR, compared


def scalar_goals_large(*, quick: bool) -> None:
    """The four goals that are one number on 200 x 30 x 3 x 3, ours alone. A prototype took 2 seconds."""
    compared("Scalar goals, large county", COUNTY if quick else LARGE, SCALAR, {OURS: 4.0 if quick else 60.0}, 1)


def all_goals_large(*, quick: bool) -> None:
    """All goals on 200 x 30 x 3 x 3, ours alone, as far as it comes within its time."""
    compared("All goals, large county", COUNTY if quick else LARGE, all_goals(), {OURS: 8.0 if quick else 120.0}, 1)


def every_level_large(*, quick: bool) -> None:
    """`spare_the_units` to its last level on 200 units, ours alone. A prototype took 32 seconds."""
    limit = 4.0 if quick else 60.0
    compared("Units spared to the last level, large county", COUNTY if quick else LARGE, EVERY_LEVEL, {OURS: limit}, 1)
