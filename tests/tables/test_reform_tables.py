"""What the mechanisms of the reform come to, on the screen: each table by hand, and nothing where nothing is to say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from rebalance.county.agencies import Platform
from rebalance.model.plan import natures, status_quo
from rebalance.plans.audit import Audit, audit
from rebalance.rules.leadership import Leadership
from rebalance.screen import WIDTH, parts_of
from rebalance.table import Table
from rebalance.tables.agencies import agencies, natures_in_short, platforms, posts, posts_in_short
from rebalance.tables.matters import delegation
from rebalance.tables.people import elsewhere, handed_down
from rebalance.tables.staffing import staffing
from rebalance.tables.townships import townships, unplaced
from rebalance.tables.units import givers, leadership, surplus_in_short, units_that_give
from rebalance.text import activate
from tests.counties import ADMIN, FIRST, Sketch
from tests.plans.plans import proven
from tests.tables.reformed import LAST, PLAN, SCENARIO
from tests.tables.test_tables import rows, shown

PLAIN_SCENARIO = Sketch(units={"U": 3}, townships={"T": 2}).scenario()
PLAIN = status_quo(PLAIN_SCENARIO.problem)


def led(checks: Audit) -> Table:
    return leadership(checks.plan, checks.scenario.rules.get("leadership"), checks.findings.get("leadership", ()))


def test_stations_are_told_by_year_and_kind_and_those_that_stay_are_counted() -> None:
    first, second, rest = rows(handed_down(PLAN))
    assert first == [str(FIRST), "finance", "1", "2", "1"]
    assert second == [str(LAST), "finance", "1", "1", "1"]
    assert " ".join(rest) == "Stations that stay with their unit: 1."


def test_townships_tell_what_is_new_from_what_was_sitting_there() -> None:
    first, second, together = rows(townships(PLAN))
    assert first[:5] == ["T1", "4", "+1", "+2", "7"]
    assert second[:5] == ["T2", "3", "–", "+1", "4"]
    assert together[:5] == ["together", "7", "+1", "+3", "11"]


def test_all_townships_together_count_by_the_work_they_have_with_what_is_delegated() -> None:
    # T1 serves 6 of 8.25 and 2 of 4.50, T2 4 of 5.10: together 12 of 17.85
    assert rows(townships(PLAN))[2][7:9] == ["67.2", "%"]


def test_dispatched_staff_are_not_positions_of_the_township() -> None:
    # seven owned, six placed; the two who are dispatched are used, not owned
    assert PLAN.strength("T1", "A2", LAST) == 2
    assert unplaced(PLAN, "T1", LAST) == 1


def test_what_goes_with_stations_is_not_in_the_share_of_a_unit() -> None:
    (giver,) = units_that_give(PLAN)
    assert (giver.given, giver.cut, giver.stations) == (4, 1, 3)
    # 1 of 12
    assert rows(givers(PLAN))[0] == ["U1", "12", "1", "3", "8.3", "%", "8", "9", "-1"]


def test_people_who_work_elsewhere_are_told_year_by_year() -> None:
    sent, lent = rows(elsewhere(PLAN))
    assert sent == ["U2:", "dispatched", "1", "1", "2"]
    assert lent == ["all", "units:", "borrowed", "from", "townships", "2", "1", "–"]


def test_matters_are_told_by_what_is_compulsory_and_what_was_chosen() -> None:
    first, second, together = rows(delegation(PLAN))
    # 0.25 and 2.50 of work on top of ten positions; 0.10 on top of five
    assert first == ["T1", "1", "1", "2.75", "12.75"]
    assert second == ["T2", "1", "–", "0.10", "5.10"]
    assert together == ["together", "2", "1", "2.85", "17.85"]


def test_agencies_are_counted_before_the_mergers_today_and_at_the_end() -> None:
    first, second, line = rows(platforms(PLAN))
    # enforcement, then public service; in T1 an agency is open today because somebody is dispatched to it
    assert first == ["T1", "2", "2", "2", "2", "6"]
    assert second == ["T2", "1", "2", "1", "0", "4"]
    assert " ".join(line) == f"Agencies: 3 before they were merged, 3 at the end of {LAST}."


def test_every_platform_has_a_name_in_the_table() -> None:
    agencies = tuple(
        replace(SCENARIO.problem.county.agencies[0], agency=f"A{n}", platform=platform)
        for n, platform in enumerate(Platform, 1)
    )
    county = replace(SCENARIO.problem.county, agencies=agencies, posts=(), matters=(), volumes=(), dispatched=())
    plan = replace(PLAN, problem=replace(SCENARIO.problem, county=county))
    assert len(rows(platforms(plan))[0]) == 1 + 3 + len(Platform)


def test_posts_are_told_in_a_line() -> None:
    # six posts in each A1 (six and four filled), one in the A2 of T1, where nobody is placed; that of T2 is not open:
    # its post stands in A1, and nobody is left to fill it
    text = " ".join(posts_in_short(PLAN))
    assert text == f"Posts in {LAST}: 14; not filled: 4; filled by another category: 0."


def test_a_post_of_an_agency_that_is_not_open_says_where_it_comes_from() -> None:
    table = posts(PLAN)
    told = [table.row(row) for row in table.rows]
    assert [(row["name"], row["agency"], row["post_name"], row["short"]) for row in told] == [
        ("T1", "A1", "Head", 0),
        ("T1", "A2", "Patrol", 1),
        ("T2", "A1", "Head", 2),
        ("T2", "A1", "Patrol (of A2, not open)", 1),
    ]


def test_posts_positions_and_people_stand_side_by_side() -> None:
    # T1: its own four, one with the station, two dispatched to it; T2: three and one with the station
    # for six posts, and one of A2, which is not open
    assert list(staffing(PLAN).rows) == [
        ("T1", "(whole township)", None, None, None, None, None, 7),
        ("T1", "A1", 6, 6, 6, 0, 0, None),
        ("T1", "A2", 1, 0, 0, 0, 1, None),
        ("T2", "(whole township)", None, None, None, None, None, 4),
        ("T2", "A1", 7, 4, 4, 0, 3, None),
    ]
    crowded = replace(PLAN, decided={**PLAN.decided, ("placed", "T1", "A1", ADMIN, LAST): 8})
    assert staffing(crowded).rows[1] == ("T1", "A1", 6, 8, 6, 2, 0, None)
    assert staffing(PLAIN).rows == ()


def test_what_an_agency_was_decided_to_be_is_shown_and_what_nothing_decides_may_be_either() -> None:
    undecided = agencies(PLAN)
    assert {undecided.row(row)["nature"] for row in undecided.rows} == {"either"}
    assert list(natures_in_short(PLAN)) == []
    chosen = dict.fromkeys(natures(PLAN.problem), 0) | {("office", "T1", "A1", LAST): 1}
    plan = replace(PLAN, decided={**PLAN.decided, **chosen})
    made = agencies(plan)
    found = {
        (row["township"], row["agency"]): row["nature"] for row in map(made.row, made.rows) if row["open"] == "yes"
    }
    offices = [key for key, nature in found.items() if nature == "internal office"]
    assert offices == [("T1", "A1")]
    assert set(found.values()) == {"internal office", "public institution"}
    (said,) = natures_in_short(plan)
    assert said == (
        f"Agencies that may be either, in {LAST}: internal offices: 1; public institutions: {len(found) - 1}."
    )


def test_units_held_to_their_size_by_leaders_are_named() -> None:
    held = SCENARIO.but(Leadership(follow=False))
    first, second = rows(led(audit(held, PLAN)))
    assert first == ["U1", "2", "3", "8", "5"]  # more leaders than authorised
    assert second == ["U2", "2", "3", "5", "5"]
    few = tuple(replace(row, leaders_in_post=2) for row in SCENARIO.problem.county.units)
    problem = replace(SCENARIO.problem, county=replace(SCENARIO.problem.county, units=few))
    (only,) = rows(led(audit(replace(held, problem=problem), replace(PLAN, problem=problem))))
    assert only == ["U2", "2", "2", "5", "5"]  # as small as it may become


def test_surplus_leaders_are_listed_to_be_worked_off() -> None:
    # of three leaders two are authorised, and the band up to 4 allows one, beyond it two
    first, second = rows(led(audit(SCENARIO, PLAN)))
    assert first == ["U1", "2", "3", "8", "2", "1"]
    assert second == ["U2", "2", "3", "5", "2", "1"]
    (said,) = surplus_in_short(PLAN, audit(SCENARIO, PLAN).findings["leadership"])
    assert said == "Surplus leaders, to be worked off: 2, in 2 units (table leadership)."
    few = tuple(replace(row, leaders_in_post=2) for row in SCENARIO.problem.county.units)
    problem = replace(SCENARIO.problem, county=replace(SCENARIO.problem.county, units=few))
    none = audit(replace(SCENARIO, problem=problem), replace(PLAN, problem=problem))
    assert list(parts_of(led(none))) == []
    assert list(surplus_in_short(PLAN, none.findings["leadership"])) == []


def test_a_county_without_these_tables_sees_none_of_this() -> None:
    subjects = [handed_down, elsewhere, delegation]
    assert [list(parts_of(subject(PLAIN))) for subject in subjects] == [[], [], []]
    assert list(posts_in_short(PLAIN)) == []
    assert list(parts_of(led(audit(PLAIN_SCENARIO, PLAIN)))) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_whole_report_fits(language: str) -> None:
    activate(language)
    lines = shown(proven(SCENARIO, PLAN).parts()).splitlines()
    activate("en")
    assert max(map(cell_len, lines)) <= WIDTH
