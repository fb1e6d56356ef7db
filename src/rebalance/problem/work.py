"""The work of the townships: how much there is, where it is measured, and which agency it falls to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rebalance.county.county import County
from rebalance.county.reform import Matter
from rebalance.problem.demand import Demands
from rebalance.problem.working import HUNDRED
from rebalance.problem.workload import Activities


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


WHOLE = ""
"""The agency that stands for a whole township, where demand is not given per agency."""

Brought = tuple[tuple[Matter, int], ...]
"""Matters, each with the work it brings when delegated, in hundredths of positions."""


@dataclass(frozen=True)
class Work:
    """What there is to do in each township, in hundredths of positions, and the matters that bring more."""

    county: County
    delegation: Delegation

    @cached_property
    def demand(self) -> Mapping[tuple[str, str], int]:
        """What the work of (township, agency) needs; agency `WHOLE` for a township as one."""
        return Demands(self.county).hundredths

    @cached_property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """Where coverage is measured: `WHOLE`, or the agencies that have work or take over that of others."""
        return {row.township: self._places(row.township) for row in self.county.townships}

    def _places(self, township: str) -> tuple[str, ...]:
        if (township, WHOLE) in self.demand:
            return (WHOLE,)
        busy = {agency for agency in self._heir if (township, agency) in self.demand}
        busy |= {row.agency for row, _work in self.delegation.matters_in(township)} if busy else set()
        heirs = {self._heir[agency] for agency in busy} - {""}
        return tuple(agency for agency in self._heir if agency in busy | heirs)

    @cached_property
    def _heir(self) -> Mapping[str, str]:
        """The agency that the work of each falls to where it is not open; empty for one that always is."""
        return {row.agency: row.else_ for row in self.county.agencies}

    def of(self, township: str) -> int:
        """What the township's work needs, before anything is delegated to it."""
        return sum(self.demand.get((township, agency), 0) for agency in self.places[township])

    def falling_to(self, township: str, agency: str) -> tuple[str, ...]:
        """Optional agencies of the township whose work falls to `agency` where they are not open."""
        return tuple(other for other in self.places[township] if other != WHOLE and self._heir[other] == agency)

    def matters_in(self, township: str) -> Brought:
        """Matters that bring work to the township when delegated; none where its work is not known."""
        return self.delegation.matters_in(township) if self.places[township] else ()

    def matters_at(self, township: str, agency: str) -> Brought:
        """Those of them that may fall to the agency: its own, and those of the agencies whose work it takes over."""
        return self._matters_at.get((township, agency), ())

    @cached_property
    def _matters_at(self) -> Mapping[tuple[str, str], Brought]:
        found: dict[tuple[str, str], list[tuple[Matter, int]]] = defaultdict(list)
        for township, places in self.places.items():
            for row, work in self.matters_in(township):
                own = {WHOLE} if WHOLE in places else {row.agency, self._heir[row.agency]} - {""}
                for agency in own:
                    found[township, agency].append((row, work))
        return {key: tuple(brought) for key, brought in found.items()}
