"""Demand from an index: so many positions in the whole county, shared out by weighted shares of indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from rebalance.county.agencies import Method
from rebalance.county.county import County
from rebalance.county.norms import Index
from rebalance.county.remark import Remark
from rebalance.demand.figures import digits, summed
from rebalance.demand.indicators import indicator_name, missing
from rebalance.demand.weights import Weighed, unused, weigh
from rebalance.demand.working import HUNDRED, Step, Working, last_step
from rebalance.words import _


@dataclass(frozen=True)
class Shared:
    """The table `indices`: what an agency has in all townships together, and the weights."""

    county: County

    def work_out(self, township: str, agency: str) -> Working | None:
        """Positions × Σ weight × share; None without a row in `indices`, or without any weight that counts."""
        weighed = self._weighed.get(agency, ())
        if not weighed:
            return None
        shares = tuple(_share(one, township) for one in weighed)
        parts = [one.weight * step.value for one, step in zip(weighed, shares, strict=True)]
        positions = Fraction(self._rows[agency].positions, HUNDRED)
        share = sum(parts, Fraction(0))
        amount = positions * share
        own = (
            *shares,
            Step(_("weighted share"), summed(parts), share),
            Step(_("share of the positions"), f"{digits(positions)} × {digits(share)}", amount),
            last_step(amount),
        )
        pool = Step(_("positions to share out"), _("as given in the table indices"), positions)
        return Working(township, agency, Method.INDEX, amount, (pool, *(one.step for one in weighed)), own)

    def gaps(self, agency: str) -> Iterator[Remark]:
        """No row, no weight that counts, figures that are missing."""
        if agency not in self._rows:
            sentence = _("Its demand is to come from an index, but it has no row in the table indices: it has none.")
            yield Remark("agencies", (agency,), sentence)
            return
        weighed = self._weighed[agency]
        if not weighed:
            sentence = _("No indicator that townships have figures for has a weight: the agency has no demand.")
            yield Remark("indices", (agency,), sentence)
        for indicator in unused(self._rows[agency], weighed):
            sentence = _("No township has a figure for {indicator}: the other weights make up the whole.")
            yield Remark("indices", (agency,), sentence.format(indicator=indicator_name(indicator)))
        yield from missing(self.county.townships, [one.indicator for one in weighed])

    @cached_property
    def _rows(self) -> Mapping[str, Index]:
        return {row.agency: row for row in self.county.indices}

    @cached_property
    def _weighed(self) -> Mapping[str, tuple[Weighed, ...]]:
        return {agency: weigh(row, self.county.townships) for agency, row in self._rows.items()}


def _share(one: Weighed, township: str) -> Step:
    part, total = one.figures[township], sum(one.figures.values())
    label = _("share of {indicator}").format(indicator=one.name)
    return Step(label, f"{digits(part)} ÷ {digits(total)}", part / total)
