"""No more agencies than the class allows, nobody in one that is closed, an optional one within its limits."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

from rebalance.county.agencies import Nature
from rebalance.model.model import Model
from rebalance.model.plan import Plan, plan_of, status_quo
from rebalance.rules.agency_quota import AgencyQuota
from rebalance.rules.compulsory_agencies import CompulsoryAgencies
from rebalance.rules.rule import Range
from tests.counties import FIRST, Sketch, office, optional
from tests.rules.agreement import forbids
from tests.rules.judging import best_plan, complaints, done, inherited

RULE = AgencyQuota(large=2, medium=1)
COUNTY = Sketch(
    townships={"L": 6, "M": 6},
    classes={"L": "large", "M": "medium"},
    agencies=(office("A"), optional("B", least=2, most=3, falls_to="A"), optional("C", falls_to="A")),
    demand={("L", "A"): "1", ("L", "B"): "1.5", ("L", "C"): "0.5", ("M", "A"): "1", ("M", "B"): "2"},
)


def test_the_quota_goes_by_the_class_of_the_township() -> None:
    both = done(COUNTY, open={("L", "A"): 1, ("L", "C"): 1, ("M", "A"): 1, ("M", "C"): 1})
    assert complaints(RULE, both) == {"M quota"}


def test_a_township_without_a_class_has_no_quota() -> None:
    unclassed = replace(COUNTY, classes={})
    assert complaints(RULE, done(unclassed, open={("L", "A"): 1, ("L", "C"): 1, ("M", "A"): 1, ("M", "C"): 1})) == set()


def test_nobody_is_placed_in_an_agency_that_is_not_open() -> None:
    assert complaints(RULE, done(COUNTY, placed={("L", "A"): 1})) == {"L A closed"}


def test_an_optional_agency_has_its_least_and_its_most_once_it_is_open() -> None:
    assert complaints(RULE, done(COUNTY, open={("L", "B"): 1}, placed={("L", "B"): 1})) == {"L B least"}
    assert complaints(RULE, done(COUNTY, open={("L", "B"): 1}, placed={("L", "B"): 4})) == {"L B most"}
    assert complaints(RULE, done(COUNTY, open={("L", "B"): 1}, placed={("L", "B"): 2})) == set()
    assert complaints(RULE, done(COUNTY)) == set()


def test_a_quota_exceeded_today_may_stay_exceeded_but_not_further() -> None:
    county = replace(COUNTY, placed={("M", "A"): 1, ("M", "B"): 2})
    assert inherited(RULE, status_quo(county.problem)) == {"M quota"}
    assert complaints(RULE, status_quo(county.problem)) == set()
    third = done(county, open={("M", "A"): 1, ("M", "B"): 1, ("M", "C"): 1}, placed={("M", "A"): 1, ("M", "B"): 2})
    assert complaints(RULE, third) == {"M quota"}


KINDS = replace(
    COUNTY,
    agencies=(
        replace(office("A"), nature=Nature.OFFICE),
        replace(office("B"), nature=Nature.INSTITUTION),
        replace(office("C"), nature=Nature.EITHER),
    ),
    demand={("L", agency): "1" for agency in "ABC"},
)
"""An office, an institution, and an agency that may be either."""


def with_three(*, office: bool) -> Plan:
    """All three are open in L; the third is an office, or an institution."""
    plan = done(KINDS, open={("L", agency): 1 for agency in "ABC"})
    return plan_of(plan.problem, {**plan.decided, ("office", "L", "C", FIRST): int(office)})


def test_offices_and_institutions_are_counted_apart_as_what_they_are_decided_to_be() -> None:
    one_office, two_others = AgencyQuota(offices=Range(at_most=1)), AgencyQuota(institutions=Range(at_least=2))
    assert complaints(one_office, with_three(office=True)) == {"L office"}
    assert complaints(one_office, with_three(office=False)) == set()
    assert complaints(two_others, with_three(office=True)) == {"L institution", "M institution"}
    assert complaints(two_others, with_three(office=False)) == {"M institution"}


def test_what_is_there_today_may_stay_even_where_it_is_too_many_or_too_few_of_a_kind() -> None:
    placed = {("L", "A"): 1, ("L", "C"): 1, ("M", "A"): 1}
    county = replace(KINDS, placed=placed)
    still = status_quo(county.problem)
    none, many = AgencyQuota(offices=Range(at_most=0)), AgencyQuota(institutions=Range(at_least=2))
    assert inherited(none, still) == {"L office", "M office"}
    assert complaints(none, still) == set()
    assert inherited(many, still) == {"L institution", "M institution"}
    closed = done(county, open={("L", "A"): 1, ("M", "A"): 1}, placed={("L", "A"): 1, ("M", "A"): 1})
    assert complaints(many, closed) == {"L institution"}
    assert complaints(many, still) == set()  # in L the third may be taken for one, in M there is none


def test_the_solver_takes_for_an_office_only_what_the_quota_leaves_room_for() -> None:
    for most in (1, 2):
        quota = AgencyQuota(offices=Range(at_least=most, at_most=most))
        plan = best_plan(replace(KINDS, demand={("L", "A"): "1"}), quota, CompulsoryAgencies())
        assert plan is not None
        assert {plan.nature(t, "C", FIRST) for t in "LM"} == {Nature.OFFICE if most == 2 else Nature.INSTITUTION}


def test_the_work_of_an_agency_left_out_falls_to_the_compulsory_one() -> None:
    plan = best_plan(COUNTY, RULE)
    assert plan is not None
    assert plan.covered("M", 2026) == 300
    assert [plan.open("M", agency, 2026) for agency in "ABC"] == [1, 0, 0]
    assert plan.demand("M", "A", 2026) == 300


def course(*open_: int) -> Plan:
    """Agency C of township M, year by year from today; whoever is there while it is open."""
    county = replace(COUNTY, years=len(open_) - 1, placed={("M", "C"): open_[0]})
    years = {("M", "C", FIRST + number): now for number, now in enumerate(open_[1:])}
    return done(county, open=years, placed=years)


def test_an_agency_opens_or_closes_at_most_once() -> None:
    steady = AgencyQuota(steady=True)
    for states in product((0, 1), repeat=4):
        plan, changes = course(*states), sum(a != b for a, b in pairwise(states))
        assert (complaints(steady, plan) == {"M C steady"}) == (changes > 1), states
        assert complaints(AgencyQuota(), plan) == set()
        model = Model(plan.problem)
        steady.post(model)
        assert forbids(model, dict.fromkeys(model.cells, 0) | dict(plan.decided)) == (changes > 1), states
