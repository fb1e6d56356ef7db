"""What the work of a unit needs, and what of it leaves with stations that go down and matters that are delegated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rebalance.county.county import County
from rebalance.problem.working import HUNDRED

Key = tuple[str, str]
"""A matter and a township."""


@dataclass(frozen=True)
class Need:
    """Hundredths of positions, by unit: never more leaves than the unit needs.

    With a station goes the need for its positions. Where a unit's stations have more positions than it needs in all,
    the need is theirs in proportion, and when all have gone nothing is left. With a matter goes the work that the
    township then does. Where the lists say more than what the unit needs beside its stations, each part is scaled down
    and something is always left, so that what a unit keeps can be compared with what it needs.

    Attributes:
        leaving: hundredths of positions of work that leave a unit with (matter, township)
        unit_of: the unit of each matter
    """

    county: County
    leaving: Mapping[Key, int]
    unit_of: Mapping[str, str]

    @cached_property
    def today(self) -> Mapping[str, int]:
        """What each unit needs as long as nothing leaves: `positions.needed`, or else what it has."""
        sums = {row.unit: 0 for row in self.county.units}
        for row in self.county.positions:
            if row.holder in sums:
                sums[row.holder] += HUNDRED * (row.authorised if row.needed is None else row.needed)
        return sums

    @cached_property
    def stations(self) -> Mapping[str, int]:
        """What is needed no more when a station goes, by station."""
        found: dict[str, int] = {}
        for unit, needed in self.today.items():
            rows = [row for row in self.county.stations if row.unit == unit]
            positions = sum(row.authorised for row in rows)
            upto = 0
            for row in rows:
                before, upto = upto, upto + row.authorised
                if HUNDRED * positions <= needed:
                    found[row.station] = HUNDRED * row.authorised
                else:  # so that the parts add up to all of it
                    found[row.station] = needed * upto // positions - needed * before // positions
        return found

    def stations_of(self, unit: str) -> tuple[tuple[str, int], ...]:
        """The stations of a unit, each with what is needed no more when it goes."""
        return tuple((row.station, self.stations[row.station]) for row in self.county.stations if row.unit == unit)

    @cached_property
    def _matters(self) -> Mapping[str, tuple[tuple[Key, int], ...]]:
        units: dict[str, list[tuple[Key, int]]] = {}
        for key, work in self.leaving.items():
            units.setdefault(self.unit_of[key[0]], []).append((key, work))
        found = {}
        for unit, works in units.items():
            most = max(0, self.today[unit] - sum(work for _station, work in self.stations_of(unit)) - 1)
            listed = max(most, sum(work for _key, work in works))
            found[unit] = tuple((key, work * most // listed if listed else 0) for key, work in works)
        return found

    def matters_of(self, unit: str) -> tuple[tuple[Key, int], ...]:
        """What the unit is relieved of by each (matter, township)."""
        return self._matters.get(unit, ())
