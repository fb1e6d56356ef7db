"""Working time, classes and papers, in `county.toml` and on the sheet `county`."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from rebalance.county.county import County
from rebalance.county.norms import Classes, Letterhead, WorkingTime
from rebalance.county.read import read_county
from tests.county.packages import Package, faults_in, only_fault_in

OWN = 'name = "X"\ncode = "3"\nyears = [2024, 2025]\n[categories]\nadmin.name = "A"\ninst.name = "I"\n'


def folder(settings: str, place: Path) -> Path:
    """The plain tables of the small county, with these settings."""
    package = Package().keep("units", "townships", "positions").put("townships", 3, "population", "30000")
    path = package.put("townships", 3, "area_km2", "20").folder(place)
    (path / "county.toml").write_text(OWN + settings, encoding="utf-8")
    return path


def read(settings: str, place: Path) -> County:
    return read_county(folder(settings, place))


def test_settings_that_are_not_given_are_not_known(tmp_path: Path) -> None:
    county = read("", tmp_path)
    assert (county.working_time, county.classes, county.papers) == (None, None, None)


def test_settings_are_read_exactly(tmp_path: Path) -> None:
    settings = (
        "[working_time]\nweeks = 52\nleave = 7.5\ntraining = 0.1\n"
        '[classes]\nweights = { population = 0.4, area_km2 = "0.60" }\nscore = 0.62\nsource = "a paper"\n'
        '[papers]\nissuer = "Office"\nnumber = "〔2024〕12号"\n'
    )
    county = read(settings, tmp_path)
    assert county.working_time == WorkingTime(leave=Decimal("7.5"), training=Decimal("0.1"))
    assert county.classes == Classes(
        population=Decimal("0.4"), area_km2=Decimal("0.6"), score=Decimal("0.62"), source="a paper"
    )
    assert county.papers == Letterhead(issuer="Office", number="〔2024〕12号")


def test_the_entropy_method_is_a_word_in_place_of_weights(tmp_path: Path) -> None:
    assert read('[classes]\nweights = "entropy"\nlarge = 4\n', tmp_path).classes == Classes(entropy=True, large=4)


def test_the_sheet_and_chinese_keys_say_the_same(tmp_path: Path) -> None:
    package = Package().put("townships", 3, "population", "30000")
    del package.about["classes.weights"]
    package.about |= {"classes.weights.population": "1", "papers.signatory": "张三", "papers.date": "2024年5月"}
    county = read_county(package.folder(tmp_path / "a"))
    assert county.classes == Classes(population=Decimal(1), large=1)
    assert read_county(package.workbook(tmp_path / "a.xlsx")) == county
    names = {"leave": "年休假", "weights.population": "人口权重", "large": "大镇数", "signatory": "签发人"}
    chinese = {}
    for key, value in package.about.items():
        table, _dot, last = key.partition(".")
        chinese[f"{table}.{names[last]}" if last in names else key] = value
    package.about = chinese
    assert read_county(package.workbook(tmp_path / "b.xlsx")) == county


GOOD = '[classes]\nweights = "entropy"\nlarge = 4\n'


@pytest.mark.parametrize(
    ("settings", "column", "said"),
    [
        ("[working_tim]\nleave = 5", "working_tim", "papers. Did you mean 'working_time'?"),
        ("[working_time]\nleaves = 5", "working_time.leaves", "Did you mean 'leave'?"),
        ("[working_time]\nleave = -5", "working_time.leave", "(got '-5'). Accepted: a number from 0 to 366"),
        ("[working_time]\nleave = nan", "working_time.leave", "in plain digits"),
        ("[working_time]\nleave = {a = 1}", "working_time.leave", "not a single value (got a table)"),
        ("[working_time]\ndays_a_week = 8", "working_time.days_a_week", "a number from 0 to 7"),
        ("[working_time]\nleave = 260", "working_time", "no working time is left (260 days, 260 of them away"),
        ("[working_time]\nhours_a_day = 0", "working_time", "no working time is left"),
        ('[working_time]\n"" = 5', "working_time.''", "unknown name"),
        (GOOD + "weigths = 1", "classes.weigths", "Did you mean 'weights'?"),
        (GOOD + '"weights.population" = 1', "classes.'weights.population'", "unknown name"),
        (GOOD + "score = 0.5", "classes.score", "both large and score. Keep one of the two"),
        ('[classes]\nweights = "entropy"', "classes.large", "neither large nor score"),
        ("[classes]\nlarge = 1", "classes.weights", "neither entropy nor a weight above zero"),
        ("[classes]\nlarge = 1\nweights.gdp = 0", "classes.weights", "neither entropy nor a weight above zero"),
        ("[classes]\nlarge = 1\nweights = {}", "classes.weights", "not a single value (got a table)"),
        (GOOD.replace("entropy", "entrpy"), "classes.weights", "(got 'entrpy'). Accepted: \"entropy\", or a table"),
        (GOOD.replace('"entropy"', "5"), "classes.weights", "(got '5'). Accepted: \"entropy\", or a table of weights"),
        (GOOD.replace('"entropy"', "{ population = 1, gpd = 1 }"), "classes.weights.gpd", "'weights.gdp'?"),
        (GOOD.replace('"entropy"', "{ population = -1 }"), "classes.weights.population", "a number of zero or more"),
        (GOOD.replace('"entropy"', "{ population = [[1]] }"), "classes.weights.population", "not a single value"),
        (GOOD.replace("4", "-4"), "classes.large", "a whole number from 0"),
        (GOOD.replace("4", "2.5"), "classes.large", "a whole number from 0"),
        ("[papers]\nisuer = 'x'", "papers.isuer", "Did you mean 'issuer'?"),
        ("[papers]\ndate = 2024-05-01", "papers.date", "not a single value"),
        ("[[papers]]\nissuer = 'x'", "papers", "not a table (got a list). Write [papers] and its keys below it."),
    ],
)
def test_settings_are_strict_and_say_where(settings: str, column: str, said: str, tmp_path: Path) -> None:
    faults = faults_in(folder(settings, tmp_path))
    fault = faults[0]
    assert (fault.file, fault.column) == ("county.toml", column)
    assert said in fault.message
    assert len(faults) == 1


def test_a_weight_of_a_class_asks_for_the_figure_of_every_township(tmp_path: Path) -> None:
    found = faults_in(folder("[classes]\nlarge = 1\nweights = { gdp = 1 }", tmp_path))
    assert [(fault.file, fault.row, fault.column) for fault in found] == [
        ("townships.csv", 2, "gdp"),
        ("townships.csv", 3, "gdp"),
    ]


@pytest.mark.parametrize(
    ("key", "value", "column", "said"),
    [
        ("clases.large", "5", "clases.large", "Did you mean 'classes'?"),
        ("classes", "5", "classes", "unknown name"),
        ("classes.score", "1", "classes.score", "both large and score"),
        ("classes.weights.population", "1", "classes.weights", "both entropy and weights"),
        ("papers.issuer_z", "1", "papers.issuer_z", "Did you mean 'issuer_zh'?"),
    ],
)
def test_the_sheet_is_as_strict(key: str, value: str, column: str, said: str, tmp_path: Path) -> None:
    package = Package().put("townships", 3, "population", "30000")
    package.about[key] = value
    fault = only_fault_in(package.workbook(tmp_path / "a.xlsx"))
    assert (fault.file, fault.column) == ("a.xlsx#county", column)
    assert said in fault.message
