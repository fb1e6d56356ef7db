"""Office or institution: what an agency is settles the categories it may hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rebalance.county.agencies import Agency, Nature
from rebalance.model.plan import Decision, Plan, natures, plan_of, status_quo
from rebalance.rules.agency_nature import AgencyNature
from rebalance.rules.ledgers import Ledgers
from rebalance.rules.vacancies_first import VacanciesFirst
from tests.counties import FIRST, Has, Sketch, office
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


def sitting(county: Sketch, *rows: tuple[str, str, int, int], offices: Sequence[tuple[str, int]] = ()) -> Plan:
    """A plan with so many of a category in an agency in a year; which agencies that may be either are offices, when."""
    problem = county.problem
    decided: dict[Decision, int] = {("placed", "T", agency, what, year): n for agency, what, year, n in rows}
    decided |= {("open", "T", agency, year): 1 for agency in problem.agencies for year in problem.years}
    decided |= dict.fromkeys(natures(problem), 0)
    decided |= {("office", "T", agency, year): 1 for agency, year in offices}
    return plan_of(problem, decided)


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


ALWAYS = (("A", FIRST), ("A", LATER))
"""A is an office in both years."""


def test_one_that_may_be_either_is_one_of_them_for_good() -> None:
    county = sketch(natured("A", Nature.EITHER))
    civil = (("A", "civil", FIRST, 1), ("A", "civil", LATER, 2))
    assert complaints(RULE, sitting(county, *civil, offices=ALWAYS)) == set()
    assert complaints(RULE, sitting(county, ("A", "public", FIRST, 1))) == set()
    both = (("A", "civil", FIRST, 1), ("A", "public", FIRST, 1))
    assert complaints(RULE, sitting(county, *both)) == {"T A either"}
    assert complaints(RULE, sitting(county, *both, offices=ALWAYS)) == {"T A either"}
    first, later = ("A", "civil", FIRST, 1), ("A", "public", LATER, 1)
    assert complaints(RULE, sitting(county, first, later, offices=ALWAYS)) == {"T A either"}
    assert complaints(RULE, sitting(county, first, later, offices=[("A", FIRST)])) == {"T A for good"}


def test_whatever_it_holds_it_is_what_was_decided() -> None:
    county = sketch(natured("A", Nature.EITHER))
    assert complaints(RULE, sitting(county, ("A", "civil", FIRST, 1))) == {"T A either"}  # an institution
    assert complaints(RULE, sitting(county, ("A", "public", FIRST, 1), offices=ALWAYS)) == {"T A either"}
    plan = sitting(county, offices=ALWAYS)
    assert plan.nature("T", "A", FIRST) is Nature.OFFICE
    assert sitting(county).nature("T", "A", FIRST) is Nature.INSTITUTION
    assert status_quo(county.problem).nature("T", "A", FIRST) is None


def test_what_is_not_open_is_neither_and_stands_so_in_the_books() -> None:
    county = sketch(natured("A", Nature.EITHER))
    plan = sitting(county, offices=ALWAYS)
    closed = plan_of(county.problem, {**plan.decided, ("open", "T", "A", LATER): 0})
    assert closed.nature("T", "A", LATER) is None
    assert complaints(Ledgers(), plan) == set()
    assert complaints(Ledgers(), closed) == {"T A cell", "cells"}


def test_what_both_may_hold_tells_nothing() -> None:
    rule = AgencyNature(office=("civil", "support"), institution=("public", "support"))
    county = sketch(natured("A", Nature.EITHER))
    civil, public = ("A", "civil", FIRST, 1), ("A", "public", FIRST, 1)
    assert complaints(rule, sitting(county, civil, ("A", "support", FIRST, 2), offices=ALWAYS)) == set()
    assert complaints(rule, sitting(county, public, ("A", "support", FIRST, 2))) == set()
    assert not AgencyNature().tells_apart(county.problem)
    assert not AgencyNature(("civil",), ("civil",)).tells_apart(county.problem)
    assert AgencyNature(institution=("public",)).tells_apart(county.problem)


def test_what_sits_wrongly_today_may_stay_but_not_grow() -> None:
    county = sketch(natured("A", Nature.OFFICE), public=1)
    assert complaints(RULE, status_quo(county.problem)) == set()
    assert inherited(RULE, status_quo(county.problem)) == {"T A category"}
    assert complaints(RULE, sitting(county, ("A", "public", FIRST, 2))) == {"T A category"}
    mixed = sketch(natured("A", Nature.EITHER), public=1, civil=1)
    assert complaints(RULE, status_quo(mixed.problem)) == set()
    assert inherited(RULE, status_quo(mixed.problem)) == {"T A either"}
    one_more = (("A", "civil", LATER, 2), ("A", "public", LATER, 1))
    assert complaints(RULE, sitting(mixed, *one_more, offices=ALWAYS)) == set()
    assert complaints(RULE, sitting(mixed, *one_more)) == {"T A either"}
    two_more = (("A", "civil", LATER, 2), ("A", "public", LATER, 2))
    assert complaints(RULE, sitting(mixed, *two_more, offices=ALWAYS)) == {"T A either"}


def test_one_of_a_single_kind_today_does_not_become_mixed_by_keeping_it() -> None:
    county = sketch(natured("A", Nature.EITHER), civil=2)
    mixed = (("A", "civil", FIRST, 2), ("A", "public", FIRST, 1))
    assert complaints(RULE, sitting(county, *mixed)) == {"T A either"}
    assert complaints(RULE, sitting(county, *mixed, offices=ALWAYS)) == {"T A either"}
    assert complaints(RULE, sitting(county, ("A", "public", FIRST, 1))) == set()


def test_the_solver_chooses_one_nature() -> None:
    plan = best_plan(sketch(natured("A", Nature.EITHER), natured("B", Nature.EITHER)), RULE)
    assert plan is not None
    there = [{c for c in ("civil", "public") if plan.placed("T", a, c, LATER)} for a in ("A", "B")]
    assert sorted(map(sorted, there)) == [["civil"], ["public"]]
    offices = {a: plan.nature("T", a, LATER) is Nature.OFFICE for a in ("A", "B")}
    assert offices == {"A": there[0] == {"civil"}, "B": there[1] == {"civil"}}
    assert plan.covered("T", LATER) == 400


def test_a_town_s_office_and_a_sub_district_s_institution_do_not_mix_what_they_hold() -> None:
    county = Sketch(
        units={"U1": {"civil": Has(6)}, "U2": {"public": Has(14, 4)}},
        townships={"T": {"civil": 2}, "S": {"civil": 2}},
        kinds={"U2": "institution", "S": "subdistrict"},
        agencies=(natured("A", Nature.EITHER),),
        demand={("T", "A"): "6", ("S", "A"): "6"},
    )
    rule = AgencyNature(office=("civil",), institution=("public",))
    plan = best_plan(county, rule, VacanciesFirst())
    assert plan is not None
    for township in ("T", "S"):
        office = plan.nature(township, "A", FIRST) is Nature.OFFICE
        assert not plan.placed(township, "A", "public" if office else "civil", FIRST)
    assert plan.covered("T", FIRST) + plan.covered("S", FIRST) == 1000  # ten of the archive are vacant, nobody else is


def test_nothing_is_decided_where_no_rule_asks() -> None:
    plan = best_plan(sketch(natured("A", Nature.EITHER)))
    assert plan is not None
    assert plan.nature("T", "A", FIRST) is None
    assert not [cell for cell in plan.decided if cell[0] == "office"]


def test_where_offices_and_institutions_may_hold_the_same_nothing_is_said_of_what_an_agency_is() -> None:
    plan = sitting(sketch(natured("A", Nature.EITHER)), offices=(("A", FIRST),))
    alike = AgencyNature(office=("civil", "public"), institution=("public", "civil"))
    assert not [one for rule in (AgencyNature(), alike) for one in rule.check(plan) if one.place.aspect != "category"]
