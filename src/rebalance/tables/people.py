"""People who work elsewhere than where their position is, leaders, and what positions cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Protocol

from rich.console import RenderableType

from rebalance.county.holders import Unit
from rebalance.county.reform import Station
from rebalance.model.finding import Finding
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules import Rule
from rebalance.rules.leadership import Leadership
from rebalance.scenario.parts import rule_name
from rebalance.scenario.scenario import Scenario
from rebalance.screen import add, line, number, table, words
from rebalance.table import Cell, Kind, Table, code, count, figure, table_of, text_column
from rebalance.tables.holders import holder_name
from rebalance.text import NOTHING, _


def station_table(plan: Plan) -> Table:
    """Every station, and the year in which it is handed down."""
    problem = plan.problem
    rows: list[tuple[Cell, ...]] = []
    for row in problem.county.stations:
        year = next((year for year in problem.years if plan.handed(row.station, year)), None)
        names = (row.station, row.kind_name, problem.name(row.unit), problem.name(row.township))
        rows.append((*names, problem.name(row.agency), problem.name(row.category), row.authorised, row.in_post, year))
    return table_of(
        "stations",
        _("Stations"),
        (
            code("station", _("Code")),
            text_column("kind", _("Kind of station")),
            text_column("unit", _("Unit")),
            text_column("name", _("Township")),
            text_column("agency", _("Agency")),
            text_column("category", _("Category")),
            count("authorised", _("Authorised")),
            count("in_post", _("In post")),
            figure("year", _("Handed down in"), Kind.YEAR),
        ),
        rows,
        _("A station goes down whole, with its people, or not at all."),
    )


def dispatched(plan: Plan) -> Table:
    """Staff a unit owns and a township uses."""
    problem = plan.problem
    rows: list[tuple[Cell, ...]] = []
    for row in problem.county.dispatched:
        key = (row.unit, row.township, row.agency, row.category)
        names = (problem.name(row.unit), problem.name(row.township), problem.name(row.agency) if row.agency else "")
        staff = [plan.dispatched(*key, year) for year in problem.years]
        rows.append((*names, problem.name(row.category), row.staff, *staff))
    return table_of(
        "dispatched",
        _("Dispatched staff: owned by the county, used by the township"),
        (
            text_column("unit", _("Unit")),
            text_column("name", _("Township")),
            text_column("agency", _("Agency")),
            text_column("category", _("Category")),
            count("today", _("Today")),
            *(count(f"y{year}", str(year)) for year in problem.years),
        ),
        rows,
    )


def borrowed(plan: Plan) -> Table:
    """Staff a township owns and a unit uses."""
    problem = plan.problem
    rows: list[tuple[Cell, ...]] = []
    for row in problem.county.borrowed:
        staff = [plan.borrowed(row.township, row.unit, row.category, year) for year in problem.years]
        names = (problem.name(row.township), problem.name(row.unit), problem.name(row.category))
        rows.append((*names, row.staff, *staff))
    return table_of(
        "borrowed",
        _("Borrowed staff: owned by the township, used by the county"),
        (
            text_column("name", _("Township")),
            text_column("unit", _("Unit")),
            text_column("category", _("Category")),
            count("today", _("Today")),
            *(count(f"y{year}", str(year)) for year in problem.years),
        ),
        rows,
    )


class Checked(Protocol):
    """An audit, as far as it is looked at here."""

    @property
    def plan(self) -> Plan:
        """The plan."""

    @property
    def scenario(self) -> Scenario:
        """The rules."""

    @property
    def findings(self) -> Mapping[str, tuple[Finding, ...]]:
        """What each rule has found."""


def leadership(checks: Checked) -> Table:
    """Leaders of each unit, and the size they need where the rule speaks of the unit."""
    plan, rule = checks.plan, checks.scenario.rules.get(rule_name(Leadership))
    problem, last = plan.problem, plan.problem.last
    rows: list[tuple[Cell, ...]] = []
    for unit in problem.county.units:
        if unit.leaders_authorised is None and unit.leaders_in_post is None:
            continue
        after = sum(plan.owned(unit.unit, category, last) for category in problem.categories)
        over = max(0, (unit.leaders_in_post or 0) - (unit.leaders_authorised or 0))
        leaders = (unit.leaders_authorised, unit.leaders_in_post, over)
        rows.append((unit.unit, str(unit), problem.size(unit.unit), after, *leaders, _needs(rule, problem, unit)))
    return table_of(
        "leadership",
        _("Leadership posts"),
        (
            code("unit", _("Code")),
            text_column("name", _("Unit")),
            count("before", _("Positions before")),
            count("after", _("Positions after")),
            count("authorised", _("Leaders authorised")),
            count("in_post", _("Leaders in post")),
            count("over", _("Leaders over"), alarm=True, formula="MAX(0,{in_post}-{authorised})"),
            figure("needs", _("Size by the bands")),
        ),
        rows,
        _("Leaders are not decided by the plan. Size by the bands: the smallest that allows the leaders authorised."),
    )


def _needs(rule: Rule | None, problem: Problem, unit: Unit) -> int | None:
    """The size the unit's leaders need; None where no band is for it."""
    if not isinstance(rule, Leadership) or (rule.kinds and unit.kind not in rule.kinds) or not problem.county.bands:
        return None
    return rule.smallest(problem, unit.unit) if unit.leaders_authorised is not None else None


