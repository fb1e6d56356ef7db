"""Limits that the county marks as law: taken as given, never blamed, never moved, never got round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest

from rebalance.analysis.correction_sets import CorrectionSets
from rebalance.analysis.pricing import tight_limits
from rebalance.county.norms import Source
from rebalance.model.finding import Place
from rebalance.model.linear import Linear
from rebalance.model.model import Model
from rebalance.model.plan import status_quo
from rebalance.plans.audit import audit
from rebalance.problem.problem import Problem
from rebalance.rules.holder_limits import HolderLimits
from rebalance.rules.pinned import Pin, Pinned
from rebalance.scenario.scenario import Scenario
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Clock, Status
from rebalance.solver.feasible import Feasible
from rebalance.solver.lexicographic import model_of, solve
from rebalance.solver.mathopt import MathOpt
from rebalance.solver.relaxable import Instance, Without
from tests.analysis.test_clashes import impossible
from tests.campaign import Chunk, chunks
from tests.counties import ADMIN, FIRST, Has, Sketch

CEILING = ("holder_limits", Place("T1", "", ADMIN, FIRST, "ceiling"))


def lawful(scenario: Scenario, column: str = "ceiling", key: str = "") -> Scenario:
    """The scenario in a county where these limits of holders are law."""
    mark = Source("positions", column, key, "the province", made_up=False, law=True)
    county = replace(scenario.problem.county, sources=(mark,))
    return replace(scenario, problem=Problem(county))


def promise() -> Scenario:
    """T1 is promised 5 where its ceiling is 3."""
    sketch = Sketch(units={"U1": 6}, townships={"T1": Has(2, ceiling=3), "T2": Has(2, ceiling=4)})
    return sketch.scenario(HolderLimits(), Pinned((Pin("T1", ADMIN, at_least=5),)))


@pytest.mark.parametrize("key", ["", "T1", "T1/admin"])
def test_it_is_taken_as_given_and_named_as_law(key: str) -> None:
    (before,) = Feasible().clashes(promise(), 1) or ()
    assert CEILING in before.members
    assert not before.law
    scenario = lawful(promise(), key=key)
    (clash,) = Feasible().clashes(scenario, 1) or ()
    assert [rule for rule, _place in clash.members] == ["pinned"]
    assert clash.law == (CEILING,)
    assert solve(scenario).clash == clash


def test_no_repair_moves_it_or_leaves_its_rule_out() -> None:
    plain = CorrectionSets(promise(), Feasible()).repairs(9)
    names = {change.limit.name for one in plain.found for change in one.relaxations}
    assert "positions.ceiling" in names
    found = CorrectionSets(lawful(promise()), Feasible()).repairs(9)
    assert [[change.limit.name for change in one.relaxations] for one in found.found] == [["pinned.cells.at_least"]]
    assert found.complete


def test_another_row_stays_as_it_was() -> None:
    (clash,) = Feasible().clashes(lawful(promise(), key="T2"), 1) or ()
    assert CEILING in clash.members
    assert not clash.law


def test_where_only_the_law_stands_against_itself_nobody_is_to_blame_and_nothing_helps() -> None:
    sketch = Sketch(units={"U1": 2}, townships={"T1": 2})
    scenario = sketch.scenario(HolderLimits(smallest=1), Pinned((Pin("T1", ADMIN, exactly=9),), law=True))
    repairs = CorrectionSets(scenario, Feasible()).repairs(9)
    assert repairs.found == ()


def test_its_worth_is_not_asked() -> None:
    sketch = Sketch(units={"U1": 6}, townships={"T1": Has(2, ceiling=2)})
    scenario = sketch.scenario(HolderLimits())
    names = {relaxable.name for relaxable in tight_limits(scenario, audit(scenario, status_quo(scenario.problem)))}
    assert "positions.ceiling" in names
    scenario = lawful(scenario)
    names = {relaxable.name for relaxable in tight_limits(scenario, audit(scenario, status_quo(scenario.problem)))}
    assert "positions.ceiling" not in names


def status(model: Model, law: set[str], instances: set[Instance]) -> Status:
    """What another solver says of the law with some instances of rules."""
    part = model.relaxed(lambda one: not one.rule or one.rule in law or (one.rule, one.place) in instances)
    return MathOpt(clock=Clock(20)).solve(part, Linear()).status


def marked(scenario: Scenario, column: str) -> set[Instance]:
    """What is said about the holders' limits in this column."""
    said = ((one.rule, one.place) for one in model_of(scenario).requirements)
    return {one for one in said if one[0] == "holder_limits" and one[1].aspect == column}


def blaming(column: str, first: int) -> Iterator[tuple[int, Scenario]]:
    """Impossible random counties in which such a limit is to blame, as long as it is not law."""
    for seed, scenario, _draft in impossible(first):
        (clash,) = Feasible().clashes(scenario, 1) or ()
        if set(clash.members) & marked(scenario, column):
            yield seed, scenario


@pytest.mark.parametrize("chunk", chunks(1, 5, first=60_000))
@pytest.mark.parametrize("column", ["floor", pytest.param("ceiling", marks=pytest.mark.campaign)])
def test_for_random_counties_it_is_never_blamed_and_never_repaired(column: str, chunk: Chunk) -> None:
    """Irreducible with the law as given, another solver says; no way out touches it."""
    told: Counter[str] = Counter()
    for seed, plain in islice(blaming(column, chunk.first), 3):
        scenario = lawful(plain, column)
        model, limits = model_of(scenario), marked(scenario, column)
        law = {name for name, rule in scenario.rules.items() if rule.law}
        (clash,) = Feasible().clashes(scenario, 1) or ()
        members = set(clash.members)
        assert not members & limits, f"seed {seed}"
        assert set(clash.law) <= limits
        told[column] += bool(clash.law)
        assert status(model, law, members | set(clash.law)) is Status.INFEASIBLE, f"seed {seed}"
        without = [status(model, law, members - {one} | limits) for one in members]
        assert Status.INFEASIBLE not in without, f"seed {seed}"
        for repair in CorrectionSets(scenario, Feasible()).repairs(2).found:
            relaxables = [change.limit for change in repair.relaxations]
            assert not any(relaxable.name == f"positions.{column}" for relaxable in relaxables)
            assert not any(
                isinstance(relaxable, Without) and relaxable.rule == "holder_limits" for relaxable in relaxables
            )
            assert CpSat().solve(model_of(repair.scenario), Linear()).values is not None
    assert chunk.lacks(told, {column: 1}) == {}
