"""The way a matter goes, from step to step: what follows what, who hands over to whom, and how long it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from graphlib import TopologicalSorter

from rebalance.county.county import County
from rebalance.county.reform import Actor, Matter, Step

NONE = Fraction(0)

Arrow = tuple[str, str]
"""From a step to one that may follow it."""


@dataclass(frozen=True)
class Flow:
    """The graph of a matter: its steps, and the arrows between them.

    Arrows that close a loop *lead back*; the others never do, so along them every way comes to an end.
    """

    matter: Matter
    steps: tuple[Step, ...]

    @cached_property
    def step(self) -> Mapping[str, Step]:
        """Steps by code."""
        return {row.step: row for row in self.steps}

    @cached_property
    def arrows(self) -> tuple[Arrow, ...]:
        """Every arrow once, in the order of the table; a step that does not exist is not led to."""
        return tuple(dict.fromkeys((row.step, after) for row in self.steps for after in row.next if after in self.step))

    @cached_property
    def first(self) -> tuple[str, ...]:
        """Steps that no other leads to; where all are led to, the one that stands first in the table."""
        led_to = {after for before, after in self.arrows if before != after}
        return tuple(one for one in self.step if one not in led_to) or tuple(self.step)[:1]

    @cached_property
    def last(self) -> tuple[str, ...]:
        """Steps after which nothing follows."""
        left = {before for before, _after in self.arrows}
        return tuple(one for one in self.step if one not in left)

    @cached_property
    def decisions(self) -> tuple[str, ...]:
        """Steps after which one of several others follows."""
        return tuple(one for one in self.step if len(self._after[one]) > 1)

    @cached_property
    def handoffs(self) -> tuple[Arrow, ...]:
        """Arrows whose two steps are taken by different actors."""
        return tuple(arrow for arrow in self.arrows if self.is_handoff(arrow))

    def is_handoff(self, arrow: Arrow) -> bool:
        """Whether somebody else goes on."""
        before, after = (self.step[one].by for one in arrow)
        return before != after

    @cached_property
    def back(self) -> frozenset[Arrow]:
        """Arrows that lead back to a step on the way that led to them."""
        return frozenset(self._back())

    @cached_property
    def level(self) -> Mapping[str, int]:
        """How many steps lie before a step at most, never going back."""
        levels: dict[str, int] = {}
        for one in self._in_order:
            levels[one] = max((levels[before] + 1 for before in self._before[one]), default=0)
        return levels

    @cached_property
    def handoffs_on_a_way(self) -> tuple[int, int] | None:
        """Fewest and most handoffs from a first step to a last one, never going back; None where no way ends."""
        spans: dict[str, tuple[int, int]] = {}
        for one in reversed(self._in_order):
            ahead = [(spans[to], self.is_handoff((one, to))) for to in self._forward[one] if to in spans]
            if ahead:
                spans[one] = min(few + more for (few, _), more in ahead), max(many + more for (_, many), more in ahead)
            elif one in self.last:
                spans[one] = 0, 0
        found = [spans[one] for one in self.first if one in spans]
        return (min(few for few, _ in found), max(many for _, many in found)) if found else None

    @cached_property
    def hours(self) -> Mapping[Actor, Fraction]:
        """Hours by actor, over all steps that say how long they take."""
        return {actor: sum((row.time or NONE for row in self.steps if row.by == actor), NONE) for actor in Actor}

    @property
    def all_hours(self) -> Fraction:
        """Hours of everybody together."""
        return sum(self.hours.values(), NONE)

    @cached_property
    def timed(self) -> bool:
        """Whether any step says how long it takes."""
        return any(row.time is not None for row in self.steps)

    @cached_property
    def _after(self) -> Mapping[str, tuple[str, ...]]:
        after: dict[str, list[str]] = {one: [] for one in self.step}
        for one, to in self.arrows:
            after[one].append(to)
        return {one: tuple(to) for one, to in after.items()}

    @cached_property
    def _forward(self) -> Mapping[str, tuple[str, ...]]:
        return {one: tuple(to for to in ahead if (one, to) not in self.back) for one, ahead in self._after.items()}

    @cached_property
    def _before(self) -> Mapping[str, tuple[str, ...]]:
        before: dict[str, list[str]] = {one: [] for one in self.step}
        for one, ahead in self._forward.items():
            for to in ahead:
                before[to].append(one)
        return {one: tuple(those) for one, those in before.items()}

    @cached_property
    def _in_order(self) -> tuple[str, ...]:
        """All steps, each after those that lead to it."""
        return tuple(TopologicalSorter(self._before).static_order())

    def _back(self) -> Iterator[Arrow]:
        """Go every way once, first steps first, and tell where one runs into itself."""
        done: set[str] = set()
        for root in (*self.first, *self.step):
            way = {} if root in done else {root: iter(self._after[root])}
            while way:  # not by recursion: a way may be longer than Python lets functions nest
                one = next(reversed(way))
                to = next(way[one], None)
                if to is None:
                    done.add(one)
                    way.popitem()
                elif to in way:
                    yield one, to
                elif to not in done:
                    way[to] = iter(self._after[to])


def flows(county: County) -> Mapping[str, Flow]:
    """The flow of every matter that has steps, by the matter's code."""
    steps: dict[str, list[Step]] = {}
    for row in county.steps:
        steps.setdefault(row.matter, []).append(row)
    return {row.matter: Flow(row, tuple(steps[row.matter])) for row in county.matters if row.matter in steps}
