"""The rules of the baseline, said to CP-SAT directly."""

from __future__ import annotations

from benchmarks.pairwise.model import Model, Sum
from rebalance.county.holders import RESERVE
from rebalance.problem.problem import Problem
from rebalance.rules.agency_quota import AgencyQuota
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.holder_limits import HolderLimits
from rebalance.rules.phasing import Phasing
from rebalance.rules.pinned import Pinned
from rebalance.scenario.scenario import Scenario


def post(model: Model, scenario: Scenario) -> None:
    """Every rule; totals and routes hold already, because pairs are created along the routes only."""
    for holder, category in scenario.problem.accounts:
        for year in scenario.problem.years:
            _ledgers(model, holder, category, year)
            _limits(model, holder, category, year)
            _vacancies(model, holder, category, year)
            _takes(model, holder, category, year)
    _people(model)
    _agencies(model, scenario)
    _hiring(model)
    _amounts(model, scenario)
    _pins(model, scenario)


def given(model: Model, unit: str) -> Sum:
    """What a unit gives in all."""
    problem = model.problem
    return sum(model.cell["cut", unit, c, y] for c in problem.held.get(unit, ()) for y in problem.years)


def _ledgers(model: Model, holder: str, category: str, year: int) -> None:
    problem, cell = model.problem, model.cell
    retired = sum(problem.retired(holder, category, past) for past in problem.years if past <= year)
    model.cp.add(model.in_post[holder, category, year] >= min(0, problem.in_post(holder, category) - retired))
    if holder in problem.unit:
        model.cp.add(cell["moved_out", holder, category, year] <= cell["cut", holder, category, year])
    if holder in problem.township:
        model.cp.add(cell["moved_in", holder, category, year] <= cell["added", holder, category, year])
        today = sum(problem.placed.get((holder, agency, category), 0) for agency in problem.agencies)
        excess = max(0, today - problem.authorised(holder, category))
        placed = sum(cell["placed", holder, agency, category, year] for agency in problem.agencies)
        model.cp.add(placed <= model.owned[holder, category, year] + excess)


def _limits(model: Model, holder: str, category: str, year: int) -> None:
    row = model.problem.position.get((holder, category))
    if row and row.floor is not None:
        model.cp.add(model.owned[holder, category, year] >= min(row.floor, row.authorised))
    if row and row.ceiling is not None:
        model.cp.add(model.owned[holder, category, year] <= max(row.ceiling, row.authorised))


def _vacancies(model: Model, holder: str, category: str, year: int) -> None:
    """Staff within positions, or no worse than today, and within them in any year in which the unit gives."""
    problem = model.problem
    if holder not in problem.unit:
        return
    over = max(0, problem.in_post(holder, category) - problem.authorised(holder, category))
    excess = model.in_post[holder, category, year] - model.owned[holder, category, year]
    model.cp.add(excess <= over)
    if over:
        gives, cut = model.cp.new_bool_var(""), model.cell["cut", holder, category, year]
        model.cp.add(cut >= 1).only_enforce_if(gives)
        model.cp.add(cut == 0).only_enforce_if(~gives)
        model.cp.add(excess <= 0).only_enforce_if(gives)


def _takes(model: Model, holder: str, category: str, year: int) -> None:
    """Whoever takes people in has positions for all its staff."""
    taken = model.cell["hired", holder, category, year] + model.cell["moved_in", holder, category, year]
    if holder == RESERVE or isinstance(taken, int):
        return
    takes = model.cp.new_bool_var("")
    model.cp.add(taken >= 1).only_enforce_if(takes)
    model.cp.add(taken == 0).only_enforce_if(~takes)
    model.cp.add(model.in_post[holder, category, year] <= model.owned[holder, category, year]).only_enforce_if(takes)


def _people(model: Model) -> None:
    problem, cell = model.problem, model.cell
    for category in problem.categories:
        for year in problem.years:
            gone = sum(cell["moved_out", unit, category, year] for unit in problem.units)
            model.cp.add(gone == sum(cell["moved_in", township, category, year] for township in problem.townships))
    for unit, category in problem.accounts:
        if unit in problem.unit:
            moved = sum(cell["moved_out", unit, category, year] for year in problem.years)
            model.cp.add(moved <= problem.position[unit, category].willing)


