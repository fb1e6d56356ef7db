"""Exact figures as people read them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from hashlib import blake2b

from rebalance.finding import Finding
from rebalance.goals import Goal
from rebalance.goals.canonical import Canonical
from rebalance.goals.few_moves import FewMoves
from rebalance.goals.few_people_moved import FewPeopleMoved
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.goal import Profile, Value
from rebalance.goals.hand_down_matters import Counted, HandDownMatters
from rebalance.goals.in_proportion import InProportion
from rebalance.goals.serve_early import ServeEarly
from rebalance.goals.stay_close import StayClose
from rebalance.words import _

NOTHING = "–"

LEVELS = 2
"""How many levels of a leximin goal are shown."""


def percent(share: Fraction) -> str:
    """A share with one decimal, rounded down: 100.0 % means all of it."""
    whole, tenth = divmod(share * 1000 // 1, 10)
    return f"{whole}.{tenth} %"


def hundredths(amount: int) -> str:
    """Hundredths of positions as positions."""
    sign, (whole, rest) = "-" * (amount < 0), divmod(abs(amount), 100)
    return f"{sign}{whole}.{rest:02}"


def limits(finding: Finding) -> str:
    """Between what a figure has to lie."""
    least, most = finding.at_least, finding.at_most
    if least is not None and most is not None:
        return str(least) if least == most else _("{least} to {most}").format(least=least, most=most)
    if least is not None:
        return _("at least {least}").format(least=least)
    return _("at most {most}").format(most=most) if most is not None else NOTHING


def value(goal: Goal, found: Value | None) -> str:
    """What a goal came to, in short, with its unit."""
    if found is None:
        return NOTHING
    if isinstance(found, int):
        return _amount(goal, found)
    return _levels(found, str if isinstance(goal, InProportion) else percent)


def instead(goal: Goal, now: int, was: int) -> str:
    """What a scalar goal comes to now, instead of before, with its unit said once."""
    text = _("{now} instead of {was}")
    return _unit(goal).format(count=text.format(now=_bare(goal, now), was=_bare(goal, was)))


def _amount(goal: Goal, found: int) -> str:
    if isinstance(goal, Canonical):
        return fingerprint(found)
    return _unit(goal).format(count=_bare(goal, found))


def _bare(goal: Goal, found: int) -> str:
    return hundredths(found) if counts_work(goal) else str(found)


def counts_work(goal: Goal) -> bool:
    """Whether a goal counts hundredths of positions of work."""
    return isinstance(goal, FillShortages | ServeEarly) or getattr(goal, "count", None) is Counted.WORK


def _unit(goal: Goal) -> str:
    """What a scalar goal counts."""
    units: dict[type[Goal], str] = {
        FillShortages: _("positions short: {count}"),
        ServeEarly: _("positions short: {count}"),
        FewUnitsTouched: _("units: {count}"),
        FewPeopleMoved: _("people: {count}"),
        FewMoves: _("moves: {count}"),
        HandDownMatters: _("not delegated: {count}"),
        StayClose: _("positions apart: {count}"),
    }
    return units.get(type(goal), "{count}")


def fingerprint(name: int) -> str:
    """The number that identifies a plan, which is very long, as one that people can compare at a glance."""
    return blake2b(f"{name:x}".encode(), digest_size=5).hexdigest()


def _levels(found: Profile, written: Callable[[Fraction], str]) -> str:
    shown = [f"{written(level)} × {count}" for level, count in found[:LEVELS]]
    if len(found) > LEVELS:
        shown.append(_("… ({count} levels)").format(count=len(found)))
    return ", ".join(shown) or NOTHING
