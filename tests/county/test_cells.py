from __future__ import annotations

from pathlib import Path

import pytest

from rebalance.county.read import read_county
from tests.county.packages import Package, only_fault_in

NOT_WHOLE = [
    "x",
    "-1",
    "2.5",
    "1e-5",
    "1e999",
    "1,00",
    "1,0000",
    "NaN",
    "inf",
    "99999999999",
    "1_0",
    "0x10",
    "²",
    "1 0",
]


@pytest.mark.parametrize("text", NOT_WHOLE)
def test_what_is_no_whole_number_is_refused_with_its_place(text: str, tmp_path: Path) -> None:
    fault = only_fault_in(Package().put("positions", 3, "authorised", text).folder(tmp_path))
    assert (fault.file, fault.row, fault.column, fault.value) == ("positions.csv", 3, "authorised", text)
    assert f"(got '{text}')" in fault.message
    assert "Accepted: a whole number from 0 to 1000000." in fault.message


@pytest.mark.parametrize("text", ["12", "+12", "012", "12.0", "12.000", "１２", "1.2e1", "12人", "1200%"])
def test_a_whole_number_may_be_written_in_several_ways(text: str, tmp_path: Path) -> None:
    county = read_county(Package().put("positions", 3, "authorised", text).folder(tmp_path))
    assert county.positions[2].authorised == 12


@pytest.mark.parametrize("text", ["5.255", "-0.01", "1e-3", "1000000.01", "5.0000000000000000000000000000001"])
def test_demand_has_at_most_two_decimals_however_small_the_rest(text: str, tmp_path: Path) -> None:
    fault = only_fault_in(Package().put("demand", 2, "positions", text).folder(tmp_path))
    assert "at most 2 decimals" in fault.message


@pytest.mark.parametrize("text", ["-3", "1e-50", "NaN", "inf", "1,00", "9" * 19, "1" * 65, "."])
def test_an_exact_number_is_plain_digits(text: str, tmp_path: Path) -> None:
    fault = only_fault_in(Package().put("townships", 2, "area_km2", text).folder(tmp_path))
    assert "a number of zero or more" in fault.message


@pytest.mark.parametrize("text", ["maybe", "2", "tru"])
def test_a_flag_is_yes_or_no(text: str, tmp_path: Path) -> None:
    fault = only_fault_in(Package().put("agencies", 2, "compulsory", text).folder(tmp_path))
    assert "Accepted: yes or no." in fault.message


def test_a_choice_names_what_there_is_to_choose(tmp_path: Path) -> None:
    fault = only_fault_in(Package().put("units", 2, "kind", "office").folder(tmp_path))
    assert "one of: department, institution, vertical" in fault.message


@pytest.mark.parametrize("text", ["U\x01", "U\u200b1", "U\n1", "U" * 65, "U\u00a01"])
def test_an_id_has_only_characters_that_can_be_seen(text: str, tmp_path: Path) -> None:
    package = Package().put("units", 3, "unit", text).keep("units", "townships", "positions")
    del package.tables["positions"][2]
    fault = only_fault_in(package.folder(tmp_path))
    assert (fault.file, fault.row, fault.column) == ("units.csv", 3, "unit")
    assert "visible characters" in fault.message
    assert fault.message.isprintable()


def test_an_id_may_be_quite_long(tmp_path: Path) -> None:
    package = Package()
    package.tables["units"].append(["U" * 64, "Unit", "department", "", ""])
    assert read_county(package.folder(tmp_path)).units[2].unit == "U" * 64


def test_a_long_text_is_cut_in_the_message_and_whole_in_the_fault(tmp_path: Path) -> None:
    fault = only_fault_in(Package().put("positions", 2, "in_post", "x" * 10_000).folder(tmp_path))
    assert fault.value == "x" * 10_000
    assert len(fault.message) < 200


def test_a_required_cell_may_not_be_empty(tmp_path: Path) -> None:
    fault = only_fault_in(Package().put("positions", 2, "in_post", "  ").folder(tmp_path))
    assert (fault.row, fault.column, fault.value) == (2, "in_post", "")
    assert fault.message.startswith("empty.")


def test_white_space_around_a_cell_does_not_matter(tmp_path: Path) -> None:
    county = read_county(Package().put("units", 2, "unit", " U1\u3000").folder(tmp_path))
    assert county.units[0].unit == "U1"


@pytest.mark.parametrize("text", ["NA", "null", "00123", "否", "=1+1", "@cmd", 'say "no", twice', "two\nlines"])
def test_text_stays_what_it_is(text: str, tmp_path: Path) -> None:
    package = Package().put("units", 2, "name", text)
    assert read_county(package.folder(tmp_path)).units[0].name == text
    assert read_county(package.workbook(tmp_path / "a.xlsx")).units[0].name == text
