"""Whether a plan is lawful, by the words of the design alone, and if not, why not."""

from __future__ import annotations

from collections.abc import Mapping

from tests.independent import above, below
from tests.independent.above import Case, Rule, Said
from tests.independent.books import Books, Decided
from tests.independent.work import Demand, Work

RULES: Mapping[str, Rule] = {
    "ledgers": above.ledgers,
    "hold_total": above.hold_total,
    "cut_above_add_below": above.cut_above_add_below,
    "vacancies_first": above.vacancies_first,
    "sure_retirements": above.sure_retirements,
    "routes": above.routes,
    "holder_limits": above.holder_limits,
    "compulsory_agencies": below.compulsory_agencies,
    "agency_quota": below.agency_quota,
    "agency_nature": below.agency_nature,
    "platforms": below.platforms,
    "stations_go_down": above.stations_go_down,
    "dispatched_staff": above.dispatched_staff,
    "return_borrowed": above.return_borrowed,
    "enforcement_brigade": below.enforcement_brigade,
    "unified_use": below.unified_use,
    "posts_filled": below.posts_filled,
    "work_follows_matters": above.work_follows_matters,
    "leadership": above.leadership,
    "hiring": above.hiring,
    "phasing": above.phasing,
    "no_worse_on_the_way": below.no_worse_on_the_way,
    "budget": above.budget,
    "pinned": above.pinned,
}
"""Every rule by its name in a scenario file."""


def case_of(demand: Demand, decided: Decided) -> Case:
    """A plan of a county whose demand has been worked out."""
    books = Books(demand.register, decided)
    return Case(books, Work(demand, books))


def why_not(case: Case, rules: Mapping[str, Said]) -> dict[str, list[str]]:
    """What is broken, by rule; nothing: the plan is lawful."""
    found = {name: list(RULES[name](case, said)) for name, said in rules.items()}
    return {name: wrong for name, wrong in found.items() if wrong}


def is_lawful(case: Case, rules: Mapping[str, Said]) -> bool:
    """Whether nothing is broken."""
    return not any(next(RULES[name](case, said), None) for name, said in rules.items())
