"""Scenarios that are impossible for a known reason: the smallest clash, none of it superfluous, never the law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

import pytest

from rebalance.model.finding import Place
from rebalance.model.linear import Linear
from rebalance.model.plan import Plan, decisions, plan_of
from rebalance.plans.conflict import Conflict
from rebalance.plans.outcome import Ending
from rebalance.rules import Rule
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.hold_total import HoldTotal
from rebalance.rules.holder_limits import HolderLimits
from rebalance.rules.phasing import Phasing
from rebalance.rules.pinned import Pin, Pinned
from rebalance.rules.rule import Range
from rebalance.rules.vacancies_first import VacanciesFirst
from rebalance.scenario.scenario import Scenario
from rebalance.solver.conflict import smallest
from rebalance.solver.engine import Status
from rebalance.solver.lexicographic import model_of, solve
from rebalance.solver.mathopt import MathOpt
from rebalance.solver.relaxable import Instance
from tests.counties import ADMIN, FIRST, SHARES, Has, Sketch, random_scenario


def clash_of(scenario: Scenario) -> Conflict:
    outcome = solve(scenario)
    assert outcome.ending is Ending.IMPOSSIBLE
    assert outcome.plan is None
    assert outcome.goals == ()
    assert outcome.clash is not None
    assert outcome.clash.confirmed
    return outcome.clash


def names(clash: Conflict) -> set[str]:
    """The members as "rule holder aspect"."""
    return {" ".join(filter(None, (rule, place.holder, place.aspect))) for rule, place in clash.members}


def at_least(total: int) -> CutAboveAddBelow:
    return CutAboveAddBelow(total=Range(at_least=total))


@dataclass(frozen=True)
class Case:
    """An impossible county, and why it is."""

    name: str
    sketch: Sketch
    rules: Sequence[Rule]
    why: frozenset[str]

    def __str__(self) -> str:
        """What it is called."""
        return self.name


CASES = (
    Case(
        "a promise beyond a ceiling",
        Sketch(units={"U": 5, "V": 5}, townships={"T": Has(2, ceiling=4)}),
        [HolderLimits(2), CutAboveAddBelow(SHARES[0]), Pinned((Pin("T", exactly=5),))],
        frozenset({"pinned T cell 1", "holder_limits T ceiling"}),
    ),
    Case(
        "two promises about one number",
        Sketch(units={"U": 5}, townships={"T": 2}),
        [HolderLimits(2), Pinned((Pin("T", at_least=4), Pin("U", at_least=1), Pin("T", ADMIN, at_most=3)))],
        frozenset({"pinned T cell 1", "pinned T cell 3"}),
    ),
    Case(
        "a total that two units together cannot give",
        Sketch(units={"U": Has(2, 1), "V": Has(2, 1)}, townships={"T": 0}),
        [at_least(3), VacanciesFirst(), Phasing(SHARES[-1])],
        frozenset({"cut_above_add_below total", "vacancies_first U staff", "vacancies_first V staff"}),
    ),
    Case(
        "a total and a floor",
        Sketch(units={"U": Has(3, floor=2), "V": 2}, townships={"T": Has(0, ceiling=9)}),
        [at_least(4), HolderLimits()],
        frozenset({"cut_above_add_below total", "holder_limits U floor"}),
    ),
    Case(
        "a county that may not take back what it gave",
        Sketch(units={"U": 3}, townships={"T": 2}),
        [CutAboveAddBelow(), Pinned((Pin("U", at_least=1), Pin("U", exactly=4)))],
        frozenset({"pinned U cell 2"}),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_smallest_clash_is_named(case: Case) -> None:
    assert names(clash_of(case.sketch.scenario(*case.rules))) == case.why


@pytest.mark.parametrize("case", CASES, ids=str)
def test_without_any_one_of_it_there_is_a_plan_and_with_all_of_it_there_is_none(case: Case) -> None:
    """By writing all plans out, and asking each rule's `check`: no solver, no draft."""
    scenario = case.sketch.scenario(*case.rules)
    members = clash_of(scenario).members
    plans = list(all_plans(scenario))
    assert not any(keeps(scenario, plan, members) for plan in plans)
    for left_out in members:
        rest = [member for member in members if member != left_out]
        assert any(keeps(scenario, plan, rest) for plan in plans), left_out


