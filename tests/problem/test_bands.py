from __future__ import annotations

from dataclasses import replace

import pytest

from rebalance.county.agencies import Method
from rebalance.county.norms import Band, BandUse
from rebalance.problem.demand import Banded, Demands
from tests.problem.counties import agency, amounts, county, town, towns

FEICHENG = tuple(
    Band(BandUse.STAFFING, up_to, staff, staff, "chorography", "Feicheng, Shandong", 2002)
    for up_to, staff in ((50_000, 34), (80_000, 40), (1_000_000, 44))
)
"""Institution positions by population: up to 50,000, up to 80,000, and above."""

LEADERS = Band(BandUse.LEADERSHIP, 60_000, 1, 2)
"""A band of another kind, which must not count."""

COUNTY = county(towns(), agencies=(agency("A", Method.BANDS),), bands=(LEADERS, *FEICHENG))


def test_feicheng() -> None:
    # 8 towns of more than 80,000 (or central), 3 of 50,000 to 80,000, 3 of fewer: 8 × 44 + 3 × 40 + 3 × 34 = 574
    people = [81_000 + n for n in range(8)] + [50_001, 65_000, 80_000] + [12_000, 49_999, 50_000]
    rows = towns(**{f"T{n:02}": count for n, count in enumerate(people)})
    found = amounts(Demands(replace(COUNTY, townships=tuple(rows))).hundredths)
    assert list(found.values()) == [4400] * 8 + [4000] * 3 + [3400] * 3
    assert sum(found.values()) == 57_400


def test_the_order_of_the_rows_does_not_matter() -> None:
    upside_down = replace(COUNTY, townships=tuple(towns(T1=60_000)), bands=FEICHENG[::-1])
    assert amounts(Demands(upside_down).hundredths) == {"T1": 4000}


def test_the_step_names_the_band_and_where_it_is_from() -> None:
    working = Banded(replace(COUNTY, townships=tuple(towns(T1=60_000)))).work_out("T1", "A")
    assert working is not None
    assert [step.value for step in working.steps] == [60_000, 40]
    assert "band up to 80000 residents" in working.steps[1].formula
    assert "(chorography, Feicheng, Shandong, 2002)" in working.steps[1].formula


@pytest.mark.parametrize(("population", "said"), [(None, "No population"), (1_000_001, "beyond the last band")])
def test_no_band_no_demand(population: int | None, said: str) -> None:
    demands = Demands(replace(COUNTY, townships=(town("T1", population),)))
    assert demands.hundredths == {}
    (gap,) = demands.gaps()
    assert gap.key == ("T1",)
    assert said in gap.sentence


def test_no_bands_at_all() -> None:
    demands = Demands(replace(COUNTY, townships=tuple(towns(T1=5)), bands=(LEADERS,)))
    assert demands.hundredths == {}
    assert [gap.key for gap in demands.gaps()] == [("A",)]


def test_two_agencies_by_bands_are_pointed_out() -> None:
    both = (agency("A", Method.BANDS), agency("B", Method.BANDS))
    demands = Demands(replace(COUNTY, townships=tuple(towns(T1=5)), agencies=both))
    assert demands.hundredths == {("T1", "A"): 3400, ("T1", "B"): 3400}
    assert [gap.key for gap in demands.gaps()] == [("A",), ("B",)]
