"""What delegating a matter moves: work from a unit to a township's agency, in hundredths of a position."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rebalance.county.county import County
from rebalance.county.matters import Matter
from rebalance.demand.activities import Activities
from rebalance.demand.working import HUNDRED


@dataclass(frozen=True)
class Delegation:
    """The matters units may hand down, and the work that goes with each of them in each township."""

    county: County

    @cached_property
    def matter(self) -> Mapping[str, Matter]:
        """Delegable matters by id (a matter without a unit is the townships' own work)."""
        return {row.matter: row for row in self.county.matters if row.unit}

    @cached_property
    def matters(self) -> tuple[str, ...]:
        """Ids of the delegable matters."""
        return tuple(self.matter)

    @cached_property
    def moved(self) -> Mapping[tuple[str, str], int]:
        """Hundredths of positions of work that go down with (matter, township); absent where none do."""
        activities, townships = Activities(self.county), self.county.townships
        found = {(m, row.township): activities.moved(m, row.township) for m in self.matters for row in townships}
        return {key: work for key, work in found.items() if work}

    def matters_in(self, township: str) -> tuple[tuple[Matter, int], ...]:
        """The matters that bring work to the township when delegated, each with it in hundredths."""
        return self._matters_in.get(township, ())

    @cached_property
    def _matters_in(self) -> Mapping[str, tuple[tuple[Matter, int], ...]]:
        found: dict[str, list[tuple[Matter, int]]] = {}
        for (matter, township), work in self.moved.items():
            found.setdefault(township, []).append((self.matter[matter], work))
        return {township: tuple(rows) for township, rows in found.items()}

    @cached_property
    def relief(self) -> Mapping[tuple[str, str], int]:
        """Hundredths by which the unit's need falls with (matter, township): never more in all than it needs.

        Where the lists say more than the whole unit, each part is scaled down and something is always left, so that
        what a unit keeps can be compared with what it needs.
        """
        return {key: self._relief(self.matter[key[0]].unit, work) for key, work in self.moved.items()}

    @cached_property
    def _relief_of(self) -> Mapping[str, tuple[tuple[tuple[str, str], int], ...]]:
        units: dict[str, list[tuple[tuple[str, str], int]]] = {}
        for key, work in self.relief.items():
            units.setdefault(self.matter[key[0]].unit, []).append((key, work))
        return {unit: tuple(found) for unit, found in units.items()}

    def relief_of(self, unit: str) -> tuple[tuple[tuple[str, str], int], ...]:
        """What the unit is relieved of by each (matter, township)."""
        return self._relief_of.get(unit, ())

    def _relief(self, unit: str, work: int) -> int:
        most, listed = self._needed[unit] - 1, self._listed[unit]
        return work if listed <= most else work * max(most, 0) // listed

    @cached_property
    def _listed(self) -> Mapping[str, int]:
        sums: dict[str, int] = {}
        for (matter, _township), work in self.moved.items():
            unit = self.matter[matter].unit
            sums[unit] = sums.get(unit, 0) + work
        return sums

    @cached_property
    def _needed(self) -> Mapping[str, int]:
        sums = {row.unit: 0 for row in self.county.units}
        for row in self.county.positions:
            if row.holder in sums:
                sums[row.holder] += HUNDRED * (row.authorised if row.needed is None else row.needed)
        return sums
