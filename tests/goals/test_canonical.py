"""One plan out of all the best, by a fixed procedure and weights that depend on ids alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from rebalance.county.reform import Borrowed
from rebalance.goals.canonical import COARSE, LARGEST, Canonical, coarse, weight
from rebalance.goals.fill_shortages import FillShortages
from rebalance.model.plan import Decision, decisions
from rebalance.plans.recorded import outcome_to_json, read_outcome
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.hold_total import HoldTotal
from rebalance.rules.ledgers import Ledgers
from rebalance.rules.return_borrowed import ReturnBorrowed
from rebalance.rules.rule import Range
from rebalance.solver.lexicographic import model_of, solve
from tests.counties import ADMIN, FIRST, Sketch, asked, office
from tests.goals.aiming import aimed, chosen
from tests.rules.judging import done, received

FOUR = Sketch(units={"U": 2}, townships=dict.fromkeys("ABCD", 0), demand=dict.fromkeys("ABCD", "1"))
"""Two positions for four townships: six plans, all equally good."""

CUT: Decision = ("cut", "U", "admin", 2026)


def test_a_weight_stays_what_it_is() -> None:
    """It may never change: a plan would then have another number than last year."""
    assert weight(CUT) == 447_376
    assert coarse(CUT) == 447_376 % 7 + 1 == 7


def test_weights_are_positive_and_hardly_ever_equal() -> None:
    known = [cell for cell, _most in decisions(FOUR.problem)] + [("added", f"T{n}", "admin", 2026) for n in range(200)]
    weights = [weight(cell) for cell in known]
    assert all(1 <= one <= LARGEST for one in weights)
    assert len(set(weights)) == len(known)
    assert {coarse(cell) for cell in known} == set(range(1, COARSE + 1))


def test_where_one_id_ends_and_the_next_begins_makes_a_difference() -> None:
    assert weight(("cut", "U1", "1a", 2026)) != weight(("cut", "U", "11a", 2026))


def test_every_plan_has_a_number_of_its_own() -> None:
    plans = [done(FOUR, cut={"U": 2}, added=dict.fromkeys(pair, 1)) for pair in combinations("ABCD", 2)]
    assert len({Canonical().measure(plan) for plan in plans}) == 6


def test_what_is_nothing_and_what_is_not_mentioned_are_the_same() -> None:
    still = done(FOUR)
    assert Canonical().measure(still) == Canonical().measure(done(FOUR, cut={"U": 0}, added={"A": 0})) == 0


def test_of_equally_good_plans_one_with_a_small_sum_is_chosen() -> None:
    """Two of the four townships get a position each; in a county so small the sum of the weights is the least."""
    outcome = aimed(FOUR, goals=(FillShortages(),))
    weights = {township: coarse(("added", township, ADMIN, FIRST)) for township in "ABCD"}
    gained = received(outcome.plan)
    assert sorted(gained.values()) == [1, 1]
    assert sum(weights[township] for township in gained) == sum(sorted(weights.values())[:2])
    assert outcome.goals[-1].value == Canonical().measure(chosen(outcome))
    assert outcome.goals[-1].proven


def test_it_says_whether_there_was_anything_to_choose_from() -> None:
    among_six = aimed(FOUR, goals=(FillShortages(),))
    alone = aimed(Sketch(units={"U": 2}, townships={"A": 0}, demand={"A": "2"}), goals=(FillShortages(),))
    assert [(one.unique, one.goals[-1].freedom, one.unrivalled) for one in (among_six, alone)] == [
        (False, True, False),
        (True, False, True),
    ]
    assert list(among_six.state()) == [
        "Every goal is proven. Of the plans that are equally good, a fixed rule chose this one."
    ]
    assert list(alone.state()) == ["Every goal is proven, and no other plan is as good."]


def test_without_any_other_goal_nothing_moves() -> None:
    """Weights are positive, so the smallest sum is that of the plan in which nothing is decided."""
    assert received(aimed(FOUR, CutAboveAddBelow(), goals=()).plan) == {}


def test_who_sits_where_is_settled_too() -> None:
    county = Sketch(
        units={"U": 1},
        townships={"A": 1},
        agencies=(office("X"), office("Y")),
        demand={("A", "X"): "2", ("A", "Y"): "2"},
    )
    outcome = aimed(county, CutAboveAddBelow(total=Range(at_most=1)), goals=(FillShortages(),))
    plan = chosen(outcome)
    assert outcome.unique is False  # either agency would do
    assert sum(plan.strength("A", agency, FIRST) for agency in "XY") == 2


def test_people_who_are_borrowed_stay_where_nothing_calls_them_home() -> None:
    county = replace(
        Sketch(units={"U": 1}, townships={"T": 3}, years=2).county, borrowed=(Borrowed("T", "U", ADMIN, 2),)
    )
    staying = solve(asked(county, (Ledgers(), HoldTotal()), (Canonical(),)))
    called = solve(asked(county, (Ledgers(), HoldTotal(), ReturnBorrowed(FIRST + 1)), (Canonical(),)))
    away = [[chosen(one).borrowed("T", "U", ADMIN, year) for year in (FIRST, FIRST + 1)] for one in (staying, called)]
    assert away == [[2, 2], [2, 0]]
    for outcome in (staying, called):
        (read,) = read_outcome(outcome_to_json(outcome), county).outcome.goals
        assert read.value == outcome.goals[0].value  # below zero, in a file too


def test_every_number_decided_has_a_weight() -> None:
    model = model_of(FOUR.scenario())
    assert Canonical().aim(model).weights == {cell: coarse(cell) for cell in model.cells}
