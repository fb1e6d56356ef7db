from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from rebalance.county.agencies import Method
from rebalance.county.norms import Index
from rebalance.problem.demand import Demands, Shared
from tests.problem.counties import agency, amounts, county, town, towns

AGENCIES = (agency("A", Method.INDEX),)
HALVES = Index("A", 1000, population=Decimal("1.5"), area_km2=Decimal("0.5"))
"""Ten positions; of weights 1.5 and 0.5, population is three quarters and area one."""

COUNTY = county(
    [town("T1", 60_000, area_km2="10"), town("T2", 30_000, area_km2="30"), town("T3", 10_000, area_km2="80")],
    agencies=AGENCIES,
    indices=(HALVES,),
)
# Of 100,000 residents 0.6, 0.3, 0.1; of 120 km² 1/12, 1/4, 2/3.
# T1: 0.75 × 0.6 + 0.25 × 1/12 = 0.45 + 1/48 = 0.470833…: 4.70833…, rounded up 4.71
# T2: 0.75 × 0.3 + 0.25 × 1/4 = 0.225 + 0.0625 = 0.2875: 2.875, rounded up 2.88
# T3: 0.75 × 0.1 + 0.25 × 2/3 = 0.075 + 1/6 = 0.241666…: 2.41666…, rounded up 2.42


def shares(model: Shared) -> list[Fraction]:
    found = (model.work_out(row.township, "A") for row in model.county.townships)
    return [working.amount for working in found if working is not None]


def test_shares_by_hand() -> None:
    assert shares(Shared(COUNTY)) == [Fraction(113, 24), Fraction(23, 8), Fraction(29, 12)]
    assert amounts(Demands(COUNTY).hundredths) == {"T1": 471, "T2": 288, "T3": 242}


def test_every_step_is_there() -> None:
    working = Shared(COUNTY).work_out("T2", "A")
    assert working is not None
    assert [(step.formula, step.value) for step in working.steps] == [
        ("as given in the table indices", 10),
        ("given: 1.5 ÷ 2", Fraction("0.75")),
        ("given: 0.5 ÷ 2", Fraction("0.25")),
        ("30000 ÷ 100000", Fraction("0.3")),
        ("30 ÷ 120", Fraction("0.25")),
        ("0.225 + 0.0625", Fraction("0.2875")),
        ("10 × 0.2875", Fraction("2.875")),
        ("rounded up to 1/100", Fraction("2.88")),
    ]


def test_by_entropy() -> None:
    # population all alike, all of the area in T2: the area decides alone
    found = county(
        [town("T1", 500, area_km2="0"), town("T2", 500, area_km2="8")],
        agencies=AGENCIES,
        indices=(Index("A", 650, entropy=True),),
    )
    assert amounts(Demands(found).hundredths) == {"T2": 650}


def test_a_missing_figure_counts_as_nothing_and_is_said() -> None:
    first, *others = COUNTY.townships
    demands = Demands(replace(COUNTY, townships=(replace(first, population=None), *others)))
    # 0, 3/4, 1/4 of the residents: T1 0.25 × 1/12 × 10 = 0.20833…
    assert amounts(demands.hundredths) == {"T1": 21, "T2": 625, "T3": 355}
    assert [(gap.table, gap.key) for gap in demands.gaps()] == [("townships", ("T1",))]


def test_an_indicator_without_any_figure_is_left_out() -> None:
    index = replace(HALVES, gdp=Decimal(8))
    demands = Demands(replace(COUNTY, indices=(index,)))
    assert demands.hundredths == Demands(COUNTY).hundredths
    assert "gross product" in next(demands.gaps()).sentence


def test_without_row_or_weight_there_is_no_demand_and_it_is_said() -> None:
    for rows, table in (((), "agencies"), ((Index("A", 1000, villages=Decimal(1)),), "indices")):
        demands = Demands(replace(COUNTY, indices=rows))
        assert demands.hundredths == {}
        assert next(demands.gaps()).table == table


WEIGHTS = st.decimals(0, 1000, places=3)
PLACES = st.lists(st.tuples(st.integers(0, 10**8), st.integers(0, 10**6)), min_size=1, max_size=8)


@given(PLACES, WEIGHTS, WEIGHTS, st.integers(0, 10**6), st.sampled_from(["given", "entropy"]))
def test_shares_sum_to_what_is_shared_out(
    figures: list[tuple[int, int]], first: Decimal, second: Decimal, positions: int, weights: str
) -> None:
    rows = [town(f"T{n}", people, area_km2=str(area)) for n, (people, area) in enumerate(figures)]
    index = Index("A", positions, entropy=weights == "entropy", population=first, area_km2=second)
    found = shares(Shared(county(rows, agencies=AGENCIES, indices=(index,))))
    assert not found or sum(found) == Fraction(positions, 100)


@given(st.lists(st.integers(1, 10**8), min_size=1, max_size=8), st.integers(0, 10**6))
def test_one_indicator_shares_in_proportion(people: list[int], positions: int) -> None:
    rows = towns(**{f"T{n}": count for n, count in enumerate(people)})
    index = Index("A", positions, population=Decimal("0.3"))
    found = amounts(Demands(county(rows, agencies=AGENCIES, indices=(index,))).hundredths)
    shared = {f"T{n}": ceil(Fraction(positions * count, sum(people))) for n, count in enumerate(people)}
    assert found == {name: part for name, part in shared.items() if part}
