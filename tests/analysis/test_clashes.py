"""Clashes looked at by others: a second solver says they cannot hold, and a plan shows that each part of them can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count, islice

import pytest
from ortools.math_opt.python import mathopt

from rebalance.model.finding import Place
from rebalance.model.linear import Linear
from rebalance.model.model import Model
from rebalance.model.plan import status_quo
from rebalance.plans.conflict import together
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.holder_limits import HolderLimits
from rebalance.rules.pinned import Pin, Pinned
from rebalance.rules.rule import Range
from rebalance.rules.vacancies_first import VacanciesFirst
from rebalance.scenario.read import read_scenario
from rebalance.scenario.scenario import Scenario
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Clock, Status
from rebalance.solver.feasible import Feasible
from rebalance.solver.lexicographic import model_of
from rebalance.solver.mathopt import MathOpt
from rebalance.solver.relaxable import Instance
from tests.campaign import Chunk, chunks
from tests.counties import ADMIN, FIRST, Has, Sketch, random_scenario
from tests.papers.plans import ROOT

CHUNK = 50


def impossible(first: int) -> Iterator[tuple[int, Scenario, Model]]:
    """Random scenarios from a seed on that have no plan."""
    for seed in count(first):
        scenario = random_scenario(seed)
        model = model_of(scenario)
        if CpSat().solve(model, Linear()).status is Status.INFEASIBLE:
            yield seed, scenario, model


def kept(model: Model, law: set[str], members: set[Instance]) -> Model:
    """The draft with the law, the definitions and these instances only."""
    return model.relaxed(lambda one: not one.rule or one.rule in law or (one.rule, one.place) in members)


@pytest.mark.parametrize("chunk", chunks(1, 10))
def test_clashes_are_irreducible_and_never_blame_the_law(chunk: Chunk) -> None:
    several: Counter[str] = Counter()
    for seed, scenario, model in islice(impossible(chunk.first), CHUNK):
        law = {name for name, rule in scenario.rules.items() if rule.law}
        found = Feasible().clashes(scenario, 2) or ()
        several["clashes"] += len(found) > 1
        assert found, f"seed {seed}"
        for clash in found:
            members = set(clash.members)
            assert clash.confirmed
            assert len(members) == len(clash.members)
            assert not law & {rule for rule, _place in members}
            judge = MathOpt(mathopt.SolverType.GSCIP, Clock(20))
            assert judge.solve(kept(model, law, members), Linear()).status is Status.INFEASIBLE, f"seed {seed}"
            for one in members:
                part = kept(model, law, members - {one})
                values = CpSat().solve(part, Linear()).values
                assert values is not None, f"seed {seed}: {one} is superfluous"
                assert all(said.constraint.holds(values) for said in part.requirements)
        first, *rest = (set(clash.members) for clash in found)
        assert all(not first <= other and not other <= first for other in rest)
    assert chunk.lacks(several, {"clashes": 1}) == {}


def test_two_promises_that_contradict_each_other_clash() -> None:
    sketch = Sketch(units={"U1": 6}, townships={"T1": 2})
    pins = Pinned((Pin("T1", ADMIN, at_least=5), Pin("U1", ADMIN, at_least=4)))
    (clash,) = Feasible().clashes(sketch.scenario(pins), 9) or ()
    assert clash.members == (
        ("pinned", Place("T1", "", ADMIN, FIRST, "cell 1")),
        ("pinned", Place("U1", "", ADMIN, FIRST, "cell 2")),
    )


def test_all_clashes_are_found_when_more_are_asked_for_than_there_are() -> None:
    sketch = Sketch(units={"U1": Has(6, floor=5)}, townships={"T1": 2})
    rules = (
        CutAboveAddBelow(total=Range(None, 1)),
        HolderLimits(),
        VacanciesFirst(),
        Pinned((Pin("T1", ADMIN, at_least=4),)),
    )
    found = Feasible().clashes(sketch.scenario(*rules), 9) or ()
    against = [{rule for rule, _place in clash.members} - {"pinned"} for clash in found]
    assert sorted(map(sorted, against)) == [["cut_above_add_below"], ["holder_limits"], ["vacancies_first"]]
    assert all("pinned" in {rule for rule, _place in clash.members} for clash in found)


def test_a_possible_scenario_has_no_clash() -> None:
    assert Feasible().clashes(Sketch(units={"U1": 6}, townships={"T1": 2}).scenario(), 3) == ()


def test_a_rule_at_many_places_is_one_line_and_what_was_fixed_by_hand_comes_first() -> None:
    scenario = read_scenario(ROOT / "scenarios/baseline.toml")
    problem = scenario.problem
    category = next(iter(problem.categories))
    scenario = scenario.but(Pinned(cells=(Pin(problem.townships[0], category, at_least=3),)))
    pin = ("pinned", Place(problem.townships[0], "", category, problem.last, "cell 1"))
    found = list(scenario.rules["cut_above_add_below"].check(status_quo(problem)))
    cuts = [("cut_above_add_below", one.place) for one in found if one.place.holder in problem.unit]
    same = [one for one in cuts if one[1].aspect == cuts[0][1].aspect and one[1].category == cuts[0][1].category]
    said = list(together(scenario, [*same[:5], pin]))
    assert [len(members) for _title, _says, members in said] == [1, 5]
    assert "Likewise at 4 other places" in said[1][1]
