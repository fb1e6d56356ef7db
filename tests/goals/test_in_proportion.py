"""Shares in whole numbers against results that were published, and worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from rebalance.county.county import County
from rebalance.goals.in_proportion import Figure, HuntingtonHill, InProportion, Method, Webster
from rebalance.plans.outcome import Outcome
from rebalance.rules.hold_total import HoldTotal
from rebalance.rules.holder_limits import HolderLimits
from rebalance.rules.ledgers import Ledgers
from rebalance.solver.lexicographic import solve
from tests.counties import ADMIN, Has, Sketch, asked
from tests.goals.aiming import chosen, levels
from tests.goals.published import (
    BALINSKI_YOUNG_26,
    BALINSKI_YOUNG_100,
    BUNDESTAG_2025,
    FEWER_SEATS_THAN_PARTIES,
    HOUSE_2020,
)
from tests.rules.judging import received

AREAS = (Decimal("10.1"), Decimal("5.05"))


def peopled(sketch: Sketch, residents: Mapping[str, int]) -> County:
    """The county with residents in its townships."""
    county = sketch.county
    rows = tuple(replace(row, population=residents.get(row.township)) for row in county.townships)
    return replace(county, townships=rows)


def shared(seats: int, residents: Mapping[str, int], method: Method) -> Outcome:
    """A unit's positions shared out, and nothing else in the county."""
    sketch = Sketch(units={"~": seats}, townships=dict.fromkeys(residents, 0))
    county = peopled(sketch, residents)
    outcome = solve(asked(county, (Ledgers(), HoldTotal()), (InProportion(method=method),)))
    assert outcome.proven
    return outcome


@pytest.mark.parametrize(
    "scale",
    [Webster(), HuntingtonHill(1, 1), HuntingtonHill(9, 100)],
    ids=["Webster", "Huntington–Hill of equals", "Huntington–Hill"],
)
def test_what_it_takes_is_the_least_that_comes_to_it(scale: Webster | HuntingtonHill) -> None:
    for numerator in (*range(200), 10**18, 10**18 + 1):
        needs = scale.needs(numerator)
        assert needs == 0 or scale.serves(needs - 1) < numerator
        assert scale.serves(needs) >= numerator


@pytest.mark.parametrize(
    ("published", "method"),
    [(HOUSE_2020, Method.HUNTINGTON_HILL), (BUNDESTAG_2025, Method.WEBSTER)],
    ids=["House 2020", "Bundestag 2025"],
)
def test_whole_numbers_are_those_that_were_published(published: dict[str, tuple[int, int]], method: Method) -> None:
    residents = {name: people for name, (people, _seats) in published.items()}
    seats = {name: number for name, (_people, number) in published.items()}
    assert received(shared(sum(seats.values()), residents, method).plan) == seats


@pytest.mark.parametrize(
    "published",
    [BALINSKI_YOUNG_26, BALINSKI_YOUNG_100, FEWER_SEATS_THAN_PARTIES],
    ids=["26 seats", "100 seats", "fewer seats than parties"],
)
@pytest.mark.parametrize(("column", "method"), [(1, Method.WEBSTER), (2, Method.HUNTINGTON_HILL)])
def test_both_methods_come_to_what_textbooks_say(
    published: dict[str, tuple[int, int, int]], column: int, method: Method
) -> None:
    residents = {name: row[0] for name, row in published.items()}
    seats = {name: row[column] for name, row in published.items() if row[column]}
    assert received(shared(sum(seats.values()), residents, method).plan) == seats


@pytest.mark.parametrize("seats", [1, 2, 3, 4])
def test_with_fewer_positions_than_townships_the_largest_come_first(seats: int) -> None:
    residents = {"A": 2_000, "B": 9_000, "C": 1_000, "D": 4_000, "E": 3_000}
    outcome = shared(seats, residents, Method.HUNTINGTON_HILL)
    assert received(outcome.plan) == dict.fromkeys("BDEA"[:seats], 1)


