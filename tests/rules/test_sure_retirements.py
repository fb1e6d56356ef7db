"""Not every retirement is counted on: what is given is lawful where some of them do not happen."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from rebalance.county.holders import Retirement
from rebalance.county.reform import Station
from rebalance.model.plan import status_quo
from rebalance.rules import Rule
from rebalance.rules.stations_go_down import StationsGoDown
from rebalance.rules.sure_retirements import SureRetirements
from rebalance.rules.vacancies_first import VacanciesFirst
from tests.counties import ADMIN, FIRST, Has, Sketch
from tests.rules.judging import best_plan, complaints, done, given, inherited

LATER = FIRST + 1


def unit(has: Has, retiring: dict[tuple[str, int], int], years: int = 1) -> Sketch:
    """A county with one unit, and one township that wants everything."""
    return Sketch(units={"U": has}, townships={"T": 0}, years=years, demand={"T": "30"}, retirements=retiring)


def gives(sketch: Sketch, *rules: Rule) -> int:
    return given(best_plan(sketch, VacanciesFirst(), *rules)).get("U", 0)


def test_without_parameters_nothing_is_said() -> None:
    full = unit(Has(10), {("U", FIRST): 4})
    assert list(SureRetirements().check(status_quo(full.problem))) == []
    assert gives(full, SureRetirements()) == 4


def test_a_part_of_the_retirements_is_counted_on_rounded_down() -> None:
    # of 4 expected 3.2 are counted on: 3
    full = unit(Has(10), {("U", FIRST): 4})
    rule = SureRetirements(Fraction(4, 5))
    assert complaints(rule, done(full, cut={"U": 3}, added={"T": 3})) == set()
    assert complaints(rule, done(full, cut={"U": 4}, added={"T": 4})) == {"U staff"}
    assert gives(full, rule) == 3


def test_they_add_up_over_the_years_before_they_are_rounded() -> None:
    # of 1 and 1 and 1 and 1 half is counted on: 0, 1, 1, 2
    full = unit(Has(10), {("U", FIRST + n): 1 for n in range(4)}, years=4)
    rule = SureRetirements(Fraction(1, 2))
    assert gives(full, rule) == 2
    early = done(full, cut={("U", FIRST): 1}, added={("T", FIRST): 1})
    late = done(full, cut={("U", LATER): 1}, added={("T", LATER): 1})
    assert complaints(rule, early) == {"U staff"}
    assert complaints(rule, late) == set()


def test_lawful_whichever_two_do_not_happen() -> None:
    assert gives(unit(Has(10), {("U", FIRST): 3}), SureRetirements(but=2)) == 1
    assert gives(unit(Has(10), {("U", FIRST): 1}), SureRetirements(but=2)) == 0
    assert gives(unit(Has(10, staff=8), {("U", FIRST): 1}), SureRetirements(but=2)) == 2  # vacancies are sure


def test_both_hold_where_both_are_asked_for() -> None:
    full = unit(Has(20), {("U", FIRST): 10})
    assert gives(full, SureRetirements(Fraction(4, 5), but=1)) == 8
    assert gives(full, SureRetirements(Fraction(4, 5), but=3)) == 7


def test_an_over_established_unit_gives_when_it_is_mended_for_sure() -> None:
    # 2 over, 4 retire: 2 mend, 2 free; if one stays, one frees
    over = unit(Has(8, staff=10), {("U", FIRST): 4})
    assert gives(over) == 2
    assert gives(over, SureRetirements(but=1)) == 1
    assert complaints(SureRetirements(but=4), status_quo(over.problem)) == set()
    assert inherited(SureRetirements(but=4), status_quo(over.problem)) == {"U staff"}
    assert complaints(SureRetirements(but=3), done(over, cut={"U": 1}, added={"T": 1})) == {"U staff"}


def test_nobody_is_hired_for_somebody_who_may_not_go() -> None:
    full = replace(unit(Has(4), {("U", FIRST): 2}), hiring={("U", FIRST): 2})
    assert complaints(SureRetirements(but=1), done(full, hired={"U": 1})) == set()
    assert complaints(SureRetirements(but=1), done(full, hired={"U": 2})) == {"U staff"}


def test_units_are_looked_at_one_by_one_and_townships_not_at_all() -> None:
    county = Sketch(
        units={"U": Has(6), "V": Has(6)},
        townships={"T": Has(4)},
        demand={"T": "30"},
        retirements={("U", FIRST): 2, ("V", FIRST): 3, ("T", FIRST): 4},
    )
    rule = SureRetirements(but=1)
    assert given(best_plan(county, VacanciesFirst(), rule)) == {"U": 1, "V": 2}
    assert {finding.place.holder for finding in rule.check(status_quo(county.problem))} == {"U", "V"}


def with_station(in_post: int, retiring: int) -> Sketch:
    """Seven positions at headquarters, three in a station with so many people; as many in post as authorised in all.

    Three people retire in the station, and so many at headquarters.
    """
    rows = (Retirement("U", ADMIN, FIRST, retiring), Retirement("U", ADMIN, FIRST, 3, "S"))
    stations = (Station("S", "U", "T", "", ADMIN, 3, in_post, "finance"),)
    tables = {"retirements": rows, "stations": stations}
    return Sketch(units={"U": Has(10)}, townships={"T": 0}, demand={"T": "30"}, tables=tables)


STAY = StationsGoDown(stay=("finance",))


def test_headquarters_are_looked_at_by_themselves() -> None:
    # six people at headquarters: one position is vacant, three fall vacant
    sketch = with_station(in_post=4, retiring=3)
    assert gives(sketch, STAY) == 4
    assert gives(sketch, STAY, SureRetirements(but=2)) == 2
    assert gives(sketch, STAY, SureRetirements(but=3)) == 1
    # of each half is counted on: 1; in the whole unit 10 people become 8
    assert gives(sketch, STAY, SureRetirements(Fraction(1, 2))) == 2
    cut = done(sketch, cut={"U": 3}, added={"T": 3})
    assert complaints(SureRetirements(Fraction(1, 2)), cut) == {"U headquarters", "U staff"}


def test_so_many_of_the_whole_unit_stay_wherever_they_are() -> None:
    # four people at headquarters: three positions are vacant, one falls vacant; in the whole unit four fall vacant
    sketch = with_station(in_post=6, retiring=1)
    assert gives(sketch, STAY) == 4
    assert gives(sketch, STAY, SureRetirements(but=1)) == 3
    # both may be of the station, or one at headquarters and one of the station: two stay, not three
    assert gives(sketch, STAY, SureRetirements(but=2)) == 2
    assert gives(sketch, STAY, SureRetirements(but=3)) == 1
    assert gives(sketch, STAY, SureRetirements(but=9)) == 0
    cut = {"cut": {"U": 2}, "added": {"T": 2}}
    assert complaints(SureRetirements(but=2), done(sketch, **cut)) == set()
    assert complaints(SureRetirements(but=3), done(sketch, **cut)) == {"U staff"}
    # whoever of the station does not retire goes down with it
    assert complaints(SureRetirements(but=3), done(sketch, handed={"S": 1}, **cut)) == set()
    assert gives(sketch, SureRetirements(but=3)) == 3 + 3  # with the station
