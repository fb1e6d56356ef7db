"""Demand from workload (WISN): cases × hours ÷ the hours a year has, and allowances for the work beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from rebalance.county.agencies import Method
from rebalance.county.county import County
from rebalance.county.matters import Matter
from rebalance.county.remark import Remark
from rebalance.demand.activities import Activities
from rebalance.demand.allowances import Allowances
from rebalance.demand.figures import digits, summed
from rebalance.demand.working import Step, Working, last_step
from rebalance.demand.working_time import steps_to_hours
from rebalance.words import _


@dataclass(frozen=True)
class Workload:
    """The townships' own matters, the working time and the allowances of the agency.

    Matters that a unit may delegate are left out: what their delegation brings comes on top.
    """

    county: County

    def work_out(self, township: str, agency: str) -> Working | None:
        """Services × CAF + IAF; None where the working time or the allowances leave no time for cases."""
        allowances = self._allowances(agency)
        if not self.activities.available or allowances.share >= 1:
            return None
        cases = tuple(self._cases(matter, township) for matter in self.activities.own(agency))
        parts = [step.value for step in cases]
        services = sum(parts, Fraction(0))
        amount = services * allowances.factor + allowances.individual
        sum_up = f"{digits(services)} × {digits(allowances.factor)} + {digits(allowances.individual)}"
        own = (
            *cases,
            Step(_("all cases"), summed(parts), services),
            Step(_("cases × CAF + IAF"), sum_up, amount),
            last_step(amount),
        )
        return Working(township, agency, Method.WORKLOAD, amount, self._common(allowances), own)

    def gaps(self, agency: str) -> Iterator[Remark]:
        """No working time, no time for cases, nothing to do."""
        if self.county.working_time is None:
            sentence = _("Its demand is to come from workload, but the county gives no [working_time]: it has none.")
            yield Remark("agencies", (agency,), sentence)
        elif not self.activities.available:
            sentence = _("Its demand is to come from workload, but [working_time] leaves no hours: it has none.")
            yield Remark("agencies", (agency,), sentence)
        elif self._allowances(agency).share >= 1:
            sentence = _("Its allowances take all of the time and leave none for cases: it has no demand.")
            yield Remark("agencies", (agency,), sentence)
        if not self.activities.own(agency):
            sentence = _("Its demand is to come from workload, but no matter without a unit is its own work.")
            yield Remark("agencies", (agency,), sentence)

    @cached_property
    def activities(self) -> Activities:
        """What is done, and how long it takes."""
        return Activities(self.county)

    def _allowances(self, agency: str) -> Allowances:
        rows = tuple(row for row in self.county.allowances if row.agency == agency)
        return Allowances(rows, self.activities.available)

    def _common(self, allowances: Allowances) -> tuple[Step, ...]:
        time = self.county.working_time
        return (*(steps_to_hours(time) if time else ()), *allowances.steps)

    def _cases(self, matter: Matter, township: str) -> Step:
        cases, hours = self.activities.cases(matter.matter, township), self.activities.hours(matter.matter)
        available = self.activities.available
        formula = _("{cases} cases × {hours} h ÷ {available} h").format(
            cases=cases, hours=digits(hours), available=digits(available)
        )
        return Step(str(matter), formula, cases * hours / available)
