"""Work beside the cases: what everybody in an agency spends a share of the time on, and some of them so many hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from rebalance.county.norms import Allowance, AllowanceKind
from rebalance.demand.figures import digits, summed
from rebalance.demand.working import HUNDRED, Step
from rebalance.words import _


@dataclass(frozen=True)
class Allowances:
    """The allowances of one agency, against the hours a year of one member of staff."""

    rows: Sequence[Allowance]
    available: Fraction

    @cached_property
    def share(self) -> Fraction:
        """The share of everybody's time that the cases do not get."""
        return sum(self._shares, Fraction(0))

    @cached_property
    def factor(self) -> Fraction:
        """The category allowance factor (CAF): what the cases need is multiplied by it. The share must be below 1."""
        return 1 / (1 - self.share)

    @cached_property
    def individual(self) -> Fraction:
        """The individual allowance factor (IAF): positions for what only some do."""
        return sum((step.value for step in self._individual_steps), Fraction(0))

    @property
    def steps(self) -> tuple[Step, ...]:
        """The arithmetic."""
        share, extras = self.share, [step.value for step in self._individual_steps]
        return (
            Step(_("share of the time for work beside the cases"), summed(self._shares), share),
            Step(_("category allowance factor (CAF)"), f"1 ÷ (1 − {digits(share)})", self.factor),
            *self._individual_steps,
            Step(_("individual allowance factor (IAF)"), summed(extras), self.individual),
        )

    @cached_property
    def _shares(self) -> tuple[Fraction, ...]:
        # percent with two decimals, as a whole number
        kind = AllowanceKind.CATEGORY
        return tuple(Fraction(row.percent, HUNDRED * HUNDRED) for row in self.rows if row.kind is kind)

    @cached_property
    def _individual_steps(self) -> tuple[Step, ...]:
        return tuple(self._extra(row) for row in self.rows if row.kind is AllowanceKind.INDIVIDUAL)

    def _extra(self, row: Allowance) -> Step:
        hours = Fraction(row.hours, HUNDRED)
        formula = _("{staff} staff × {hours} h ÷ {available} h").format(
            staff=row.staff, hours=digits(hours), available=digits(self.available)
        )
        return Step(row.allowance, formula, row.staff * hours / self.available)
