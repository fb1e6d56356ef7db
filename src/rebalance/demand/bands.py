"""Demand from bands: townships of such a population have so many positions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from rebalance.county.agencies import Method
from rebalance.county.county import County
from rebalance.county.norms import Band, BandUse
from rebalance.county.organisations import Township
from rebalance.county.remark import Remark
from rebalance.demand.figures import digits
from rebalance.demand.working import Step, Working
from rebalance.words import _


@dataclass(frozen=True)
class Banded:
    """The rows of the table `bands` for staffing.

    What an agency needs is the `least` of the first band that reaches to the township's population: a demand is what
    must be there, and `most` is left to limits. Every agency that says bands has the whole of the band to itself, so
    as a rule one agency does.
    """

    county: County

    def work_out(self, township: str, agency: str) -> Working | None:
        """The least of the band; None where the population is not known or beyond the last band."""
        row = self._townships[township]
        band = self._band(row)
        if row.population is None or band is None:
            return None
        origin = ", ".join(part for part in (band.source, band.place, str(band.year or "")) if part)
        found = _("band up to {up_to} residents: at least {least}, at most {most}").format(
            up_to=band.up_to, least=band.least, most=band.most
        )
        steps = (
            Step(_("residents"), _("as given in the table townships"), Fraction(row.population)),
            Step(_("demand"), f"{found} ({origin})" if origin else found, Fraction(band.least)),
        )
        return Working(township, agency, Method.BANDS, Fraction(band.least), own=steps)

    def gaps(self, agency: str) -> Iterator[Remark]:
        """No bands, a population that is not known or too large for them, more than one agency with the same bands."""
        sentence = _("Its demand is to come from bands, but the table bands has none for staffing: it has none.")
        if not self._bands:
            yield Remark("agencies", (agency,), sentence)
            return
        others = [row.agency for row in self.county.agencies if row.demand is Method.BANDS and row.agency != agency]
        if others:
            sentence = _("Other agencies' demand comes from bands too ({others}): each counts the whole band.")
            yield Remark("agencies", (agency,), sentence.format(others=", ".join(others)))
        for row in self.county.townships:
            if row.population is None:
                sentence = _("No population, so no band fits: {agency} has no demand here. Give it in the table.")
                yield Remark("townships", (row.township,), sentence.format(agency=agency))
            elif self._band(row) is None:
                sentence = _("A population of {population} is beyond the last band: {agency} has no demand here.")
                sentence = sentence.format(population=digits(row.population), agency=agency)
                yield Remark("townships", (row.township,), sentence)

    def _band(self, township: Township) -> Band | None:
        population = township.population
        return next((band for band in self._bands if population is not None and population <= band.up_to), None)

    @cached_property
    def _bands(self) -> tuple[Band, ...]:
        rows = (row for row in self.county.bands if row.applies_to is BandUse.STAFFING)
        return tuple(sorted(rows, key=lambda row: row.up_to))

    @cached_property
    def _townships(self) -> Mapping[str, Township]:
        return {row.township: row for row in self.county.townships}