def all_plans(scenario: Scenario) -> Iterator[Plan]:
    domains = dict(decisions(scenario.problem))
    for counts in product(*(range(most + 1) for most in domains.values())):
        yield plan_of(scenario.problem, dict(zip(domains, counts, strict=True)))


def keeps(scenario: Scenario, plan: Plan, members: Sequence[Instance]) -> bool:
    """Whether the plan keeps the law, and these rules at these places."""
    law = (name for name, rule in scenario.rules.items() if rule.law)
    asked = {*members, *((name, None) for name in law)}
    return not any(
        finding.broken and ((name, finding.place) in asked or (name, None) in asked)
        for name, rule in scenario.rules.items()
        for finding in rule.check(plan)
    )


def test_the_law_is_never_named() -> None:
    case = CASES[0]
    rules: list[Rule] = [HolderLimits(law=True), Pinned((Pin("T", exactly=5),))]
    assert names(clash_of(case.sketch.scenario(*rules))) == {"pinned T cell 1"}


def test_where_the_law_alone_is_impossible_nobody_is_to_blame() -> None:
    sketch = Sketch(units={"U": 2}, townships={"T": 2})
    scenario = sketch.scenario(Pinned((Pin("T", exactly=9),), law=True), at_least(1))
    assert clash_of(scenario).members == ()


def impossible() -> Iterator[Scenario]:
    scenarios = map(random_scenario, range(10_000))
    return (scenario for scenario in scenarios if solve(replace(scenario, goals=())).plan is None)


def possible(scenario: Scenario, members: Sequence[Instance]) -> bool:
    """Whether another solver finds a plan that keeps the law and these."""
    law = {name for name, rule in scenario.rules.items() if rule.law}
    whole = model_of(scenario)
    part = whole.relaxed(lambda one: not one.rule or one.rule in law or (one.rule, one.place) in members)
    status = MathOpt().solve(part, Linear()).status
    assert status in {Status.OPTIMAL, Status.FEASIBLE, Status.INFEASIBLE}
    return status is not Status.INFEASIBLE


def test_for_random_counties_another_solver_finds_no_member_superfluous() -> None:
    sizes = set()
    for scenario in islice(impossible(), 8):
        members = clash_of(scenario).members
        assert not {rule for rule, _place in members} & {"ledgers", "hold_total"}
        assert not possible(scenario, members)
        for left_out in members:
            assert possible(scenario, [member for member in members if member != left_out])
        sizes.add(len(members))
    assert len(sizes) >= 2


@pytest.mark.parametrize("guilty", [(), (0,), (7,), (0, 7), (2, 3, 5), tuple(range(8))], ids=str)
def test_an_irreducible_part_is_found_among_many(guilty: tuple[int, ...]) -> None:
    found = smallest(list(range(8)), lambda some: set(guilty) <= set(some))
    assert sorted(found) == list(guilty)


def test_of_two_reasons_one_is_named() -> None:
    found = smallest(list(range(8)), lambda some: {1, 2} <= set(some) or {5, 6} <= set(some))
    assert sorted(found) in ([1, 2], [5, 6])


def test_the_same_clash_is_named_every_time() -> None:
    for scenario in islice(impossible(), 5):
        assert clash_of(scenario) == clash_of(scenario)


def test_what_is_law_is_taken_as_given() -> None:
    assert HoldTotal.law
    places = {place for _rule, place in clash_of(CASES[0].sketch.scenario(*CASES[0].rules)).members}
    assert places == {Place("T", "", "", FIRST, "cell 1"), Place("T", "", ADMIN, FIRST, "ceiling")}
