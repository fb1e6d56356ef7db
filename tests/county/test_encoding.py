"""Which encoding a file is in: its neighbours decide where it could be two."""

from __future__ import annotations

from pathlib import Path

import pytest

from rebalance.county.read import read_package
from tests.county.packages import Package, as_csv, only_fault_in

AMBIGUOUS = "专员"
"""Two characters whose bytes in GB18030 are letters of Hebrew and Armenian in UTF-8."""


def written(folder: Path, names: dict[str, str], encoding: str) -> Path:
    package = Package().keep("units", "townships", "positions")
    for rows in package.tables.values():
        rows[0:] = [[cell if cell.isascii() else "" for cell in row] for row in rows]
    for table, name in names.items():
        package.put(table, 2, "name", name)
    package.folder(folder)
    for table in names:
        (folder / f"{table}.csv").write_bytes(as_csv(package.tables[table]).encode(encoding))
    return folder


def test_neighbours_in_chinese_decide(tmp_path: Path) -> None:
    found = read_package(written(tmp_path, {"units": AMBIGUOUS, "townships": "城关镇"}, "gb18030"))
    assert (found.county.units[0].name, found.county.townships[0].name) == (AMBIGUOUS, "城关镇")
    assert [note.how for note in found.notes] == ["encoding"]


def test_chinese_beats_hebrew_where_no_neighbour_decides(tmp_path: Path) -> None:
    assert read_package(written(tmp_path, {"units": AMBIGUOUS}, "gb18030")).county.units[0].name == AMBIGUOUS


@pytest.mark.parametrize("name", ["Café", "Köln"])
def test_latin_letters_with_accents_are_read_beside_neighbours_in_utf_8(name: str, tmp_path: Path) -> None:
    found = read_package(written(tmp_path, {"units": name, "townships": "城关镇"}, "utf-8"))
    assert found.county.units[0].name == name
    assert found.notes == ()


def test_what_nothing_decides_is_asked(tmp_path: Path) -> None:
    fault = only_fault_in(written(tmp_path, {"units": "Caféé"}, "utf-8"))
    assert fault.file == "units.csv"
    assert "fits two readings" in fault.message
