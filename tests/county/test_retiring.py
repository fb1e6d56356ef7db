"""Who retires, retires where they sit: in a station of the unit, or at its headquarters, where there is somebody."""

from __future__ import annotations

from pathlib import Path

import pytest

from rebalance.county.read import read_county
from tests.county.packages import Package, faults_in, only_fault_in
from tests.county.test_changes import faults
from tests.county.test_remarks import about

HEAD = ["holder", "category", "year", "count", "station"]


def package(*rows: tuple[str, str, str, str, str]) -> Package:
    """U2 has seven people, two in each of its stations S1 and S2: three are at headquarters."""
    made = Package()
    made.tables["retirements"] = [HEAD, *map(list, rows)]
    return made


def test_without_the_column_everybody_retires_from_headquarters(tmp_path: Path) -> None:
    assert [row.station for row in read_county(Package().folder(tmp_path)).retirements] == [""]


def test_as_many_retire_as_there_are_in_each_place(tmp_path: Path) -> None:
    rows = [("U2", "inst", "2024", "3", ""), ("U2", "inst", "2024", "1", "S1"), ("U2", "inst", "2025", "1", "S1")]
    county = read_county(package(*rows).folder(tmp_path))
    assert [(row.year, row.count, row.station) for row in county.retirements] == [
        (2024, 3, ""),
        (2024, 1, "S1"),
        (2025, 1, "S1"),
    ]
    assert about(package(*rows)) == []


def test_more_than_are_at_headquarters_must_name_their_station(tmp_path: Path) -> None:
    rows = [("U2", "inst", "2025", "2", ""), ("U2", "inst", "2024", "2", "")]
    fault = only_fault_in(package(*rows).folder(tmp_path))
    assert (fault.file, fault.row, fault.column, fault.value) == ("retirements.csv", 2, "station", "2")
    assert fault.message == (
        "more than there are at headquarters (got 2, with the years before 4; 3 are in post there, the others in"
        " stations). Name the station in which they retire: S1, S2."
    )


def test_more_than_are_in_a_station_is_a_fault(tmp_path: Path) -> None:
    rows = [("U2", "inst", "2024", "2", "S2"), ("U2", "inst", "2025", "1", "S2")]
    fault = only_fault_in(package(*rows).folder(tmp_path))
    assert (fault.row, fault.column) == (3, "count")
    assert fault.message == (
        "more than there are in the station (got 1, with the years before 3; 2 are in post there). Correct one of the"
        " two."
    )


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (("U1", "inst", "2024", "1", "S1"), "holder", "not where the station belongs (got 'U1'; it is U2)."),
        (("U2", "admin", "2024", "1", "S1"), "category", "not where the station belongs (got 'admin'; it is inst)."),
        (
            ("U2", "inst", "2024", "1", "S3"),
            "station",
            "unknown id (got 'S3'). Accepted: an id or a name from stations.",
        ),
    ],
)
def test_a_station_of_somebody_else_is_a_fault(
    row: tuple[str, str, str, str, str], column: str, said: str, tmp_path: Path
) -> None:
    fault = only_fault_in(package(row).folder(tmp_path))
    assert (fault.row, fault.column) == (2, column)
    assert fault.message.startswith(said)


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    rows = [("U1", "inst", "2024", "1", "S1"), ("U2", "inst", "2024", "9", ""), ("U2", "inst", "2025", "3", "S1")]
    found = faults_in(package(*rows).folder(tmp_path))
    assert {(fault.row, fault.column) for fault in found} == {(2, "holder"), (3, "station"), (4, "count")}


def test_a_change_that_asks_for_a_station_says_where_it_stands() -> None:
    add = '[[data.retirements.add]]\nholder = "U2"\ncategory = "inst"\nyear = 2025\ncount = 4'
    assert [fault.column for fault in faults(add)] == ["data.retirements.add[1].station"]
    assert list(faults(f'{add}\nstation = ""')) == list(faults(add))


def test_more_than_a_holder_without_stations_has_is_a_fault(tmp_path: Path) -> None:
    """U1 has two officials and nobody else: of three who retire the third is not there, nor is one of a category."""
    made = Package().put("positions", 2, "in_post", "2")
    made.tables["retirements"] += [["U1", "admin", "2025", "2"], ["U1", "inst", "2025", "1"]]
    first, second = faults_in(made.folder(tmp_path))
    assert (first.row, first.column) == (3, "count")
    assert (
        first.message == "more than there are (got 2, with the years before 3; 2 are in post). Correct one of the two."
    )
    assert (second.row, second.message[:27]) == (4, "more than there are (got 1,")
