from __future__ import annotations

from fractions import Fraction

import pytest

from rebalance.goals.canonical import Canonical
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.goal import Leximin, LeximinVector, Minimise
from rebalance.goals.worst_off_first import WorstOffFirst
from rebalance.model.linear import Linear
from rebalance.model.model import Model
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.hold_total import HoldTotal
from rebalance.rules.ledgers import Ledgers
from rebalance.rules.rule import Range
from rebalance.scenario.scenario import Scenario
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Answer, Clock, Status
from rebalance.solver.feasible_set import FeasibleSet, better, feasible_set, mark
from rebalance.solver.lexicographic import model_of, solve
from tests.counties import Sketch, asked

COUNTY = Sketch(units={"U1": 3, "U2": 3}, townships={"T1": 0, "T2": 0}, demand={"T1": "4", "T2": "2"}).county


def scenario(most: int = 4) -> Scenario:
    rules = (Ledgers(), HoldTotal(), CutAboveAddBelow(total=Range(at_most=most)))
    return asked(COUNTY, rules, [WorstOffFirst(), Canonical()])


def shares(there: FeasibleSet) -> Leximin:
    aim = WorstOffFirst().aim(there.model)
    assert isinstance(aim, Leximin)
    return aim


def fewest(there: FeasibleSet) -> int | None:
    """The fewest positions that townships receive in what remains."""
    received = there.model.added("T1", "admin", 2026) + there.model.added("T2", "admin", 2026)
    answer = there.solve(received)
    return None if answer.values is None else received.value(answer.values)


@pytest.mark.parametrize(
    ("value", "positions"),
    [
        (Fraction(0), 0),
        (Fraction(1, 2), 3),  # two of four and one of two
        (Fraction(51, 100), None),  # three and two are too many
        (((Fraction(1, 2), 1), (Fraction(3, 4), 1)), 4),  # three of four and one of two, or two and two
        (((Fraction(1, 2), 1), (Fraction(1), 1)), 4),
        (((Fraction(1, 2), 2),), 3),
    ],
)
def test_a_goal_is_held_at_a_share_or_a_profile(value: Fraction | LeximinVector, positions: int | None) -> None:
    there = feasible_set(scenario(), Clock())
    there.hold(shares(there), value)
    assert fewest(there) == positions


def test_every_level_may_be_lower_by_a_share() -> None:
    there = feasible_set(scenario(), Clock())
    there.hold(shares(there), ((Fraction(1, 2), 1), (Fraction(1), 1)), Fraction(1, 2))
    assert fewest(there) == 2  # one of four, and one of two: a quarter and a half


def test_what_is_better_is_strictly_so() -> None:
    there = feasible_set(scenario(), Clock())
    assert fewest(there.narrowed(*better(shares(there), Fraction(1, 4)))) == 3
    assert fewest(there.narrowed(*better(shares(there), Fraction(1, 2)))) is None
    touched = FewUnitsTouched().aim(there.model)
    assert isinstance(touched, Minimise)
    there.hold(shares(there), Fraction(1, 2))
    assert there.narrowed(*better(touched, 2)).solve().values is not None
    assert there.narrowed(*better(touched, 1)).solve().status is Status.INFEASIBLE


def test_the_worst_share_is_brought_as_high_as_can_be() -> None:
    there = feasible_set(scenario(), Clock())
    aim = shares(there)
    values = there.solve().values
    assert values is not None
    best, proven = there.bring(aim, values)
    assert (mark(aim, best), proven) == (Fraction(1, 2), True)


def test_a_known_plan_is_a_place_to_start_from() -> None:
    plan = solve(scenario()).plan
    assert plan is not None
    there = feasible_set(scenario(), Clock())
    values = there.values(plan)
    assert values is not None
    assert there.model.plan(values).decided == plan.decided
    assert feasible_set(scenario(most=0), Clock()).values(plan) is None


def test_that_there_is_no_plan_needs_a_second_opinion() -> None:
    class Liar:
        def solve(self, model: Model, minimise: Linear, hint: object = None, enough: object = None) -> Answer:
            return Answer(Status.INFEASIBLE)

    model = model_of(scenario())
    assert FeasibleSet(model, Liar(), CpSat()).solve().status is Status.OPTIMAL
    assert FeasibleSet(model, Liar(), Liar()).solve().status is Status.INFEASIBLE


def test_a_number_that_a_plan_does_not_state_is_nothing() -> None:
    model = model_of(scenario())
    assert set(model.values({}).values()) == {0}
    assert model.values({("cut", "U1", "admin", 2026): 2})[model.cells["cut", "U1", "admin", 2026]] == 2
