from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from rebalance.reading import archive, read_county
from tests.reading.packages import Package, faults_in, only_fault_in


def with_sheet(name: str, edit: Callable[[Worksheet], object], file: Path) -> Path:
    """A good workbook in which one sheet has been edited."""
    book = openpyxl.load_workbook(Package().workbook(file))
    edit(book[name])
    book.save(file)
    return file


def with_part(part: str, change: Callable[[bytes], bytes], file: Path) -> Path:
    """A good workbook in which one part of the zip file has been changed."""

    def changed(parts: Iterable[tuple[str, bytes]]) -> Iterable[tuple[str, bytes]]:
        found = dict(parts)
        return (found | {part: change(found[part])}).items()

    return rezipped(Package().workbook(file), changed)


def rezipped(
    file: Path, change: Callable[[Iterable[tuple[str, bytes]]], Iterable[tuple[str, bytes]]]
) -> Path:
    with ZipFile(file) as old:
        parts = [(name, old.read(name)) for name in old.namelist()]
    with ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name, content in change(parts):
            new.writestr(name, content)
    return file


def put(cell: str, value: object, number_format: str = "General") -> Callable[[Worksheet], object]:
    def edit(sheet: Worksheet) -> None:
        sheet[cell] = value
        sheet[cell].number_format = number_format

    return edit


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
        ("C3", "=1+1", "C3 holds a formula (got '=1+1'). Type the value instead."),
        ("C3", datetime.date(2024, 5, 1), "C3 holds a date"),
        ("C3", datetime.time(12, 30), "C3 holds a date"),
        ("C3", "#REF!", "C3 holds an error"),
        ("C3", 2.5, "not accepted (got '2.5')"),
        ("C3", "７", "not accepted (got '７')"),
    ],
)
def test_a_cell_without_a_plain_value_is_a_fault(cell: str, value: object, said: str, tmp_path: Path) -> None:
    form = "yyyy-mm-dd" if isinstance(value, datetime.date) else "General"
    form = "hh:mm" if isinstance(value, datetime.time) else form
    fault = only_fault_in(with_sheet("positions", put(cell, value, form), tmp_path / "a.xlsx"))
    assert (fault.file, fault.row, fault.column) == ("a.xlsx#positions", 3, "authorised")
    assert said in fault.message


@pytest.mark.parametrize("form", ['0.0" d"', "[Red]0", "0.00%", "#,##0_d"])
def test_a_number_format_with_letters_is_not_yet_a_date(form: str, tmp_path: Path) -> None:
    assert read_county(with_sheet("positions", put("C3", 7, form), tmp_path / "a.xlsx"))


@pytest.mark.parametrize("form", ["yyyy年m月d日", "[h]:mm", "mmm", '"on "d'])
def test_own_date_formats_are_dates(form: str, tmp_path: Path) -> None:
    assert "a date" in only_fault_in(with_sheet("positions", put("C3", 7, form), tmp_path / "a.xlsx")).message


def test_a_formula_in_the_header_is_a_fault(tmp_path: Path) -> None:
    faults = faults_in(with_sheet("routes", put("D1", "=A1"), tmp_path / "a.xlsx"))
    assert any("D1 holds a formula" in fault.message for fault in faults)


def test_merged_cells_are_a_fault_that_names_each_range_and_no_more(tmp_path: Path) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("C2:D2")

    first, second = faults_in(with_sheet("positions", merge, tmp_path / "a.xlsx"))
    assert (first.file, first.value, second.value) == ("a.xlsx#positions", "A2:A3", "C2:D2")


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
    book.create_sheet("unit")["A1"] = "x"
    book.save(file)
    fault = only_fault_in(file)
    assert fault.file == "a.xlsx#unit"
    assert "Did you mean 'units'?" in fault.message


