"""Why a unit gives what it gives and a township gets what it gets, in words, from the figures and findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rebalance.audit import Audit
from rebalance.plan import Plan, standing_still
from rebalance.words import _
from rebalance.writing.numbers import percent
from rebalance.writing.strung import listed, run_on
from rebalance.writing.townships import coverage_today
from rebalance.writing.units import Giver, givers

MOST = 2
"""So many limits are quoted for each holder."""

BITING = (
    "pinned",
    "vacancies_first",
    "cut_above_add_below",
    "holder_limits",
    "leadership",
    "work_follows_matters",
    "agency_quota",
    "compulsory_agencies",
)
"""Rules that may keep a holder from giving or getting more, the most telling first."""


def unit_reasons(checks: Audit) -> Iterator[str]:
    """A paragraph for each unit that gives, those that give most first."""
    for giver in givers(checks.plan):
        yield run_on((_unit(checks.plan, giver), *_why(checks, giver.unit)))


def township_reasons(checks: Audit) -> Iterator[str]:
    """A paragraph for each township."""
    still = standing_still(checks.plan.problem)
    for township in checks.plan.problem.townships:
        yield _township(checks, still, township)


def limits_at(checks: Audit, holder: str) -> Sequence[str]:
    """The limits that leave the holder no room at the end, in their rules' words."""
    problem = checks.plan.problem
    ends, below = {0, problem.last}, holder in problem.township
    here = [(rule, one) for rule, one in checks.tight if one.place.holder == holder and one.place.year in ends]
    found = [
        checks.scenario.rules[rule].explain(problem, one.place)
        for name in BITING
        for rule, one in here
        if rule == name and (one.found == one.at_most or not below)
    ]
    return tuple(dict.fromkeys(found))[:MOST]


def _unit(plan: Plan, giver: Giver) -> str:
    problem, held = plan.problem, plan.problem.held.get(giver.unit, ())
    free = sum(max(0, problem.authorised(giver.unit, c) - problem.in_post(giver.unit, c)) for c in held)
    retired = sum(problem.retired(giver.unit, c, year) for c in held for year in problem.years)
    text = _(
        "{unit}: {before} positions become {after} ({how}). {free} are vacant today, {retired} of its people retire by"
        " {year}, {staff} are in post then."
    )
    said = text.format(
        unit=problem.name(giver.unit),
        before=giver.today,
        after=giver.after,
        how=_how(giver),
        free=free,
        retired=retired,
        year=problem.last,
        staff=giver.in_post,
    )
    if any(problem.position[giver.unit, category].needed is not None for category in held):
        needs = (
            _("Its work needs {needed} today, stations included.") if giver.stations else _("Its work needs {needed}.")
        )
        return run_on((said, needs.format(needed=problem.needed(giver.unit))))
    return said


def _how(giver: Giver) -> str:
    """In which ways positions leave."""
    cut = _("{count} cut").format(count=giver.cut)
    stations = _("{count} handed down with stations").format(count=giver.stations)
    return listed(text for text, some in ((cut, giver.cut), (stations, giver.stations)) if some)


def _township(checks: Audit, still: Plan, township: str) -> str:
    plan = checks.plan
    problem, last = plan.problem, plan.problem.last
    after = sum(plan.owned(township, category, last) for category in problem.categories)
    down = sum(plan.sunk(township, category, year) for category in problem.categories for year in problem.years)
    text = _(
        "{township}: {before} positions become {after}; {new} are new, {stations} come with stations that sat there."
    )
    before = problem.size(township)
    said = [
        text.format(
            township=problem.name(township), before=before, after=after, new=after - before - down, stations=down
        )
    ]
    if plan.work(township, last):
        said.append(_covered(checks, still, township))
    return run_on((*said, *_why(checks, township)))


def _covered(checks: Audit, still: Plan, township: str) -> str:
    plan, last = checks.plan, checks.plan.problem.last
    today = coverage_today(still, township)
    shares = {"after": percent(plan.coverage(township, last)), "staffed": percent(plan.staffed(township, last))}
    if today is None:
        return _("Its work is then covered to {after}, by the people in post to {staffed}.").format(**shares)
    text = _("Its work is covered to {today} today and to {after} then, by the people in post to {staffed}.")
    return text.format(today=percent(today), **shares)


def _why(checks: Audit, holder: str) -> Iterator[str]:
    if limits := limits_at(checks, holder):
        yield _("Limits reached: {limits}").format(limits=run_on(limits))
