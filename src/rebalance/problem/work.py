"""The work of the townships: how much there is, where it is measured, and which agency it falls to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rebalance.county.county import County
from rebalance.county.reform import Matter
from rebalance.problem.demand import Demands
from rebalance.problem.need import Need
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
        """Hundredths of positions of work a township has with (matter, township); absent where there is none."""
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
    def leaving(self) -> Mapping[tuple[str, str], int]:
        """The part of it that the units did so far: not where townships only cooperate."""
        return {key: work for key, work in self.moved.items() if self.matter[key[0]].leaves}

    @cached_property
    def need(self) -> Need:
        """What the work of the units needs."""
        return Need(self.county, self.leaving, {row.matter: row.unit for row in self.matter.values()})


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
