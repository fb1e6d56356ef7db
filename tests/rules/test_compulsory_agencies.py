"""Every township has every compulsory agency, within its least and most."""

from __future__ import annotations

from rebalance.model.plan import status_quo
from rebalance.rules.compulsory_agencies import CompulsoryAgencies
from tests.counties import Sketch, office, optional
from tests.rules.judging import best_plan, complaints, done, inherited

RULE = CompulsoryAgencies()
COUNTY = Sketch(townships={"T": 5}, agencies=(office("A", least=2, most=3), optional("B", least=2)))


def test_a_compulsory_agency_is_open_and_within_its_limits() -> None:
    plan = done(COUNTY, open={("T", "A"): 1}, placed={("T", "A"): 2})
    assert complaints(RULE, plan) == set()


def test_a_compulsory_agency_that_is_missing_or_too_weak_or_too_strong_is_reported() -> None:
    assert complaints(RULE, done(COUNTY)) == {"T A open", "T A least"}
    assert complaints(RULE, done(COUNTY, open={("T", "A"): 1}, placed={("T", "A"): 1})) == {"T A least"}
    assert complaints(RULE, done(COUNTY, open={("T", "A"): 1}, placed={("T", "A"): 4})) == {"T A most"}


def test_nothing_is_said_of_an_optional_agency() -> None:
    plan = done(COUNTY, open={("T", "A"): 1, ("T", "B"): 1}, placed={("T", "A"): 2, ("T", "B"): 1})
    assert complaints(RULE, plan) == set()


def test_an_agency_too_weak_today_may_stay_so_but_not_weaken() -> None:
    county = Sketch(townships={"T": 5}, agencies=(office("A", least=3),), placed={("T", "A"): 2})
    assert inherited(RULE, status_quo(county.problem)) == {"T A least"}
    assert complaints(RULE, status_quo(county.problem)) == set()
    assert complaints(RULE, done(county, open={("T", "A"): 1}, placed={("T", "A"): 1})) == {"T A least"}


def test_an_agency_too_strong_today_may_stay_so_but_not_grow() -> None:
    county = Sketch(townships={"T": 5}, agencies=(office("A", most=1),), placed={("T", "A"): 2})
    assert inherited(RULE, status_quo(county.problem)) == {"T A most"}
    assert complaints(RULE, done(county, open={("T", "A"): 1}, placed={("T", "A"): 3})) == {"T A most"}


def test_an_agency_without_anybody_today_has_to_reach_its_least() -> None:
    county = Sketch(townships={"T": 1}, agencies=(office("A", least=2),))
    assert best_plan(county, RULE) is None
    plan = best_plan(Sketch(townships={"T": 2}, agencies=(office("A", least=2),)), RULE)
    assert plan is not None
    assert plan.strength("T", "A", 2026) == 2
