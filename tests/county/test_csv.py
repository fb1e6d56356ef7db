from __future__ import annotations

import codecs
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from rebalance.county.read import read_county, read_package
from tests.county.packages import Package, as_csv, faults_in, only_fault_in


def utf8_with_mark(text: str) -> bytes:
    return codecs.BOM_UTF8 + text.encode()


def gb18030(text: str) -> bytes:
    return text.encode("gb18030")


def old_mac(text: str) -> bytes:
    return text.replace("\n", "\r").encode()


def mixed(text: str) -> bytes:
    first, *others = text.split("\n")
    return (first + "\r\n" + "\r".join(others[:1]) + "\r" + "\n".join(others[1:])).encode()


@pytest.mark.parametrize("encode", [utf8_with_mark, gb18030, old_mac, mixed])
def test_encoding_and_newlines_do_not_matter(encode: Callable[[str], bytes], tmp_path: Path) -> None:
    package = Package().put("units", 2, "name", "县委办公室")
    assert read_county(package.folder(tmp_path / "b", encode)) == read_county(package.folder(tmp_path / "a"))


def utf16(text: str) -> bytes:
    return text.encode("utf-16")


def with_a_stray_byte(text: str) -> bytes:
    return b"\xff" + text.encode()


@pytest.mark.parametrize("encode", [utf16, with_a_stray_byte])
def test_other_encodings_are_refused(encode: Callable[[str], bytes], tmp_path: Path) -> None:
    folder = Package().folder(tmp_path)
    (folder / "routes.csv").write_bytes(encode(as_csv(Package().tables["routes"])))
    fault = only_fault_in(folder)
    assert fault.file == "routes.csv"
    assert "neither UTF-8 nor GB18030" in fault.message


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    package = Package().put("units", 2, "name", "two\nlines").keep("units", "townships", "positions")
    package.tables["units"][2:2] = [[], [""] * 5, [" "] * 5]
    package.put("units", 6, "kind", "?")
    package.tables["positions"][2:3] = []
    assert only_fault_in(package.folder(tmp_path)).row == 6


def test_blank_rows_may_come_before_the_header(tmp_path: Path) -> None:
    package = Package()
    package.tables["units"][:0] = [[], []]
    assert read_county(package.folder(tmp_path)) == read_county(Package().folder(tmp_path / "a"))


@pytest.mark.parametrize(("cells", "got"), [(["U3", "Office"], 2), (["U3"] * 6, 6)])
def test_a_row_with_too_few_or_too_many_cells_is_one_fault(cells: list[str], got: int, tmp_path: Path) -> None:
    package = Package()
    package.tables["units"].append(cells)
    package.tables["positions"].append([cells[0], "admin", "1", "1", "", ""])
    fault = only_fault_in(package.folder(tmp_path))
    assert (fault.file, fault.row) == ("units.csv", 4)
    assert f"{got} cells where the header has 5" in fault.message


def test_cells_missing_at_the_end_are_empty_where_they_may_be(tmp_path: Path) -> None:
    package = Package()
    package.tables["units"][1:] = [["U1", "Office", "department"], ["U2", "Centre", "institution", "above"]]
    found = read_package(package.folder(tmp_path))
    assert [(unit.unit, unit.leaders_authorised) for unit in found.county.units] == [("U1", None), ("U2", None)]
    assert [str(note) for note in found.notes] == [
        "Rows that end early: the cells missing were taken as empty: units.csv rows 2–3."
    ]


@pytest.mark.parametrize("text", ['"never closed\nU2,Centre', '"U1"x,Office'])
def test_a_quotation_mark_out_of_place_is_a_fault_with_its_row(text: str, tmp_path: Path) -> None:
    folder = Package().folder(tmp_path)
    (folder / "units.csv").write_text("unit,name,kind\nU2,Centre,institution\n" + text)
    fault = only_fault_in(folder)
    assert (fault.file, fault.row) == ("units.csv", 3)
    assert "quotation mark" in fault.message


def test_a_missing_column_is_a_fault_and_the_rest_is_still_checked(tmp_path: Path) -> None:
    package = Package().put("units", 3, "kind", "?")
    for row in package.tables["units"]:
        del row[1]
    missing, wrong = faults_in(package.folder(tmp_path))
    assert (missing.row, missing.column) == (1, "name")
    assert missing.message.startswith("missing.")
    assert (wrong.row, wrong.column) == (3, "kind")


def test_without_the_column_of_ids_nothing_is_said_of_those_who_name_them(tmp_path: Path) -> None:
    package = Package()
    for row in package.tables["units"]:
        del row[0]
    assert only_fault_in(package.folder(tmp_path)).column == "unit"


def test_an_unknown_column_is_a_fault_with_what_may_have_been_meant(tmp_path: Path) -> None:
    package = Package()
    package.tables["positions"][0][5] = "wiling"
    fault = only_fault_in(package.folder(tmp_path))
    assert (fault.file, fault.row, fault.column) == ("positions.csv", 1, "wiling")
    assert "Did you mean 'willing'?" in fault.message


@pytest.mark.parametrize(("header", "other"), [("kind", "kind"), ("kind", "单位性质"), ("单位性质", "机构类别")])
def test_a_column_may_stand_only_once(header: str, other: str, tmp_path: Path) -> None:
    package = Package()
    package.tables["units"][0][2:4] = [header, other]
    fault = only_fault_in(package.folder(tmp_path))
    assert (fault.column, fault.row) == (other, 1)
    assert "twice" in fault.message


def test_a_value_below_no_header_is_a_fault(tmp_path: Path) -> None:
    package = Package()
    for row in package.tables["units"]:
        row.append("")
    assert read_county(package.folder(tmp_path)).units
    package.tables["units"][2][-1] = "stray"
    fault = only_fault_in(package.folder(tmp_path))
    assert (fault.row, fault.value) == (3, "stray")


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_separators_are_one_fault(mark: str, tmp_path: Path) -> None:
    folder = Package().folder(tmp_path)
    text = (folder / "units.csv").read_text().replace(",", mark)
    (folder / "units.csv").write_text(text)
    assert "not separated by commas" in only_fault_in(folder).message


@pytest.mark.parametrize("text", ["", "\n\n", "unit,name,kind\n"])
def test_an_empty_required_table_is_one_fault(text: str, tmp_path: Path) -> None:
    folder = Package().folder(tmp_path)
    (folder / "units.csv").write_text(text)
    fault = only_fault_in(folder)
    assert (fault.file, fault.row) == ("units.csv", 0)


def test_a_file_far_too_big_is_not_even_opened(tmp_path: Path) -> None:
    folder = Package().folder(tmp_path)
    os.truncate(folder / "units.csv", 51 * 2**20)
    assert "too big (got 51 MB)" in only_fault_in(folder).message
