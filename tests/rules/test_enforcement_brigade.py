"""One enforcement brigade per township, strong enough, drawn from the forces."""

from __future__ import annotations

from dataclasses import replace

from rebalance.county.agencies import Role
from rebalance.county.reform import Dispatched, Station
from rebalance.model.plan import status_quo
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.enforcement_brigade import EnforcementBrigade
from rebalance.rules.rule import Range
from tests.counties import ADMIN, FIRST, Sketch, office
from tests.rules.judging import best_plan, complaints, done, given, inherited

BRIGADE = replace(office("B"), role=Role.BRIGADE)
COUNTY = Sketch(
    units={"P": 5, "U": 5},
    townships={"T": 3},
    agencies=(office("A"), BRIGADE),
    placed={("T", "A"): 2, ("T", "B"): 1},
    demand={("T", "A"): "1", ("T", "B"): "9"},
    about={"P": {"force": "police"}, "U": {"force": "transport"}},
)
OPEN = {("T", "A"): 1, ("T", "B"): 1}


def test_there_is_one_and_only_one() -> None:
    two = replace(COUNTY, agencies=(BRIGADE, replace(BRIGADE, agency="C")), placed={("T", "B"): 1})
    rule = EnforcementBrigade()
    assert complaints(rule, done(two, open={("T", "B"): 1})) == set()
    assert complaints(rule, done(two)) == {"T one"}
    assert complaints(rule, done(two, open={("T", "B"): 1, ("T", "C"): 1})) == {"T one"}


def test_two_brigades_of_today_may_stay() -> None:
    two = replace(COUNTY, agencies=(BRIGADE, replace(BRIGADE, agency="C")), placed={("T", "B"): 1, ("T", "C"): 1})
    still = status_quo(two.problem)
    assert complaints(EnforcementBrigade(), still) == set()
    assert inherited(EnforcementBrigade(), still) == {"T one"}


def test_a_weak_brigade_may_stay_unless_a_year_is_set() -> None:
    still = status_quo(COUNTY.problem)
    assert complaints(EnforcementBrigade(least=3), still) == set()
    assert inherited(EnforcementBrigade(least=3), still) == {"T least"}
    assert complaints(EnforcementBrigade(least=3), done(COUNTY, open=OPEN)) == {"T least"}
    assert complaints(EnforcementBrigade(least=3, by=FIRST), still) == {"T least"}


def test_it_grows_by_no_more_than_the_forces_give() -> None:
    rule = EnforcementBrigade(forces=("police",))
    placed = {("T", "A"): 2, ("T", "B"): 3}
    police = done(COUNTY, open=OPEN, cut={"P": 2}, added={"T": 2}, placed=placed)
    assert complaints(rule, police) == set()
    others = done(COUNTY, open=OPEN, cut={"P": 1, "U": 1}, added={"T": 2}, placed=placed)
    assert complaints(rule, others) == {"drawn"}
    assert complaints(EnforcementBrigade(), others) == set()
    both = EnforcementBrigade(forces=("police", "transport"))
    assert complaints(both, others) == set()


def test_whoever_the_forces_dispatch_or_hand_down_counts_too() -> None:
    rule = EnforcementBrigade(forces=("police",))
    sent = replace(COUNTY, tables={"dispatched": (Dispatched("P", "T", "B", ADMIN, 1, least=0, most=3),)})
    two_more = {("P", "T", "B"): 3}
    same = {("T", "A"): 2, ("T", "B"): 1}
    assert complaints(rule, done(sent, open=OPEN, dispatched=two_more, placed=same)) == set()
    one_too_many = {("T", "A"): 1, ("T", "B"): 2}
    assert complaints(rule, done(sent, open=OPEN, dispatched=two_more, placed=one_too_many)) == {"drawn"}
    team = replace(COUNTY, tables={"stations": (Station("S", "P", "T", "B", ADMIN, 2, 2),)})
    placed = {("T", "A"): 2, ("T", "B"): 3}
    assert complaints(rule, done(team, open=OPEN, handed={"S": 1}, placed=placed)) == set()


def test_the_solver_takes_the_positions_from_the_forces() -> None:
    rule = EnforcementBrigade(least=5, by=FIRST, forces=("police",))
    plan = best_plan(COUNTY, rule, CutAboveAddBelow(total=Range(at_most=4)))
    assert plan is not None
    assert plan.strength("T", "B", FIRST) >= 5
    assert given(plan)["P"] >= 4
    assert best_plan(COUNTY, EnforcementBrigade(least=9, by=FIRST, forces=("police",))) is None
