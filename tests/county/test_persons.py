"""Names and numbers of persons are refused, with the reason, and never repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from rebalance.county.persons import holds_identity_number, is_personal
from tests.county.packages import Package, faults_in

NUMBER = "11010519491231002X"
"""The example of the national standard: nobody's."""


@pytest.mark.parametrize(
    "heading", ["姓名", "身份证号", "身份证号码", "人员姓名", "公民身份号码", "出生年月", "姓　名"]
)
def test_a_column_of_persons_is_known_by_its_heading(heading: str, tmp_path: Path) -> None:
    package = Package()
    for row, value in zip(package.tables["positions"], [heading, "张三", "李四", "王五", "赵六"], strict=True):
        row.append(value)
    (fault,) = faults_in(package.workbook(tmp_path / "a.xlsx"))
    assert fault.message.startswith("names or numbers of persons.")
    assert not any(name in f"{fault}{fault.value}" for name in ("张三", "李四", "王五", "赵六"))


@pytest.mark.parametrize("text", [NUMBER, NUMBER.lower(), f"张三 {NUMBER}", "１１０１０５１９４９１２３１００２Ｘ"])
@pytest.mark.parametrize(("table", "column"), [("positions", "holder"), ("positions", "in_post"), ("units", "name")])
def test_an_identity_number_is_known_wherever_it_stands(text: str, table: str, column: str, tmp_path: Path) -> None:
    found = faults_in(Package().put(table, 2, column, text).workbook(tmp_path / "a.xlsx"))
    assert any(fault.message.startswith("names or numbers of persons.") for fault in found)
    assert not any("1949" in f"{fault}{fault.value}" for fault in found)


def test_an_identity_number_in_a_column_that_is_not_read_is_refused_too(tmp_path: Path) -> None:
    package = Package()
    for row, value in zip(package.tables["positions"], ["备注", "", NUMBER, "", ""], strict=True):
        row.append(value)
    (fault,) = faults_in(package.workbook(tmp_path / "a.xlsx"))
    assert (fault.row, fault.value) == (3, "")
    assert fault.message.startswith("names or numbers of persons.")


def test_an_identity_number_about_the_county_is_refused_too(tmp_path: Path) -> None:
    for where in (tmp_path / "a", tmp_path / "a.xlsx"):
        package = Package()
        package.about["papers.contact"] = f"张三 {NUMBER}"
        (fault,) = faults_in(package.folder(where) if not where.suffix else package.workbook(where))
        assert fault.message.startswith("names or numbers of persons.")
        assert "1949" not in f"{fault}{fault.value}"


@pytest.mark.parametrize(
    "text", ["110105194912310021", "999999194912310020", "110105194913310029", "12345678901234567", "340123456789"]
)
def test_other_long_numbers_are_nobody_s(text: str) -> None:
    assert not holds_identity_number(text)


def test_a_number_of_which_a_spreadsheet_kept_fifteen_digits_is_still_known() -> None:
    assert holds_identity_number("110105194912310000")


@pytest.mark.parametrize("heading", ["单位名称", "编制数", "在编人数", "备注", "联系方式"])
def test_other_headings_are_not_of_persons(heading: str) -> None:
    assert not is_personal(heading)
