"""What must be so whatever the answer: other ids give the same values, tighter rules never better ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import pytest

from rebalance.county.county import County
from rebalance.county.tables import CATEGORIES, TABLES
from rebalance.goals.canonical import Canonical
from rebalance.problem.problem import Problem
from rebalance.rules import RULES, Rule
from rebalance.rules.agency_quota import AgencyQuota
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.holder_limits import HolderLimits
from rebalance.rules.phasing import Phasing
from rebalance.rules.rule import Range
from rebalance.scenario.scenario import Scenario
from rebalance.solver.lexicographic import solve
from tests.brute import chosen_natures, lawful, merit
from tests.campaign import Chunk, chunks
from tests.counties import TINY, Dealer, random_scenario

COUNTIES = 8
"""Random counties in a chunk; more of them where a difference is rare."""

Merits = tuple[tuple[tuple[Fraction, int], ...], ...]


def merits(scenario: Scenario) -> Merits | None:
    """How good every goal's value is, the larger the better; None where there is no plan. `canonical` is not asked."""
    aims = tuple(goal for goal in scenario.goals if not isinstance(goal, Canonical))
    plan = solve(replace(scenario, goals=aims)).plan
    assert plan is None or lawful(scenario, plan)
    return None if plan is None else tuple(merit(goal, goal.measure(plan)) for goal in aims)


@cache
def known(seed: int) -> Merits | None:
    """The same of a random scenario, worked out once."""
    return merits(random_scenario(seed))


def renamed(value: Any, ids: dict[str, str]) -> Any:  # noqa: ANN401  # anything a county or a rule may hold
    """The value with other ids wherever one of them stands."""
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: renamed(getattr(value, f.name), ids) for f in fields(value) if f.init})
    if isinstance(value, tuple):
        return tuple(renamed(part, ids) for part in value)
    return ids.get(value, value) if type(value) is str else value


def in_order(county: County) -> County:
    """The county with its tables sorted, as they are when read."""
    tables = (CATEGORIES, *TABLES)
    rows: dict[str, Any] = {t.name: tuple(sorted(getattr(county, t.name), key=t.key_of)) for t in tables}
    return replace(county, **rows)


def turned_round(county: County, dice: Random) -> dict[str, str]:
    """New ids for everything, in quite another order."""
    known = [row.unit for row in county.units] + [row.township for row in county.townships]
    known += [row.agency for row in county.agencies] + [row.category for row in county.categories]
    fresh = [f"{dice.randrange(100):02}-{number}" for number in range(len(known))]
    return dict(zip(known, fresh, strict=True))


@pytest.mark.parametrize("chunk", chunks(1, 10))
def test_other_ids_lead_to_the_same_values(chunk: Chunk) -> None:
    for seed in chunk.seeds(COUNTIES):
        first = random_scenario(seed)
        ids = turned_round(first.problem.county, Random(seed))
        county = in_order(renamed(first.problem.county, ids))
        rules = {name: renamed(rule, ids) for name, rule in first.rules.items()}
        second = Scenario("renamed", Problem(county), rules, renamed(first.goals, ids))
        assert merits(second) == known(seed), f"seed {seed}"


def half(seed: int) -> Iterator[Scenario]:
    """The scenario without each of its rules in turn."""
    scenario = random_scenario(seed)
    yield from (scenario.but(without=(name,)) for name, rule in scenario.rules.items() if not rule.law)


def no_better(tight: Merits | None, loose: Merits | None) -> bool:
    """Whether what a tighter question comes to is no better than what a looser one does."""
    return tight is None or (loose is not None and tight <= loose)


@pytest.mark.parametrize("chunk", chunks(1, 10, first=101))
def test_a_rule_never_helps(chunk: Chunk) -> None:
    seen: Counter[str] = Counter()
    for seed in chunk.seeds(12):
        tight = known(seed)
        for scenario in half(seed):
            loose = merits(scenario)
            assert no_better(tight, loose), f"seed {seed}, {scenario.rules.keys()}"
            seen["the same" if tight == loose else "impossible" if tight is None else "worse"] += 1
    assert chunk.lacks(seen, {"the same": 4, "worse": 2, "impossible": 2}) == {}


