"""Coverage of the worst-off township first, exactly; then the next; of agencies likewise."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil
from random import Random

import pytest

from rebalance.county.reform import Borrowed, Dispatched
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.goal import Goal
from rebalance.goals.worst_off_first import Of, Per, WorstOffFirst
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.hiring import HiringPlan
from rebalance.rules.holder_limits import HolderLimits
from rebalance.rules.rule import Range
from tests.counties import ADMIN, FIRST, Has, Sketch, office, optional
from tests.goals.aiming import aimed, chosen, levels
from tests.rules.judging import done, received

UNITS = {f"U{number}": 1 for number in range(1, 7)}
"""Units of one position each: whoever touches few of them lets few go down."""

LIFT = WorstOffFirst()


def test_coverage_is_measured_exactly_from_the_worst_up() -> None:
    county = Sketch(townships={"A": 1, "B": 2, "C": 9, "D": 4}, demand={"A": "3", "B": "6", "C": "4.5"})
    plan = done(county)
    assert LIFT.measure(plan) == levels("1/3*2 1")
    assert WorstOffFirst(depth=1).measure(plan) == levels("1/3*2")
    assert WorstOffFirst(enough=Fraction(1, 4)).measure(plan) == levels("1/4*3")


def test_a_township_without_work_is_left_out() -> None:
    assert LIFT.measure(done(Sketch(townships={"A": 0, "B": 3}))) == ()
    plan = chosen(aimed(Sketch(units={"U": 2}, townships={"A": 0, "B": 0}, demand={"B": "2"}), goals=(LIFT,)))
    assert received(plan) == {"B": 2}


def test_the_last_year_counts() -> None:
    county = Sketch(units={"U": 2}, townships={"A": 0}, years=2, demand={"A": "4"})
    assert LIFT.measure(done(county, cut={("U", FIRST + 1): 2}, added={("A", FIRST + 1): 2})) == levels("1/2")


def test_the_worst_off_is_served_first_and_then_the_next() -> None:
    # A 0/4, B 1/4, C 2/4; the first three positions go A, then A or B (each 1/4), then the other: all at 2/4
    county = Sketch(units={"U": 3}, townships={"A": 0, "B": 1, "C": 2}, demand=dict.fromkeys("ABC", "4"))
    assert received(chosen(aimed(county, goals=(LIFT,)))) == {"A": 2, "B": 1}


def test_a_permille_would_choose_the_wrong_township() -> None:
    # A 0.33390, B 0.33385: B is worse off. In whole permille both are 333, and one more makes A 334 but B still 333.
    county = Sketch(units={"U": 1}, townships={"A": 3_339, "B": 33_385}, demand={"A": "10000", "B": "100000"})
    outcome = aimed(county, goals=(LIFT,))
    assert received(outcome.plan) == {"B": 1}
    assert outcome.goals[0].value == levels("33386/100000 3339/10000")


@pytest.mark.parametrize(("worse", "other"), ["AB", "BA"])
def test_no_decimal_is_long_enough_for_demands_in_the_millions(worse: str, other: str) -> None:
    # 1000001·3000001 − 1000000·3000004 = 1: the shares differ by one in nine million million
    county = Sketch(
        units={"U": 1},
        townships={worse: 1_000_000, other: 1_000_001},
        demand={worse: "3000001", other: "3000004"},
    )
    outcome = aimed(county, goals=(LIFT,))
    assert received(outcome.plan) == {worse: 1}
    assert outcome.goals[0].value == levels("1000001/3000004 1000001/3000001")


def adams(people: dict[str, int], seats: int) -> dict[str, int]:
    """Adams' method: the divisor with which, every quotient rounded up, the seats come out even."""
    divisors = (Fraction(number, part) for number in people.values() for part in range(1, seats + 1))
    for divisor in sorted(divisors):
        apportioned = {place: ceil(number / divisor) for place, number in people.items()}
        if sum(apportioned.values()) == seats:
            return apportioned
    raise ValueError("a tie")


