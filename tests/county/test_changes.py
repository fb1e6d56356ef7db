from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest

from rebalance.county.changes import change
from rebalance.county.county import County
from rebalance.fault import Fault, FaultsError
from tests.county.counties import small


def changed(toml: str) -> County:
    """The small county with changes written as in a scenario."""
    return change(small(), tomllib.loads(toml, parse_float=Decimal)["data"], "what-if.toml")


def faults(toml: str) -> tuple[Fault, ...]:
    with pytest.raises(FaultsError) as caught:
        changed(toml)
    return caught.value.faults


def test_values_of_a_row_change_and_nothing_else_does() -> None:
    county = changed('[data.townships.001]\npopulation = 60000\narea_km2 = 0.1\nname_zh = ""')
    assert county.townships[0].population == 60000
    assert county.townships[0].area_km2 == Decimal("0.1")
    assert county.townships[0].name_zh == ""
    assert county.townships[1:] == small().townships[1:]
    assert (county.units, county.positions, county.demand) == (
        small().units,
        small().positions,
        small().demand,
    )


def test_an_empty_text_takes_a_value_away() -> None:
    county = changed('[data.categories.admin]\nceiling = ""\n[data.positions.U1.admin]\nfloor = ""')
    assert county.categories[0].ceiling is None
    assert county.positions[1].floor is None


def test_every_kind_of_value_is_taken() -> None:
    county = changed(
        '[data.agencies.A2]\ncompulsory = true\ncategories = ["inst", "admin"]\n'
        'else = ""\nplatform = "enforcement"\n'
        "[data.demand.001.A1]\npositions = 7.25\n"
        "[data.categories.inst]\ncost = 2000.5\n"
    )
    agency = county.agencies[1]
    assert (agency.compulsory, agency.categories, agency.else_, str(agency.platform)) == (
        True,
        ("inst", "admin"),
        "",
        "enforcement",
    )
    assert county.demand[0].positions == 725
    assert county.categories[1].cost == Decimal("2000.5")


def test_keys_come_in_the_order_of_the_table() -> None:
    county = changed(
        "[data.hiring.inst.2025.U2]\nmost = 4\n"
        '[data.hiring.inst.2025.""]\nmost = 5\n'
        '[data.routes.inst.institution.town]\napproval = "city"\n'
        "[data.retirements.U1.admin.2024]\ncount = 2\n"
    )
    assert changed('[data.retirements.U1.admin.2024.""]\ncount = 2').retirements == county.retirements
    assert [row.most for row in county.hiring] == [1, 1, 0, 5, 4]
    assert str(county.routes[0].approval) == "city"
    assert county.retirements[0].count == 2


def test_rows_are_added_and_stand_in_their_place() -> None:
    county = changed(
        '[[data.units.add]]\nunit = "U0"\nname = "New"\nkind = "department"\n'
        '[[data.positions.add]]\nholder = "U0"\ncategory = "admin"\nauthorised = 3\nin_post = 0\n'
        '[[data.routes.add]]\ncategory = "admin"\nfrom = "department"\nto = "town"\napproval = "province"\n'
    )
    assert [unit.unit for unit in county.units] == ["U0", "U1", "U2"]
    assert [row.holder for row in county.positions] == ["001", "U0", "U1", "U2", "reserve"]
    assert str(county.routes[0].from_) == "department"


def test_rows_are_dropped_by_key_with_years_as_numbers_or_texts() -> None:
    county = changed(
        '[data.positions]\ndrop = [["reserve", "inst"]]\n'
        '[data.hiring]\ndrop = [["inst", 2025, "U2"], ["inst", "2025"]]\n'
        '[data.agencies]\ndrop = ["A2"]\n'
    )
    assert len(county.positions) == 3
    assert [(row.category, row.year) for row in county.hiring] == [("admin", 2024), ("admin", 2025), ("inst", 2024)]
    assert [agency.agency for agency in county.agencies] == ["A1"]


def test_a_row_may_be_dropped_and_given_anew() -> None:
    county = changed(
        '[data.agencies]\ndrop = ["A2"]\n'
        '[[data.agencies.add]]\nagency = "A2"\nname = "Finance"\n'
        'platform = "enforcement"\ncompulsory = true\n'
    )
    assert county.agencies[1].name == "Finance"


def test_a_row_added_below_may_be_dropped_above() -> None:
    row = {"unit": "U9", "name": "New", "kind": "department"}
    assert change(small(), {"units": {"add": [row], "drop": ["U9"]}}) == small()


