"""A standard in minutes instead of hours: read, refused, changed, written and read again, exactly."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from rebalance.county.changes import change
from rebalance.county.county import County, digest
from rebalance.county.read import read_county
from rebalance.papers.template import template
from tests.county.counties import read, small
from tests.county.packages import Package, only_fault_in


def in_minutes(hours: str = "", minutes: str = "5") -> Package:
    """M2 with so many hours and minutes a case."""
    package = Package().put("matters", 3, "hours", hours)
    for row, cell in zip(package.tables["matters"], ("minutes", "", minutes), strict=True):
        row.append(cell)
    return package


def changed(county: County, toml: str) -> County:
    return change(county, tomllib.loads(toml, parse_float=Decimal)["data"])


def test_five_minutes_are_a_twelfth_of_an_hour() -> None:
    row = read(in_minutes()).matters[1]
    assert (row.hours, row.minutes, row.time) == (None, Decimal(5), Fraction(1, 12))


def test_hours_have_as_many_decimals_as_one_likes() -> None:
    row = read(in_minutes("0.083333", "")).matters[1]
    assert row.time == Fraction(83_333, 1_000_000)


def test_both_may_be_given_where_they_say_the_same() -> None:
    assert read(in_minutes("2.5", "150")).matters[1].time == Fraction(5, 2)


def test_both_are_a_fault_where_they_do_not(tmp_path: Path) -> None:
    fault = only_fault_in(in_minutes("2.5", "15").folder(tmp_path))
    assert (fault.file, fault.row, fault.column, fault.value) == ("matters.csv", 3, "minutes", "15")
    assert fault.message == "not the same as the hours (got 15 minutes, and 2.5 hours). Keep one of the two."


@pytest.mark.parametrize(
    ("toml", "hours", "minutes"),
    [
        ("[data.matters.M2]\nminutes = 5", None, Decimal(5)),
        ("[data.matters.M2]\nhours = 0.125", Decimal("0.125"), None),
        ("[data.matters.M2]\nhours = 0.5\nminutes = 30", Decimal("0.5"), Decimal(30)),
        ('[data.matters.M2]\nname = "Look"', Decimal("2.5"), None),
    ],
)
def test_a_change_in_one_unit_takes_the_place_of_the_other(
    toml: str, hours: Decimal | None, minutes: Decimal | None
) -> None:
    row = changed(small(), toml).matters[1]
    assert (row.hours, row.minutes) == (hours, minutes)


def test_minutes_in_steps_take_the_place_of_hours_too() -> None:
    county = changed(small(), "[data.steps.M1.2]\nminutes = 5")
    assert county.steps[1].time == Fraction(1, 12)


def test_a_workbook_that_is_written_reads_the_same(tmp_path: Path) -> None:
    county = read(in_minutes())
    (tmp_path / "county.xlsx").write_bytes(template(county))
    again = read_county(tmp_path / "county.xlsx")
    assert again.matters == county.matters
    assert digest(again) == digest(county)
    assert digest(county) != digest(small())
