from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from rebalance.county.county import County
from rebalance.county.digest import digest
from tests.county.counties import read, small
from tests.reading.packages import Package


def test_the_order_of_rows_makes_no_difference() -> None:
    shuffled = replace(small(), units=small().units[::-1], positions=small().positions[::-1])
    assert shuffled != small()
    assert digest(shuffled) == digest(small())


def test_how_a_number_is_written_makes_no_difference() -> None:
    other = Package().put("townships", 2, "area_km2", "31.40").put("units", 2, "leaders_authorised", "+2.0")
    assert digest(read(other)) == digest(small())


def test_every_field_of_the_county_makes_a_difference() -> None:
    values: dict[str, Any] = {item.name: getattr(small(), item.name) for item in fields(County)}
    changed = [County(**values | {name: _other(value)}) for name, value in values.items()]
    assert len({digest(small()), *map(digest, changed)}) == len(values) + 1


def _other(value: bool | str | tuple[object, ...]) -> object:  # noqa: FBT001 - some fields are flags
    if isinstance(value, bool):
        return not value
    return f"{value}!" if isinstance(value, str) else value[:-1]


def test_every_column_makes_a_difference() -> None:
    upper = small().townships[0]
    others = [
        replace(upper, population=52001),
        replace(upper, area_km2=Decimal("31.41")),
        replace(upper, area_km2=None),
        replace(upper, name="Under"),
        replace(upper, class_="large"),
    ]
    counties = [replace(small(), townships=(other, *small().townships[1:])) for other in others]
    assert len({digest(small()), *map(digest, counties)}) == len(others) + 1


def test_a_column_added_to_the_format_later_leaves_old_digests_alone() -> None:
    plain = Package()
    for row in plain.tables["positions"]:
        del row[5], row[4]
    spelt = Package()
    for row in spelt.tables["positions"][1:]:
        row[4:] = ["", "0"]
    assert digest(read(plain)) == digest(read(spelt))