@pytest.mark.parametrize("name", ["county", "townships"])
def test_a_missing_sheet_is_one_fault(name: str, tmp_path: Path) -> None:
    file = Package().workbook(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(file)
    del book[name]
    book.save(file)
    assert only_fault_in(file).file == f"a.xlsx#{name}"


@pytest.mark.parametrize(
    ("key", "value", "row", "column", "said"),
    [
        ("yeers", "2024", 12, "yeers", "Did you mean 'years'?"),
        ("categories.inst.ceilin", "5", 12, "categories.inst.ceilin", "Did you mean 'ceiling'?"),
        ("categories.new.ceiling", "5", 0, "categories.new.name", "missing."),
        ("name", "again", 12, "name", "twice"),
        ("", "lonely", 12, "", "not a key and its value"),
    ],
)
def test_the_county_sheet_is_strict(  # noqa: PLR0913 - a table of cases
    key: str, value: str, row: int, column: str, said: str, tmp_path: Path
) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.append([key or None, value])

    fault = only_fault_in(with_sheet("county", edit, tmp_path / "a.xlsx"))
    assert (fault.file, fault.row, fault.column) == ("a.xlsx#county", row, column)
    assert said in fault.message


def test_the_county_sheet_needs_its_two_columns(tmp_path: Path) -> None:
    assert "key, value" in only_fault_in(with_sheet("county", put("B1", "what"), tmp_path / "a.xlsx")).message


def written_with_xlsxwriter(package: Package, file: Path) -> Path:
    """A workbook with shared texts, numbers as numbers, and a name in two fonts."""
    about = [["key", "value"], *(list(pair) for pair in package.about.items())]
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        for name, rows in {"county": about, **package.tables}.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    is_number = value.isdecimal() and not value.startswith("0") and number
                    sheet.write(number, column, float(value) if is_number else value)
        book.get_worksheet_by_name("units").write_rich_string("B2", bold, "Off", "ice")
    return file


def test_a_workbook_of_another_program_is_read_alike(tmp_path: Path) -> None:
    book = written_with_xlsxwriter(Package(), tmp_path / "b.xlsx")
    assert read_county(book) == read_county(Package().folder(tmp_path / "a"))


def test_shared_texts_are_read_without_reading_aids_and_with_their_escapes(tmp_path: Path) -> None:
    book = written_with_xlsxwriter(Package().put("townships", 2, "name_zh", "MARK"), tmp_path / "b.xlsx")

    def annotate(parts: Iterable[tuple[str, bytes]]) -> Iterable[tuple[str, bytes]]:
        text = "<t>上_x000D__x005F_x000A_镇_xD800_</t><rPh sb='0' eb='1'><t>shang</t></rPh>".encode()
        return ((name, content.replace(b"<t>MARK</t>", text)) for name, content in parts)

    assert read_county(rezipped(book, annotate)).townships[0].name_zh == "上\r_x000A_镇_xD800_"


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "not a workbook"),
        (b"", "0 bytes"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "locked with a password"),
        (b"PK\x03\x04 and then nothing of the kind", "damaged"),
    ],
    ids=["picture", "nothing", "locked", "broken"],
)
def test_a_file_that_is_no_workbook_is_one_clear_fault(start: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(start)
    fault = only_fault_in(tmp_path / "a.xlsx")
    assert fault.file == "a.xlsx"
    assert said in fault.message


def test_a_zip_file_that_is_no_workbook_is_one_clear_fault(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.xlsx", "w") as file:
        file.writestr("readme.txt", "hello")
    assert "damaged" in only_fault_in(tmp_path / "a.xlsx").message


def test_a_truncated_workbook_is_one_clear_fault(tmp_path: Path) -> None:
    content = Package().workbook(tmp_path / "a.xlsx").read_bytes()
    (tmp_path / "a.xlsx").write_bytes(content[: len(content) // 2])
    assert "damaged" in only_fault_in(tmp_path / "a.xlsx").message


@pytest.mark.parametrize("part", ["xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_broken_xml_is_one_clear_fault(part: str, tmp_path: Path) -> None:
    assert (
        "damaged"
        in only_fault_in(with_part(part, lambda content: content[:-20], tmp_path / "a.xlsx")).message
    )


def test_a_zip_bomb_is_refused_by_its_directory_alone(tmp_path: Path) -> None:
    file = Package().workbook(tmp_path / "a.xlsx")
    with ZipFile(file, "a", ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet99.xml", b"\0" * 10_000_000)
    assert "unpacks to too much" in only_fault_in(file).message


def test_a_workbook_of_far_too_many_parts_is_refused(tmp_path: Path) -> None:
    file = Package().workbook(tmp_path / "a.xlsx")
    with ZipFile(file, "a") as bomb:
        for number in range(2001):
            bomb.writestr(f"xl/{number}", b"")
    assert "unpacks to too much (got 20" in only_fault_in(file).message


def test_a_workbook_that_unpacks_to_far_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1000)
    assert "unpacks to too much" in only_fault_in(Package().workbook(tmp_path / "a.xlsx")).message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet3.xml", "docProps/core.xml", "xl/styles.xml"])
def test_a_document_type_in_any_part_is_refused(part: str, encoding: str, tmp_path: Path) -> None:
    def define(content: bytes) -> bytes:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        text = content.decode().removeprefix("<?xml version='1.0' encoding='UTF-8'?>")
        return f'<?xml version="1.0" encoding="{encoding}"?>{bomb}{text}'.encode(encoding)

    fault = only_fault_in(with_part(part, define, tmp_path / "a.xlsx"))
    assert f"{part} defines a document type" in fault.message
