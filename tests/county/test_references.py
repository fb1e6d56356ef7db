from __future__ import annotations

from pathlib import Path

import pytest

from rebalance.county.read import read_county
from tests.county.packages import TABLES, Package, faults_in, only_fault_in


@pytest.mark.parametrize(
    ("table", "column", "value", "said"),
    [
        ("positions", "holder", "U3", "an id or a name from units, townships, or reserve."),
        ("positions", "category", "admn", "categories.ID.name. Did you mean 'admin'?"),
        ("retirements", "holder", "u11", "Did you mean 'U1'?"),
        ("hiring", "holder", "003", "an id or a name from units, townships, or reserve. Did you mean '002'?"),
        ("routes", "category", "x", "Known: admin, inst, Administrative, Institution."),
        (
            "agencies",
            "categories",
            "admin;isnt",
            "(got 'isnt'). Known: admin, inst, Administrative, Institution.",
        ),
        ("agencies", "else", "A3", "an id or a name from agencies."),
        ("placed", "township", "U1", "an id or a name from townships."),
        ("placed", "agency", "A9", "an id or a name from agencies."),
        ("demand", "township", "reserve", "an id or a name from townships."),
        ("demand", "agency", "a11", "an id or a name from agencies. Did you mean 'A1'?"),
        ("history", "holder", "U9", "an id or a name from units, townships, or reserve."),
        ("mergers", "township", "U1", "an id or a name from townships."),
        ("mergers", "agency", "A9", "an id or a name from agencies."),
        ("indices", "agency", "a11", "Did you mean 'A1'?"),
        ("allowances", "agency", "A9", "an id or a name from agencies."),
        ("stations", "unit", "001", "an id or a name from units."),
        ("stations", "township", "U2", "an id or a name from townships."),
        ("stations", "category", "isnt", "Did you mean 'inst'?"),
        ("dispatched", "unit", "reserve", "an id or a name from units."),
        ("dispatched", "agency", "A9", "an id or a name from agencies."),
        ("borrowed", "township", "003", "an id or a name from townships."),
        ("borrowed", "unit", "U9", "an id or a name from units."),
        ("matters", "unit", "001", "an id or a name from units."),
        ("matters", "agency", "A9", "an id or a name from agencies."),
        ("matters", "category", "isnt", "Did you mean 'inst'?"),
        ("volumes", "matter", "m11", "Did you mean 'M1'?"),
        ("volumes", "township", "01", "Did you mean '001'?"),
        ("posts", "agency", "A9", "an id or a name from agencies."),
        ("posts", "township", "U1", "an id or a name from townships."),
        ("posts", "category", "isnt", "Did you mean 'inst'?"),
    ],
)
def test_an_id_that_names_nothing_is_a_fault(table: str, column: str, value: str, said: str, tmp_path: Path) -> None:
    fault = only_fault_in(Package().put(table, 2, column, value).folder(tmp_path))
    assert (fault.file, fault.row, fault.column) == (f"{table}.csv", 2, column)
    assert fault.value == value.rpartition(";")[2]
    assert said in fault.message


def test_where_no_ids_exist_at_all_one_fault_says_so(tmp_path: Path) -> None:
    package = Package().keep("units", "townships", "positions", "placed", "demand")
    package.tables["demand"].insert(2, ["001", "A2", "1"])
    found = [(fault.file, fault.row) for fault in faults_in(package.folder(tmp_path))]
    assert found == [("demand.csv", 2), ("placed.csv", 2)]


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_row_given_twice_is_a_fault_that_names_the_first(table: str, tmp_path: Path) -> None:
    package = Package()
    rows = package.tables[table]
    rows.append(list(rows[1]))
    fault = only_fault_in(package.folder(tmp_path))
    assert (fault.file, fault.row) == (f"{table}.csv", len(rows))
    assert "first in row 2" in fault.message


def test_a_unit_and_a_township_may_not_share_an_id(tmp_path: Path) -> None:
    package = Package().put("townships", 2, "township", "U1")
    for table, rows in package.tables.items():
        package.tables[table] = [["U1" if cell == "001" else cell for cell in row] for row in rows]
    fault = only_fault_in(package.folder(tmp_path))
    assert (fault.file, fault.row, fault.column) == ("townships.csv", 2, "township")
    assert "a unit has the same id" in fault.message


@pytest.mark.parametrize("table", ["units", "townships"])
def test_the_reserve_keeps_its_id_for_itself(table: str, tmp_path: Path) -> None:
    package = Package()
    package.tables[table].append(
        ["reserve", "Pool", package.tables[table][1][2], *[""] * (len(package.tables[table][0]) - 3)]
    )
    fault = only_fault_in(package.folder(tmp_path))
    assert fault.file == f"{table}.csv"
    assert "kept for the reserve" in fault.message


@pytest.mark.parametrize(("table", "year"), [("retirements", "2023"), ("hiring", "2026"), ("dispatched", "2023")])
def test_a_year_that_is_not_planned_is_a_fault(table: str, year: str, tmp_path: Path) -> None:
    fault = only_fault_in(Package().put(table, 2, "year", year).folder(tmp_path))
    assert (fault.file, fault.row, fault.column, fault.value) == (f"{table}.csv", 2, "year", year)
    assert "Accepted: 2024 to 2025." in fault.message


def test_history_is_of_years_before_those_planned(tmp_path: Path) -> None:
    fault = only_fault_in(Package().put("history", 2, "year", "2024").folder(tmp_path))
    assert (fault.file, fault.row, fault.column, fault.value) == ("history.csv", 2, "year", "2024")
    assert "Accepted: up to 2023." in fault.message


def test_the_work_of_an_agency_falls_only_to_a_compulsory_one(tmp_path: Path) -> None:
    fault = only_fault_in(Package().put("agencies", 3, "else", "A2").folder(tmp_path))
    assert (fault.file, fault.row, fault.column) == ("agencies.csv", 3, "else")
    assert "not a compulsory agency" in fault.message


def test_a_township_has_demand_by_agency_or_as_a_whole(tmp_path: Path) -> None:
    package = Package()
    package.tables["demand"].append(["001", "", "9"])
    fault = only_fault_in(package.folder(tmp_path))
    assert (fault.row, fault.column, fault.value) == (4, "agency", "001")


def test_ten_thousand_wrong_ids_are_answered_in_no_time(tmp_path: Path) -> None:
    package = Package()
    package.tables["units"] += [[f"V{n}", "Unit", "department", "", ""] for n in range(100)]
    package.tables["positions"] += [[f"W{n % 100}", f"c{n}", "1", "1", "", ""] for n in range(5_000)]
    assert len(faults_in(package.folder(tmp_path))) == 10_000


def test_names_may_repeat_and_ids_be_anything_visible(tmp_path: Path) -> None:
    package = Package().put("townships", 3, "name", "Upper").put("units", 3, "name", "Office")
    assert [township.name for township in read_county(package.folder(tmp_path)).townships] == [
        "Upper",
        "Upper",
    ]
