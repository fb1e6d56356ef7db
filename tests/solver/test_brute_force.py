"""The solver against an exhaustive search that shares nothing with it but the books, `check`, `measure`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count, islice

import pytest

from rebalance.goals import GOALS
from rebalance.goals.canonical import Canonical
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.goal import Minimise
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.plans.outcome import Ending, Outcome
from rebalance.rules import RULES
from rebalance.scenario.scenario import Scenario
from rebalance.solver.lexicographic import solve
from tests.brute import Best, Bundle, TooManyError, all_plans, best, lawful, ranked
from tests.campaign import Chunk, chunks
from tests.counties import Size, random_scenario
from tests.invariants import uneven

CHUNK = 130

APART = 1002
"""From the first seed of a chunk to that of the next."""

FEWEST = {
    "feasible": 50,
    "impossible": 10,
    "inherited": 20,
    "worst_off_first": 10,
    "fill_shortages": 2,
    "fill_vacancies": 2,
    "spare_the_units": 4,
    "serve_early": 1,
    "few_units_touched": 1,
    "few_people_moved": 1,
    "canonical": 20,
    "nothing to choose": 2,
    "handed": 3,
    "dispatched": 3,
    "borrowed": 1,
    "delegated": 2,
    "office": 1,
    "granted": 2,
    "given back": 1,
}
"""What a chunk must contain to be worth anything: both endings, inherited breaches, goals with a choice.

And counties where there are stations, dispatched or borrowed staff, matters, and natures of agencies to decide on, or
positions are granted or given back.
"""

MICRO = Size(1, 1, 1, 1, 1, biggest=2)
"""Counties so small that every number can be tried in every cell."""

Case = tuple[int, Scenario, Best | None]


def dealt(first: int) -> Iterator[Case]:
    """Random scenarios from a seed on, with the answer, wherever writing all plans out takes but a moment."""
    for seed in count(first):
        scenario = random_scenario(seed)
        try:
            yield seed, scenario, best(scenario)
        except TooManyError:
            continue


def differences(scenario: Scenario, outcome: Outcome, known: Best | None) -> list[str]:
    """Everything in which the solver's outcome differs from the known answer."""
    if known is None or outcome.plan is None:
        agree = known is None and outcome.ending is Ending.IMPOSSIBLE
        confirmed = outcome.clash is not None and outcome.clash.confirmed
        return [] if agree and confirmed else [f"ended {outcome.ending}, known: {known}"]
    values = tuple(goal.value for goal in outcome.goals)  # that of `canonical` last: any of the best plans will do
    mine = {cell: number for cell, number in outcome.plan.decided.items() if number}
    theirs = {cell: number for cell, number in known.plan.decided.items() if number}
    facts = {
        "ended": outcome.ending is Ending.DONE,
        "proven": outcome.proven,
        "lawful": lawful(scenario, outcome.plan),
        "ledgers": uneven(outcome.plan) == [],
        "as good as claimed": values == tuple(goal.measure(outcome.plan) for goal in scenario.goals),
        f"values {values}, known: {known.values}": values[: len(known.values)] == known.values,
        f"unique {outcome.unique}, known: {known.unique}": outcome.unique == known.unique,
        f"chosen {outcome.goals[-1].freedom}": outcome.goals[-1].freedom == ("canonical" in known.free),
        f"plan {mine}, known: {theirs}": mine == theirs or not known.unique,
    }
    return [fact for fact, holds in facts.items() if not holds]


def features(scenario: Scenario, known: Best | None) -> Iterator[str]:
    """What makes a case worth trying."""
    yield "feasible" if known else "impossible"
    if known:
        yield from {str(cell[0]) for cell in known.plan.decided} & FEWEST.keys()
        yield from known.free
        if "canonical" not in known.free:
            yield "nothing to choose"
        findings = (finding for rule in scenario.rules.values() for finding in rule.check(known.plan))
        if any(finding.inherited for finding in findings):
            yield "inherited"
        moved = [known.plan.granted(c, y) for c in scenario.problem.categories for y in scenario.problem.years]
        yield from (["granted"] if max(moved) > 0 else [])
        yield from (["given back"] if min(moved) < 0 else [])


@dataclass(frozen=True)
class ManyPeople:
    """As many people hired, and still borrowed, as can be: what nothing else aims at."""

    def aim(self, model: Model) -> Minimise:
        """Each of them."""
        people = (index for cell, index in model.cells.items() if cell[0] in {"hired", "borrowed"})
        return Minimise(total(Linear({index: -1}) for index in people))

    def measure(self, plan: Plan) -> int:
        """Each of them, on the plan."""
        return -sum(number for cell, number in plan.decided.items() if cell[0] in {"hired", "borrowed"})

    def explain(self) -> str:
        """The goal in words."""
        return "As many people as possible are hired or stay borrowed."


@pytest.mark.parametrize("chunk", chunks(2, 20, apart=APART))
def test_the_solver_finds_what_writing_all_plans_out_finds(chunk: Chunk) -> None:
    seen: Counter[str] = Counter()
    for seed, scenario, known in islice(dealt(chunk.first), CHUNK):
        assert differences(scenario, solve(scenario), known) == [], f"seed {seed}"
        seen.update(features(scenario, known))
    assert chunk.lacks(seen, FEWEST) == {}


def test_every_goal_is_among_those_that_must_have_had_a_choice() -> None:
    elsewhere = {"hand_down_matters", "few_moves", "stay_close", "in_proportion"}  # tests/goals/test_against_all_plans
    assert GOALS.keys() - {"canonical"} - elsewhere <= FEWEST.keys()


@pytest.mark.parametrize("fewest", [1, pytest.param(3, marks=pytest.mark.campaign)])
@pytest.mark.parametrize("name", sorted(RULES.keys() - {"ledgers"}))
def test_every_rule_makes_a_difference_to_some_of_these_counties(name: str, fewest: int) -> None:
    scenarios = (scenario for scenario in map(random_scenario, range(1000)) if name in scenario.rules)
    assert len(list(islice((one for one in scenarios if makes_a_difference(one, name)), fewest))) == fewest


def makes_a_difference(scenario: Scenario, name: str) -> bool:
    """Whether the best plan, with as many people hired and lent as can be, would break the rule if it were not on."""
    goals = (FillShortages(), ManyPeople(), Canonical())
    rules = {other: rule for other, rule in scenario.rules.items() if other != name}  # the law too
    plan = solve(replace(scenario, rules=rules, goals=goals)).plan
    return plan is not None and any(finding.broken for finding in scenario.rules[name].check(plan))


def test_writing_plans_out_in_steps_misses_none_and_invents_none() -> None:
    endings: Counter[bool] = Counter()
    for seed in range(150):
        scenario = random_scenario(seed, MICRO)
        try:
            found = [Bundle(plan.decided) for plan in all_plans(scenario, budget=2_000)]
        except TooManyError:
            continue
        known, expected = best(scenario), ranked(scenario, found) if found else None
        assert known == expected, f"seed {seed}"
        endings[known is None] += 1
    assert endings[True] >= 20
    assert endings[False] >= 50