def cost(plan: Plan) -> Table:
    """What the county's own positions cost in a year, where costs are given."""
    problem = plan.problem
    rows: list[tuple[Cell, ...]] = []
    for row in problem.county.categories:
        if row.cost is not None:
            own = [h for h, c in problem.accounts if c == row.category and not problem.is_above(h)]
            sizes = [sum(plan.owned(h, row.category, year) for h in own) for year in (problem.today, problem.last)]
            price = Fraction(row.cost)
            sums = [size * price for size in sizes]
            rows.append((str(row), price, *sizes, *sums, sums[1] - sums[0]))
    return table_of(
        "cost",
        _("Cost of the county's own positions, yuan a year"),
        (
            text_column("category", _("Category")),
            figure("price", _("One position"), Kind.MONEY),
            count("before", _("Positions before")),
            count("after", _("Positions after")),
            count("cost_before", _("Cost before"), Kind.MONEY, formula="{before}*{price}"),
            count("cost_after", _("Cost after"), Kind.MONEY, formula="{after}*{price}"),
            count("change", _("Change"), Kind.MONEY, formula="{cost_after}-{cost_before}"),
        ),
        rows,
        _("Positions of vertically managed units are paid from above until they are handed down."),
    )


def history(plan: Plan) -> Table:
    """Positions of earlier years, as far as the county gives them, then today's and the plan's."""
    problem = plan.problem
    earlier = {(row.holder, row.category, row.year): row.authorised for row in problem.county.history}
    years = sorted({year for _h, _c, year in earlier})
    accounts = [account for account in problem.accounts if any((*account, year) in earlier for year in years)]
    rows: list[tuple[Cell, ...]] = [
        (
            holder,
            holder_name(plan, holder),
            problem.name(category),
            *(earlier.get((holder, category, year)) for year in years),
            problem.authorised(holder, category),
            plan.owned(holder, category, problem.last),
        )
        for holder, category in accounts
    ]
    return table_of(
        "history",
        _("Comparison with earlier years"),
        (
            code("holder", _("Code")),
            text_column("name", _("Unit or township")),
            text_column("category", _("Category")),
            *(figure(f"y{year}", str(year)) for year in years),
            figure("before", _("Today")),
            figure("after", str(problem.last)),
        ),
        rows,
    )


def stations(plan: Plan) -> Iterator[RenderableType]:
    """A row for each year and kind in which any come down; those that stay are only counted."""
    come: dict[tuple[int, str], list[Station]] = {}
    for row in plan.problem.county.stations:
        year = next((year for year in plan.problem.years if plan.handed(row.station, year)), None)
        if year is not None:
            come.setdefault((year, row.kind), []).append(row)
    if come:
        headers = (_("stations"), _("positions"), _("people"))
        made = table(_("Stations handed down"), number(_("year")), words(_("kind")), *map(number, headers))
        for (year, _kind), rows in sorted(come.items()):
            positions, people = sum(row.authorised for row in rows), sum(row.in_post for row in rows)
            add(made, year, rows[0].kind_name or NOTHING, len(rows), positions, people)
        yield made
    stay = len(plan.problem.county.stations) - sum(map(len, come.values()))
    if stay:
        yield line(_("Stations that stay with their unit: {count}.").format(count=stay))


def elsewhere(plan: Plan) -> Iterator[RenderableType]:
    """A row for each unit that dispatches people to townships, and one for all who are borrowed from townships."""
    problem, years = plan.problem, plan.problem.years
    title = _("People who work elsewhere than they belong")
    made = table(title, words(_("unit")), *(number(str(when)) for when in (_("today"), *years)))
    sending = dict.fromkeys(row.unit for row in problem.county.dispatched)
    for unit in (unit for unit in problem.unit if unit in sending):
        today = sum(row.staff for row in problem.county.dispatched if row.unit == unit)
        counts = _by_year(plan, _sent, unit)
        if any((today, *counts)):
            add(made, _("{unit}: dispatched").format(unit=problem.name(unit)), today, *counts)
    if problem.county.borrowed:
        made.add_section()
        today = sum(row.staff for row in problem.county.borrowed)
        add(made, _("all units: borrowed from townships"), today, *_by_year(plan, _lent, ""))
    if made.row_count:
        yield made


def _by_year(plan: Plan, people: Callable[[Plan, str, int], int], unit: str) -> list[str]:
    return [str(people(plan, unit, year) or NOTHING) for year in plan.problem.years]


def _sent(plan: Plan, unit: str, year: int) -> int:
    return -sum(plan.sent(unit, category, year) for category in plan.problem.categories)


def _lent(plan: Plan, _unit: str, year: int) -> int:
    rows = plan.problem.county.borrowed
    return sum(plan.borrowed(row.township, row.unit, row.category, year) for row in rows)


def leaders(checks: Checked) -> Iterator[RenderableType]:
    """A row for each, at the end of the last year; the others are left out."""
    problem = checks.plan.problem
    headers = (
        _("leaders\nauthorised"),
        _("in\npost"),
        _("positions\nin {year}").format(year=problem.last),
        _("at least"),
    )
    made = table(_("Units held to a size by their leaders"), words(_("unit")), *map(number, headers))
    found = (one for one in checks.findings.get(rule_name(Leadership), ()) if one.place.year == problem.last)
    for one in (one for one in found if _is_worth_saying(checks, one)):
        row = problem.unit[one.place.holder]
        in_post = NOTHING if row.leaders_in_post is None else row.leaders_in_post
        add(made, problem.name(row.unit), row.leaders_authorised or 0, in_post, one.found, one.at_least or 0)
    if made.row_count:
        yield made


def _is_worth_saying(checks: Checked, one: Finding) -> bool:
    row = checks.plan.problem.unit[one.place.holder]
    too_many = (row.leaders_in_post or 0) > (row.leaders_authorised or 0)
    return too_many or one.inherited or one.found <= (one.at_least or 0)
