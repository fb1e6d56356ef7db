"""People retire where they sit: with their station, above or below, or from headquarters."""

from __future__ import annotations

from dataclasses import replace

from rebalance.county.county import County
from rebalance.county.holders import Hiring, Retirement
from rebalance.county.reform import Station
from rebalance.model.plan import status_quo
from rebalance.rules.hiring import HiringPlan
from rebalance.rules.ledgers import Ledgers
from rebalance.rules.stations_go_down import StationsGoDown
from rebalance.rules.vacancies_first import VacanciesFirst
from rebalance.solver.lexicographic import model_of
from tests.counties import ADMIN, FIRST, Has, Sketch
from tests.rules.agreement import forbids
from tests.rules.judging import best_plan, complaints, done, given, inherited

LATER = FIRST + 1
LAST = FIRST + 2


def county(unit: Has, station: tuple[int, int], *leave: tuple[int, int, str], years: int = 3) -> Sketch:
    """A unit with one station of so many positions and people, a township that wants everything, who retires where."""
    rows = tuple(sorted((Retirement("U", ADMIN, *row) for row in leave), key=lambda row: (row.year, row.station)))
    stations = (Station("S", "U", "T", "", ADMIN, *station, "finance"),)
    tables = {"retirements": rows, "stations": stations}
    return Sketch(units={"U": unit}, townships={"T": 0}, years=years, demand={"T": "30"}, tables=tables)


VETERINARY = county(Has(8), (8, 8), (LATER, 3, "S"), years=2)
"""A unit all of whose people sit in its station, where three retire in the second year."""


def test_after_the_station_has_gone_down_its_retirements_are_the_township_s() -> None:
    plan = best_plan(VETERINARY, VacanciesFirst(), StationsGoDown(("finance",), by=FIRST))
    assert plan is not None
    assert [plan.in_post("U", ADMIN, year) for year in (FIRST, LATER)] == [0, 0]
    assert [plan.in_post("T", ADMIN, year) for year in (FIRST, LATER)] == [8, 5]
    assert [plan.owned("T", ADMIN, year) for year in (FIRST, LATER)] == [8, 8]
    assert (plan.retired("U", ADMIN, LATER), plan.retired("T", ADMIN, LATER)) == (0, 3)
    assert complaints(Ledgers(), plan) == set()


def test_without_their_station_they_would_leave_the_unit_with_fewer_than_nobody() -> None:
    lost = replace(VETERINARY, tables={**VETERINARY.tables, "retirements": (Retirement("U", ADMIN, LATER, 3),)})
    down = done(lost, handed={("S", FIRST): 1, ("S", LATER): 1})
    assert down.in_post("U", ADMIN, LATER) == -3  # the reader of a county refuses such rows


def test_before_the_station_goes_down_its_retirements_are_the_unit_s() -> None:
    # 5 people at headquarters, 4 in the station: of these one retires in each year
    sketch = county(Has(9), (4, 4), (FIRST, 1, "S"), (LATER, 1, "S"), (LAST, 1, "S"))
    plan = done(sketch, handed={("S", LATER): 1, ("S", LAST): 1})
    assert [plan.in_post("U", ADMIN, year) for year in (FIRST, LATER, LAST)] == [8, 5, 5]
    assert [plan.in_post("T", ADMIN, year) for year in (FIRST, LATER, LAST)] == [0, 2, 1]
    assert [plan.retired("U", ADMIN, year) for year in (FIRST, LATER, LAST)] == [1, 0, 0]
    assert [plan.retired("T", ADMIN, year) for year in (FIRST, LATER, LAST)] == [0, 1, 1]
    # three of the four are left when it goes at the end of the second year, and one of them retires below in that year
    assert plan.sunk("T", ADMIN, LATER, people=True) == -plan.sunk("U", ADMIN, LATER, people=True) == 3
    assert [plan.in_stations("U", ADMIN, year, people=True) for year in (FIRST, LATER)] == [3, 0]
    assert complaints(Ledgers(), plan) == set()
    still = status_quo(sketch.problem)
    assert [still.in_post("U", ADMIN, year) for year in (FIRST, LATER, LAST)] == [8, 7, 6]


