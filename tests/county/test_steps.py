from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebalance.county.known import Known
from rebalance.county.read import read_county
from rebalance.county.steps import step_faults
from rebalance.county.tables import TABLES, Entry, Place
from tests.county.packages import Package, faults_in, only_fault_in

STEPS = next(table for table in TABLES if table.name == "steps")


def said(links: dict[str, str]) -> list[tuple[str, str, str]]:
    """What is said of the steps of one matter, given with those that may follow: step, column and first words."""
    entries = [
        Entry(STEPS, Place("steps.csv", row), {"matter": "M", "step": step, "next": tuple(after)})
        for row, (step, after) in enumerate(links.items(), 2)
    ]
    codes = dict(enumerate(links, 2))
    found = step_faults(entries, Known({"matter": ["M"]}))
    return sorted((codes[fault.row], fault.column, fault.message.partition(" (")[0]) for fault in found)


START = "no other step leads here"
CUT_OFF = "no way leads here from the start"
ENDLESS = "a loop without an end: {}. Let one of these steps lead out of it, or to nothing."


@pytest.mark.parametrize(
    "links",
    [
        {"a": ""},
        {"a": "bc", "b": "d", "c": "d", "d": ""},
        {"a": "b", "b": "ac", "c": ""},  # going back is no loop while there is a way out
        {"c": "b", "b": "a", "a": ""},
        {"a": "ab", "b": ""},
    ],
)
def test_a_way_from_a_start_to_an_end_is_in_order(links: dict[str, str]) -> None:
    assert said(links) == []


@pytest.mark.parametrize(
    ("links", "found"),
    [
        ({"a": "", "b": ""}, [("b", "step", START)]),
        ({"a": "c", "b": "c", "c": "", "d": "c"}, [("b", "step", START), ("d", "step", START)]),
        ({"a": "", "b": "c", "c": "bd", "d": ""}, [(step, "step", CUT_OFF) for step in "bcd"]),
        (
            {"a": "a"},
            [("a", "next", ENDLESS.format("a"))],
        ),
        (
            {"a": "be", "b": "c", "c": "d", "d": "c", "e": ""},
            [("c", "next", ENDLESS.format("c, d"))],
        ),
        (
            {"a": "bd", "b": "c", "c": "b", "d": "e", "e": "d"},
            [
                ("b", "next", ENDLESS.format("b, c")),
                ("d", "next", ENDLESS.format("d, e")),
            ],
        ),
        ({"a": "bx", "b": "b"}, [("a", "next", "no step of this matter")]),
    ],
)
def test_what_is_no_way_is_told_at_its_step(links: dict[str, str], found: list[tuple[str, str, str]]) -> None:
    assert said(links) == found


@given(st.dictionaries(st.sampled_from("abcdef"), st.text("abcdef", max_size=3), min_size=1))
def test_silence_means_one_start_that_reaches_all_and_an_end_from_everywhere(links: dict[str, str]) -> None:
    before = {step: {other for other in links if other != step and step in links[other]} for step in links}
    starts = sorted(step for step in links if not before[step])
    reached = {step: {step, *after} for step, after in links.items()}
    for _round in links:
        for step, after in reached.items():
            reached[step] = after.union(*(links.get(other, "") for other in after))
    known = all(other in links for after in links.values() for other in after)
    ends = {step for step, after in links.items() if not after}
    sound = (
        known
        and len(starts) <= 1
        and reached[starts[0] if starts else min(links)] == set(links)
        and all(reached[step] & ends for step in links)
    )
    assert (said(links) == []) == sound


def test_a_step_that_is_nearly_one_of_the_matter_is_guessed(tmp_path: Path) -> None:
    package = Package()
    for row, code in enumerate(("apply", "check", "issue"), 2):
        package.put("steps", row, "step", code)
    package.put("steps", 2, "next", "check").put("steps", 3, "next", "isue")
    fault = only_fault_in(package.folder(tmp_path))
    assert (fault.file, fault.row, fault.column, fault.value) == ("steps.csv", 3, "next", "isue")
    assert "Accepted: a step of M1, or nothing: the end. Did you mean 'issue'?" in fault.message


def test_a_step_leads_only_to_steps_of_its_own_matter(tmp_path: Path) -> None:
    package = Package().put("steps", 2, "next", "9;2")
    package.tables["steps"][-1][1] = "9"  # of M2
    assert only_fault_in(package.folder(tmp_path)).value == "9"


def test_where_a_step_could_not_be_read_none_is_said_to_be_cut_off(tmp_path: Path) -> None:
    fault = only_fault_in(Package().put("steps", 2, "by", "x").put("steps", 2, "next", "2").folder(tmp_path))
    assert fault.column == "by"
    package = Package().put("steps", 3, "next", "\a")
    assert [fault.column for fault in faults_in(package.folder(tmp_path))] == ["next"]


def test_a_matter_of_very_many_steps_is_judged_in_no_time(tmp_path: Path) -> None:
    package = Package()
    rows = [["M2", f"{n:05}", "Wait", "unit", "", f"{(n + 1) % 20_000:05}"] for n in range(20_000)]
    package.tables["steps"][-1:] = rows
    assert "a loop without an end" in only_fault_in(package.folder(tmp_path)).message
    rows[-1][-1] = ""
    assert len(read_county(package.folder(tmp_path)).steps) == 20_003
