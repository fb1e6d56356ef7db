"""Stations go down whole, with their people, and sit in the agency they join."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from rebalance.county.reform import Station
from rebalance.goals.few_people_moved import FewPeopleMoved
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.model.plan import status_quo
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.holder_limits import HolderLimits
from rebalance.rules.ledgers import Ledgers
from rebalance.rules.phasing import Phasing
from rebalance.rules.rule import Range
from rebalance.rules.stations_go_down import StationsGoDown
from rebalance.rules.vacancies_first import VacanciesFirst
from tests.counties import ADMIN, FIRST, Has, Sketch, office
from tests.rules.judging import best_plan, complaints, done, given, received

FINANCE = Station("S1", "U", "T", "A", ADMIN, 3, 2, "finance")
BOTH = {"U staff", "U headquarters"}
VETERINARY = Station("S2", "U", "T", "", ADMIN, 2, 2, "veterinary")
COUNTY = Sketch(
    units={"U": Has(9, staff=7)},
    townships={"T": Has(4, staff=3)},
    years=2,
    agencies=(office("A"),),
    placed={("T", "A"): 4},
    demand={("T", "A"): "20"},
    tables={"stations": (FINANCE, VETERINARY)},
)
LATER = FIRST + 1


def test_a_station_takes_its_positions_and_its_people_along() -> None:
    plan = done(COUNTY, handed={("S1", LATER): 1})
    assert [plan.owned("U", ADMIN, year) for year in (FIRST, LATER)] == [9, 6]
    assert [plan.owned("T", ADMIN, year) for year in (FIRST, LATER)] == [4, 7]
    assert [plan.in_post("U", ADMIN, year) for year in (FIRST, LATER)] == [7, 5]
    assert [plan.in_post("T", ADMIN, year) for year in (FIRST, LATER)] == [3, 5]
    assert [plan.vacant("U", ADMIN, year) for year in (FIRST, LATER)] == [2, 1]
    assert plan.cut("U", ADMIN, LATER) == plan.added("T", ADMIN, LATER) == 0
    assert plan.sunk("T", ADMIN, LATER) == -plan.sunk("U", ADMIN, LATER) == 3


def test_strength_counts_a_station_from_the_year_it_comes() -> None:
    plan = best_plan(COUNTY, StationsGoDown(kinds=("finance",), by=LATER), CutAboveAddBelow(total=Range(at_most=3)))
    assert plan is not None
    assert plan.handed("S1", LATER) == 1
    assert plan.strength("T", "A", LATER) == 7


def test_the_kinds_named_are_down_by_the_year_and_those_kept_never_come() -> None:
    rule = StationsGoDown(kinds=("finance",), by=LATER, stay=("veterinary",))
    placed = {("T", "A", FIRST): 4, ("T", "A", LATER): 7}
    assert complaints(rule, done(COUNTY, handed={("S1", LATER): 1}, placed=placed)) == set()
    assert complaints(rule, done(COUNTY, placed=placed)) == {"U down"}
    down = {("S1", LATER): 1, ("S2", LATER): 1}
    assert complaints(rule, done(COUNTY, handed=down, placed=placed)) == {"U down"}


def test_without_a_year_they_are_down_from_the_first_on() -> None:
    rule = StationsGoDown(kinds=("finance",))
    placed = {("T", "A", FIRST): 7, ("T", "A", LATER): 7}
    assert complaints(rule, done(COUNTY, handed={("S1", LATER): 1}, placed=placed)) == {"U down"}
    both = {("S1", FIRST): 1, ("S1", LATER): 1}
    assert complaints(rule, done(COUNTY, handed=both, placed=placed)) == set()


def test_the_positions_are_placed_in_the_agency_the_station_joins() -> None:
    handed = {("S1", LATER): 1}
    assert complaints(StationsGoDown(), done(COUNTY, handed=handed, placed={("T", "A", LATER): 3})) == set()
    assert complaints(StationsGoDown(), done(COUNTY, handed=handed, placed={("T", "A", LATER): 2})) == {"T A joins"}
    anywhere = done(COUNTY, handed={("S2", LATER): 1})
    assert complaints(StationsGoDown(), anywhere) == set()


def test_what_has_come_down_stays_down() -> None:
    assert complaints(Ledgers(), done(COUNTY, handed={("S1", FIRST): 1})) == {"U handed"}


def test_a_station_counts_towards_the_total_but_not_towards_a_share_nor_as_people_moved() -> None:
    # 3 of 9 positions go down; a tenth of 9, rounded up, is 1
    plan = done(COUNTY, handed={("S1", FIRST): 1, ("S1", LATER): 1})
    assert complaints(CutAboveAddBelow(share=Fraction(1, 10)), plan) == set()
    assert complaints(CutAboveAddBelow(total=Range(at_most=2)), plan) == {"total"}
    assert complaints(CutAboveAddBelow(total=Range(at_least=3, at_most=3)), plan) == set()
    assert complaints(Phasing(Fraction(1, 2)), plan) == set()
    assert (FewPeopleMoved().measure(plan), FewUnitsTouched().measure(plan)) == (0, 1)
    assert complaints(HolderLimits(smallest=7), plan) == {"U smallest"}


def test_the_solver_counts_stations_the_same_way() -> None:
    must = StationsGoDown(kinds=("finance",))
    one = replace(COUNTY, tables={"stations": (FINANCE,)})
    none = Fraction(0)
    plan = best_plan(one, must, CutAboveAddBelow(share=none, total=Range(at_most=3)), Phasing(Fraction(1, 3)))
    assert given(plan) == {"U": 3}
    assert received(plan) == {"T": 3}
    assert best_plan(one, must, CutAboveAddBelow(total=Range(at_most=2))) is None


def test_a_station_s_vacancies_go_with_it_and_leave_a_full_unit_over() -> None:
    # a full unit of 6 hands down 3 positions with 2 people: 4 people in 3 positions, which nobody took in
    county = Sketch(units={"U": 6}, townships={"T": 0}, tables={"stations": (FINANCE,)}, hiring={("U", FIRST): 9})
    assert complaints(VacanciesFirst(), done(county, handed={"S1": 1})) == set()
    assert complaints(VacanciesFirst(), done(county, handed={"S1": 1}, hired={"U": 1})) == BOTH


def test_a_unit_left_over_by_a_station_gives_nothing_more_that_year() -> None:
    county = Sketch(units={"U": 6}, townships={"T": 0}, tables={"stations": (FINANCE,)})
    plan = done(county, handed={"S1": 1}, cut={"U": 1}, added={"T": 1})
    assert complaints(VacanciesFirst(), plan) == BOTH


def test_today_every_station_is_where_it_was() -> None:
    assert complaints(StationsGoDown(), status_quo(COUNTY.problem)) == set()


def test_of_a_station_that_may_go_or_stay_nothing_is_said() -> None:
    findings = StationsGoDown(kinds=("finance",)).check(done(COUNTY))
    assert {found.place.item for found in findings} == {"S1", ""}
