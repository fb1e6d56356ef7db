"""The demand of a whole county, each agency's by the method it names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rebalance.county.agencies import Method
from rebalance.county.county import County
from rebalance.county.remark import Remark
from rebalance.demand.bands import Banded
from rebalance.demand.given import Given
from rebalance.demand.index import Shared
from rebalance.demand.working import Model, Working
from rebalance.demand.workload import Workload
from rebalance.words import _

METHODS: Mapping[Method, Callable[[County], Model]] = {
    Method.GIVEN: Given,
    Method.WORKLOAD: Workload,
    Method.INDEX: Shared,
    Method.BANDS: Banded,
}
"""Every method and its model."""


@dataclass(frozen=True)
class Demands:
    """A county's demand, worked out.

    A township given as one, by a row without an agency, has that demand and no other. Where an agency names a method,
    the rows that give its demand are not used.
    """

    county: County

    @cached_property
    def workings(self) -> tuple[Working, ...]:
        """Every demand there is, by township and agency in order of their ids."""
        given = self._models[Method.GIVEN]
        found: list[Working | None] = []
        for row in self.county.townships:
            if row.township in self._whole:
                found.append(given.work_out(row.township, ""))
            else:
                found += (self._models[one.demand].work_out(row.township, one.agency) for one in self.county.agencies)
        return tuple(working for working in found if working is not None)

    @cached_property
    def hundredths(self) -> Mapping[tuple[str, str], int]:
        """Hundredths of positions by (township, agency), where there is any demand."""
        return {(one.township, one.agency): one.hundredths for one in self.workings if one.hundredths}

    def gaps(self) -> Iterator[Remark]:
        """What could not be worked out, and figures that are not used."""
        found: dict[Remark, None] = {}  # each once, in order
        for agency in self.county.agencies:
            found |= dict.fromkeys(self._models[agency.demand].gaps(agency.agency))
        yield from found
        methods = {row.agency: row.demand for row in self.county.agencies}
        for row in self.county.demand:
            method = methods.get(row.agency, Method.GIVEN)
            if method is not Method.GIVEN:
                sentence = _("Not used: the agency's demand comes from {method}. Take the row out.")
                yield Remark("demand", (row.township, row.agency), sentence.format(method=method))
        if any(method is not Method.GIVEN for method in methods.values()):
            sentence = _("Given for the township as one: what its agencies' methods come to is not used.")
            yield from (Remark("demand", (township,), sentence) for township in sorted(self._whole))

    @cached_property
    def _models(self) -> Mapping[Method, Model]:
        return {method: model(self.county) for method, model in METHODS.items()}

    @cached_property
    def _whole(self) -> frozenset[str]:
        """Townships whose demand is given as one."""
        return frozenset(row.township for row in self.county.demand if not row.agency)