def test_a_row_may_have_the_id_of_a_verb() -> None:
    row = {"unit": "drop", "name": "Drop-in Centre", "kind": "institution"}
    with_it = change(small(), {"units": {"add": [row]}})
    assert change(with_it, {"units": {"drop": {"name": "Walk-in Centre"}}}).units[2].name == "Walk-in Centre"


def test_no_change_is_no_change() -> None:
    assert change(small(), {}) is small()


@pytest.mark.parametrize(
    ("toml", "column", "said"),
    [
        ("[data.twonships.001]\npopulation = 5", "data.twonships", "Did you mean 'townships'?"),
        ("[data.years]\nx = 1", "data.years", "no table has this name"),
        ("[data]\nunits = 5", "data.units", "not a table (got 5)"),
        ("[data.townships.003]\npopulation = 5", "data.townships.003", "no such row (got '003')"),
        ("[data.townships.01]\npopulation = 5", "data.townships.01", "Did you mean '001'?"),
        ("[data.townships.001]\npopulace = 5", "data.townships.001.populace", "Did you mean 'population'?"),
        ("[data.townships.001]\npopulation = -5", "data.townships.001.population", "got '-5'"),
        ("[data.townships.001]\npopulation = true", "data.townships.001.population", "got 'true'"),
        ("[data.townships.001]\npopulation = {a = 1}", "data.townships.001.population", "not a single value"),
        ('[data.townships.001]\nname = ""', "data.townships.001.name", "empty."),
        ('[data.townships.001]\ntownship = "009"', "data.townships.001", "key of a row cannot be changed"),
        (
            "[data.positions.U1]\nfloor = 5",
            "data.positions.U1.floor",
            "whole key of a row first: holder, category.",
        ),
        ("[data.hiring.inst.soon.U2]\nmost = 5", "data.hiring.inst.soon.U2.year", "a whole number from 1949"),
        ("[data.retirements.U1.admin.2031]\ncount = 5", "data.retirements.U1.admin.2031", "no such row"),
        ('[data.agencies]\ndrop = ["A3"]', "data.agencies.drop[1]", "no such row"),
        ('[data.positions]\ndrop = ["U1"]', "data.positions.drop[1]", "The key is: holder, category."),
        ("[data.units]\nadd = [5]", "data.units.add[1]", "not a table (got 5)"),
        (
            '[[data.agencies.add]]\nagency = "A1"\nname = "x"\nplatform = "enforcement"\ncompulsory = true',
            "data.agencies.add[1]",
            "exists already (got 'A1')",
        ),
        ('[[data.units.add]]\nunit = "U4"\nkind = "department"', "data.units.add[1].name", "missing."),
        (
            '[[data.units.add]]\nunit = "U4"\nname = "x"\nkind = "dept"',
            "data.units.add[1].kind",
            "one of: department",
        ),
        (
            '[[data.units.add]]\nunit = "001"\nname = "x"\nkind = "department"',
            "data.townships.001.township",
            "same id",
        ),
        (
            '[[data.demand.add]]\ntownship = "001"\nagency = ""\npositions = 5',
            "data.demand.add[1].agency",
            "whole township",
        ),
        ('[data.agencies.A2]\nelse = "A2"', "data.agencies.A2.else", "not a compulsory agency"),
        (
            '[data.routes]\ndrop = [["inst", "institution", "village"]]',
            "data.routes.drop[1].to",
            "one of: department",
        ),
    ],
)
def test_an_impossible_change_is_a_fault_with_its_key_path(toml: str, column: str, said: str) -> None:
    (fault,) = faults(toml)
    assert (fault.file, fault.row, fault.column) == ("what-if.toml", 0, column)
    assert said in fault.message


def test_dropping_what_others_name_is_a_fault_for_each_of_them() -> None:
    found = [fault.column for fault in faults('[data.units]\ndrop = ["U1"]')]
    assert found == ["data.positions.U1.admin.holder", "data.retirements.U1.admin.2024.holder"]


def test_a_required_table_keeps_at_least_one_row() -> None:
    drop = '[data.townships]\ndrop = ["001", "002"]'
    assert any(fault.column == "data.townships" and "no row is left" in fault.message for fault in faults(drop))


def test_all_faults_come_at_once() -> None:
    toml = '[data.nothing]\n[data.units.U9]\nname = "x"\n[data.townships.001]\npopulation = "many"\nfoo = 1'
    assert len(faults(toml)) == 4
