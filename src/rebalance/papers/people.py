"""People who work elsewhere than where their position is, leaders, and what positions cost."""

from __future__ import annotations

from fractions import Fraction

from rebalance.audit import Audit
from rebalance.county.organisations import Unit
from rebalance.papers.positions import holder_name
from rebalance.papers.table import Cell, Kind, Table, code, count, figure, table, words
from rebalance.plan import Plan
from rebalance.problem import Problem
from rebalance.rules import Rule
from rebalance.rules.leadership import Leadership
from rebalance.words import _


def stations(plan: Plan) -> Table:
    """Every station, and the year in which it is handed down."""
    problem = plan.problem
    rows: list[tuple[Cell, ...]] = []
    for row in problem.county.stations:
        year = next((year for year in problem.years if plan.handed(row.station, year)), None)
        names = (row.station, row.kind_name, problem.name(row.unit), problem.name(row.township))
        rows.append((*names, problem.name(row.agency), problem.name(row.category), row.authorised, row.in_post, year))
    return table(
        "stations",
        _("Stations"),
        (
            code("station", _("Code")),
            words("kind", _("Kind of station")),
            words("unit", _("Unit")),
            words("name", _("Township")),
            words("agency", _("Agency")),
            words("category", _("Category")),
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
    return table(
        "dispatched",
        _("Dispatched staff: owned by the county, used by the township"),
        (
            words("unit", _("Unit")),
            words("name", _("Township")),
            words("agency", _("Agency")),
            words("category", _("Category")),
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
    return table(
        "borrowed",
        _("Borrowed staff: owned by the township, used by the county"),
        (
            words("name", _("Township")),
            words("unit", _("Unit")),
            words("category", _("Category")),
            count("today", _("Today")),
            *(count(f"y{year}", str(year)) for year in problem.years),
        ),
        rows,
    )


def leadership(checks: Audit) -> Table:
    """Leaders of each unit, and the size they need where the rule speaks of the unit."""
    plan, rule = checks.plan, checks.scenario.rules.get("leadership")
    problem, last = plan.problem, plan.problem.last
    rows: list[tuple[Cell, ...]] = []
    for unit in problem.county.units:
        if unit.leaders_authorised is None and unit.leaders_in_post is None:
            continue
        after = sum(plan.owned(unit.unit, category, last) for category in problem.categories)
        over = max(0, (unit.leaders_in_post or 0) - (unit.leaders_authorised or 0))
        leaders = (unit.leaders_authorised, unit.leaders_in_post, over)
        rows.append((unit.unit, str(unit), problem.size(unit.unit), after, *leaders, _needs(rule, problem, unit)))
    return table(
        "leadership",
        _("Leadership posts"),
        (
            code("unit", _("Code")),
            words("name", _("Unit")),
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
    return table(
        "cost",
        _("Cost of the county's own positions, yuan a year"),
        (
            words("category", _("Category")),
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
    return table(
        "history",
        _("Comparison with earlier years"),
        (
            code("holder", _("Code")),
            words("name", _("Unit or township")),
            words("category", _("Category")),
            *(figure(f"y{year}", str(year)) for year in years),
            figure("before", _("Today")),
            figure("after", str(problem.last)),
        ),
        rows,
    )
