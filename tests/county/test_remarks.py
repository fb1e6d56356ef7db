from __future__ import annotations

from dataclasses import replace

import pytest

from rebalance.county.county import County
from rebalance.county.remark import Remark
from rebalance.county.remarks import remarks as every
from tests.county.counties import read, small
from tests.county.packages import Package


def remarks(county: County) -> tuple[Remark, ...]:
    """What is remarked, but for what the reform names and so small a county lacks."""
    return tuple(remark for remark in every(county) if not remark.rules)


def about(package: Package) -> list[str]:
    """What is remarked, table and key."""
    return [" ".join((remark.table, *remark.key)) for remark in remarks(read(package))]


def test_nothing_is_remarked_where_all_adds_up() -> None:
    assert remarks(small()) == ()


def test_a_category_above_its_ceiling() -> None:
    (remark,) = remarks(read(Package().put("positions", 2, "authorised", "31")))
    assert remark == Remark(
        "categories", ("admin",), "31 positions count against the ceiling of 30: more than it allows."
    )
    assert str(remark).startswith("categories admin: 31 positions")


def test_a_category_nobody_has() -> None:
    package = Package()
    package.about["categories.support.name"] = "Support"
    assert about(package) == ["categories support"]


@pytest.mark.parametrize(
    ("tiles", "found"),
    [
        ([("1", "1"), ("1", "2")], []),
        ([("", ""), ("", "")], []),
        ([("1", "1"), ("", "")], ["townships 002"]),
        ([("1", "1"), ("2", "")], ["townships 002"]),
        ([("3", "4"), ("3", "4")], ["townships 001", "townships 002"]),
    ],
)
def test_tiles_that_are_no_map(tiles: list[tuple[str, str]], found: list[str]) -> None:
    package = Package()
    for row, more in zip(package.tables["townships"], [("tile_row", "tile_column"), *tiles], strict=True):
        row.extend(more)
    assert about(package) == found


@pytest.mark.parametrize(("ceiling", "found"), [("4", ["positions U1 admin"]), ("5", [])])
def test_a_floor_above_the_ceiling(ceiling: str, found: list[str]) -> None:
    package = Package()
    package.tables["positions"][0].append("ceiling")
    for row in package.tables["positions"][1:]:
        row.append(ceiling if row[0] == "U1" else "")
    assert about(package) == found


def test_more_willing_than_in_post() -> None:
    assert about(Package().put("positions", 3, "willing", "8")) == ["positions U2 inst"]


def test_people_in_the_reserve() -> None:
    assert about(Package().put("positions", 5, "in_post", "1")) == ["positions reserve inst"]


def test_an_agency_with_its_least_above_its_most() -> None:
    county = small()
    odd = replace(county, agencies=(replace(county.agencies[0], least=4, most=3), county.agencies[1]))
    assert [remark.key for remark in remarks(odd)] == [("A1",)]


def test_more_placed_than_authorised() -> None:
    package = Package()
    package.tables["placed"] += [["001", "A2", "inst", "1"], ["002", "A1", "inst", "1"]]
    assert about(package) == ["placed 001 inst", "placed 002 inst"]


def test_a_township_without_demand_beside_others_with_theirs() -> None:
    package = Package()
    package.tables["demand"].pop()
    assert about(package) == ["demand 002"]
    package.tables["demand"].pop()
    assert about(package) == []


def test_work_that_falls_to_nobody() -> None:
    package = Package().put("agencies", 3, "else", "").put("demand", 2, "agency", "A2")
    assert about(package) == ["agencies A2"]


def test_made_up_figures_that_no_source_admits() -> None:
    assert about(Package().put("sources", 2, "made_up", "no")) == ["sources"]


def test_a_source_for_a_column_that_is_nowhere() -> None:
    assert about(Package().put("sources", 2, "column", "nmae")) == ["sources units nmae "]


def with_column(package: Package, table: str, column: str, *values: str) -> Package:
    """One more column at the end of a table."""
    for row, value in zip(package.tables[table], (column, *values), strict=True):
        row.append(value)
    return package


def test_a_station_with_more_people_than_positions() -> None:
    (remark,) = remarks(read(Package().put("stations", 2, "authorised", "1")))
    assert str(remark) == "stations S1: More staff are in post (2) than are authorised (1)."


def test_merged_agencies_whose_positions_are_not_those_of_today() -> None:
    package = Package()
    package.tables["mergers"].append(["001", "林业站", "A1", "3", ""])
    (remark,) = remarks(read(package))
    assert remark.key == ("001", "A1")
    assert remark.sentence == "The agencies merged into it had 7 positions together, 4 are placed there today."


def test_merged_agencies_of_unknown_size_are_not_counted() -> None:
    package = Package()
    package.tables["mergers"] += [["001", "林业站", "A1", "", "3"], ["002", "林业站", "A1", "0", ""]]
    assert about(package) == []
    del package.tables["placed"]
    assert about(package.put("mergers", 2, "authorised", "9")) == []


@pytest.mark.parametrize(("most", "found"), [("3", []), ("2", []), ("1", ["posts A1"])])
def test_posts_for_more_than_an_agency_may_have(most: str, found: list[str]) -> None:
    assert about(with_column(Package(), "agencies", "most", most, "")) == found


def test_hours_of_a_matter_that_stand_in_its_steps_too() -> None:
    package = Package().put("matters", 2, "hours", "2")
    assert about(package) == ["matters M1"]
    package.put("steps", 3, "hours", "").put("steps", 4, "hours", "")
    assert about(package) == []


def test_matters_without_steps_or_a_legal_basis() -> None:
    package = Package().put("matters", 3, "basis", "")
    del package.tables["steps"][-1]
    assert [str(remark) for remark in remarks(read(package))] == [
        "matters: Without steps, so without a flowchart: M2.",
        "matters: Without a legal basis: M2.",
    ]
    package.put("matters", 3, "unit", "")  # a township's own work is no power that anybody grants
    assert about(package) == []


def test_who_answers_for_a_matter_fits_its_kind() -> None:
    assert about(Package().put("matters", 3, "kind", "cooperation")) == []
    (remark,) = remarks(
        read(Package().put("matters", 2, "kind", "cooperation").put("matters", 2, "responsible", "乡镇"))
    )
    assert str(remark).startswith("matters M1: A cooperation matter, yet the township answers for it.")
    (remark,) = remarks(read(Package().put("matters", 2, "unit", "")))
    assert str(remark) == "matters M1: A unit is to answer for it, but none is named."


def test_a_source_may_speak_of_a_setting() -> None:
    assert about(Package().put("sources", 2, "table", "classes").put("sources", 2, "column", "large")) == []


def test_a_category_with_vacancies_of_which_the_hiring_plan_says_nothing() -> None:
    package = Package()
    package.tables["hiring"] = [row for row in package.tables["hiring"] if row[0] != "admin"]
    (remark,) = remarks(read(package))
    said = "1 positions are vacant, but no row speaks of 2024, 2025: nobody will be hired."
    assert remark == Remark("hiring", ("admin",), said)
    package.tables["positions"][1][3] = "10"  # nobody is missing any more
    assert about(package) == []


def test_years_of_which_the_hiring_plan_says_nothing() -> None:
    package = Package()
    package.tables["hiring"] = [row for row in package.tables["hiring"] if row[:2] != ["admin", "2025"]]
    (remark,) = remarks(read(package))
    assert "speaks of 2025:" in remark.sentence


def test_without_any_plan_to_hire_nothing_is_remarked() -> None:
    package = Package()
    del package.tables["hiring"]
    assert about(package) == []
