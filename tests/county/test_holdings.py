from __future__ import annotations

from pathlib import Path

import pytest

from rebalance.county.read import read_county
from tests.county.packages import Package, faults_in, only_fault_in

# U2 holds 7 positions with 7 people: stations S1 (3, 2) and S2 (2, 2), and one dispatched person in each township.
# Township 001 holds 4 positions with 2 people, one of them borrowed.


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (("stations", 2, "authorised"), "6", "got 2, with other rows 8; its authorised in positions is 7"),
        (("stations", 2, "authorised"), "7", "got 2, with other rows 9; its authorised in positions is 7"),
        (("stations", 3, "in_post"), "6", "got 6, with other rows 8; its in_post in positions is 7"),
        (("dispatched", 3, "staff"), "7", "got 7, with other rows 8; its in_post in positions is 7"),
        (("borrowed", 2, "staff"), "3", "got 3, with other rows 3; its in_post in positions is 2"),
    ],
)
def test_parts_beyond_the_whole_are_a_fault_where_the_sum_goes_over(
    place: tuple[str, int, str], value: str, said: str, tmp_path: Path
) -> None:
    table, row, column = place
    fault = only_fault_in(Package().put(table, row, column, value).folder(tmp_path))
    assert (fault.file, fault.row, fault.column) == (f"{table}.csv", 2 if table == "borrowed" else 3, column)
    assert said in fault.message


@pytest.mark.parametrize(
    ("table", "row", "column", "value"),
    [
        ("stations", 2, "authorised", "5"),
        ("stations", 3, "in_post", "5"),
        ("dispatched", 3, "staff", "6"),
        ("borrowed", 2, "staff", "2"),
    ],
)
def test_parts_may_be_the_whole(table: str, row: int, column: str, value: str, tmp_path: Path) -> None:
    assert read_county(Package().put(table, row, column, value).folder(tmp_path))


def test_a_holder_without_positions_of_the_category_is_told_once_for_every_table(tmp_path: Path) -> None:
    package = Package()
    for table in ("stations", "dispatched"):
        package.put(table, 2, "category", "admin").put(table, 3, "category", "admin")
    package.put("borrowed", 2, "category", "admin")
    found = faults_in(package.folder(tmp_path))
    assert [(fault.file, fault.row, fault.column, fault.value) for fault in found] == [
        ("borrowed.csv", 2, "category", "001, admin"),
        ("dispatched.csv", 2, "category", "U2, admin"),
        ("stations.csv", 2, "category", "U2, admin"),
    ]


@pytest.mark.parametrize(("column", "value"), [("authorised", "many"), ("holder", "U\t2")])
def test_of_positions_that_could_not_be_read_nothing_else_is_said(column: str, value: str, tmp_path: Path) -> None:
    fault = only_fault_in(Package().put("positions", 3, column, value).folder(tmp_path))
    assert (fault.file, fault.column) == ("positions.csv", column)


def test_a_row_given_twice_is_counted_once(tmp_path: Path) -> None:
    package = Package()
    package.tables["stations"].append(list(package.tables["stations"][1]))
    assert "a second time" in only_fault_in(package.folder(tmp_path)).message
