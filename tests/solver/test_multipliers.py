"""Bounds of an amount, from multipliers or from its parts, are never too high; a plan that meets one is the best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from random import Random

import pytest

from benchmarks.generator import generate, scenario
from rebalance.goals.canonical import Canonical
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.goal import Minimise
from rebalance.goals.serve_early import ServeEarly
from rebalance.model.linear import Linear, total
from rebalance.model.linear_model import NamedConstraint
from rebalance.model.model import Model
from rebalance.scenario.scenario import Scenario
from rebalance.solver import portfolio
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Answer, Clock, Status
from rebalance.solver.lexicographic import model_of, solve
from rebalance.solver.mathopt import MathOpt, multipliers
from rebalance.solver.multipliers import fraction, least
from rebalance.solver.portfolio import Proving
from rebalance.solver.stages import Stages
from tests.campaign import Chunk, chunks
from tests.counties import Sketch, random_scenario

FOUR = Sketch(units={"U": 2, "V": 2}, townships=dict.fromkeys("ABCD", 0), demand=dict.fromkeys("ABCD", "1"))
"""Four positions in two units, for four townships that want one each."""


def question() -> tuple[Model, Linear]:
    """The fewest positions that the units keep: none of four."""
    model = model_of(FOUR.scenario())
    return model, model.owned("U", "admin", model.problem.last) + model.owned("V", "admin", model.problem.last)


def drawn(model: Model, dice: Random) -> tuple[Linear, list[Fraction]]:
    """Any amount of the cells, and any multipliers: mostly none, some large, some of either sign."""
    amount = Linear({index: dice.randint(-3, 3) for index in model.cells.values()}, dice.randint(-2, 2))
    some = [
        Fraction(dice.randint(-40, 40), dice.randint(1, 9)) if dice.random() < 0.3 else Fraction(0)
        for _ in model.requirements
    ]
    return amount, some


@pytest.mark.parametrize("chunk", chunks(2, 20))
def test_no_multipliers_give_a_bound_above_the_least(chunk: Chunk) -> None:
    for seed in chunk.seeds(12):
        model, dice = model_of(random_scenario(seed)), Random(seed)
        amount, wrong = drawn(model, dice)
        answer = CpSat().solve(model, amount)
        if answer.status is not Status.OPTIMAL or answer.values is None:
            continue
        best = amount.value(answer.values)
        assert least(model, amount, wrong) <= best, f"seed {seed}"
        right = multipliers(model, amount, Clock())
        assert right is not None, f"seed {seed}"
        assert least(model, amount, right) <= best, f"seed {seed}"
        shaken = [one + Fraction(dice.randint(-9, 9), 1000) for one in right]
        assert least(model, amount, shaken) <= best, f"seed {seed}"


def test_multipliers_of_the_relaxation_give_its_bound_exactly() -> None:
    model, kept = question()
    found = multipliers(model, kept, Clock())
    assert found is not None
    assert least(model, kept, found) == 0
    x, y = model.variable(("x",), 0, 10), model.variable(("y",), 0, 10)
    model.add(x * 3 + y * 2 >= 7)
    found = multipliers(model, x + y, Clock())
    assert found is not None
    assert least(model, x + y, found) == 3  # 7/3, rounded up: exactly, and not 2.3333


def test_without_multipliers_the_variables_bound_the_amount() -> None:
    model, kept = question()
    nothing = [Fraction(0)] * len(model.requirements)
    assert least(model, kept * 2 - 3, nothing) == -3
    assert least(model, 3 - kept, nothing) == 3 - model.bounds(kept)[1]


def test_a_multiplier_is_taken_for_the_plain_fraction_that_it_stands_for() -> None:
    assert fraction(0.333333333333) == Fraction(1, 3)
    assert fraction(-2.0000000001) == -2


def test_where_cp_sat_leaves_it_open_a_plan_that_meets_the_bound_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CpSat, "solve", lambda *_asked: Answer(Status.UNKNOWN))
    model, kept = question()
    answer = Proving(CpSat()).solve(model, kept)
    assert (answer.status, answer.bound) == (Status.OPTIMAL, 0)
    assert answer.values is not None
    assert kept.value(answer.values) == 0
    assert all(one.constraint.holds(answer.values) for one in model.requirements)


def test_the_word_of_the_other_is_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS calls it optimal; the exact bound does not say so, and CP-SAT, which goes on, is stuck."""
    monkeypatch.setattr(CpSat, "solve", lambda *_asked: Answer(Status.UNKNOWN))
    monkeypatch.setattr(portfolio, "least", lambda *_asked: -1)
    model, kept = question()
    assert MathOpt().solve(model, kept).status is Status.OPTIMAL
    answer = Proving(CpSat()).solve(model, kept)
    assert (answer.status, answer.bound) == (Status.FEASIBLE, -1)


