"""Demand from workload (WISN): activities, available working time, and allowances for the work beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from rebalance.county.agencies import Method
from rebalance.county.county import County
from rebalance.county.norms import Allowance, AllowanceKind, WorkingTime
from rebalance.county.reform import Actor, Matter
from rebalance.county.remark import Remark
from rebalance.problem.working import Step, Working, digits, last_step, rounded_up, summed, time_taken
from rebalance.text import _


def available_hours(county: County) -> Fraction:
    """The hours of a year; 0 where the county does not give its working time, or the time off leaves nothing."""
    if county.working_time is None:
        return Fraction(0)
    return max(Fraction(0), _days(county.working_time) * Fraction(county.working_time.hours_a_day))


def steps_to_hours(time: WorkingTime) -> tuple[Step, Step]:
    """The days worked in a year, and the hours."""
    days, hours_a_day = _days(time), Fraction(time.hours_a_day)
    said = " × ".join((digits(time.weeks), digits(time.days_a_week)))
    off = " − ".join(digits(part) for part in (time.leave, time.holidays, time.sick, time.training))
    return (
        Step(_("days worked in a year (weeks × days − leave − holidays − sick − training)"), f"{said} − {off}", days),
        Step(_("hours worked in a year"), f"{digits(days)} × {digits(hours_a_day)}", days * hours_a_day),
    )


def _days(time: WorkingTime) -> Fraction:
    """Days worked in a year."""
    off = (time.leave, time.holidays, time.sick, time.training)
    return Fraction(time.weeks) * Fraction(time.days_a_week) - sum(map(Fraction, off))


@dataclass(frozen=True)
class Activities:
    """A county's matters as activities: the townships' own work where they have no unit, else work to be delegated."""

    county: County

    def own(self, agency: str) -> tuple[Matter, ...]:
        """The matters that are an agency's own work in every township."""
        return self._own.get(agency, ())

    def hours(self, matter: str) -> Fraction:
        """Hours one case takes in a township that does the matter.

        Those of the steps that the township takes, where the steps say how long they are; or else the matter's own.
        What the unit does in a case that has steps is no work of the township.
        """
        return self._stepped.get(matter, self._stated[matter])

    def cases(self, matter: str, township: str) -> int:
        """Cases a year."""
        return self._volumes.get((matter, township), 0)

    def moved(self, matter: str, township: str) -> int:
        """Hundredths of positions of work a township has with a matter delegated to it, without allowances, rounded up.

        None comes with a matter that has no unit, nor where the working time is not known.
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
    def _stated(self) -> Mapping[str, Fraction]:
        return {row.matter: row.time for row in self.county.matters}

    @cached_property
    def _stepped(self) -> Mapping[str, Fraction]:
        found: dict[str, Fraction] = defaultdict(Fraction)
        for row in self.county.steps:
            if row.time is not None and row.by is not Actor.APPLICANT:
                found[row.matter] += row.time if row.by is Actor.TOWNSHIP else 0
        return found

    @cached_property
    def _volumes(self) -> Mapping[tuple[str, str], int]:
        return {(row.matter, row.township): row.cases for row in self.county.volumes}


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
        kind = AllowanceKind.CATEGORY
        return tuple(Fraction(row.percent) / 100 for row in self.rows if row.kind is kind)

    @cached_property
    def _individual_steps(self) -> tuple[Step, ...]:
        return tuple(self._extra(row) for row in self.rows if row.kind is AllowanceKind.INDIVIDUAL)

    def _extra(self, row: Allowance) -> Step:
        formula = _("{staff} staff × {time} ÷ {available} h").format(
            staff=row.staff, time=time_taken(row.time), available=digits(self.available)
        )
        return Step(row.allowance, formula, row.staff * row.time / self.available)


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
        formula = _("{cases} cases × {time} ÷ {available} h").format(
            cases=cases, time=time_taken(hours), available=digits(available)
        )
        return Step(str(matter), formula, cases * hours / available)
