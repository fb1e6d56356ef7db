"""The tables hold what plan.json holds, exactly, and every column of them is described."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest

import rebalance as rb
from rebalance.api.columns import TABLES
from rebalance.frame import nearest
from rebalance.plans.recorded import outcome_to_json
from rebalance.text import activate
from tests.api.test_doors import doors
from tests.plans.plans import PLAN, SCENARIO, proven

OUTCOME = proven(SCENARIO, PLAN)
FOUND = replace(OUTCOME, scenario=OUTCOME.scenario)
ON_DISK: dict[str, Any] = json.loads(outcome_to_json(OUTCOME))
OF_PLANS = ("positions", "people", "agencies", "placed", "stations", "dispatched", "borrowed", "matters", "coverage")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Leave in English, whatever a test speaks."""
    yield
    activate("en")


def exact(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as JSON would have them, without the floats."""
    columns = [name for name in table.columns if not name.endswith("_float")]
    return [{name: _plain(row[name]) for name in columns} for row in table.to_dict("records")]


def _plain(value: Any) -> Any:  # noqa: ANN401  # a cell
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else str(value)
    return None if value is pd.NA else value


@pytest.mark.parametrize("name", [*OF_PLANS, "findings"])
def test_a_table_holds_what_the_file_holds(name: str) -> None:
    assert ON_DISK[name], "a table without rows shows nothing"
    assert exact(getattr(FOUND, name)()) == ON_DISK[name]


def test_sums_by_hand() -> None:
    """Nine and five above, four and three below, one in reserve: 22, and 22 at the end of every year."""
    table = FOUND.positions()
    assert table.groupby("year")["after"].sum().tolist() == [22, 22]
    assert table[table["year"] == table["year"].min()]["before"].sum() == 9 + 5 + 4 + 3 + 1
    coverage = FOUND.coverage()
    assert (coverage["served"] <= coverage["demand"]).all()
    pairs = zip(coverage["served"].tolist(), coverage["demand"].tolist(), strict=True)
    assert coverage["coverage"].tolist() == [Fraction(served, demand) for served, demand in pairs]


def test_fractions_are_exact_and_their_floats_stand_beside_them() -> None:
    table = FOUND.coverage()
    assert list(table.columns)[-4:] == ["coverage", "coverage_float", "staffed", "staffed_float"]
    assert all(type(share) is Fraction for share in table["coverage"])
    assert table["coverage_float"].tolist() == [float(share) for share in table["coverage"]]
    assert table["coverage_float"].dtype == "float64"


def test_findings_may_be_all_of_them() -> None:
    every = FOUND.findings(everything=True)
    assert every.groupby("rule").size().to_dict() == {
        name: count for name, count in ON_DISK["checked"].items() if count
    }
    assert len(FOUND.findings()) < len(every)


def test_goals_and_their_levels() -> None:
    table = FOUND.reached()
    assert table["goal"].tolist() == [goal["name"] for goal in ON_DISK["goals"]]
    assert table["rank"].tolist() == [*range(1, len(table) + 1)]
    first = table.iloc[0]
    assert [[str(level), count] for level, count in first["value"]] == ON_DISK["goals"][0]["value"]
    assert first["value_float"] == float(first["value"][0][0])
    levels = FOUND.levels()
    assert [[str(level), count] for level, count in zip(levels["level"], levels["count"], strict=True)] == (
        ON_DISK["goals"][0]["value"]
    )


@pytest.mark.parametrize("value", [None, "words", (), True, 10**400])
def test_what_is_no_number_has_no_float(value: object) -> None:
    assert str(nearest(value)) == "nan"


def test_names_may_stand_beside_ids() -> None:
    activate("zh")
    named = FOUND.named(FOUND.placed())
    assert list(named.columns)[:4] == ["township", "township_name", "agency", "agency_name"]
    assert named.drop(columns=[one for one in named.columns if one.endswith("_name")]).equals(FOUND.placed())


def test_every_column_is_described_in_both_languages() -> None:
    english = rb.columns()
    activate("zh")
    chinese = rb.columns()
    assert english[["table", "column"]].equals(chinese[["table", "column"]])
    assert len(english) == sum(len(fields(kind)) for kind in TABLES.values())
    for table in (english, chinese):
        assert (table["note"].str.len() > 2).all()
        assert (table["unit"] != "").all()
    assert not (english["note"] == chinese["note"]).any()


def test_one_table_may_be_asked_for() -> None:
    assert rb.columns("coverage")["column"].tolist() == list(ON_DISK["coverage"][0])
    with pytest.raises(ValueError, match=r"no such table \(got covered\)\. Accepted: positions, "):
        rb.columns("covered")


def test_every_method_that_gives_a_table_is_among_them_and_says_its_columns() -> None:
    kinds = [getattr(rb, name) for name in doors() if inspect.isclass(getattr(rb, name))]
    methods = [one for kind in kinds for _name, one in inspect.getmembers(kind, inspect.isfunction)]
    tables = {one.__qualname__: one for one in methods if hasattr(one, "row")}
    assert {one.row for one in tables.values()} == set(TABLES.values())
    for one in tables.values():
        said = one.__doc__ or ""
        assert "\nColumns:\n" in said, one
        assert all(f"    {item.name}: " in said for item in fields(one.row)), one
    given = [one for one in methods if inspect.signature(one).return_annotation == "DataFrame"]
    assert {one.__qualname__ for one in given} - set(tables) == {
        "County.table",
        "Scenario.named",
        "Outcome.named",
        "Sweep.cases",
    }


def test_an_empty_table_still_has_its_columns() -> None:
    bare = replace(FOUND, goals=())
    assert list(bare.reached().columns) == list(FOUND.reached().columns)
    assert bare.levels().empty


def test_without_a_plan_there_is_nothing_to_look_at() -> None:
    missing = replace(FOUND, plan=None, goals=(), ending=rb.Ending.IMPOSSIBLE)
    with pytest.raises(ValueError, match=r"no plan exists\. There is no plan to look at\."):
        missing.positions()
    assert "There is no such plan" in missing._repr_html_()


def test_the_tables_of_a_county_are_as_in_its_package() -> None:
    county = OUTCOME.scenario.problem.county
    demand = county.table("demand")
    assert list(demand.columns) == ["township", "agency", "positions"]
    assert [str(one) for one in demand["positions"]] == ["8.50", "1.25", "6.00"]
    with pytest.raises(ValueError, match=r"no such table \(got 'demands'\).* Did you mean 'demand'\?"):
        county.table("demands")
