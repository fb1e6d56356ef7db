"""Workbooks as an office has them: read with a note, one line a kind, and the very county that is meant."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from rebalance.county.county import County
from rebalance.county.read import read_package
from rebalance.fault import alike
from rebalance.text import activate
from tests.county.counties import small
from tests.county.packages import Package, faults_in, only_fault_in
from tests.county.workbooks import with_part, with_sheet

Edit = Callable[[Worksheet], object]


def read(sheet: str, edit: Edit, folder: Path) -> tuple[County, list[str]]:
    """The county in a good workbook one sheet of which somebody has edited, and the notes on it."""
    found = read_package(with_sheet(sheet, edit, folder / "a.xlsx"))
    return found.county, [str(note) for note in found.notes]


def same(sheet: str, edit: Edit, folder: Path) -> list[str]:
    """The notes on it, where it is still the county it was."""
    county, notes = read(sheet, edit, folder)
    assert county == small()
    return notes


def replaced(sheet: Worksheet, **cells: str | None) -> None:
    for name, value in cells.items():
        sheet[name].data_type = "s"
        sheet[name] = value


def test_a_title_merged_above_the_headings_is_passed_over(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.insert_rows(1, 2)
        sheet["A1"] = "小县机构编制台账（2026年2月）"
        sheet["A2"] = "填报单位：县委编办"
        sheet.merge_cells("A1:F1")

    assert same("positions", edit, tmp_path) == ["Lines above the headings were passed over: positions rows 1–2."]


def test_headings_of_two_storeys_are_one(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.insert_rows(1)
        replaced(
            sheet, A1="持有者", B1="编制类别", C1="人员情况", E1="控制", A2=None, B2=None, C2="编制数", D2="实有人数"
        )
        for cells in ("A1:A2", "B1:B2", "C1:D1", "E1:F1"):
            sheet.merge_cells(cells)

    notes = same("positions", edit, tmp_path)
    assert notes == ["Headings of two storeys were read as one: positions row 1."]


def test_a_holder_merged_over_its_rows_is_filled_down(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.append(["U1", "inst", "1", "1"])
        sheet.move_range("A3:F6", rows=1)
        for column, value in enumerate(["", "inst", "1", "1"], 1):
            sheet.cell(3, column).value = value or None
            sheet.cell(7, column).value = None
        sheet.merge_cells("A2:A3")

    county, notes = read("positions", edit, tmp_path)
    assert {(row.holder, row.category) for row in county.positions} >= {("U1", "admin"), ("U1", "inst")}
    assert notes == ["Cells merged downwards: the value was taken for each of their rows: positions holder row 3."]


def test_a_number_merged_over_rows_could_be_each_or_their_sum(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["C3"] = None
        sheet.merge_cells("C2:C3")

    messages = [fault.message for fault in faults_in(with_sheet("positions", edit, tmp_path / "a.xlsx"))]
    assert any("C2:C3 are merged over one number" in message for message in messages)


def test_cells_merged_side_by_side_could_mean_two_things(tmp_path: Path) -> None:
    fault = only_fault_in(with_sheet("positions", lambda sheet: sheet.merge_cells("E2:F2"), tmp_path / "a.xlsx"))
    assert (fault.file, fault.value) == ("a.xlsx#positions", "E2:F2")


@pytest.mark.parametrize("word", ["合计", "总  计", "全县合计：", "Total"])
def test_a_row_of_totals_is_left_out(word: str, tmp_path: Path) -> None:
    notes = same("positions", lambda sheet: sheet.append([word, None, "22", "18"]), tmp_path)
    assert notes == ["Rows of totals were left out: positions row 6."]


def test_a_total_above_the_rows_counts_those_below(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.insert_rows(2)
        replaced(sheet, A2="合计", C2="22", D2="18")

    assert same("positions", edit, tmp_path) == ["Rows of totals were left out: positions row 2."]


def test_a_total_that_is_not_the_sum_of_the_rows_is_told(tmp_path: Path) -> None:
    notes = same("positions", lambda sheet: sheet.append(["合计", None, "23", "18"]), tmp_path)
    assert notes[1] == (
        "Totals that are not the sum of the rows; the rows were taken: positions authorised row 6 (23, the rows 22)."
    )


def test_a_total_of_one_category_is_of_its_rows_alone(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.append(["小计", "inst", "12", "9"])
        sheet.append(["小计", "admin", "9", "9"])

    notes = same("positions", edit, tmp_path)
    assert notes[0] == "Rows of totals were left out: positions rows 6–7."
    assert "authorised row 7 (9, the rows 10)" in notes[1]
    assert "row 6" not in notes[1]


def test_group_titles_signatures_and_numbered_columns_are_passed_over(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.insert_rows(2, 2)
        replaced(sheet, A2="甲", B2="乙", C2="1", D2="2", E2="3", F2="4", A3="一、党政部门")
        sheet.append(["填表人：张三", None, None, "审核人：李四"])
        sheet.append(["注：数据截至 2026 年 2 月。"])

    notes = same("positions", edit, tmp_path)
    assert len(notes) == 1
    assert "positions rows 2–3, 8–9" in notes[0]
    assert "张三" not in notes[0]


def test_headings_that_stand_again_are_passed_over(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.append([cell.value for cell in sheet[1]])

    assert same("positions", edit, tmp_path) == [
        "Headings that stand again within the table were passed over: positions row 6."
    ]


def test_columns_nobody_asked_for_are_not_read(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.insert_cols(1)
        for row, value in enumerate(["序号", "1", "2", "3", "4"], 1):
            sheet.cell(row, 1).value = value
        sheet["H1"] = "备注"
        sheet["H3"] = "含开发区"
        sheet["K4"] = "待核实"

    assert same("positions", edit, tmp_path) == [
        "Columns that the table does not have were not read: positions (序号, 备注).",
        "Texts in columns without a heading were not read: positions row 4.",
    ]


def test_a_figure_without_a_heading_is_not_lost(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["K4"] = 12

    assert "below no header (got '12')" in only_fault_in(with_sheet("positions", edit, tmp_path / "a.xlsx")).message


def test_hidden_rows_and_sheets_are_counted_and_sheets_that_are_none_left_alone(tmp_path: Path) -> None:
    file = Package().workbook(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(file)
    book["positions"].row_dimensions[3].hidden = True
    book["borrowed"].sheet_state = "hidden"
    for name in ("测算草稿", "WpsReserved_CellImgList", "Sheet1"):
        book.create_sheet(name)["A1"] = "x"
    book["测算草稿"].sheet_state = "hidden"
    book["WpsReserved_CellImgList"].sheet_state = "veryHidden"
    book.save(file)
    found = read_package(file)
    assert found.county == small()
    assert [str(note) for note in found.notes] == [
        (
            "Sheets that are none of the tables were not read:"
            " 测算草稿 (hidden); WpsReserved_CellImgList (hidden); Sheet1."
        ),
        "Hidden rows were read like the others: positions row 3.",
        "Hidden sheets were read like the others: borrowed.",
    ]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "kind"),
    [
        ("positions", "C2", "１０", "width"),
        ("positions", "C2", "10人", "counted"),
        ("positions", "C2", "1.0E+01", "scientific"),
        ("townships", "E2", "52,000", "thousands"),
        ("townships", "E2", "５２，０００", "thousands"),
        ("retirements", "C2", "2024年", "year"),
        ("retirements", "C2", "2024年3月", "year"),
        ("retirements", "C2", "2024-03-01", "year"),
        ("retirements", "C2", "二〇二四年", "year"),
        ("county", "B5", "2024、2025", "year"),
        ("county", "B5", "2024-2025", "year"),
        ("county", "B5", "2024年—2025年", "year"),
        ("county", "B5", "2024年至2025年", "year"),
        ("county", "B5", "2024,2025", "year"),
        ("agencies", "D2", "√", "tick"),
        ("agencies", "D3", "×", "tick"),
        ("positions", "F3", "——", "nothing"),
        ("positions", "F3", "/", "nothing"),
        ("positions", "F3", "无", "nothing"),
        ("positions", "A2", "Office", "names"),
        ("positions", "A5", "周转池", "names"),
        ("positions", "B2", "Ａｄｍｉｎ", "names"),
        ("positions", "A4", "上镇", "names"),
        ("agencies", "E2", "Administrative、inst", "names"),
        ("allowances", "D2", "12.5%", "percent"),
        ("allowances", "D2", "12.5％", "percent"),
    ],
)
def test_what_means_one_thing_only_is_read(sheet: str, cell: str, value: str, kind: str, tmp_path: Path) -> None:
    found = read_package(with_sheet(sheet, lambda one: replaced(one, **{cell: value}), tmp_path / "a.xlsx"))
    assert found.county == small()
    assert kind in {note.how for note in found.notes}
    assert all(note.count == 1 for note in found.notes)


@pytest.mark.parametrize(
    ("cell", "value"), [("C2", "1,00"), ("C2", "1 0"), ("C2", "约10"), ("C2", "10-12"), ("C2", "—"), ("C2", "10.5人")]
)
def test_what_could_mean_two_things_is_refused(cell: str, value: str, tmp_path: Path) -> None:
    fault = only_fault_in(with_sheet("positions", lambda one: replaced(one, **{cell: value}), tmp_path / "a.xlsx"))
    assert fault.value == value


def test_a_name_that_fits_several_is_a_question(tmp_path: Path) -> None:
    package = Package().put("positions", 2, "holder", "Office")
    package.tables["units"].append(["U7", "Office", "department", "", ""])
    fault = only_fault_in(package.workbook(tmp_path / "a.xlsx"))
    assert "fits several (got 'Office'): U1, U7" in fault.message


def test_dates_are_what_a_person_sees(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["C2"] = dt.datetime(2024, 1, 1)  # noqa: DTZ001
        sheet["C2"].number_format = "yyyy-mm-dd h:mm:ss"

    notes = same("retirements", edit, tmp_path)
    assert notes[0] == "Dates were taken as they are shown: retirements year row 2."


def test_a_code_that_became_a_date_is_refused(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["B2"] = dt.date(2024, 3, 1)
        sheet["B2"].number_format = 'm"月"d"日"'

    assert "a date (got '3月1日')" in faults_in(with_sheet("demand", edit, tmp_path / "a.xlsx"))[0].message


def test_a_formula_is_read_by_the_value_it_shows(tmp_path: Path) -> None:
    def formula(content: bytes) -> bytes:
        return re.sub(rb'<c r="C2"[^>]*>.*?</c>', b'<c r="C2" s=""><f>4+6</f><v>10</v></c>', content)

    found = read_package(with_part("xl/worksheets/sheet4.xml", formula, tmp_path / "a.xlsx"))
    assert found.county == small()
    assert [note.how for note in found.notes] == ["formula"]


@pytest.mark.parametrize(("stored", "read_as"), [(b"10.000000000000002", 10), (b"9.9999999999999982", 10)])
def test_binary_noise_is_read_as_the_digits_shown(stored: bytes, read_as: int, tmp_path: Path) -> None:
    def noisy(content: bytes) -> bytes:
        return re.sub(rb'<c r="C2"[^>]*>.*?</c>', b'<c r="C2"><v>' + stored + b"</v></c>", content)

    found = read_package(with_part("xl/worksheets/sheet4.xml", noisy, tmp_path / "a.xlsx"))
    assert found.county.positions[1].authorised == read_as
    assert [note.how for note in found.notes] == ["noise"]


def wide(rows: list[list[object]]) -> Edit:
    def edit(sheet: Worksheet) -> None:
        sheet.delete_rows(1, sheet.max_row)
        for row in rows:
            sheet.append(row)

    return edit


LEDGER: list[list[object]] = [
    ["序号", "单位名称", "admin编制数", "admin实有", "Institution核定编制", "Institution实有人数", "备注"],
    [1, "Office", 10, 9, None, None, None],
    [2, "Centre", None, None, 7, 7, None],
    [3, "上镇", "—", "—", 4, 2, None],
    [4, "周转池", None, None, 1, 0, None],
    ["合计", None, 10, 9, 12, 9, None],
]


def test_a_column_for_each_category_is_a_row_for_each(tmp_path: Path) -> None:
    county, notes = read("positions", wide(LEDGER), tmp_path)
    held = {(row.holder, row.category, row.authorised, row.in_post) for row in county.positions}
    assert held == {(row.holder, row.category, row.authorised, row.in_post) for row in small().positions}
    assert "A column for each category or year was read as a row for each: positions row 1." in notes


def test_a_fault_in_a_wide_ledger_names_the_heading_people_see(tmp_path: Path) -> None:
    rows = [list(row) for row in LEDGER]
    rows[2][5] = "seven"
    fault = only_fault_in(with_sheet("positions", wide(rows), tmp_path / "a.xlsx"))
    assert (fault.row, fault.title, fault.at) == (3, "Institution实有人数", 6)


def test_a_column_that_no_category_has_is_a_question_in_a_wide_ledger(tmp_path: Path) -> None:
    rows = [[*row, "愿下沉人数" if not place else 1] for place, row in enumerate(LEDGER)]
    messages = [fault.message for fault in faults_in(with_sheet("positions", wide(rows), tmp_path / "a.xlsx"))]
    assert any("one column for all of category" in message for message in messages)


def test_a_column_for_each_year_is_a_row_for_each(tmp_path: Path) -> None:
    rows: list[list[object]] = [["持有者", "编制类别", "2024年", "2025年退休人数"], ["U1", "admin", 1, None]]
    assert "wide" in {
        note.how for note in read_package(with_sheet("retirements", wide(rows), tmp_path / "a.xlsx")).notes
    }
    assert read("retirements", wide(rows), tmp_path)[0] == small()


def test_two_sheets_of_one_name_but_for_blanks_are_one_fault_that_names_both(tmp_path: Path) -> None:
    file = Package().workbook(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(file)
    book.copy_worksheet(book["townships"]).title = "townships "
    book.save(file)
    assert "got 'townships' and 'townships '" in only_fault_in(file).message


@pytest.mark.parametrize("name", ["Units", "1.单位", "附表1：单位表（2026年）", "单 位"])
def test_a_table_is_known_by_its_name_in_any_dress(name: str, tmp_path: Path) -> None:
    assert read_package(Package().workbook(tmp_path / "a.xlsx", {"units": name})).county == small()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_first_draft_ends_in_a_few_lines(language: str, tmp_path: Path) -> None:
    package = Package()
    package.tables["units"] += [[f"V{n}", f"单位{n}", "部门", "", ""] for n in range(90)]
    package.tables["positions"] += [[f"单位{n}", "行政编制", "1,000", "x", "", ""] for n in range(90)]
    activate(language)
    try:
        lines = [str(one) for one in alike(faults_in(package.workbook(tmp_path / "a.xlsx", {"positions": "编制"})))]
    finally:
        activate("en")
    assert len(lines) == 2
    expected = {
        "en": "a.xlsx#编制, rows 6–95, in_post: not accepted (got 'x'). Accepted: a whole number from 0 to 1000000."
        " And 89 more alike.",
        "zh": "a.xlsx 编制 表 第 6–95 行 实有人数 列：不可用（所给为 'x'）。可用：0 至 1000000 的整数。"
        "另有 89 处同类问题。",
    }
    assert expected[language] in lines
