from __future__ import annotations

from pathlib import Path

import pytest

from rebalance.county.read import read_county
from rebalance.county.references import is_law
from rebalance.county.tables import TABLES
from tests.county.packages import Package, only_fault_in

POSITIONS = next(table for table in TABLES if table.name == "positions")


def marked(table: str, column: str, key: str) -> Package:
    """A package in which a limit is law."""
    package = Package()
    for row, value in zip(package.tables["sources"], ("law", ""), strict=True):
        row.append(value)
    package.tables["sources"].append([table, column, key, "the province", "no", "yes"])
    return package


@pytest.mark.parametrize(
    ("key", "holders"),
    [
        ("U1/admin", ["U1"]),
        ("admin/U1", ["U1"]),
        ("U1", ["U1"]),
        ("inst", ["001", "U2", "reserve"]),
        ("", ["001", "U1", "U2", "reserve"]),
    ],
)
def test_a_limit_is_law_in_a_cell_a_row_or_a_whole_column(key: str, holders: list[str], tmp_path: Path) -> None:
    county = read_county(marked("positions", "floor", key).folder(tmp_path))
    assert [row.holder for row in county.positions if is_law(county, POSITIONS, row, "floor")] == holders
    assert not any(is_law(county, POSITIONS, row, "ceiling") for row in county.positions)


@pytest.mark.parametrize(
    ("mark", "where", "said"),
    [
        (("position", "floor", ""), "table", "no table has this name (got 'position'). Did you mean 'positions'?"),
        (("positions", "authorised", ""), "column", "only a limit can be law"),
        (("positions", "flor", ""), "column", "Accepted: floor, ceiling."),
        (("units", "kind", ""), "column", "Accepted: nothing in this table."),
        (("positions", "floor", "U9/admin"), "id", "no row has this key"),
        (("positions", "floor", "U1/U2"), "id", "Write holder/category."),
    ],
)
def test_a_mark_on_nothing_is_a_fault(mark: tuple[str, str, str], where: str, said: str, tmp_path: Path) -> None:
    fault = only_fault_in(marked(*mark).folder(tmp_path))
    assert (fault.file, fault.row, fault.column) == ("sources.csv", 3, where)
    assert said in fault.message


def test_a_source_that_marks_no_law_may_be_of_anything(tmp_path: Path) -> None:
    package = marked("positions", "authorised", "nobody")
    package.tables["sources"][-1][-1] = "no"
    assert read_county(package.folder(tmp_path)).sources
