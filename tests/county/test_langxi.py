"""The figures of the example county are made up, but they hang together as its README says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from rebalance.county.county import County
from rebalance.county.read import read_county
from rebalance.county.tables import TABLES
from rebalance.problem.flow import flows

FOLDER = Path(__file__).parents[2] / "models" / "langxi"


@pytest.fixture(scope="module")
def langxi() -> County:
    return read_county(FOLDER)


def summed(pairs: Iterable[tuple[object, int | None]]) -> Counter[object]:
    total: Counter[object] = Counter()
    for key, amount in pairs:
        total[key] += amount or 0
    return total


def test_every_table_is_there_and_as_long_as_the_readme_says(langxi: County) -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for table in TABLES:
        rows = getattr(langxi, table.name)
        assert rows, table.name
        assert f"| `{table.name}.csv` | {len(rows)} |" in readme


def test_every_column_says_where_it_comes_from(langxi: County) -> None:
    told = {(row.table, row.column) for row in langxi.sources}
    for table in TABLES[:-1]:  # but for the table of sources itself
        for heading in table.headings:
            key = heading.field in table.key or heading.column.refers
            filled = any(getattr(row, heading.field) != heading.default for row in getattr(langxi, table.name))
            assert key or not filled or (table.name, heading.header) in told, (table.name, heading.header)


def test_old_agencies_add_up_to_those_of_today(langxi: County) -> None:
    placed = summed(((row.township, row.agency), row.positions) for row in langxi.placed)
    assert summed(((row.township, row.agency), row.authorised) for row in langxi.mergers) == placed
    townships = {row.township for row in langxi.townships}
    staff = summed((row.holder, row.in_post) for row in langxi.positions if row.holder in townships)
    assert summed((row.township, row.in_post) for row in langxi.mergers) == staff


def test_stations_fit_into_their_units_and_can_all_be_handed_down(langxi: County) -> None:
    rows = {(row.holder, row.category): row for row in langxi.positions}
    for key, positions in summed(((row.unit, row.category), row.authorised) for row in langxi.stations).items():
        unit = rows[key]  # type: ignore[index]
        assert unit.authorised - positions >= (unit.floor or 0)


def test_the_hours_of_a_matter_stand_in_its_steps_or_with_it_and_nowhere_twice(langxi: County) -> None:
    drawn = {matter: flow.all_hours for matter, flow in flows(langxi).items()}
    assert all((row.time or 0) > 0 or drawn[row.matter] > 0 for row in langxi.matters)
    assert all(not row.time for row in langxi.matters if row.matter in drawn)
    assert len(drawn) == 16


def test_every_matter_has_cases_in_every_township(langxi: County) -> None:
    pairs = {(matter.matter, township.township) for matter in langxi.matters for township in langxi.townships}
    assert {(row.matter, row.township) for row in langxi.volumes if row.cases} == pairs
    assert Counter(bool(row.unit) for row in langxi.matters) == {True: 40, False: 6}
    assert sum(row.base for row in langxi.matters) == 15


def test_history_ends_with_today(langxi: County) -> None:
    today = {(row.holder, row.category): row.authorised for row in langxi.positions}
    last = {(row.holder, row.category): row.authorised for row in langxi.history if row.year == langxi.years[0] - 1}
    assert last == {key: today[key] for key in last}
    assert {(row.holder, row.category) for row in langxi.history} == last.keys()


def test_all_six_forces_are_in_the_brigades(langxi: County) -> None:
    force = {row.unit: row.force for row in langxi.units}
    found = {force[row.unit] for row in langxi.dispatched if row.agency == "enforcement_brigade"}
    assert found == {"urban_management", "market", "police", "transport", "environment", "justice"}
