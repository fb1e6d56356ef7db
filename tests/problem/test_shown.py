"""The arithmetic on the screen: complete, at most 100 columns wide, names never interpreted; and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import RenderableType

from rebalance.api import views as worked
from rebalance.county.agencies import Demand, Method
from rebalance.county.norms import Band, BandUse, Classes, Index
from rebalance.county.reform import Volume
from rebalance.problem.problem import Problem
from rebalance.screen import WIDTH, Screen
from rebalance.tables import demand
from rebalance.tables import demand as classes
from rebalance.text import activate
from tests.cli.small import TINY, Desk, desk, rebalance
from tests.problem.counties import YEAR, agency, county, everybody, matter, some, town

Captured = pytest.CaptureFixture[str]

LONG = "Comprehensive Administrative Law Enforcement and Emergency Management Brigade [red]"

COUNTY = county(
    [
        town("T1", 48_236, area_km2="31.4", gdp="3482", revenue="612.123456", class_="medium"),
        town("T2", 35_289, area_km2="187.27", gdp="2100.5"),
    ],
    agencies=(
        replace(agency("A", Method.WORKLOAD), name=LONG),
        agency("B", Method.INDEX),
        agency("C", Method.BANDS),
        agency("D", Method.GIVEN),
    ),
    working_time=YEAR,
    matters=(replace(matter("M1", hours="2.75"), name=LONG), matter("M2", hours="0.01")),
    volumes=(Volume("M1", "T1", 1234), Volume("M2", "T1", 99_999)),
    allowances=(everybody("meetings", "12.5"), some("registrar", "92", 3)),
    indices=(Index("B", 4_750, entropy=True),),
    bands=(Band(BandUse.STAFFING, 80_000, 40, 44, "chorography", "Feicheng", 2002),),
    demand=(Demand("T1", "D", 325),),
    classes=Classes(entropy=True, large=1, source="City guidance, 2023"),
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    activate("en")
    yield
    activate("en")


def printed(parts: Iterable[RenderableType]) -> str:
    stream = StringIO()
    Screen(stream).show(parts)
    assert max(cell_len(line) for line in stream.getvalue().splitlines()) <= WIDTH
    return stream.getvalue()


def test_every_step_of_the_demand_is_shown() -> None:
    text = printed(demand.demand_report(Problem(COUNTY)))
    squeezed = " ".join(text.split())
    assert "[red] · from workload" in squeezed
    for part in (
        "52 × 5 − 10 − 11 − 4 − 5",
        "1 ÷ (1 − 0.125)",
        "48236 ÷ 83525",
        "chorography",
        "as given in the table",
    ):
        assert part in squeezed
    # 1234 × 2.75 ÷ 1840 = 1.84429…; 99999 × 0.01 ÷ 1840 = 0.54347…; × 8/7 + 0.15 = 2.87888…
    assert "2.88" in text
    assert "townships T2: No figure for fiscal revenue" in squeezed


def test_the_score_sheet_is_shown() -> None:
    text = printed(classes.classes_report(Problem(COUNTY)))
    squeezed = " ".join(text.split())
    assert "entropy method: 1 − e = 1, of" in squeezed  # all revenue in T1
    assert "medium (given)" in squeezed
    assert "Cut-off: from the best score down, 1 large." in text
    assert "Source: City guidance, 2023" in text


def test_ties_are_shown() -> None:
    tied = replace(COUNTY, townships=(town("T1", 5), town("T2", 5)), classes=Classes(population=Decimal(1), large=1))
    assert "Tied at the cut-off: T1, T2." in printed(classes.classes_report(Problem(tied)))


def test_a_score_as_cut_off_is_shown() -> None:
    by_score = replace(COUNTY, classes=Classes(population=Decimal(1), score=Decimal("0.75")))
    assert "Cut-off: a score of 0.75 or more is large." in printed(classes.classes_report(Problem(by_score)))


def test_as_json_everything_is_exact() -> None:
    said = {"demand": worked.demand_data(Problem(COUNTY)), "classes": worked.classes_data(Problem(COUNTY))}
    data = json.loads(json.dumps(said))
    first = data["demand"]["places"][0]
    assert (first["township"], first["agency"], first["method"], first["hundredths"]) == ("T1", "A", "workload", 288)
    assert first["steps"][-1] == {"label": "demand", "formula": "rounded up to 1/100", "value": "72/25"}
    assert data["demand"]["remarks"][0]["key"] == ["T2"]
    assert data["classes"]["classes"] == {"T1": "medium", "T2": "medium"}
    assert sorted(data["classes"]["weights"]) == ["area_km2", "gdp", "population", "revenue"]
    assert [score["rank"] for score in data["classes"]["scores"]] == [1, 2]


@pytest.fixture
def banded(tmp_path: Path) -> Desk:
    """The tiny county; its optional office by population."""
    first, second = TINY.agencies
    changed = replace(
        TINY,
        agencies=(first, replace(second, demand=Method.BANDS)),
        bands=(Band(BandUse.STAFFING, 10_000, 3, 4),),
        townships=tuple(replace(row, population=9_000, class_="large") for row in TINY.townships),
        demand=tuple(row for row in TINY.demand if row.agency == first.agency),
    )
    return desk(tmp_path, changed)


def test_the_verb_shows_them(banded: Desk, capsys: Captured) -> None:
    assert rebalance("show", banded.scenario, "--demand", "--classes") == 0
    text = capsys.readouterr().out
    assert "A2 · from bands" in text
    assert "together       20.50" in text  # 8.5 + 6 given, and twice 3
    assert "The county has no [classes]" in text
    assert "canonical" not in text


def test_the_verb_answers_with_json(banded: Desk, capsys: Captured) -> None:
    assert rebalance("show", banded.scenario, "--classes", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"classes": {"classes": {"T1": "large", "T2": "large"}}}


def test_a_change_of_the_scenario_counts(banded: Desk, capsys: Captured) -> None:
    with banded.scenario.open("a", encoding="utf-8") as file:
        file.write("[data.townships.T1]\npopulation = 10_001\n")
    assert rebalance("show", banded.scenario, "--demand") == 0
    text = capsys.readouterr().out
    assert "together       17.50" in text
    assert "townships T1: A population of 10001 is beyond the last band" in text
