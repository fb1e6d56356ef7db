"""A Chinese name is enough, and Chinese readers are told places in Chinese."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from rebalance.county.changes import change
from rebalance.county.read import read_county, read_package
from rebalance.fault import FaultsError
from rebalance.text import activate
from tests.county.packages import Package


@pytest.mark.parametrize("header", ["township,name_zh,kind", "township,name,name_zh,kind"])
def test_a_row_with_a_chinese_name_only_goes_by_it(header: str, tmp_path: Path) -> None:
    before = read_county(Package().folder(tmp_path / "county"))
    blank = "," if ",name," in header else ""
    rows = "".join(
        f"{row.township}{',' if not blank else ',,'}镇{row.township},{row.kind}\n" for row in before.townships
    )
    (tmp_path / "county/townships.csv").write_text(f"{header}\n{rows}", encoding="utf-8")
    found = read_county(tmp_path / "county")
    assert [(row.name, row.name_zh) for row in found.townships] == [(f"镇{r.township}",) * 2 for r in before.townships]


def test_a_row_without_any_name_is_a_fault(tmp_path: Path) -> None:
    before = read_county(Package().folder(tmp_path / "county"))
    rows = "".join(f"{row.township},,,{row.kind}\n" for row in before.townships)
    (tmp_path / "county/townships.csv").write_text(f"township,name,name_zh,kind\n{rows}", encoding="utf-8")
    with pytest.raises(FaultsError) as caught:
        read_county(tmp_path / "county")
    assert {(fault.file, fault.column) for fault in caught.value.faults} == {("townships.csv", "name")}


def test_a_county_and_its_categories_may_have_chinese_names_only(tmp_path: Path) -> None:
    file = Package().folder(tmp_path / "county") / "county.toml"
    text = file.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(("name_zh", '"name_zh"'))]
    changed = "\n".join(line.replace("name = ", "name_zh = ").replace('"name" = ', '"name_zh" = ') for line in lines)
    assert changed.count("name_zh") > 1
    file.write_text(changed, encoding="utf-8")
    found = read_county(tmp_path / "county")
    assert found.name == found.name_zh
    assert all(row.name == row.name_zh for row in found.categories)


def test_a_row_that_a_scenario_adds_may_have_a_chinese_name_only(tmp_path: Path) -> None:
    county = read_county(Package().folder(tmp_path / "county"))
    added = change(county, {"units": {"add": [{"unit": "U9", "name_zh": "新局", "kind": "department"}]}})
    assert next(row.name for row in added.units if row.unit == "U9") == "新局"


def test_a_category_s_fault_names_its_place_in_chinese(tmp_path: Path) -> None:
    file = Package().folder(tmp_path / "county") / "county.toml"
    file.write_text(file.read_text(encoding="utf-8") + '\n[categories.new]\nceiling = "many"\n', encoding="utf-8")
    activate("zh")
    try:
        with pytest.raises(FaultsError) as caught:
            read_county(tmp_path / "county")
        text = str(caught.value)
    finally:
        activate("en")
    assert "编制类别.new.总量上限" in text
    assert "categories" not in text


def test_hidden_columns_are_read_and_told(tmp_path: Path) -> None:
    file = Package().workbook(tmp_path / "county.xlsx")
    book = openpyxl.load_workbook(file)
    book["units"].column_dimensions["B"].hidden = True
    book.save(file)
    assert "Hidden columns were read like the others: county.xlsx#units (B)." in [
        str(note).replace(": units", ": county.xlsx#units") for note in read_package(file).notes
    ]
