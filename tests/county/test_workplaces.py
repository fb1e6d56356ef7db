from __future__ import annotations

from pathlib import Path

import pytest

from rebalance.county.read import read_county
from tests.county.packages import Package, faults_in, only_fault_in


def test_a_matter_goes_to_an_agency_that_is_there_or_has_an_heir(tmp_path: Path) -> None:
    package = Package().put("matters", 3, "agency", "A2")
    assert read_county(package.folder(tmp_path)).matters[1].agency == "A2"
    fault = only_fault_in(package.put("agencies", 3, "else", "").folder(tmp_path))
    assert (fault.file, fault.row, fault.column, fault.value) == ("matters.csv", 3, "agency", "A2")
    assert "optional agency that names no other" in fault.message


def test_a_township_may_have_posts_of_its_own_beside_those_for_every_one(tmp_path: Path) -> None:
    package = Package().put("posts", 3, "post", "P1")
    assert [row.post for row in read_county(package.folder(tmp_path)).posts] == ["P1", "P1"]


@pytest.mark.parametrize("table", ["stations", "dispatched"])
def test_staff_from_above_work_where_demand_is_counted(table: str, tmp_path: Path) -> None:
    package = Package().put(table, 2, "agency", "").put(table, 3, "agency", "A1")
    empty, named = faults_in(package.folder(tmp_path))
    assert (empty.file, empty.row, empty.column) == (f"{table}.csv", 2, "agency")
    assert "Name the agency." in empty.message
    assert (named.row, named.column, named.value) == (3, "agency", "A1")
    assert "Leave the agency empty." in named.message


def test_where_no_demand_is_given_either_will_do(tmp_path: Path) -> None:
    package = Package()
    del package.tables["demand"]
    assert read_county(package.folder(tmp_path)).demand == ()


def test_where_demand_is_worked_out_for_an_agency_staff_from_above_name_theirs(tmp_path: Path) -> None:
    package = Package()
    for row, value in zip(package.tables["agencies"], ("demand", "index", ""), strict=True):
        row.append(value)
    del package.tables["demand"]
    found = faults_in(package.folder(tmp_path))
    assert [(fault.file, fault.row) for fault in found] == [("dispatched.csv", 3), ("stations.csv", 3)]


def test_a_demand_that_could_not_be_read_is_told_once(tmp_path: Path) -> None:
    assert only_fault_in(Package().put("demand", 2, "agency", "A\t1").folder(tmp_path)).column == "agency"
    folder = Package().folder(tmp_path)
    (folder / "demand.csv").write_bytes(b"\xff")
    assert only_fault_in(folder).file == "demand.csv"


def test_a_demand_given_as_a_whole_stands_beside_methods_of_agencies(tmp_path: Path) -> None:
    package = Package().put("stations", 3, "agency", "A1")
    for row, value in zip(package.tables["agencies"], ("demand", "index", ""), strict=True):
        row.append(value)
    fault = only_fault_in(package.folder(tmp_path))
    assert (fault.file, fault.row, fault.value) == ("stations.csv", 3, "A1")
