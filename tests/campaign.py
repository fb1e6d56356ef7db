"""How far random tests go: a small share with known seeds in every run, many with new seeds in `make campaign`."""

from __future__ import annotations

import os
import time
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import pytest
from _pytest.mark import ParameterSet

SEED = int(os.environ.setdefault("REBALANCE_SEED", str(int(time.time()))))
"""Where a campaign's random cases begin: another place each time, unless it is given to see a failure again."""

CASES = float(os.environ.setdefault("REBALANCE_CASES", "1"))
"""How many times as many cases as usual a campaign tries."""

What = TypeVar("What", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Random cases that are tried in one go, from a first seed on."""

    first: int
    known: bool = True
    """Whether the seeds are the same in every run."""

    def seeds(self, count: int) -> range:
        """So many seeds."""
        return range(self.first, self.first + count)

    def lacks(self, seen: Mapping[What, int], fewest: Mapping[What, int]) -> dict[What, int]:
        """What known seeds show less often than they should to be worth anything; what new ones bring is chance."""
        return {what: seen[what] for what, number in fewest.items() if self.known and seen[what] < number}


def chunks(usual: int, campaign: int, *, first: int = 0, apart: int = 1000) -> list[ParameterSet]:
    """So many chunks in every run, and in a campaign so many with new seeds, times `REBALANCE_CASES`."""
    known = [pytest.param(Chunk(first + apart * number), id=str(number)) for number in range(usual)]
    new = (Chunk(SEED * 1_000_000 + apart * number, known=False) for number in range(scaled(campaign)))
    return [*known, *(pytest.param(one, id=f"new {n}", marks=pytest.mark.campaign) for n, one in enumerate(new))]


def scaled(cases: int) -> int:
    """So many cases of a campaign as are asked for; one at least."""
    return max(1, round(cases * CASES))
