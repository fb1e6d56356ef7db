from __future__ import annotations

from contextlib import suppress
from dataclasses import fields, replace
from typing import Any

import pytest

from rebalance.county.columns import Choice, Heading
from rebalance.county.county import County, digest
from rebalance.county.norms import WorkingTime
from rebalance.county.tables import CATEGORIES, SETTINGS, TABLES, Table
from tests.county.counties import read, small
from tests.county.packages import Package


def test_the_order_of_rows_makes_no_difference() -> None:
    shuffled = replace(small(), units=small().units[::-1], positions=small().positions[::-1])
    assert shuffled != small()
    assert digest(shuffled) == digest(small())


def test_how_a_number_is_written_makes_no_difference() -> None:
    other = Package().put("townships", 2, "area_km2", "31.40").put("units", 2, "leaders_authorised", "+2.0")
    assert digest(read(other)) == digest(small())


def test_every_field_of_the_county_makes_a_difference() -> None:
    values: dict[str, Any] = {item.name: getattr(small(), item.name) for item in fields(County)}
    assert all(values.values())
    changed = [County(**values | {name: _without(value)}) for name, value in values.items()]
    assert len({digest(small()), *map(digest, changed)}) == len(values) + 1


def _without(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return f"{value}!"
    return value[:-1] if isinstance(value, tuple) else None


@pytest.mark.parametrize("table", [CATEGORIES, *TABLES, *SETTINGS], ids=lambda table: table.name)
def test_every_column_makes_a_difference(table: Table) -> None:
    said = getattr(small(), table.name)
    first, *others = said if table.key else [said]
    changed = [replace(first, **{heading.field: _other(heading, first)}) for heading in table.headings]
    values: dict[str, Any] = {item.name: getattr(small(), item.name) for item in fields(County)}
    counties = [County(**values | {table.name: (row, *others) if table.key else row}) for row in changed]
    assert len({digest(small()), *map(digest, counties)}) == len(table.headings) + 1


def _other(heading: Heading, row: object) -> object:
    """Another value that the column can hold."""
    kind, now = heading.column.kind, getattr(row, heading.field)
    if isinstance(now, bool):
        return not now
    words = list(kind.choices) if isinstance(kind, Choice) else ["2001", "3", "other"]
    for word in words:
        with suppress(ValueError):
            if kind.read(word) != now:
                return kind.read(word)
    raise AssertionError(heading.header)


def test_a_setting_given_with_its_defaults_is_not_the_same_as_none() -> None:
    assert digest(replace(small(), working_time=WorkingTime())) != digest(replace(small(), working_time=None))


def test_a_column_added_to_the_format_later_leaves_old_digests_alone() -> None:
    plain = Package()
    for row in plain.tables["positions"]:
        del row[5], row[4]
    spelt = Package()
    for row in spelt.tables["positions"][1:]:
        row[4:] = ["", "0"]
    assert digest(read(plain)) == digest(read(spelt))
