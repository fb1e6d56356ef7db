"""Delegated matters: the base set, options, the work that goes down and the positions that follow it.

In these counties a year has a hundred working hours and a case takes one: cases are hundredths of a position.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest

from rebalance.county.reform import Matter, MatterKind, Volume
from rebalance.goals.spare_the_units import SpareTheUnits
from rebalance.model.plan import status_quo
from rebalance.rules.agency_quota import AgencyQuota
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.ledgers import Ledgers
from rebalance.rules.rule import Range
from rebalance.rules.work_follows_matters import WorkFollowsMatters
from tests.counties import ADMIN, FIRST, Has, Sketch, office, optional
from tests.reform import HOURS
from tests.rules.judging import best_plan, complaints, done

LATER = FIRST + 1


def matter(name: str, agency: str = "A", category: str = "", *, base: bool = False) -> Matter:
    """A matter of unit U."""
    return Matter(name, name, MatterKind.APPROVAL, "U", agency, hours=Decimal(1), base=base, category=category)


def sketch(*matters: Matter, cases: Mapping[tuple[str, str], int], years: int = 1, needed: int | None = None) -> Sketch:
    """A unit of 10 that may delegate to two townships: S as one, T by agencies, of which B is optional."""
    volumes = tuple(Volume(name, town, count) for (name, town), count in cases.items())
    return Sketch(
        units={"U": Has(10, needed=needed)},
        townships={"S": 2, "T": 2},
        years=years,
        agencies=(office("A"), optional("B", falls_to="A")),
        demand={"S": "3", ("T", "A"): "2", ("T", "B"): "1"},
        tables={"matters": matters, "volumes": volumes, "working_time": HOURS},
    )


CASES = {("M", "S"): 50, ("M", "T"): 150}


def test_delegating_moves_hours_below_and_out_of_the_unit_s_need() -> None:
    county = sketch(matter("M"), cases=CASES, needed=8)
    before, after = done(county), done(county, delegated={("M", "T"): 1})
    assert (before.work("T", FIRST), after.work("T", FIRST)) == (300, 450)
    assert (before.needed("U", FIRST), after.needed("U", FIRST)) == (800, 650)
    assert after.work("S", FIRST) == 300
    assert done(county, delegated={("M", "S"): 1}).work("S", FIRST) == 350


def test_delegated_work_counts_in_coverage() -> None:
    county = sketch(matter("M"), cases=CASES)
    with_matter = {"delegated": {("M", "S"): 1}}
    assert done(county).coverage("S", FIRST) == Fraction(200, 300)
    assert done(county, **with_matter).coverage("S", FIRST) == Fraction(200, 350)


def test_the_work_of_a_matter_falls_to_the_heir_of_an_agency_that_is_not_open() -> None:
    county = sketch(matter("M", "B"), cases=CASES)
    taken = {("M", "T"): 1}
    shut = done(county, delegated=taken, open={("T", "A"): 1}, placed={("T", "A"): 2})
    assert [shut.demand("T", agency, FIRST) for agency in ("A", "B")] == [200 + 100 + 150, 0]
    assert shut.coverage("T", FIRST) == Fraction(200, 450)
    opened = done(county, delegated=taken, open={("T", "A"): 1, ("T", "B"): 1}, placed={("T", "B"): 2})
    assert [opened.demand("T", agency, FIRST) for agency in ("A", "B")] == [200, 100 + 150]
    assert opened.coverage("T", FIRST) == Fraction(200, 450)
    assert [opened.served("T", agency, FIRST) for agency in ("A", "B")] == [0, 200]


def test_where_the_lists_say_more_than_the_whole_unit_something_is_left() -> None:
    county = sketch(matter("M"), cases={("M", "S"): 300, ("M", "T"): 900}, needed=6)
    both = done(county, delegated={("M", "S"): 1, ("M", "T"): 1})
    # 1200 are listed of a need of 600: 300 · 599 / 1200 = 149.75 and 900 · 599 / 1200 = 449.25, rounded down
    assert both.needed("U", FIRST) == 600 - 149 - 449


def test_everybody_takes_the_base_set_by_its_year() -> None:
    county = sketch(matter("M", base=True), cases=CASES, years=2)
    rule = WorkFollowsMatters(base_by=LATER)
    assert complaints(rule, done(county, delegated={("M", "S", LATER): 1, ("M", "T", LATER): 1})) == set()
    assert complaints(rule, done(county, delegated={("M", "S", LATER): 1})) == {"T base"}
    assert complaints(WorkFollowsMatters(), done(county)) == set()
    plan = best_plan(county, rule)
    assert plan is not None
    assert [plan.delegated("M", town, LATER) for town in ("S", "T")] == [1, 1]


def test_options_are_counted_without_the_base_set() -> None:
    county = sketch(matter("M"), matter("N"), matter("Z", base=True), cases=CASES)
    rule = WorkFollowsMatters(options=Range(1, 1))
    one = {("M", "S"): 1, ("N", "T"): 1, ("Z", "T"): 1}
    assert complaints(rule, done(county, delegated=one)) == set()
    assert complaints(rule, done(county, delegated={**one, ("N", "S"): 1})) == {"S options"}
    assert complaints(rule, done(county, delegated={("Z", "S"): 1, ("N", "T"): 1})) == {"S options"}


def test_the_least_number_of_options_is_due_in_the_last_year_and_the_most_in_every() -> None:
    county = sketch(matter("M"), matter("N"), cases=CASES, years=2)
    rule = WorkFollowsMatters(options=Range(1, 1))
    late = {("M", "S", LATER): 1, ("M", "T", LATER): 1}
    assert complaints(rule, done(county, delegated=late)) == set()
    early = {**late, ("M", "S", FIRST): 1, ("N", "S", FIRST): 1}
    assert complaints(rule, done(county, delegated=early)) == {"S options"}


def test_once_delegated_always_delegated() -> None:
    county = sketch(matter("M"), cases=CASES, years=2)
    assert complaints(Ledgers(), done(county, delegated={("M", "S", FIRST): 1})) == {"S delegated"}


@pytest.mark.parametrize(
    ("share", "least"),
    [(Fraction(1), 2), (Fraction(1, 2), 1), (Fraction(12, 25), 0), (Fraction(0), 0)],
)
def test_positions_follow_the_work_rounded_down(share: Fraction, least: int) -> None:
    county = sketch(matter("M"), cases={("M", "S"): 60, ("M", "T"): 145})  # 2.05 positions: 48 % are 0.984
    taken = {("M", "S"): 1, ("M", "T"): 1}
    rule = WorkFollowsMatters(share=share)
    assert complaints(rule, done(county, delegated=taken, cut={"U": least}, added={"T": least})) == set()
    if least:
        fewer = done(county, delegated=taken, cut={"U": least - 1}, added={"T": least - 1})
        assert complaints(rule, fewer) == {"U positions"}


def test_they_follow_in_the_category_the_matter_names_and_in_the_same_years() -> None:
    county = sketch(matter("M", category=ADMIN), cases={("M", "S"): 0, ("M", "T"): 200}, years=2)
    rule = WorkFollowsMatters(share=Fraction(1))
    taken = {("M", "T", FIRST): 1, ("M", "T", LATER): 1}
    in_time = done(county, delegated=taken, cut={("U", FIRST): 2}, added={("T", FIRST): 2})
    assert complaints(rule, in_time) == set()
    late = done(county, delegated=taken, cut={("U", LATER): 2}, added={("T", LATER): 2})
    assert complaints(rule, late) == {"U positions"}
    assert {found.place.category for found in rule.check(late) if found.broken} == {"", ADMIN}


def test_the_solver_lets_positions_follow() -> None:
    county = sketch(matter("M", base=True), cases={("M", "S"): 100, ("M", "T"): 100})
    rule = WorkFollowsMatters(base_by=FIRST, share=Fraction(1))
    assert best_plan(county, rule, CutAboveAddBelow(total=Range(at_most=1))) is None
    plan = best_plan(county, rule, CutAboveAddBelow(total=Range(at_most=2)))
    assert plan is not None
    assert plan.owned("U", ADMIN, FIRST) == 8


def test_a_unit_may_be_spared_by_delegating() -> None:
    # 8 are kept of a need of 10: 0.8; with M in both townships the need is 8, and all of it is met
    county = sketch(matter("M"), cases={("M", "S"): 50, ("M", "T"): 150})
    must = CutAboveAddBelow(total=Range(at_least=2))
    plan = best_plan(county, must, AgencyQuota(), goals=(SpareTheUnits(),))
    assert plan is not None
    assert plan.needed("U", FIRST) == 800
    assert SpareTheUnits().measure(plan) == ((Fraction(1), 1),)


def test_nothing_is_delegated_today() -> None:
    county = sketch(matter("M"), cases=CASES)
    assert status_quo(county.problem).work("T", FIRST) == 300


def test_the_solver_lets_as_much_follow_as_the_share_says() -> None:
    county = sketch(matter("M", base=True), cases={("M", "S"): 150, ("M", "T"): 150})  # two thirds of 3.00
    rule = WorkFollowsMatters(base_by=FIRST, share=Fraction(2, 3))
    assert best_plan(county, rule, CutAboveAddBelow(total=Range(at_most=1))) is None
    assert best_plan(county, rule, CutAboveAddBelow(total=Range(at_most=2))) is not None
