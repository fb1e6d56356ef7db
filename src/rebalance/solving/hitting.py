"""Sets that have something in common with every clash, the cheapest first: what has to be given up (Reiter 1987)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Generic, TypeVar

Member = TypeVar("Member")

PATIENCE = 5_000
"""So many sets are looked at."""


@dataclass(slots=True)
class Hitting(Generic[Member]):
    """The clashes known so far; whoever takes a set and learns of another clash puts it in."""

    cost: Callable[[Member], int]
    clashes: list[tuple[Member, ...]] = field(default_factory=list)
    enough: list[frozenset[Member]] = field(default_factory=list)

    def sets(self) -> Iterator[frozenset[Member]]:
        """Sets that hit all clashes known by then, none with a part that is `enough`; ends when there are no more."""
        heap: list[tuple[int, int, frozenset[Member]]] = [(0, 0, frozenset())]
        seen: set[frozenset[Member]] = set()
        while heap and len(seen) < PATIENCE:
            price, _number, chosen = heappop(heap)
            if any(one <= chosen for one in self.enough):
                continue
            missed = self._missed(chosen)
            if missed is None:
                yield chosen
                missed = self._missed(chosen)
            for member in missed or ():
                more = chosen | {member}
                if more not in seen:
                    seen.add(more)
                    heappush(heap, (price + self.cost(member), len(seen), more))

    def _missed(self, chosen: frozenset[Member]) -> tuple[Member, ...] | None:
        return next((clash for clash in self.clashes if chosen.isdisjoint(clash)), None)
