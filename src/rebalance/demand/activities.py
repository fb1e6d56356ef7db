"""What is done: the hours a case of a matter takes, how many cases there are, and what its delegation moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from rebalance.county.county import County
from rebalance.county.matters import Actor, Matter
from rebalance.demand.working import HUNDRED, rounded_up
from rebalance.demand.working_time import available_hours


@dataclass(frozen=True)
class Activities:
    """A county's matters as activities: the townships' own work where they have no unit, else work to be delegated."""

    county: County

    def own(self, agency: str) -> tuple[Matter, ...]:
        """The matters that are an agency's own work in every township."""
        return self._own.get(agency, ())

    def hours(self, matter: str) -> Fraction:
        """Hours one case takes: those of the steps of unit and township where these have any, or else the matter's."""
        return Fraction(self._stepped.get(matter, self._stated[matter]), HUNDRED)

    def cases(self, matter: str, township: str) -> int:
        """Cases a year."""
        return self._volumes.get((matter, township), 0)

    def moved(self, matter: str, township: str) -> int:
        """Hundredths of positions that move when a matter is delegated to a township, allowances left out, rounded up.

        Nothing moves with a matter that has no unit, nor where the working time is not known.
        """
        if matter not in self._delegable or not self.available:
            return 0
        return rounded_up(self.cases(matter, township) * self.hours(matter) / self.available)

    @cached_property
    def available(self) -> Fraction:
        """Hours a year of one member of staff; 0 where not known."""
        return available_hours(self.county)

    @cached_property
    def _own(self) -> Mapping[str, tuple[Matter, ...]]:
        found: dict[str, tuple[Matter, ...]] = defaultdict(tuple)
        for row in self.county.matters:
            if not row.unit:
                found[row.agency] += (row,)
        return found

    @cached_property
    def _delegable(self) -> frozenset[str]:
        return frozenset(row.matter for row in self.county.matters if row.unit)

    @cached_property
    def _stated(self) -> Mapping[str, int]:
        return {row.matter: row.hours for row in self.county.matters}

    @cached_property
    def _stepped(self) -> Mapping[str, int]:
        found: dict[str, int] = defaultdict(int)
        for row in self.county.steps:
            if row.hours is not None and row.by is not Actor.APPLICANT:
                found[row.matter] += row.hours
        return found

    @cached_property
    def _volumes(self) -> Mapping[tuple[str, str], int]:
        return {(row.matter, row.township): row.cases for row in self.county.volumes}
