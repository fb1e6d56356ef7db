"""How many hours a year one member of staff is there to work (available working time, AWT)."""

from __future__ import annotations

from fractions import Fraction

from rebalance.county.county import County
from rebalance.county.settings import WorkingTime
from rebalance.demand.figures import digits
from rebalance.demand.working import Step
from rebalance.words import _


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
