"""The leximin engine on its own: shares of numbers that mean nothing, against trying all of them out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import permutations, product
from random import Random

import pytest

from rebalance.goals.goal import ALWAYS, Leximin, LeximinVector, Minimise, Ratio, Steps, better
from rebalance.model.finding import Place
from rebalance.model.linear import Constraint, Linear, total
from rebalance.model.model import Model
from rebalance.solver import ascent
from rebalance.solver.ascent import Ascent
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Answer, Clock, Status
from rebalance.solver.fixed import bettered
from rebalance.solver.guide import Relaxation
from rebalance.solver.leximin import Threshold, least_amounts, order_encoding, profile
from rebalance.solver.stages import Stages
from tests.counties import Sketch


@dataclass
class Numbers:
    """A draft of plain numbers, and every combination of them that is allowed."""

    model: Model = field(default_factory=lambda: Model(Sketch().problem))
    said: list[Constraint] = field(default_factory=list)

    def number(self, most: int, least: int = 0) -> Linear:
        """One more number, between two bounds."""
        return self.model.variable(("number", len(self.model.variables)), least, most)

    def demand(self, constraint: Constraint) -> None:
        """Allow only what satisfies it."""
        self.said.append(constraint)
        self.model.add(constraint)

    def __post_init__(self) -> None:
        """Keep the size before any goal adds variables of its own."""
        assert self.model.variables == []

    def all(self, count: int) -> Iterator[list[int]]:
        """Every combination of the first so many numbers."""
        domains = [range(v.least, v.most + 1) for v in self.model.variables[:count]]
        for values in map(list, product(*domains)):
            if all(constraint.holds(values) for constraint in self.said):
                yield values


def stages(numbers: Numbers) -> Stages:
    engine = CpSat()
    answer = engine.solve(numbers.model, Linear())
    assert answer.values is not None
    return Stages(engine, numbers.model, answer.values)


def best_of(aims: list[Leximin], plans: list[list[int]]) -> list[LeximinVector]:
    """What goal after goal comes to at best."""
    found = []
    for aim in aims:
        tops = [merit(aim, values) for values in plans]
        plans = [values for values, top in zip(plans, tops, strict=True) if top == max(tops)]
        found.append(profile(aim, plans[0]))
    return found


def merit(aim: Leximin, values: list[int]) -> list[tuple[Fraction, int]]:
    """The larger the better: a share that is left out, or has enough, is beyond all."""
    levels = [(level, -count) for level, count in profile(aim, values) if level != aim.enough]
    return [*levels, (Fraction(10**9), 0)]


def dealt(seed: int) -> tuple[Numbers, list[Leximin]]:
    """Some numbers, some bounds on their sums, and two goals about shares of them."""
    dice, numbers = Random(seed), Numbers()
    plain = [numbers.number(dice.randint(1, 4)) for _n in range(dice.randint(2, 4))]
    doors = [numbers.number(1) for _n in range(2)]
    numbers.demand(total(plain) <= dice.randint(1, 7))
    numbers.demand(total(plain) + doors[0] * 2 >= dice.randint(0, 2))
    numbers.demand(doors[0] + doors[1] <= dice.choice((1, 1, 2)))
    ratios = [ratio(dice, amount, doors) for amount in plain]
    enough = dice.choice((None, Fraction(1), Fraction(2, 3), Fraction(0)))
    depth = dice.choice((None, None, 1, 2))
    first = Leximin(tuple(ratios), enough, depth)
    second = Leximin(tuple(ratio(dice, amount, doors) for amount in plain), Fraction(1))
    return numbers, [first, second]


def ratio(dice: Random, amount: Linear, doors: list[Linear]) -> Ratio:
    """A share whose whole, or whether it is there at all, may depend on the two doors."""
    whole, other = dice.randint(1, 7), dice.randint(1, 7)
    scale = Steps(dice.choice((1, 1, 3)))
    cases: tuple[tuple[int, Linear], ...] = ((whole, ALWAYS),)
    if dice.random() < 0.3:
        cases = ((whole, doors[0]), (other, 1 - doors[0]))
    elif dice.random() < 0.2:
        cases = ((whole, doors[1]),)
    active = doors[0] if dice.random() < 0.2 else ALWAYS
    return Ratio(amount, cases, active, scale)


@pytest.mark.parametrize("seed", range(60))
def test_no_combination_of_numbers_is_better(seed: int) -> None:
    numbers, aims = dealt(seed)
    plans = list(numbers.all(len(numbers.model.variables)))
    if not plans:
        return
    known, run = best_of([aims[0]], plans)[0], stages(numbers)
    assert run.reach(aims[0]).proven
    assert profile(aims[0], run.values) == known
    if aims[0].depth is None:
        assert run.reach(aims[1]).proven
        assert [profile(aim, run.values) for aim in aims] == best_of(aims, plans)


def pool(wholes: list[int], most: int) -> tuple[Numbers, Leximin]:
    """One pool for shares of these wholes."""
    numbers = Numbers()
    amounts = [numbers.number(most) for _whole in wholes]
    numbers.demand(total(amounts) <= most)
    return numbers, Leximin(tuple(Ratio(a, ((w, ALWAYS),)) for a, w in zip(amounts, wholes, strict=True)))


def values_of(numbers: Numbers, aim: Leximin) -> list[int]:
    run = stages(numbers)
    assert run.reach(aim).proven
    return run.values[: len(aim.ratios)]


def test_without_any_share_there_is_nothing_to_do() -> None:
    numbers = Numbers()
    numbers.number(3)
    assert stages(numbers).reach(Leximin(())).proven


def test_shares_that_cannot_change_are_proven_at_once() -> None:
    numbers = Numbers()
    aim = Leximin((Ratio(Linear(constant=2), ((3, ALWAYS),)), Ratio(Linear(constant=1), ((3, ALWAYS),))))
    run = stages(numbers)
    assert run.reach(aim).proven
    assert profile(aim, run.values) == ((Fraction(1, 3), 1), (Fraction(2, 3), 1))


@pytest.mark.parametrize("gap", [0, 1, 2, 10, 1000])
def test_wholes_that_differ_by_one_in_a_thousand_million_are_told_apart(gap: int) -> None:
    # equal amounts: the larger whole is worse off, so the odd position goes there
    wholes = [10**9, 10**9 + gap]
    numbers, aim = pool(wholes, 5)
    assert values_of(numbers, aim) in ([[2, 3]] if gap else [[2, 3], [3, 2]])


def test_many_equal_shares_end_within_one_of_each_other() -> None:
    numbers, aim = pool([50] * 12, 30)
    assert sorted(values_of(numbers, aim)) == [2] * 6 + [3] * 6


@pytest.mark.parametrize("cuts", [1, 2, 5, 48])
def test_however_few_cuts_are_asked_about_at_once(cuts: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every share ends at a level of its own, and a single exchange makes none of it better."""
    monkeypatch.setattr(ascent, "CUTS", cuts)
    monkeypatch.setattr(ascent, "GRID", max(2, cuts // 2))
    wholes = [97 + 7 * number for number in range(8)]
    numbers, aim = pool(wholes, 40)
    values = values_of(numbers, aim)
    levels = sorted({Fraction(v, w) for v, w in zip(values, wholes, strict=True)})
    assert (len(levels), sum(values)) == (8, 40)
    for give, take in permutations(range(8), 2):
        other = list(values)
        other[give], other[take] = other[give] - 1, other[take] + 1
        assert other[give] < 0 or not better(profile(aim, other), profile(aim, values))


@dataclass
class Blind:
    """An engine that never finds anything."""

    def solve(self, model: Model, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """Nothing."""
        return Answer(Status.UNKNOWN)


def test_the_proof_finds_the_best_by_itself_where_the_search_finds_nothing() -> None:
    numbers, aim = pool([7, 9, 11], 10)
    run = stages(numbers)
    run.finder = Blind()
    assert run.reach(aim).proven
    assert profile(aim, run.values) == profile(aim, values_of(*pool([7, 9, 11], 10)))


@dataclass
class NeverSure:
    """An engine that finds plans but never says that there is none."""

    inner: CpSat = field(default_factory=CpSat)

    def solve(self, model: Model, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """The answer, where there is one."""
        answer = self.inner.solve(model, minimise, hint, enough)
        return answer if answer.values is not None else Answer(Status.UNKNOWN)


def test_what_is_reached_and_not_proven_is_held_all_the_same() -> None:
    """Ten for shares of 7, 9 and 11; the goal after it would rather use none of them."""
    numbers, aim = pool([7, 9, 11], 10)
    run, best = stages(numbers), profile(aim, values_of(*pool([7, 9, 11], 10)))
    run.engine = NeverSure()
    assert not run.reach(aim).proven
    assert run.reach(Minimise(total(ratio.amount for ratio in aim.ratios))).proven
    assert profile(aim, run.values) == best


MILLION = 10**6


@pytest.mark.parametrize("levels", [1, 2, 7])
def test_one_question_sees_what_is_better_by_one_in_a_million_at_the_last_level_only(levels: int) -> None:
    """All shares but the last can be no better; the last may be one of a million higher."""
    numbers = Numbers()
    fixed = [numbers.number(5 + n, 5 + n) for n in range(levels - 1)]
    last = numbers.number(MILLION)
    ratios = [Ratio(amount, ((100, ALWAYS),)) for amount in fixed] + [Ratio(last, ((MILLION, ALWAYS),))]
    aim = Leximin(tuple(ratios))
    best = [*range(5, 4 + levels), MILLION]
    nearly = [*best[:-1], MILLION - 1]
    (question,) = bettered(numbers.model, aim, profile(aim, nearly))
    assert CpSat().solve(question, Linear()).values is not None
    (question,) = bettered(numbers.model, aim, profile(aim, best))
    assert CpSat().solve(question, Linear()).status is Status.INFEASIBLE


@pytest.mark.parametrize("seed", range(60, 90))
def test_a_better_plan_is_found_just_when_there_is_one(seed: int) -> None:
    """Of every plan that numbers allow: the one question has an answer unless the plan is the best."""
    numbers, (aim, _second) = dealt(seed)
    plans = list(numbers.all(len(numbers.model.variables)))
    top = max((merit(aim, values) for values in plans), default=[])
    for value in {profile(aim, values): merit(aim, values) for values in plans}.items():
        questions = list(bettered(numbers.model, aim, value[0]))
        found = any(CpSat().solve(one, Linear()).values is not None for one in questions)
        assert found == (value[1] < top), f"{value[0]}"


def test_a_share_that_is_not_active_is_nothing_and_beats_nobody() -> None:
    numbers = Numbers()
    amount, door = numbers.number(3), numbers.number(1)
    numbers.demand(amount + door * 2 <= 3)
    aim = Leximin((Ratio(amount, ((3, ALWAYS),), door),))
    run = stages(numbers)
    assert run.reach(aim).proven
    assert run.values[:2] == [1, 1]


def test_a_share_that_is_left_out_is_better_than_any_that_is_there() -> None:
    numbers = Numbers()
    amount, present = numbers.number(3), numbers.number(1)
    numbers.demand(amount <= 2)
    aim = Leximin((Ratio(amount, ((3, present),)),))
    run = stages(numbers)
    assert run.reach(aim).proven
    assert run.values[1] == 0
    assert profile(aim, run.values) == ()


def test_an_engine_without_time_proves_nothing_and_loses_nothing() -> None:
    numbers, aim = pool([7, 9, 11], 10)
    run = stages(numbers)
    before, engine = list(run.values), CpSat()
    engine.clock.limit = 0
    run.engine = engine
    assert not run.reach(aim).proven
    assert run.values == before
    climb = Ascent(engine, engine, numbers.model, aim, before)
    assert not climb.begin()
    assert not climb.better()
    assert not climb.proven
    assert climb.values == before


def test_a_whole_number_of_hundredths_is_what_a_share_needs() -> None:
    """Two fifths of ten are four, of three 1.2 and so two."""
    thresholds = [Threshold(Fraction(2, 5)), Threshold(Fraction(2, 5), beyond=True)]
    ratios = [Ratio(Linear(constant=0), ((whole, ALWAYS),)) for whole in (10, 3)]
    assert [[least_amounts(ratio, cut) for cut in thresholds] for ratio in ratios] == [[(4,), (5,)], [(2,), (2,)]]


def test_cuts_between_the_amounts_there_can_be_share_a_rung() -> None:
    """Only hundreds of a thousand: more than seven hundred is eight hundred, as eight hundred itself is."""
    numbers = Numbers()
    ratio = Ratio(numbers.number(10) * 100, ((1000, ALWAYS),))
    cuts = [Threshold(Fraction(7, 10), beyond=True), Threshold(Fraction(3, 4)), Threshold(Fraction(4, 5))]
    assert [least_amounts(ratio, cut) for cut in cuts] == [(800,)] * 3
    order_encoding(numbers.model, [ratio], cuts, Place())
    assert len(numbers.model.variables) == 2


def test_the_linear_relaxation_says_how_high_shares_may_get() -> None:
    """Ten for three: one can have only one, the others share nine as they like."""
    numbers = Numbers()
    amounts = [numbers.number(1), numbers.number(10), numbers.number(10)]
    numbers.demand(total(amounts) <= 10)
    aim = Leximin(tuple(Ratio(amount, ((10, ALWAYS),)) for amount in amounts))
    guide = Relaxation(numbers.model, aim, Clock()).guide()
    assert guide is not None
    assert guide.levels == pytest.approx((0.1, 0.45, 0.45))


def test_with_a_guide_a_pool_is_at_its_best_before_anything_is_proven() -> None:
    numbers, aim = pool([1003, 998, 997, 991, 964, 977], 2500)
    guide, engine = Relaxation(numbers.model, aim, Clock()).guide(), CpSat()
    climb = Ascent(engine, engine, numbers.model, aim, stages(numbers).values, guide=guide)
    assert climb.begin()
    assert not climb.better()
    assert climb.proven
