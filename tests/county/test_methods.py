from __future__ import annotations

from pathlib import Path

import pytest

from rebalance.county.agencies import Method
from rebalance.county.read import read_county
from tests.county.packages import Package, faults_in, only_fault_in


def by_method(method: str) -> Package:
    """The demand of agency A1 is worked out this way in every township, and not given for any."""
    package = Package()
    for row, value in zip(package.tables["agencies"], ("demand", method, ""), strict=True):
        row.append(value)
    del package.tables["demand"]
    for table in ("stations", "dispatched"):
        package.put(table, 3, "agency", "A1")
    return package.put("townships", 3, "population", "30000")


@pytest.mark.parametrize("method", list(Method))
def test_a_method_that_has_what_it_needs_is_in_order(method: str, tmp_path: Path) -> None:
    assert read_county(by_method(method).folder(tmp_path)).agencies[0].demand == method


@pytest.mark.parametrize(
    ("method", "absent", "said"),
    [
        ("workload", ["volumes"], "Give volumes, or"),
        ("workload", ["volumes", "working_time"], "Give volumes, [working_time], or"),
        ("workload", ["matters", "steps", "volumes"], "Give matters, volumes, or"),
        ("index", ["indices"], "Give indices (agency = A1), or"),
        ("bands", ["bands"], "Give bands (applies_to = staffing), or"),
        ("posts", ["posts"], "Give posts (agency = A1), or"),
    ],
)
def test_a_method_says_what_it_lacks(method: str, absent: list[str], said: str, tmp_path: Path) -> None:
    package = by_method(method)
    package.tables = {name: rows for name, rows in package.tables.items() if name not in absent}
    package.about = {key: value for key, value in package.about.items() if key.partition(".")[0] not in absent}
    fault = only_fault_in(package.folder(tmp_path))
    assert (fault.file, fault.row, fault.column, fault.value) == ("agencies.csv", 2, "demand", method)
    assert said in fault.message


def test_the_index_of_another_agency_and_bands_of_leaders_are_not_enough(tmp_path: Path) -> None:
    assert "indices" in only_fault_in(by_method("index").put("indices", 2, "agency", "A2").folder(tmp_path)).message
    package = by_method("bands").put("bands", 3, "applies_to", "leadership")
    assert "staffing" in only_fault_in(package.folder(tmp_path)).message


@pytest.mark.parametrize(
    ("method", "table"), [("workload", "volumes"), ("index", "indices"), ("bands", "bands"), ("posts", "posts")]
)
def test_a_table_that_could_not_be_read_is_not_missed(method: str, table: str, tmp_path: Path) -> None:
    folder = by_method(method).folder(tmp_path)
    (folder / f"{table}.csv").write_bytes(b"\xff")
    assert only_fault_in(folder).file == f"{table}.csv"


def test_a_working_time_that_could_not_be_read_is_not_missed(tmp_path: Path) -> None:
    folder = by_method("workload").folder(tmp_path)
    (folder / "county.toml").write_text("=")
    assert all(fault.file == "county.toml" for fault in faults_in(folder))


@pytest.mark.parametrize(
    ("entropy", "weight", "said"),
    [("yes", "0.5", "both entropy and weights"), ("no", "0", "neither"), ("", "", "neither")],
)
def test_an_index_has_entropy_or_weights(entropy: str, weight: str, said: str, tmp_path: Path) -> None:
    package = Package().put("indices", 2, "entropy", entropy).put("townships", 3, "population", "30000")
    for row, value in zip(package.tables["indices"], ("population", weight), strict=True):
        row.append(value)
    fault = only_fault_in(package.folder(tmp_path))
    assert (fault.file, fault.row, fault.column) == ("indices.csv", 2, "entropy")
    assert said in fault.message


def test_a_weight_asks_for_the_figure_of_every_township(tmp_path: Path) -> None:
    package = Package().put("indices", 2, "entropy", "no")
    for row, value in zip(package.tables["indices"], ("area_km2", "1"), strict=True):
        row.append(value)
    fault = only_fault_in(package.folder(tmp_path))
    assert (fault.file, fault.row, fault.column) == ("townships.csv", 3, "area_km2")
    assert "indices cannot do without it" in fault.message


def test_bands_ask_for_the_population_of_every_township(tmp_path: Path) -> None:
    fault = only_fault_in(by_method("bands").put("townships", 3, "population", "").folder(tmp_path))
    assert (fault.file, fault.row, fault.column) == ("townships.csv", 3, "population")


@pytest.mark.parametrize(
    ("table", "least", "most", "said"),
    [
        ("bands", "3", "2", "got 3, and 2"),
        ("hiring", "4", "3", "got 4, and 3"),
        ("dispatched", "3", "2", "got 3, and 2"),
        ("dispatched", "2", "", "got 2, and 1"),
        ("dispatched", "", "0", "got 1, and 0"),
    ],
)
def test_the_least_is_not_above_the_most(table: str, least: str, most: str, said: str, tmp_path: Path) -> None:
    package = Package().put(table, 2, "least", least).put(table, 2, "most", most)
    fault = only_fault_in(package.folder(tmp_path))
    assert (fault.file, fault.row, fault.column) == (f"{table}.csv", 2, "least")
    assert said in fault.message


@pytest.mark.parametrize(("least", "most"), [("1", ""), ("", "1"), ("2", "2"), ("0", "x")])
def test_the_least_may_be_the_most_and_what_is_unreadable_is_told_once(least: str, most: str, tmp_path: Path) -> None:
    folder = Package().put("dispatched", 2, "least", least).put("dispatched", 2, "most", most).folder(tmp_path)
    if most == "x":
        assert only_fault_in(folder).column == "most"
    else:
        assert read_county(folder)
