"""Office or institution: what an agency is settles the categories it may hold."""

from __future__ import annotations

from dataclasses import replace

from rebalance.county.agencies import Agency, Nature
from rebalance.model.plan import Plan, plan_of, status_quo
from rebalance.rules.agency_nature import AgencyNature
from tests.counties import FIRST, Sketch, office
from tests.rules.judging import best_plan, complaints, inherited

LATER = FIRST + 1
RULE = AgencyNature(office=("civil",), institution=("public",))


def sketch(*agencies: Agency, **placed: int) -> Sketch:
    """A township with two positions of each of three categories; `civil=1`: so many of them sit in A today."""
    both = {"civil": 2, "public": 2, "support": 2}
    needs: dict[str | tuple[str, str], str] = {("T", row.agency): "9" for row in agencies}
    return Sketch(
        townships={"T": both}, years=2, agencies=agencies, demand=needs, placed={("T", "A"): placed} if placed else {}
    )


def sitting(county: Sketch, *rows: tuple[str, str, int, int]) -> Plan:
    """A plan with so many of a category in an agency in a year."""
    return plan_of(county.problem, {("placed", "T", agency, what, year): n for agency, what, year, n in rows})


def natured(name: str, nature: Nature, *categories: str) -> Agency:
    """An agency of a nature."""
    return replace(office(name), nature=nature, categories=categories)


def test_an_office_holds_what_an_office_may_and_an_institution_likewise() -> None:
    county = sketch(natured("A", Nature.OFFICE), natured("B", Nature.INSTITUTION))
    assert complaints(RULE, sitting(county, ("A", "civil", FIRST, 2), ("B", "public", FIRST, 2))) == set()
    assert complaints(RULE, sitting(county, ("A", "public", FIRST, 1))) == {"T A category"}
    assert complaints(RULE, sitting(county, ("B", "civil", LATER, 1))) == {"T B category"}
    assert complaints(RULE, sitting(county, ("A", "support", FIRST, 1))) == {"T A category"}


def test_without_lists_any_category_goes_but_an_agency_s_own_list_binds() -> None:
    county = sketch(natured("A", Nature.OFFICE, "civil", "support"))
    assert complaints(AgencyNature(), sitting(county, ("A", "civil", FIRST, 1), ("A", "support", FIRST, 1))) == set()
    assert complaints(AgencyNature(), sitting(county, ("A", "public", FIRST, 1))) == {"T A category"}


def test_one_that_may_be_either_is_one_of_them_for_good() -> None:
    county = sketch(natured("A", Nature.EITHER))
    assert complaints(RULE, sitting(county, ("A", "civil", FIRST, 1), ("A", "civil", LATER, 2))) == set()
    assert complaints(RULE, sitting(county, ("A", "public", FIRST, 1))) == set()
    assert complaints(RULE, sitting(county, ("A", "civil", FIRST, 1), ("A", "public", FIRST, 1))) == {"T A either"}
    assert complaints(RULE, sitting(county, ("A", "civil", FIRST, 1), ("A", "public", LATER, 1))) == {"T A either"}


def test_what_both_may_hold_tells_nothing() -> None:
    rule = AgencyNature(office=("civil", "support"), institution=("public", "support"))
    county = sketch(natured("A", Nature.EITHER))
    assert complaints(rule, sitting(county, ("A", "civil", FIRST, 1), ("A", "support", FIRST, 2))) == set()
    assert complaints(rule, sitting(county, ("A", "public", FIRST, 1), ("A", "support", FIRST, 2))) == set()


def test_what_sits_wrongly_today_may_stay_but_not_grow() -> None:
    county = sketch(natured("A", Nature.OFFICE), public=1)
    assert complaints(RULE, status_quo(county.problem)) == set()
    assert inherited(RULE, status_quo(county.problem)) == {"T A category"}
    assert complaints(RULE, sitting(county, ("A", "public", FIRST, 2))) == {"T A category"}
    mixed = sketch(natured("A", Nature.EITHER), public=1, civil=1)
    assert complaints(RULE, status_quo(mixed.problem)) == set()
    assert inherited(RULE, status_quo(mixed.problem)) == {"T A either"}
    one_more = (("A", "civil", LATER, 2), ("A", "public", LATER, 1))
    assert complaints(RULE, sitting(mixed, *one_more)) == set()
    assert complaints(RULE, sitting(mixed, ("A", "civil", LATER, 2), ("A", "public", LATER, 2))) == {"T A either"}


def test_the_solver_chooses_one_nature() -> None:
    plan = best_plan(sketch(natured("A", Nature.EITHER), natured("B", Nature.EITHER)), RULE)
    assert plan is not None
    there = [{c for c in ("civil", "public") if plan.placed("T", a, c, LATER)} for a in ("A", "B")]
    assert sorted(map(sorted, there)) == [["civil"], ["public"]]
    assert plan.covered("T", LATER) == 400
