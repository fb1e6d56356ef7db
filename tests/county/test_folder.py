from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from rebalance.county.read import read_county
from tests.county.packages import Package, faults_in, only_fault_in


@pytest.mark.parametrize("name", ["nowhere", "nowhere.xlsx", "a\0b"])
def test_a_missing_file_is_one_clear_fault(name: str, tmp_path: Path) -> None:
    assert "no such file or folder" in only_fault_in(tmp_path / name).message


def test_a_folder_with_the_name_of_a_workbook_is_one_clear_fault(tmp_path: Path) -> None:
    fault = only_fault_in(Package().folder(tmp_path / "x.xlsx"))
    assert fault.file == "x.xlsx"
    assert "a folder" in fault.message


def test_a_file_that_is_neither_is_one_clear_fault(tmp_path: Path) -> None:
    folder = Package().folder(tmp_path)
    assert "neither a folder nor a workbook" in only_fault_in(folder / "units.csv").message


def test_a_missing_required_table_is_one_fault_and_nobody_is_blamed_for_its_ids(tmp_path: Path) -> None:
    folder = Package().folder(tmp_path)
    (folder / "townships.csv").unlink()
    fault = only_fault_in(folder)
    assert fault.file == "townships.csv"
    assert fault.message.startswith("missing.")


def test_a_missing_county_file_is_one_fault(tmp_path: Path) -> None:
    folder = Package().folder(tmp_path)
    (folder / "county.toml").unlink()
    assert only_fault_in(folder).file == "county.toml"


def test_a_table_nobody_knows_is_a_fault_with_what_may_have_been_meant(tmp_path: Path) -> None:
    folder = Package().folder(tmp_path)
    (folder / "retirements.csv").rename(folder / "retirement.csv")
    fault = only_fault_in(folder)
    assert (fault.file, fault.row) == ("retirement.csv", 0)
    assert "Did you mean 'retirements'?" in fault.message


def test_a_table_given_twice_is_a_fault(tmp_path: Path) -> None:
    folder = Package().folder(tmp_path)
    (folder / "单位.csv").write_bytes((folder / "units.csv").read_bytes())
    assert "units.csv too" in only_fault_in(folder).message


def test_a_folder_in_place_of_a_table_is_a_fault(tmp_path: Path) -> None:
    folder = Package().folder(tmp_path)
    (folder / "routes.csv").unlink()
    (folder / "routes.csv").mkdir()
    assert "not an ordinary file" in only_fault_in(folder).message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_in_place_of_a_table_is_a_fault(tmp_path: Path) -> None:
    folder = Package().folder(tmp_path)
    (folder / "routes.csv").unlink()
    os.mkfifo(folder / "routes.csv")
    assert "not an ordinary file" in only_fault_in(folder).message


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("name", ["units.csv", "county.toml"])
def test_a_link_that_leads_out_is_refused(name: str, tmp_path: Path) -> None:
    folder = Package().folder(tmp_path / "county")
    (folder / name).rename(tmp_path / name)
    (folder / name).symlink_to(tmp_path / name)
    fault = only_fault_in(folder)
    assert fault.file == name
    assert "leads out" in fault.message


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_that_stays_inside_is_followed_and_one_to_itself_is_not(tmp_path: Path) -> None:
    folder = Package().folder(tmp_path)
    (folder / "units.csv").rename(folder / "units-2024.txt")
    (folder / "units.csv").symlink_to("units-2024.txt")
    assert len(read_county(folder).units) == 2
    (folder / "routes.csv").unlink()
    (folder / "routes.csv").symlink_to("routes.csv")
    assert only_fault_in(folder).file == "routes.csv"


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    package = Package().put("units", 2, "kind", "?").put("positions", 5, "in_post", "-1")
    package.put("retirements", 2, "holder", "U9").put("demand", 2, "positions", "")
    package.about["years"] = "2025;2024"
    found = [(fault.file, fault.row, fault.column) for fault in faults_in(package.folder(tmp_path))]
    assert found == [
        ("county.toml", 0, "years"),
        ("demand.csv", 2, "positions"),
        ("positions.csv", 5, "in_post"),
        ("retirements.csv", 2, "holder"),
        ("units.csv", 2, "kind"),
    ]
