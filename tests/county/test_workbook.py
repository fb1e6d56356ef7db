from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from rebalance.county.read import read_county
from rebalance.fault import alike
from tests.county.packages import ABOUT, Package, faults_in, only_fault_in
from tests.county.workbooks import Value, put, rezipped, with_part, with_sheet, written_with_xlsxwriter

LAST = len(ABOUT) + 2
"""The row below the last one of the sheet `county`."""


@pytest.mark.parametrize(("number", "text"), [(12, 12), (12.0, 12), (1e3, 1000)])
def test_a_number_cell_is_read_as_typed(number: float, text: int, tmp_path: Path) -> None:
    county = read_county(with_sheet("positions", put("C2", number), tmp_path / "a.xlsx"))
    assert county.positions[1].authorised == text


@pytest.mark.parametrize("number", [0.1, 0.29, 1234567.89, 0.000125])
def test_a_decimal_cell_is_read_as_shown(number: float, tmp_path: Path) -> None:
    county = read_county(with_sheet("townships", put("F2", number), tmp_path / "a.xlsx"))
    assert str(county.townships[0].area_km2) == repr(number)


def test_a_number_stored_with_all_its_digits_is_read_as_typed(tmp_path: Path) -> None:
    file = with_sheet("townships", put("F2", 0.5), tmp_path / "a.xlsx")

    def as_a_spreadsheet_stores_it(parts: Iterable[tuple[str, bytes]]) -> Iterable[tuple[str, bytes]]:
        stored = b"<v>0.28999999999999998</v>"
        return ((name, content.replace(b"<v>0.5</v>", stored)) for name, content in parts)

    county = read_county(rezipped(file, as_a_spreadsheet_stores_it))
    assert str(county.townships[0].area_km2) == "0.29"


def test_a_flag_cell_is_read(tmp_path: Path) -> None:
    county = read_county(with_sheet("agencies", put("D3", value=True), tmp_path / "a.xlsx"))
    assert county.agencies[1].compulsory


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("C3", "=1+1", "C3 holds a formula (got '=1+1') and no value that it shows. Type the value instead"),
        ("C3", dt.date(2024, 5, 1), "a date (got '2024-05-01')"),
        ("C3", dt.time(12, 30), "a date (got '12:30')"),
        ("C3", "#REF!", "C3 holds an error"),
        ("C3", 2.5, "not accepted (got '2.5')"),
        ("C3", "约7", "not accepted (got '约7')"),
    ],
)
def test_a_cell_without_a_plain_value_is_a_fault(cell: str, value: Value, said: str, tmp_path: Path) -> None:
    form = "yyyy-mm-dd" if isinstance(value, dt.date) else "General"
    form = "hh:mm" if isinstance(value, dt.time) else form
    fault = only_fault_in(with_sheet("positions", put(cell, value, form), tmp_path / "a.xlsx"))
    assert (fault.file, fault.row, fault.column) == ("a.xlsx#positions", 3, "authorised")
    assert said in fault.message


@pytest.mark.parametrize("form", ['0.0" d"', "[Red]0", "0.00%", "#,##0_d", "# ??/??", "##0.0E+0", "@"])
def test_a_number_format_with_letters_is_not_yet_a_date(form: str, tmp_path: Path) -> None:
    assert read_county(with_sheet("positions", put("C3", 7, form), tmp_path / "a.xlsx"))


@pytest.mark.parametrize(
    "form", ["yyyy年m月d日", "[h]:mm", "mmm", '"on "d', "mm-dd-yy", "m/d/yy h:mm", "mm:ss", "mmss.0", "d", "yyyy"]
)
def test_date_formats_built_in_or_not_are_dates(form: str, tmp_path: Path) -> None:
    assert "a date" in only_fault_in(with_sheet("positions", put("C3", 7, form), tmp_path / "a.xlsx")).message


def test_a_formula_in_the_header_is_a_fault(tmp_path: Path) -> None:
    faults = faults_in(with_sheet("routes", put("D1", "=A1"), tmp_path / "a.xlsx"))
    assert any("D1 holds a formula" in fault.message for fault in faults)


def test_merged_cells_are_a_fault_that_names_each_range_and_no_more(tmp_path: Path) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("C2:C3")
        sheet.merge_cells("E2:F2")
        sheet["D3"] = "7"

    faults = faults_in(with_sheet("positions", merge, tmp_path / "a.xlsx"))
    first, second = (cause.faults[0] for cause in sorted(alike(faults), key=lambda cause: cause.faults[0].value or ""))
    assert (first.file, first.value, second.value) == ("a.xlsx#positions", "C2:C3", "E2:F2")


def test_whole_columns_merged_are_found_at_once(tmp_path: Path) -> None:
    def merge(content: bytes) -> bytes:
        return content.replace(
            b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        )

    fault = only_fault_in(with_part("xl/worksheets/sheet4.xml", merge, tmp_path / "a.xlsx"))
    assert fault.value == "A1:XFD1048576"