def _agencies(model: Model, scenario: Scenario) -> None:
    problem, quotas = scenario.problem, scenario.rules["agency_quota"]
    assert isinstance(quotas, AgencyQuota)  # noqa: S101  # so says the mapping of rules
    for township in problem.townships:
        quota = quotas.quota(problem, township)
        now = sum(problem.open_today(township, agency) for agency in problem.agencies)
        for year in problem.years:
            if quota is not None:
                opened = sum(model.cell["open", township, agency, year] for agency in problem.agencies)
                model.cp.add(opened <= max(quota, now))
            for agency in problem.agencies:
                _agency(model, township, agency, year)


def _agency(model: Model, township: str, agency: str, year: int) -> None:
    row, today = model.problem.agency[agency], model.problem.strength(township, agency)
    opened, strength = model.opened[township, agency, year], model.strength(township, agency, year)
    if row.compulsory:
        model.cp.add(opened == 1)
    model.cp.add(strength == 0).only_enforce_if(~opened)
    model.cp.add(strength >= (min(row.least, today) if today else row.least)).only_enforce_if(opened)
    if row.most is not None:
        model.cp.add(strength <= max(row.most, today)).only_enforce_if(opened)


def _hiring(model: Model) -> None:
    problem = model.problem
    for (category, year), plan in problem.hiring.items():
        for holder, most in plan.items():
            who = (holder,) if holder else problem.units + problem.townships
            model.cp.add(sum(model.cell["hired", one, category, year] for one in who) <= most)


def _amounts(model: Model, scenario: Scenario) -> None:
    """A share of each unit, a total, a smallest size, a share of each year."""
    problem = scenario.problem
    cutting, limits, phasing = (scenario.rules[name] for name in ("cut_above_add_below", "holder_limits", "phasing"))
    assert isinstance(cutting, CutAboveAddBelow)  # noqa: S101  # so says the mapping of rules
    assert isinstance(limits, HolderLimits)  # noqa: S101  # likewise
    assert isinstance(phasing, Phasing)  # noqa: S101  # likewise
    everything = sum(given(model, unit) for unit in problem.units)
    for unit in problem.units:
        if cutting.share is not None:
            part, whole = cutting.share.as_integer_ratio()
            model.cp.add(whole * given(model, unit) <= part * problem.size(unit))
        model.cp.add(_left(model, unit) >= min(limits.smallest, problem.size(unit)))
    if cutting.total.at_least is not None:
        model.cp.add(everything >= cutting.total.at_least)
    if cutting.total.at_most is not None:
        model.cp.add(everything <= cutting.total.at_most)
    part, whole = phasing.share.as_integer_ratio()
    for year in problem.years:
        moved = sum(model.cell["cut", u, c, year] for u in problem.units for c in problem.held.get(u, ()))
        model.cp.add(whole * moved <= part * everything + whole - 1)


def _left(model: Model, unit: str) -> Sum:
    problem: Problem = model.problem
    return sum(model.owned[unit, c, problem.last] for c in problem.held.get(unit, ()))


def _pins(model: Model, scenario: Scenario) -> None:
    """What holders own at the end of a year (other kinds of pin are not among the benchmarks)."""
    pinned, problem = scenario.rules["pinned"], scenario.problem
    assert isinstance(pinned, Pinned)  # noqa: S101  # so says the mapping of rules
    for pin in pinned.cells:
        held = [c for c in problem.held.get(pin.holder, ()) if pin.category in {"", c}]
        owned = sum(model.owned[pin.holder, c, pin.year or problem.last] for c in held)
        for least in (pin.at_least, pin.exactly):
            if least is not None:
                model.cp.add(owned >= least)
        for most in (pin.at_most, pin.exactly):
            if most is not None:
                model.cp.add(owned <= most)
