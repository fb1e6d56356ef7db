"""One enforcement brigade per township, strong enough, drawn from the forces."""

from __future__ import annotations

from dataclasses import replace

from rebalance.county.agencies import Role
from rebalance.county.reform import Dispatched, Station
from rebalance.model.plan import Decision, Plan, plan_of, status_quo
from rebalance.rules.agency_nature import AgencyNature
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.enforcement_brigade import EnforcementBrigade
from rebalance.rules.rule import Range
from rebalance.rules.vacancies_first import VacanciesFirst
from tests.counties import ADMIN, FIRST, Has, Sketch, office
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


TWO_KINDS = Sketch(
    units={"U1": {"civil": Has(10, 6)}, "U2": {"public": Has(10, 6)}},
    townships={"T": {"civil": 2, "public": 2}},
    agencies=(office("A"), BRIGADE),
    placed={("T", "A"): {"civil": 2}, ("T", "B"): {"public": 2}},
    demand={("T", "A"): "6", ("T", "B"): "6"},
    about={"U1": {"force": "urban"}},
)
"""An urban force of ten civil positions, an archive of ten public ones; a brigade of two public positions."""


def moved(**placed: int) -> Plan:
    """Four civil positions come from the force and four public ones from the archive; the brigade has so many."""
    cut: dict[Decision, int] = {("cut", "U1", "civil", FIRST): 4, ("cut", "U2", "public", FIRST): 4}
    added: dict[Decision, int] = {("added", "T", kind, FIRST): 4 for kind in ("civil", "public")}
    doors: dict[Decision, int] = {("open", "T", agency, FIRST): 1 for agency in "AB"}
    there: dict[Decision, int] = {("placed", "T", "B", kind, FIRST): number for kind, number in placed.items()}
    return plan_of(TWO_KINDS.problem, {**cut, **added, **doors, **there})


def test_what_the_force_gives_of_another_category_does_not_let_the_brigade_grow() -> None:
    rule = EnforcementBrigade(forces=("urban",))
    assert complaints(rule, moved(public=6)) == {"drawn"}
    assert complaints(rule, moved(public=2, civil=4)) == set()
    assert complaints(rule, moved(public=3, civil=3)) == {"drawn"}


def test_whoever_others_have_there_of_another_category_makes_no_room() -> None:
    row = Dispatched("U2", "T", "B", "public", 1)
    county = replace(TWO_KINDS, tables={"dispatched": (row,)})
    sent: dict[Decision, int] = {("dispatched", "U2", "T", "B", "public", FIRST): 1}
    rule = EnforcementBrigade(forces=("urban",))
    assert complaints(rule, plan_of(county.problem, {**moved(public=2, civil=4).decided, **sent})) == set()
    assert complaints(rule, plan_of(county.problem, {**moved(public=2, civil=5).decided, **sent})) == {"drawn"}


def test_the_solver_refuses_a_brigade_that_only_others_could_fill() -> None:
    strong = EnforcementBrigade(least=6, by=FIRST, forces=("urban",))
    natures = replace(TWO_KINDS, agencies=(office("A"), replace(BRIGADE, categories=("public",))))
    assert best_plan(natures, strong, VacanciesFirst(), AgencyNature()) is None
    plan = best_plan(TWO_KINDS, strong, VacanciesFirst())
    assert plan is not None
    assert plan.placed("T", "B", "civil", FIRST) == 4


def test_every_force_named_gives_its_part() -> None:
    rule = EnforcementBrigade(forces=("police", "transport"), each=1)
    cut, placed = {"P": 2}, {("T", "A"): 2, ("T", "B"): 3}
    alone = done(COUNTY, open=OPEN, cut=cut, added={"T": 2}, placed=placed)
    assert [finding.place.item for finding in rule.check(alone) if finding.broken] == ["transport"]
    both = done(COUNTY, open=OPEN, cut={"P": 1, "U": 1}, added={"T": 2}, placed=placed)
    assert complaints(rule, both) == set()
    plan = best_plan(COUNTY, rule, CutAboveAddBelow(total=Range(at_most=2)))
    assert given(plan) == {"P": 1, "U": 1}


def test_whoever_is_dispatched_to_a_brigade_is_a_part_given_and_the_last_year_counts_unless_another_is_named() -> None:
    sent = replace(COUNTY, years=2, tables={"dispatched": (Dispatched("P", "T", "B", ADMIN, 1),)})
    still = status_quo(sent.problem)
    assert complaints(EnforcementBrigade(forces=("police",), each=1), still) == set()
    two = EnforcementBrigade(forces=("police",), each=2)
    assert [one.place.year for one in two.check(still) if one.broken] == [FIRST + 1]
    assert [one.place.year for one in replace(two, by=FIRST).check(still) if one.broken] == [FIRST, FIRST + 1]
