"""What delegating a matter moves: work from a unit to a township's agency, in hundredths of a position."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from rebalance.county.county import County
from rebalance.county.matters import Matter
from rebalance.county.settings import WorkingTime

HUNDRED = 100
"""Demand is counted in hundredths of a position."""


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
        found = {
            (m, row.township): _moved(self.county, m, row.township)
            for m in self.matters
            for row in self.county.townships
        }
        return {key: work for key, work in found.items() if work}

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


def _moved(county: County, matter: str, township: str) -> int:
    time = county.working_time or WorkingTime()
    days = time.weeks * time.days_a_week - time.leave - time.holidays - time.sick - time.training
    row = next(row for row in county.matters if row.matter == matter)
    hours = sum(step.hours or 0 for step in county.steps if step.matter == matter) or row.hours
    cases = sum(one.cases for one in county.volumes if (one.matter, one.township) == (matter, township))
    return -int(-Fraction(cases * hours, 1) // Fraction(days * time.hours_a_day))