TIGHTER: dict[str, Callable[[Any], Any]] = {
    "share": lambda rule: replace(rule, share=Fraction(0)),
    "total": lambda rule: replace(rule, total=Range(rule.total.at_least, (rule.total.at_most or 4) // 2)),
    "smallest": lambda rule: replace(rule, smallest=rule.smallest + 4),
    "quota": lambda rule: replace(rule, large=0, medium=0),
    "year": lambda rule: replace(rule, share=rule.share / 2),
}
LOOSE: dict[str, Rule] = {
    "share": CutAboveAddBelow(Fraction(9, 10)),
    "total": CutAboveAddBelow(total=Range(None, 3)),
    "smallest": HolderLimits(1),
    "quota": AgencyQuota(3, 3),
    "year": Phasing(Fraction(9, 10)),
}


@pytest.mark.parametrize("chunk", chunks(1, 10, first=101))
@pytest.mark.parametrize("what", TIGHTER)
def test_a_tighter_parameter_never_helps(what: str, chunk: Chunk) -> None:
    worse: Counter[str] = Counter()
    for seed in chunk.seeds(16):
        scenario = random_scenario(seed)
        loose, tight = merits(scenario.but(LOOSE[what])), merits(scenario.but(TIGHTER[what](LOOSE[what])))
        assert no_better(tight, loose), f"seed {seed}"
        worse[what] += tight != loose
    assert chunk.lacks(worse, {what: 1}) == {}


def one_more_willing(county: County) -> County:
    above = {row.unit for row in county.units}
    rows = (replace(row, willing=row.willing + 1) if row.holder in above else row for row in county.positions)
    return replace(county, positions=tuple(rows))


def wider_limits(county: County) -> County:
    def loosened(limit: int | None, by: int) -> int | None:
        return None if limit is None else max(0, limit + by)

    rows = county.positions
    wider = (replace(row, floor=loosened(row.floor, -3), ceiling=loosened(row.ceiling, 3)) for row in rows)
    return replace(county, positions=tuple(wider))


def more_hiring(county: County) -> County:
    return replace(county, hiring=tuple(replace(row, most=row.most + 1) for row in county.hiring))


def higher_ceilings(county: County) -> County:
    def raised(ceiling: int | None) -> int | None:
        return None if ceiling is None else ceiling + 1

    rows = tuple(replace(row, ceiling=raised(row.ceiling)) for row in county.categories)
    return replace(county, categories=rows)


def lower_least(county: County) -> County:
    return replace(county, agencies=tuple(replace(row, least=0) for row in county.agencies))


@pytest.mark.parametrize("chunk", chunks(1, 10, first=72))
@pytest.mark.parametrize(
    ("relax", "fewest", "further"),
    [
        (one_more_willing, 1, 0),
        (wider_limits, 1, 41),
        (more_hiring, 0, 0),
        (higher_ceilings, 0, 0),
        (lower_least, 1, 0),
    ],
    ids=["willing", "limits", "hiring", "ceilings", "least"],
)
def test_a_county_with_more_room_never_does_worse(
    relax: Callable[[County], County], fewest: int, further: int, chunk: Chunk
) -> None:
    """In few counties a floor or a ceiling makes a difference: those begin at a seed `further` on."""
    better: Counter[str] = Counter()
    for seed in (seed + further for seed in chunk.seeds(4 * COUNTIES)):
        scenario, before = random_scenario(seed), known(seed)
        after = merits(replace(scenario, problem=Problem(relax(scenario.problem.county))))
        assert no_better(before, after), f"seed {seed}"
        better["better"] += before != after
    assert chunk.lacks(better, {"better": fewest}) == {}


@pytest.mark.parametrize("chunk", chunks(1, 10))
def test_a_limit_that_the_best_plan_keeps_changes_nothing(chunk: Chunk) -> None:
    for seed in chunk.seeds(COUNTIES):
        scenario = random_scenario(seed)
        plan = solve(scenario).plan
        for name in RULES.keys() - scenario.rules.keys() if plan else ():
            rule = Dealer(Random(seed), TINY[seed % len(TINY)]).rule(name, scenario.problem.county)
            limited = scenario.but(rule)
            if chosen_natures(limited) != chosen_natures(scenario):
                continue  # with the rule there is more to decide
            if plan is not None and not any(finding.broken for finding in rule.check(plan)):
                assert solve(limited).plan == plan, f"seed {seed}, {name}"
