"""The tables say what the plan says, and add up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rebalance.papers.contents import tables
from rebalance.plans.recorded import Recorded
from rebalance.table import Kind, cell_text, text_column
from rebalance.table import table_of as made
from rebalance.tables.approvals import above_the_county
from tests.counties import ADMIN, FIRST
from tests.papers.plans import hostile, langxi, small, written


def table(of: Callable[[], Recorded], name: str) -> list[dict[str, object]]:
    """The rows of one table, by the keys of its columns."""
    found = next(one for one in written(tables, of) if one.name == name)
    return [dict(zip((column.key for column in found.columns), row, strict=True)) for row in found.rows]


def test_before_and_after_worked_by_hand() -> None:
    rows = {row["holder"]: row for row in table(small, "positions")}
    keys = ("before", "cut", "added", "stations", "after", "in_post", "vacant", "over")
    assert [rows["U1"][key] for key in keys] == [9, 2, 0, 0, 7, 6, 1, 0]
    assert [rows["U2"][key] for key in keys] == [5, 0, 0, 0, 5, 6, 0, 1]
    assert [rows["T1"][key] for key in keys] == [4, 0, 2, 0, 6, 4, 2, 0]
    assert [rows["T2"][key] for key in keys] == [3, 0, 1, 0, 4, 3, 1, 0]
    assert [rows["reserve"][key] for key in keys] == [1, 1, 0, 0, 0, 0, 0, 0]


def test_townships_worked_by_hand() -> None:
    first, second = table(small, "townships")
    # T1 needs 8.5 and 1.25 and has 4 and 2 in its agencies: 4 + 1.25 of 9.75 are covered, today 3 of 9.75
    assert (first["demand"], first["served"]) == (975, 525)
    assert cell_text(first["coverage"], Kind.SHARE) == "53.8 %"  # type: ignore[arg-type]
    assert cell_text(first["today"], Kind.SHARE) == "30.7 %"  # type: ignore[arg-type]
    # T2 needs 6 and has 4, with three people in post
    assert (second["demand"], second["served"], second["used"]) == (600, 400, 4)
    assert cell_text(second["staffed"], Kind.SHARE) == "50.0 %"  # type: ignore[arg-type]


def test_changes_of_each_year() -> None:
    rows = table(small, "yearly")
    assert [(row["year"], row["holder"], row["change"]) for row in rows] == [
        (FIRST, "U1", -2),
        (FIRST, "T1", 2),
        (FIRST + 1, "T2", 1),
        (FIRST + 1, "reserve", -1),
    ]
    assert {row["category"] for row in rows} == {ADMIN}


@pytest.mark.parametrize("recorded", [small, langxi, hostile], ids=["small", "langxi", "hostile"])
def test_every_table_adds_up(recorded: Callable[[], Recorded]) -> None:
    plan = recorded().audit.plan
    problem, last = plan.problem, plan.problem.last
    rows = table(recorded, "positions")
    for row in rows:
        assert row["after"] == row["before"] - row["cut"] + row["added"] + row["stations"]  # type: ignore[operator]
        assert row["after"] - row["in_post"] == row["vacant"] - row["over"]  # type: ignore[operator]
    for category in problem.categories:
        mine = [row for row in rows if row["category"] == category]
        everything = sum(plan.owned(h, c, last) for h, c in problem.accounts if c == category)
        assert sum(int(row["after"]) for row in mine) == everything  # type: ignore[call-overload]
    assert sum(row["after"] for row in table(recorded, "categories")) == sum(row["after"] for row in rows)  # type: ignore[misc]


def test_what_changes_in_each_year_adds_up_to_the_plan() -> None:
    plan = langxi().audit.plan
    problem = plan.problem
    for year in problem.years:
        for category in problem.categories:
            mine = [h for h, c in problem.accounts if c == category]
            gained = sum(plan.owned(h, category, year) - plan.owned(h, category, year - 1) for h in mine)
            rows = [row for row in table(langxi, "yearly") if row["year"] == year]
            said = [int(row["change"]) for row in rows if row["category"] == problem.name(category)]  # type: ignore[call-overload]
            assert sum(said) == gained
    moved = [row for row in table(langxi, "schedule") if row["cut"] or row["added"] or row["stations"]]
    assert {row["year"] for row in moved} == {problem.last}
    assert sum(int(row["stations"]) for row in moved) == sum(row.authorised for row in problem.county.stations)  # type: ignore[call-overload]


def test_only_moves_that_happen_need_approval() -> None:
    rows = table(langxi, "approvals")
    assert {(row["category"], row["from"], row["to"], row["approval"]) for row in rows} >= {
        ("Administrative", "department", "town", "central government")
    }
    assert above_the_county(langxi().audit.plan)[0] == "Administrative"
    assert table(small, "positions")
    assert above_the_county(small().audit.plan) == ()


def test_origins_tell_new_from_what_was_there() -> None:
    rows = {row["township"]: row for row in table(langxi, "origins")}
    for row in rows.values():
        parts = ("own", "stations", "sent", "new", "more")
        assert row["used"] == sum(int(row[key]) for key in parts)  # type: ignore[call-overload]
    assert rows["341821105"]["new"] == 2
    assert {township for township, row in rows.items() if row["new"]} == {"341821105"}
    assert sum(int(row["stations"]) for row in rows.values()) == 55  # type: ignore[call-overload]


def test_a_township_owns_what_it_had_what_is_new_and_what_came_with_stations() -> None:
    for row in table(langxi, "townships"):
        parts = ("before", "added", "stations")
        assert row["after"] == sum(int(row[key]) for key in parts)  # type: ignore[call-overload]
        assert row["used"] == row["after"] + row["sent"]  # type: ignore[operator]


def test_strength_of_agencies_platforms_and_townships_is_the_same() -> None:
    agencies, platforms = table(langxi, "agencies"), table(langxi, "platforms")
    for row in platforms:
        mine = [one for one in agencies if one["township"] == row["township"]]
        assert row["together"] == sum(int(one["strength"]) for one in mine)  # type: ignore[call-overload]


def test_broken_rules_and_what_is_unproven_are_told() -> None:
    found = langxi()
    assert found.audit.broken  # the plan was thrown together
    states = [row["state"] for row in table(langxi, "findings")]
    assert states.count("broken") == len(found.audit.broken)
    assert {row["proof"] for row in table(langxi, "goals")} == {"NOT PROVEN"}


def test_nothing_to_say_no_table() -> None:
    names = {one.name for one in written(tables, small)}
    assert {"stations", "matters", "posts", "cost", "history", "comparison"}.isdisjoint(names)
    assert "comparison" in {one.name for one in tables(small(), [small()])}


def test_a_table_with_a_short_row_is_refused() -> None:
    with pytest.raises(ValueError, match="odd"):
        made("odd", "Odd", [text_column("a", "A"), text_column("b", "B")], [("only one",)])