def test_a_retirement_in_a_station_frees_nothing_at_headquarters() -> None:
    here = county(Has(9), (4, 4), (FIRST, 2, ""), years=1)
    there = county(Has(9), (4, 4), (FIRST, 2, "S"), years=1)
    cut = {"cut": {"U": 1}, "added": {"T": 1}}
    assert complaints(VacanciesFirst(), done(here, **cut)) == set()
    assert complaints(VacanciesFirst(), done(there, **cut)) == {"U headquarters"}
    assert given(best_plan(here, VacanciesFirst(), StationsGoDown(stay=("finance",)))) == {"U": 2}
    assert given(best_plan(there, VacanciesFirst(), StationsGoDown(stay=("finance",)))) == {}


def test_what_a_station_has_vacant_goes_with_it() -> None:
    # 6 positions of which 5 are filled at headquarters, 3 and 1 in the station: one is given, two go with the station
    sketch = county(Has(9, staff=6), (3, 1), years=1)
    assert complaints(VacanciesFirst(), done(sketch, cut={"U": 1}, added={"T": 1})) == set()
    assert complaints(VacanciesFirst(), done(sketch, cut={"U": 2}, added={"T": 2})) == {"U headquarters"}
    assert given(best_plan(sketch, VacanciesFirst())) == {"U": 1 + 3}
    assert given(best_plan(sketch, VacanciesFirst(), StationsGoDown(stay=("finance",)))) == {"U": 1}


def test_headquarters_that_are_over_today_may_stay_so_and_give_nothing() -> None:
    # 5 people in 4 positions at headquarters, 1 in 3 at the station: as a whole the unit is not over
    sketch = county(Has(7, staff=6), (3, 1), (LATER, 2, ""), years=2)
    assert complaints(VacanciesFirst(), status_quo(sketch.problem)) == set()
    assert inherited(VacanciesFirst(), status_quo(sketch.problem)) == {"U headquarters"}
    assert complaints(VacanciesFirst(), done(sketch, cut={"U": 1}, added={"T": 1})) == {"U headquarters"}
    later = done(sketch, cut={("U", LATER): 1}, added={("T", LATER): 1})  # two retire: one mends, one frees
    assert complaints(VacanciesFirst(), later) == set()
    assert given(best_plan(sketch, VacanciesFirst(), StationsGoDown(stay=("finance",)))) == {"U": 1}


def test_an_over_full_station_keeps_its_unit_from_giving_until_it_goes_down() -> None:
    # as a whole 8 people in 8 positions: headquarters have one vacant, and the station is over by one
    sketch = county(Has(8), (2, 3), years=1)
    cut = {"cut": {"U": 1}, "added": {"T": 1}}
    assert complaints(VacanciesFirst(), done(sketch, **cut)) == {"U staff"}
    assert complaints(VacanciesFirst(), done(sketch, handed={"S": 1}, **cut)) == set()


def test_nobody_moves_from_headquarters_who_is_not_there() -> None:
    # one person at headquarters, three in the station: two are willing, one can go
    sketch = county(Has(6, staff=4, willing=2), (3, 3), years=1)
    one = {"cut": {"U": 1}, "added": {"T": 1}, "moved_out": {"U": 1}, "moved_in": {"T": 1}}
    two = {verb: dict.fromkeys(said, 2) for verb, said in one.items()}
    assert complaints(Ledgers(), done(sketch, **one)) == set()
    assert complaints(Ledgers(), done(sketch, **two)) == {"U headquarters"}
    model = model_of(sketch.scenario())
    nothing = dict.fromkeys(model.cells, 0)
    assert not forbids(model, {**nothing, **done(sketch, **one).decided})
    assert forbids(model, {**nothing, **done(sketch, **two).decided})


def test_whoever_is_hired_comes_to_headquarters_and_not_into_a_vacancy_of_the_station() -> None:
    sketch = county(Has(6), (3, 3), (FIRST, 2, "S"), years=1)
    hiring: County = replace(sketch.county, hiring=(Hiring(ADMIN, FIRST, 2, "U"),))
    sketch = replace(sketch, tables={**sketch.tables, "hiring": hiring.hiring})
    taken = done(sketch, hired={"U": 1})
    assert complaints(HiringPlan(), taken) == {"U full"}
    model = model_of(sketch.scenario(HiringPlan()))
    assert forbids(model, {**dict.fromkeys(model.cells, 0), **taken.decided})
    free = county(Has(6), (3, 3), (FIRST, 2, ""), years=1)
    free = replace(free, tables={**free.tables, "hiring": hiring.hiring})
    assert complaints(HiringPlan(), done(free, hired={"U": 2})) == set()
