from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

from rebalance.county.county import digest
from rebalance.county.holders import Level, TownshipKind
from rebalance.county.read import read_county
from rebalance.county.tables import TABLES
from tests.county.packages import CHINESE, Package


def test_a_package_is_read_with_every_value_exact(tmp_path: Path) -> None:
    county = read_county(Package().folder(tmp_path))
    assert (county.name, county.code, county.years, county.synthetic) == (
        "Small County",
        "340000",
        (2024, 2025),
        True,
    )
    assert [(c.category, c.ceiling, c.cost) for c in county.categories] == [
        ("admin", 30, None),
        ("inst", None, Decimal("1000.5")),
    ]
    assert [unit.level for unit in county.units] == [Level.COUNTY, Level.ABOVE]
    upper, lower = county.townships
    assert (upper.township, upper.kind, upper.population) == ("001", TownshipKind.TOWN, 52000)
    assert (upper.area_km2, lower.population, lower.name_zh) == (Decimal("31.4"), None, "")
    assert [(row.agency, row.positions) for row in county.demand] == [("A1", 525), ("", 300)]
    assert county.agencies[0].categories == ("admin", "inst")
    assert county.agencies[1].else_ == "A1"
    assert [(row.holder, row.least) for row in county.hiring] == [*[("", 0)] * 3, ("", 2), ("U2", 0)]


def test_only_three_tables_are_required(tmp_path: Path) -> None:
    package = Package()
    for name in package.tables.keys() - {"units", "townships", "positions"}:
        del package.tables[name]
    assert read_county(package.folder(tmp_path)).demand == ()


def test_an_optional_table_may_have_no_rows(tmp_path: Path) -> None:
    package = Package()
    del package.tables["retirements"][1:]
    assert read_county(package.folder(tmp_path)).retirements == ()


def test_rows_come_sorted_whatever_their_order(tmp_path: Path) -> None:
    package, shuffled = Package(), Package()
    for rows in shuffled.tables.values():
        rows[1:] = random.Random(5).sample(rows[1:], len(rows) - 1)[::-1]
    assert shuffled.tables != package.tables
    assert read_county(shuffled.folder(tmp_path / "b")) == read_county(package.folder(tmp_path / "a"))


def test_folder_and_workbook_say_the_same(tmp_path: Path) -> None:
    folder = read_county(Package().folder(tmp_path / "a"))
    book = read_county(Package().workbook(tmp_path / "a.xlsx"))
    assert folder == book
    assert digest(folder) == digest(book)


def test_chinese_headers_say_the_same_as_english_ones(tmp_path: Path) -> None:
    chinese = Package()
    for name, rows in chinese.tables.items():
        rows[0] = CHINESE[name]
    chinese.put("units", 2, "单位性质", "部门").put("agencies", 2, "是否必设", "是")
    assert read_county(chinese.folder(tmp_path / "b")) == read_county(Package().folder(tmp_path / "a"))


def test_sheets_may_have_chinese_names(tmp_path: Path) -> None:
    names = {table.name: table.chinese[0] for table in TABLES} | {"county": "县情"}
    book = Package().workbook(tmp_path / "b.xlsx", names)
    assert read_county(book) == read_county(Package().folder(tmp_path / "a"))


def test_no_two_columns_of_a_table_share_a_header() -> None:
    for table in TABLES:
        names = [name for heading in table.headings for name in {heading.header, *heading.column.chinese}]
        assert len(names) == len(set(names)), table.name


def test_no_two_tables_share_a_name() -> None:
    names = [name for table in TABLES for name in {table.name, *table.chinese}]
    assert len(names) == len(set(names))


def test_files_that_are_no_tables_are_left_alone(tmp_path: Path) -> None:
    folder = Package().folder(tmp_path)
    (folder / "README.md").write_text("about this county")
    (folder / ".~lock.units.csv").write_text("an office program is at work")
    assert read_county(folder).name == "Small County"


def test_the_sample_county_is_read_without_faults() -> None:
    county = read_county(Path(__file__).parents[2] / "models" / "langxi")
    assert len(county.townships) == 12
