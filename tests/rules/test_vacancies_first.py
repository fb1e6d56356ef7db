"""Nobody is forced out: what leaves a unit is vacant, freed by retirement, or goes with somebody willing."""

from __future__ import annotations

from rebalance.model.plan import status_quo
from rebalance.rules.hiring import HiringPlan
from rebalance.rules.vacancies_first import VacanciesFirst
from tests.counties import FIRST, Has, Sketch
from tests.rules.judging import best_plan, complaints, done, given, inherited


def unit(has: Has, years: int = 1, retiring: dict[tuple[str, int], int] | None = None) -> Sketch:
    """A county with one unit, and one township that wants everything."""
    return Sketch(units={"U": has}, townships={"T": 0}, years=years, demand={"T": "9"}, retirements=retiring or {})


def test_only_vacant_positions_are_given() -> None:
    county = unit(Has(4, staff=3))
    assert complaints(VacanciesFirst(), done(county, cut={"U": 1}, added={"T": 1})) == set()
    assert complaints(VacanciesFirst(), done(county, cut={"U": 2}, added={"T": 2})) == {"U staff"}
    assert given(best_plan(county, VacanciesFirst())) == {"U": 1}


def test_a_retirement_frees_a_position_in_its_own_year() -> None:
    county = unit(Has(4), retiring={("U", FIRST): 2})
    assert given(best_plan(county, VacanciesFirst())) == {"U": 2}


def test_a_retirement_frees_nothing_before_its_year() -> None:
    county = unit(Has(4), years=2, retiring={("U", FIRST + 1): 2})
    early = done(county, cut={("U", FIRST): 1}, added={("T", FIRST): 1})
    late = done(county, cut={("U", FIRST + 1): 2}, added={("T", FIRST + 1): 2})
    assert complaints(VacanciesFirst(), early) == {"U staff"}
    assert complaints(VacanciesFirst(), late) == set()


def test_the_first_retirements_of_an_over_established_unit_mend_the_overage() -> None:
    county = unit(Has(3, staff=5), retiring={("U", FIRST): 3})
    assert given(best_plan(county, VacanciesFirst())) == {"U": 1}


def test_an_over_established_unit_may_stay_so_but_gives_nothing_while_it_is() -> None:
    county = unit(Has(2, staff=4), retiring={("U", FIRST): 1})
    assert complaints(VacanciesFirst(), status_quo(county.problem)) == set()
    assert inherited(VacanciesFirst(), status_quo(county.problem)) == {"U staff"}
    assert complaints(VacanciesFirst(), done(county, cut={"U": 1}, added={"T": 1})) == {"U staff"}
    assert given(best_plan(county, VacanciesFirst())) == {}


def test_an_over_established_unit_does_not_get_worse() -> None:
    county = Sketch(units={"U": Has(2, staff=3)}, townships={"T": 0}, hiring={("U", FIRST): 1})
    assert complaints(VacanciesFirst(), done(county, hired={"U": 1})) == {"U staff"}


def test_as_many_go_with_their_position_as_are_willing() -> None:
    county = unit(Has(4, willing=2))
    willing = done(county, cut={"U": 2}, added={"T": 2}, moved_out={"U": 2}, moved_in={"T": 2})
    forced = done(county, cut={"U": 3}, added={"T": 3}, moved_out={"U": 3}, moved_in={"T": 3})
    assert complaints(VacanciesFirst(), willing) == set()
    assert complaints(VacanciesFirst(), forced) == {"U willing"}
    assert given(best_plan(county, VacanciesFirst(), HiringPlan())) == {"U": 2}


def test_willingness_is_used_up_over_the_years() -> None:
    county = unit(Has(4, willing=1), years=2)
    assert given(best_plan(county, VacanciesFirst())) == {"U": 1}


def test_where_nobody_is_left_over_those_who_are_willing_go_with_their_positions() -> None:
    # four people for three positions, one of whom retires: the others are all willing
    county = unit(Has(3, staff=4, willing=3), retiring={("U", FIRST): 1})
    assert given(best_plan(county, VacanciesFirst())) == {"U": 3}
