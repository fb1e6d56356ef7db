"""What each unit gives, and what becomes of its leaders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from rebalance.county.holders import Unit as CountyUnit
from rebalance.model.finding import Finding
from rebalance.model.plan import Plan
from rebalance.model.totals import size, staff, sunk
from rebalance.problem.problem import Problem
from rebalance.rules import Rule
from rebalance.rules.leadership import Leadership
from rebalance.table import Cell, Column, Kind, Look, Table, Unit, code, count, figure, table_of, text_column
from rebalance.text import _


@dataclass(frozen=True, slots=True)
class Giver:
    """A unit that gives: its size today and at the end, what went with stations, and the staff it then has."""

    unit: str
    today: int
    after: int
    in_post: int
    stations: int = 0

    @property
    def given(self) -> int:
        """Positions given over all years, those of stations too."""
        return self.today - self.after

    @property
    def cut(self) -> int:
        """Positions given one by one, which the share of a unit is about."""
        return self.given - self.stations


def units_that_give(plan: Plan) -> list[Giver]:
    """The units whose size changes, those that give most first."""
    found = [
        Giver(unit, plan.problem.size(unit), size(plan, unit), staff(plan, unit), -sunk(plan, unit))
        for unit in plan.problem.units
    ]
    return sorted((giver for giver in found if giver.given), key=lambda giver: (-giver.given, giver.unit))


def givers(plan: Plan) -> Table:
    """A row for each unit that gives, those that give most first; the others are only counted."""
    last, found = plan.problem.last, units_that_give(plan)
    rows: list[tuple[Cell, ...]] = [
        (
            row.unit,
            plan.problem.name(row.unit),
            row.today,
            row.given,
            row.cut,
            row.stations,
            Fraction(row.cut, row.today) if row.today else None,
            row.after,
            row.in_post,
            row.after - row.in_post,
        )
        for row in found
    ]
    return table_of(
        "givers",
        _("Units that give"),
        _columns(last),
        rows,
        look=Look(said=(_("Units that give nothing: {count}.").format(count=len(plan.problem.units) - len(found)),)),
    )


def _columns(last: int) -> tuple[Column, ...]:
    """What is said of a unit that gives."""
    return (
        code("unit", _("Code")).means(_("The unit.")),
        text_column("name", _("Unit")).means(_("Its name.")).short(_("unit")),
        count("before", _("Before")).means(_("Positions it owns today.")).short(_("today"), "0"),
        count("gives", _("Gives, with stations")).means(_("Positions it gives, stations included.")).off_screen(),
        count("cut", _("Gives")).means(_("Positions it gives, beside stations.")).short(_("gives")).off_paper(),
        count("stations", _("With stations"))
        .means(_("Positions that go with stations."))
        .short(_("with\nstations"))
        .off_paper(),
        figure("share", _("Share"), Kind.SHARE)
        .means(_("What it gives, beside stations, of what it owns today."))
        .short(_("share"))
        .off_paper(),
        count("after", _("After"), formula="{before}-{gives}")
        .means(_("Positions it owns at the end."))
        .short(str(last), "0"),
        count("in_post", _("In post")).means(_("Staff in post at the end."), Unit.PEOPLE).short(_("in post"), "0"),
        figure("vacant", _("Vacant (below zero: over)"), formula="{after}-{in_post}")
        .means(_("Positions nobody is in at the end; below zero: staff without a position."))
        .short(_("vacant"), "0"),
    )


def leadership(plan: Plan, rule: Rule | None = None, findings: Iterable[Finding] = ()) -> Table:
    """Leaders of each unit, and what the rule finds: those to be worked off, or the size they hold the unit to.

    A screen has only units with surplus leaders; or with too many, or without room below their size.

    Args:
        plan: the plan.
        rule: the rule of leadership, where the scenario has it.
        findings: what it found on the plan.
    """
    problem, last = plan.problem, plan.problem.last
    found = {(one.place.holder, one.place.aspect): one for one in findings if one.place.year == last}
    follow = isinstance(rule, Leadership) and rule.follow
    rows: list[tuple[Cell, ...]] = []
    told: set[str] = set()
    for unit in problem.county.units:
        if unit.leaders_authorised is None and unit.leaders_in_post is None:
            continue
        sizes = (problem.size(unit.unit), size(plan, unit.unit))
        leaders = (unit.leaders_authorised, unit.leaders_in_post, _over(unit))
        if follow:
            held = [found.get((unit.unit, aspect)) for aspect in ("posts", "surplus")]
            said = (sizes[1], *(one.found if one else None for one in held))
            worth = bool(said[-1])
        else:
            one = found.get((unit.unit, ""))
            said = (_needs(rule, problem, unit), one.found if one else None, one.at_least if one else None)
            worth = one is not None and (bool(_over(unit)) or one.inherited or one.tight)
        told |= {unit.unit} if worth else set()
        rows.append((unit.unit, str(unit), *sizes, *leaders, *said))
    if follow:
        note = _("Leadership posts follow the size left, by the bands; leaders beyond them are to be worked off.")
    else:
        note = _(
            "Leaders are not decided by the plan. Size by the bands: the smallest that allows the leaders authorised."
        )
    return table_of(
        "leadership",
        _("Leadership posts"),
        (*_leaders(), *(_followed(last) if follow else _held(last))),
        rows,
        note,
        look=Look(
            title=_("Surplus leaders, to be worked off") if follow else _("Units held to a size by their leaders"),
            worth=lambda row: row["unit"] in told,
        ),
    )


def surplus_in_short(plan: Plan, findings: Iterable[Finding]) -> Iterator[str]:
    """One sentence on the leaders to be worked off, of what the rule of leadership found; none where there are none."""
    last = plan.problem.last
    found = [one.found for one in findings if (one.place.year, one.place.aspect) == (last, "surplus") and one.found]
    if found:
        text = _("Surplus leaders, to be worked off: {count}, in {units} units (table leadership).")
        yield text.format(count=sum(found), units=len(found))


def _leaders() -> tuple[Column, ...]:
    """What is said of a unit and its leaders, whatever the rule."""
    return (
        code("unit", _("Code")).means(_("The unit.")),
        text_column("name", _("Unit")).means(_("Its name.")).short(_("unit")),
        count("before", _("Positions before")).means(_("Positions it owns today.")).off_screen(),
        count("after", _("Positions after")).means(_("Positions it owns at the end.")).off_screen(),
        count("authorised", _("Leaders authorised"))
        .means(_("Leaders it may have."), Unit.PEOPLE)
        .short(_("leaders\nauthorised"), "0"),
        count("in_post", _("Leaders in post")).means(_("Leaders it has."), Unit.PEOPLE).short(_("in\npost"), "0"),
        count("over", _("Leaders over"), alarm=True, formula="MAX(0,{in_post}-{authorised})")
        .means(_("Leaders beyond those it may have."), Unit.PEOPLE)
        .off_screen(),
    )


def _followed(last: int) -> tuple[Column, ...]:
    """What is said where posts follow the size."""
    return (
        figure("left", _("Positions after"))
        .means(_("Positions it owns at the end, by which its leadership posts go."))
        .short(_("positions\nin {year}").format(year=last), "0")
        .off_paper(),
        figure("posts", _("Leadership posts after"))
        .means(_("Leadership posts that its size at the end allows; empty: no band is for the unit."), Unit.PEOPLE)
        .short(_("posts"), "0"),
        count("surplus", _("To be worked off"), alarm=True)
        .means(_("Leaders beyond the posts at the end, today's surplus included."), Unit.PEOPLE)
        .short(_("to be\nworked off")),
    )


def _held(last: int) -> tuple[Column, ...]:
    """What is said where leaders hold a unit to its size."""
    return (
        figure("needs", _("Size by the bands"))
        .means(_("The smallest size that allows the leaders authorised; empty: no band is for the unit."))
        .off_screen(),
        figure("found", _("Positions after"))
        .means(_("Positions it owns at the end, where its leaders hold it to a size."))
        .short(_("positions\nin {year}").format(year=last), "0")
        .off_paper(),
        figure("at_least", _("At least"))
        .means(_("The size its leaders hold it to: no more than today's."))
        .short(_("at least"), "0")
        .off_paper(),
    )


def _over(unit: CountyUnit) -> int:
    """Leaders beyond those authorised."""
    return max(0, (unit.leaders_in_post or 0) - (unit.leaders_authorised or 0))


def _needs(rule: Rule | None, problem: Problem, unit: CountyUnit) -> int | None:
    """The size the unit's leaders need; None where no band is for it."""
    if not isinstance(rule, Leadership) or (rule.kinds and unit.kind not in rule.kinds) or not problem.county.bands:
        return None
    return rule.smallest(problem, unit.unit) if unit.leaders_authorised is not None else None
