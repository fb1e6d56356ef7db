"""As near to another plan as the rules allow."""

from __future__ import annotations

from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.stay_close import Reference, StayClose, close_to
from rebalance.goals.worst_off_first import WorstOffFirst
from rebalance.model.plan import Plan
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.rule import Range
from tests.counties import ADMIN, FIRST, Sketch
from tests.goals.aiming import aimed, chosen
from tests.rules.judging import done, given, received

COUNTY = Sketch(
    units={"A": 4, "B": 4, "C": 4},
    townships={"S": 1, "T": 0},
    demand={"S": "7", "T": "4.5"},
    years=2,
)


def at_the_end(plan: Plan) -> dict[tuple[str, str], int]:
    return {key: plan.owned(*key, plan.problem.last) for key in plan.problem.accounts}


def most(total: int) -> CutAboveAddBelow:
    return CutAboveAddBelow(total=Range(at_most=total))


def test_a_plan_that_is_lawful_is_met_in_every_account() -> None:
    before = chosen(aimed(COUNTY, most(7), goals=(WorstOffFirst(), FillShortages())))
    close = aimed(COUNTY, most(7), goals=(close_to(before),))
    assert close.goals[0].value == 0
    assert at_the_end(chosen(close)) == at_the_end(before)


def test_of_equally_good_plans_the_nearest_is_taken() -> None:
    # which unit gives is open: the reference settles it, against whatever hash would have been chosen
    for unit in ("A", "B", "C"):
        before = done(COUNTY, cut={unit: 4}, added={"T": 4})
        close = aimed(COUNTY, most(4), goals=(FillShortages(), close_to(before)))
        assert given(chosen(close)) == {unit: 4}


def test_a_plan_that_has_become_unlawful_is_met_as_nearly_as_can_be() -> None:
    before = done(COUNTY, cut={"A": 4}, added={"S": 2, "T": 2})
    close = aimed(COUNTY, most(3), goals=(close_to(before),))
    assert close.goals[0].value == 2  # one position stays in A, and is missing in S or in T
    assert given(chosen(close)) == {"A": 3}


def test_the_last_year_alone_counts() -> None:
    early = done(COUNTY, cut={("A", FIRST): 1}, added={("S", FIRST): 1})
    late = done(COUNTY, cut={("A", FIRST + 1): 1}, added={("S", FIRST + 1): 1})
    assert close_to(early) == close_to(late)
    assert close_to(early).measure(late) == 0


def test_holders_that_are_not_named_are_compared_with_today() -> None:
    goal = StayClose((Reference("S", ADMIN, 3),))
    assert goal.measure(done(COUNTY)) == 2
    plan = done(COUNTY, cut={"A": 2, "B": 1}, added={"S": 2, "T": 1})
    assert goal.measure(plan) == 2 + 1 + 0 + 1
    # S is at its three for two that are missing elsewhere, or two short: either way two apart
    assert aimed(COUNTY, goals=(goal,)).goals[0].value == 2
    assert set(received(chosen(aimed(COUNTY, goals=(goal,))))) <= {"S"}


def test_a_plan_in_the_middle_of_what_could_be_is_met_exactly() -> None:
    before = done(COUNTY, cut={"A": 2, "B": 1}, added={"S": 1, "T": 2})
    close = aimed(COUNTY, most(7), goals=(close_to(before),))
    assert close.goals[0].value == close.goals[0].bound == 0
    assert at_the_end(chosen(close)) == at_the_end(before)
