"""People borrowed from townships go home by a year."""

from __future__ import annotations

from fractions import Fraction

from rebalance.county.reform import Borrowed
from rebalance.model.plan import status_quo
from rebalance.rules.ledgers import Ledgers
from rebalance.rules.return_borrowed import ReturnBorrowed
from tests.counties import ADMIN, FIRST, Has, Sketch
from tests.rules.judging import best_plan, complaints, done

LATER = FIRST + 1
COUNTY = Sketch(
    units={"U": 3},
    townships={"T": Has(4, staff=4)},
    years=2,
    demand={"T": "4"},
    tables={"borrowed": (Borrowed("T", "U", ADMIN, 2),)},
)


def test_three_counts_authorised_in_post_and_really_working_there() -> None:
    plan = status_quo(COUNTY.problem)
    assert (plan.owned("T", ADMIN, FIRST), plan.in_post("T", ADMIN, FIRST), plan.working("T", ADMIN, FIRST)) == (
        4,
        4,
        2,
    )
    assert (plan.owned("U", ADMIN, FIRST), plan.in_post("U", ADMIN, FIRST), plan.working("U", ADMIN, FIRST)) == (
        3,
        3,
        5,
    )


def test_coverage_is_about_positions_and_staffed_coverage_about_who_works_there() -> None:
    plan = status_quo(COUNTY.problem)
    assert plan.coverage("T", LATER) == 1
    assert plan.staffed("T", LATER) == Fraction(1, 2)


def test_used_positions_do_not_depend_on_loans() -> None:
    assert status_quo(COUNTY.problem).used("T", ADMIN, FIRST) == 4


def test_nobody_is_left_from_the_year_on() -> None:
    rule = ReturnBorrowed(by=LATER)
    assert complaints(rule, done(COUNTY, borrowed={("T", "U", LATER): 0})) == set()
    assert complaints(rule, done(COUNTY, borrowed={("T", "U", LATER): 1})) == {"T"}
    assert complaints(ReturnBorrowed(by=FIRST), done(COUNTY, borrowed={("T", "U", LATER): 0})) == {"T"}


def test_without_a_year_it_says_nothing() -> None:
    assert list(ReturnBorrowed().check(status_quo(COUNTY.problem))) == []


def test_nobody_new_is_borrowed_and_who_is_home_stays_there() -> None:
    assert complaints(Ledgers(), done(COUNTY, borrowed={("T", "U", FIRST): 1})) == {"T borrowed"}
    assert "T cell" in complaints(Ledgers(), done(COUNTY, borrowed={("T", "U", FIRST): 3}))


def test_the_solver_sends_them_home() -> None:
    plan = best_plan(COUNTY, ReturnBorrowed(by=LATER))
    assert plan is not None
    assert plan.borrowed("T", "U", ADMIN, LATER) == 0
    assert plan.staffed("T", LATER) == 1