@pytest.mark.parametrize("seed", range(12))
def test_out_of_one_pool_it_is_adams_method(seed: int) -> None:
    dice = Random(seed)
    scale = dice.choice((1_000, 100_000, 8_000_000))
    people = {f"T{number}": dice.randint(scale // 20, scale) for number in range(dice.randint(2, 7))}
    seats = dice.randint(len(people), 30)
    county = Sketch(
        units={"U": seats}, townships=dict.fromkeys(people, 0), demand={t: str(n) for t, n in people.items()}
    )
    plan = chosen(aimed(county, goals=(LIFT, FillShortages())))
    assert received(plan) == adams(people, seats)


@pytest.mark.parametrize(
    ("enough", "value", "positions"),
    [("1", "3/4*2", 3), ("3/4", "3/4*2", 3), ("3/5", "3/5*2", 3), ("1/2", "1/2*2", 1), ("1/4", "1/4*2", 0)],
)
def test_beyond_enough_nothing_is_asked_for(enough: str, value: str, positions: int) -> None:
    # A 1/4, B 2/4, three positions: both reach 3/4; three fifths take three quarters, for positions are whole
    county = Sketch(units={f"U{n}": 1 for n in range(3)}, townships={"A": 1, "B": 2}, demand={"A": "4", "B": "4"})
    outcome = aimed(county, goals=(WorstOffFirst(enough=Fraction(enough)), FewUnitsTouched()))
    assert [result.value for result in outcome.goals[:2]] == [levels(value), positions]


@pytest.mark.parametrize(("depth", "value", "touched"), [(0, "1/10 1/2*2", 5), (1, "1/10", 3), (2, "1/10 1/2*2", 5)])
def test_only_as_many_levels_as_the_depth_are_settled(depth: int, value: str, touched: int) -> None:
    # A cannot have more than 1 of 10. B and C only have to stay above that (1 of 4 each), unless they are asked about.
    county = Sketch(
        units=UNITS,
        townships={"A": Has(0, ceiling=1), "B": 0, "C": 0},
        demand={"A": "10", "B": "4", "C": "4"},
    )
    rules = (HolderLimits(), CutAboveAddBelow(total=Range(at_most=5)))
    outcome = aimed(county, *rules, goals=(WorstOffFirst(depth=depth), FewUnitsTouched()))
    assert [result.value for result in outcome.goals[:2]] == [levels(value), touched]


OFFICES = Sketch(
    townships={"T": 5},
    agencies=(office("A"), office("B"), optional("C", falls_to="A")),
    demand={("T", "A"): "2", ("T", "B"): "4", ("T", "C"): "2"},
)


def placed(township: str = "T", **places: int) -> dict[tuple[str, str], int]:
    return {(township, agency): number for agency, number in places.items()}


AGENCIES = WorstOffFirst(Per.AGENCY)


def test_agencies_that_want_for_nothing_are_left_out() -> None:
    doors = {("T", agency): 1 for agency in "ABC"}
    assert AGENCIES.measure(done(OFFICES, open=doors, placed=placed(A=2, B=2, C=1))) == levels("1/2*2")
    assert AGENCIES.measure(done(OFFICES, open=doors, placed=placed(A=2, B=4, C=2))) == ()


def test_the_work_of_a_closed_agency_counts_where_it_falls_to() -> None:
    doors = {("T", agency): 1 for agency in "AB"}
    assert AGENCIES.measure(done(OFFICES, open=doors, placed=placed(A=3, B=2))) == levels("1/2 3/4")


def test_what_is_placed_in_an_agency_that_is_not_open_serves_nothing() -> None:
    plan = done(OFFICES, open={("T", "A"): 1}, placed=placed(A=2, B=3))
    assert AGENCIES.measure(plan) == levels("0 1/2")


def test_the_worst_off_agency_is_served_first() -> None:
    # A and B, four each, five positions: 2 and 3. (C is not there: nothing falls to A.)
    county = replace(OFFICES, demand={("T", "A"): "4", ("T", "B"): "4"})
    outcome = aimed(county, goals=(AGENCIES,))
    plan = chosen(outcome)
    assert sorted(plan.strength("T", agency, FIRST) for agency in "AB") == [2, 3]
    assert outcome.goals[0].value == levels("1/2 3/4")


def test_an_agency_is_not_opened_where_its_work_is_done_better_elsewhere() -> None:
    # Five positions, eight of work. C closed: A has 4, B 4: 2 and 3, so 1/2, 3/4. C open: A 1, B 2, C 2 (or A 2, C 1)
    # is 1/2, 1/2, and one left out because it has enough. The first is better.
    outcome = aimed(OFFICES, goals=(AGENCIES,))
    assert outcome.goals[0].value == levels("1/2 3/4")
    assert chosen(outcome).open("T", "C", FIRST) == 0


def test_a_township_with_offices_is_covered_office_by_office() -> None:
    # ten positions in A cannot do B's work: 2 of 8 are served
    doors = {("T", agency): 1 for agency in "ABC"}
    assert LIFT.measure(done(replace(OFFICES, townships={"T": 10}), open=doors, placed=placed(A=10))) == levels("1/4")
    outcome = aimed(OFFICES, goals=(LIFT,))
    assert outcome.goals[0].value == levels("5/8")


def test_the_reserve_and_units_count_for_nothing() -> None:
    county = Sketch(units={"U": 3}, townships={"T": 1}, reserve=2, demand={"T": "2"})
    goals: tuple[Goal, ...] = (LIFT,)
    assert LIFT.measure(done(county)) == levels("1/2")
    plan = chosen(aimed(county, CutAboveAddBelow(), goals=goals))
    assert plan.coverage("T", FIRST) == 1
    assert plan.owned("T", ADMIN, FIRST) >= 2


PEOPLE = WorstOffFirst(of=Of.PEOPLE)


def test_by_people_a_position_without_a_person_covers_nothing() -> None:
    """A has work for 4, 4 positions and 1 person; B work for 4, 3 positions and 3 people."""
    county = Sketch(townships={"A": Has(4, 1), "B": Has(3, 3)}, demand={"A": "4", "B": "4"})
    assert LIFT.measure(done(county)) == levels("3/4 1")
    assert PEOPLE.measure(done(county)) == levels("1/4 3/4")


def test_by_people_more_staff_than_positions_cover_no_more_than_these() -> None:
    assert PEOPLE.measure(done(Sketch(townships={"A": Has(2, 5)}, demand={"A": "4"}))) == levels("1/2")


def test_fewer_people_than_none_cover_nothing() -> None:
    county = Sketch(townships={"A": Has(2, 0)}, demand={"A": "4"}, retirements={("A", FIRST): 1})
    assert PEOPLE.measure(done(county)) == levels("0")
    assert aimed(county, goals=(PEOPLE,)).goals[0].value == levels("0")


def test_by_people_whoever_is_hired_goes_where_work_is_done_by_fewest() -> None:
    """Two may be hired: by positions nothing is left to do, by people A gets both, and has 3 of 4."""
    county = Sketch(townships={"A": Has(4, 1), "B": Has(4, 3)}, demand={"A": "4", "B": "4"}, hiring={("", FIRST): 2})
    assert aimed(county, HiringPlan(), goals=(LIFT,)).goals[0].value == levels("1*2")
    outcome = aimed(county, HiringPlan(), goals=(LIFT, PEOPLE))
    assert outcome.goals[1].value == levels("3/4*2")
    assert chosen(outcome).hired("A", ADMIN, FIRST) == 2


def test_people_count_where_they_work() -> None:
    """One dispatched from U works in A; one of B's works in U."""
    tables = {
        "dispatched": (Dispatched("U", "A", "", ADMIN, 1),),
        "borrowed": (Borrowed("B", "U", ADMIN, 1),),
    }
    county = Sketch({"U": 3}, {"A": 1, "B": 2}, demand={"A": "2", "B": "2"}, tables=tables)
    assert PEOPLE.measure(done(county)) == levels("1/2 1")


def test_by_people_it_says_so() -> None:
    assert (PEOPLE.about().title, LIFT.about().title) == ("The worst off first, by people", "The worst off first")
    assert "people" in PEOPLE.explain()


def test_an_agency_that_nobody_else_can_do_without_has_to_be_open_to_count() -> None:
    # no rule asks for it to be open, so only the goal does; it is the only one with work, and has as much as it wants
    county = Sketch(townships={"T": 2}, agencies=(optional("A"), optional("B")), demand={("T", "A"): "2"})
    outcome = aimed(county, goals=(AGENCIES,))
    assert chosen(outcome).open("T", "A", FIRST) == 1
    assert outcome.goals[0].value == ()