def test_a_township_without_any_stands_below_those_that_have_one_and_the_lower_the_larger_it_is() -> None:
    outcome = shared(1, {"A": 1, "B": 2, "C": 3}, Method.HUNTINGTON_HILL)
    # C has one, 1 × 2 ÷ 3² = 2/9; B and A have none: (1 ÷ 3)² ÷ 2² = 1/36 and (1 ÷ 3)² ÷ 1² = 1/9
    assert received(outcome.plan) == {"C": 1}
    assert outcome.goals[0].value == levels("1/36 1/9 2/9")


def test_equals_without_any_are_alike() -> None:
    outcome = shared(1, {"A": 5, "B": 5, "C": 5}, Method.HUNTINGTON_HILL)
    assert outcome.goals[0].value == levels("1/25*2 2/25")


def test_where_the_two_methods_differ() -> None:
    # Webster: the second seat of A, at 1,450 ÷ 3, comes after the ninth of B, at 8,550 ÷ 17
    # Huntington–Hill: at 1,450² ÷ 2 it comes before, the other being at 8,550² ÷ 72
    residents = {"A": 1_450, "B": 8_550}
    webster, hill = (shared(10, residents, method) for method in (Method.WEBSTER, Method.HUNTINGTON_HILL))
    assert (received(webster.plan), received(hill.plan)) == ({"A": 1, "B": 9}, {"A": 2, "B": 8})
    assert webster.goals[0].value == levels("3/1450 19/8550")
    assert hill.goals[0].value == levels("72/73102500 6/2102500")


def test_figures_with_decimals_count_exactly() -> None:
    sketch = Sketch(units={"U": 3}, townships={"A": 0, "B": 0})
    county = sketch.county
    rows = tuple(replace(row, area_km2=area) for row, area in zip(county.townships, AREAS, strict=True))
    goal = InProportion(Figure.AREA)
    outcome = solve(asked(replace(county, townships=rows), (Ledgers(), HoldTotal()), (goal,)))
    # 10.1 and 5.05 are 202 and 101 twentieths; of two positions and one, the next in line are 5 ÷ 202 and 3 ÷ 101
    assert received(outcome.plan) == {"A": 2, "B": 1}
    assert outcome.goals[0].value == levels("5/202 3/101")


def test_townships_without_the_figure_are_left_out() -> None:
    county = peopled(Sketch(units={"U": 3}, townships={"A": 0, "B": 0}), {"A": 100})
    outcome = solve(asked(county, (Ledgers(), HoldTotal()), (InProportion(),)))
    assert received(outcome.plan) == {"A": 3}
    assert outcome.goals[0].value == levels("7/100")


def test_a_category_is_shared_out_by_itself() -> None:
    sketch = Sketch(units={"U": {"works": 4}}, townships={"A": {ADMIN: 9}, "B": 0})
    county = peopled(sketch, {"A": 100, "B": 100})
    for category, expected in (("works", {"A": 2, "B": 2}), ("", {"B": 4})):
        outcome = solve(asked(county, (Ledgers(), HoldTotal()), (InProportion(category=category),)))
        assert received(outcome.plan) == expected


def test_what_a_township_cannot_take_goes_to_the_next_in_line() -> None:
    sketch = Sketch(units={"U": 6}, townships={"A": Has(0, ceiling=1), "B": 0, "C": 0})
    county = peopled(sketch, {"A": 300, "B": 200, "C": 100})
    rules = (Ledgers(), HoldTotal(), HolderLimits())
    outcome = solve(asked(county, rules, (InProportion(),)))
    # 3, 2 and 1 but for the ceiling; of the two left over, B gets one at 5 ÷ 200, and C the other at 3 ÷ 100
    assert received(outcome.plan) == {"A": 1, "B": 3, "C": 2}
    assert InProportion().measure(chosen(outcome)) == levels("3/300 7/200 5/100")