def test_blank_rows_and_empty_formatted_cells_far_out_do_not_matter(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.insert_rows(2, 3)
        sheet["XFD1000000"].number_format = "0.00"

    file = with_sheet("retirements", edit, tmp_path / "a.xlsx")
    assert read_county(file) == read_county(Package().folder(tmp_path / "a"))


def test_cells_need_not_say_where_they_stand(tmp_path: Path) -> None:
    def without_addresses(content: bytes) -> bytes:
        return re.sub(rb'<(row|c) r="[A-Z0-9]+"', rb"<\1", content)

    file = with_part("xl/worksheets/sheet7.xml", without_addresses, tmp_path / "a.xlsx")
    assert read_county(file) == read_county(Package().folder(tmp_path / "a"))


def test_a_long_table_is_read_to_its_end(tmp_path: Path) -> None:
    package = Package()
    package.tables["units"] += [[f"V{number}", "Unit", "department", "", ""] for number in range(1_500)]
    county = read_county(package.workbook(tmp_path / "a.xlsx"))
    assert len(county.units) == 1_502
    assert {unit.name for unit in county.units} == {"Office", "Centre", "Unit"}


def test_something_far_out_is_one_fault(tmp_path: Path) -> None:
    fault = only_fault_in(with_sheet("retirements", put("XFD9", "stray"), tmp_path / "a.xlsx"))
    assert "too big (got row 9, column 16384)" in fault.message


def test_rows_are_counted_as_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["D5"] = "many"
        sheet.insert_rows(2, 3)

    assert only_fault_in(with_sheet("positions", edit, tmp_path / "a.xlsx")).row == 8


def test_sheets_nobody_knows_are_faults_unless_empty_or_notes(tmp_path: Path) -> None:
    file = Package().workbook(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(file)
    book.create_sheet("Sheet1")
    book.create_sheet("README")["A1"] = "how to fill this in"
    book.save(file)
    assert read_county(file)
    book["units"].title = "unit"
    book.save(file)
    fault, missing = faults_in(file)
    assert (fault.file, missing.file) == ("a.xlsx#unit", "a.xlsx#units")
    assert "Did you mean 'units'?" in fault.message


@pytest.mark.parametrize(("name", "other"), [("county", "县"), ("units", "单位")])
def test_a_sheet_given_twice_is_a_fault(name: str, other: str, tmp_path: Path) -> None:
    file = Package().workbook(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(file)
    book.copy_worksheet(book[name]).title = other
    book.save(file)
    fault = only_fault_in(file)
    assert fault.file == f"a.xlsx#{other}"
    assert f"a.xlsx#{name} too" in fault.message


@pytest.mark.parametrize("name", ["county", "townships"])
def test_a_missing_sheet_is_one_fault(name: str, tmp_path: Path) -> None:
    file = Package().workbook(tmp_path / "{a} %s.xlsx")
    book = openpyxl.load_workbook(file)
    del book[name]
    book.save(file)
    assert only_fault_in(file).file == f"{file.name}#{name}"


@pytest.mark.parametrize(
    ("key", "value", "place", "said"),
    [
        ("yeers", "2024", (LAST, "yeers"), "Did you mean 'years'?"),
        ("categories.inst.ceilin", "5", (LAST, "categories.inst.ceilin"), "Did you mean 'ceiling'?"),
        ("categories.new.ceiling", "5", (0, "categories.new.name"), "missing."),
        ("name", "again", (LAST, "name"), "twice"),
        ("", "lonely", (LAST, ""), "not a key and its value"),
    ],
)
def test_the_county_sheet_is_strict(key: str, value: str, place: tuple[int, str], said: str, tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.append([key or None, value])

    fault = only_fault_in(with_sheet("county", edit, tmp_path / "a.xlsx"))
    assert fault.file == "a.xlsx#county"
    assert (fault.row, fault.column) == place
    assert said in fault.message


def test_the_county_sheet_needs_its_two_columns(tmp_path: Path) -> None:
    assert "key, value" in only_fault_in(with_sheet("county", put("B1", "what"), tmp_path / "a.xlsx")).message


def test_a_workbook_of_another_program_is_read_alike(tmp_path: Path) -> None:
    book = written_with_xlsxwriter(Package(), tmp_path / "b.xlsx")
    assert read_county(book) == read_county(Package().folder(tmp_path / "a"))


def test_shared_texts_are_read_without_reading_aids_and_with_their_escapes(tmp_path: Path) -> None:
    book = written_with_xlsxwriter(Package().put("townships", 2, "name_zh", "MARK"), tmp_path / "b.xlsx")

    def annotate(parts: Iterable[tuple[str, bytes]]) -> Iterable[tuple[str, bytes]]:
        text = "<t>上_x000D__x005F_x000A_镇_xD800_</t><rPh sb='0' eb='1'><t>shang</t></rPh>".encode()
        return ((name, content.replace(b"<t>MARK</t>", text)) for name, content in parts)

    assert read_county(rezipped(book, annotate)).townships[0].name_zh == "上\r_x000A_镇_xD800_"