def test_what_both_have_found_is_kept_when_cp_sat_ends_with_less(monkeypatch: pytest.MonkeyPatch) -> None:
    model, kept = question()
    most = CpSat().solve(model, -kept).values
    monkeypatch.setattr(CpSat, "solve", lambda *_asked: Answer(Status.FEASIBLE, most, -7))
    monkeypatch.setattr(portfolio, "least", lambda *_asked: -1)
    answer = Proving(CpSat()).solve(model, kept)
    assert answer.values is not None
    assert (answer.status, kept.value(answer.values), answer.bound) == (Status.FEASIBLE, 0, -1)


def test_that_there_is_no_plan_is_not_said_of_the_other_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    model, kept = question()
    model.requirements.append(NamedConstraint((kept * 2).equals(1), "", replace(model.requirements[0].place)))
    monkeypatch.setattr(CpSat, "solve", lambda *_asked: Answer(Status.UNKNOWN))
    assert MathOpt().solve(model, kept).status is Status.INFEASIBLE
    assert Proving(CpSat()).solve(model, kept).status is Status.UNKNOWN


@dataclass
class Halting(CpSat):
    """Finds the least of a part, and of the whole amount a good plan but no proof."""

    whole: Linear = field(default_factory=Linear)

    def solve(self, model: Model, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        answer = CpSat.solve(self, model, minimise, hint, enough)
        return Answer(Status.FEASIBLE, answer.values) if minimise == self.whole else answer


def reached(parts: tuple[Linear, ...], monkeypatch: pytest.MonkeyPatch, *, attained: bool) -> tuple[bool, object]:
    """Whether what the units keep is proven, by its parts alone, and the bound that is said."""
    monkeypatch.setattr(MathOpt, "solve", lambda *_asked: Answer(Status.UNKNOWN))
    monkeypatch.setattr(portfolio, "least", lambda *_asked: -9)
    model, kept = question()
    if not attained:  # one of the two units keeps something, though each might give all
        model.add(kept >= 1)
    engine = Halting(whole=kept)
    values = CpSat().solve(model, Linear()).values
    assert values is not None
    stages = Stages(engine, model, values, amounts=Proving(engine))
    found = stages.reach(Minimise(kept, parts=parts))
    return found.proven, found.bound


def halves() -> tuple[Linear, ...]:
    model, _kept = question()
    return tuple(model.owned(unit, "admin", model.problem.last) for unit in "UV")


def test_a_plan_with_every_part_at_its_least_is_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reached((), monkeypatch, attained=True) == (False, -9)
    assert reached(halves(), monkeypatch, attained=True) == (True, 0)


def test_where_the_parts_cannot_all_be_at_their_least_they_only_bound_the_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert reached(halves(), monkeypatch, attained=False) == (False, 0)


def test_the_years_of_serve_early_add_up_to_it() -> None:
    model = model_of(generated(0))
    aim = ServeEarly().aim(model)
    assert len(aim.parts) == 2  # three years, and the last is not counted
    assert total(aim.parts) - aim.amount == Linear()


@pytest.mark.parametrize("seed", range(3))
def test_bounded_year_by_year_it_comes_to_the_same(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once with the shortcuts that mostly answer first, once without them: only the years and the rest are asked."""
    first = solve(generated(seed))
    bounds: list[int | None] = []
    apart = Stages._apart

    def noting(stages: Stages, parts: Sequence[Linear]) -> int | None:
        bounds.append(apart(stages, parts))
        return bounds[-1]

    monkeypatch.setattr(Stages, "_meets", lambda *_asked: None)
    monkeypatch.setattr(Stages, "_apart", noting)
    monkeypatch.setattr(CpSat, "quick", lambda engine: replace(engine, work=1e-9))
    second = solve(generated(seed))
    assert [(one.value, one.proven) for one in first.goals] == [(one.value, one.proven) for one in second.goals]
    short = second.goals[-2].value
    assert isinstance(short, int)
    assert all(bound is None or bound <= short for bound in bounds)
    assert bounds[-1] is not None


def generated(seed: int) -> Scenario:
    """A small county over three years, in which the towns are to be served early and few units touched."""
    return scenario(generate(4, 2, 2, 3, seed=seed), (FewUnitsTouched(), ServeEarly(), Canonical()))
