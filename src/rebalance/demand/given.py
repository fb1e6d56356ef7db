"""Demand as the county gives it, in the table `demand`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from rebalance.county.agencies import Method
from rebalance.county.county import County
from rebalance.county.remark import Remark
from rebalance.demand.working import HUNDRED, Step, Working
from rebalance.words import _


@dataclass(frozen=True)
class Given:
    """The rows of the table `demand`."""

    county: County

    def work_out(self, township: str, agency: str) -> Working | None:
        """What the row says; None where there is no row."""
        if (township, agency) not in self.rows:
            return None
        positions = Fraction(self.rows[township, agency], HUNDRED)
        step = Step(_("demand"), _("as given in the table demand"), positions)
        return Working(township, agency, Method.GIVEN, positions, own=(step,))

    def gaps(self, agency: str) -> Iterator[Remark]:
        """None: where there is no row, there is no demand."""
        yield from ()

    @cached_property
    def rows(self) -> Mapping[tuple[str, str], int]:
        """Hundredths of positions by township and agency; agency empty: the township as one."""
        return {(row.township, row.agency): row.positions for row in self.county.demand}
