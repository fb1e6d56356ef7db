"""Tables say what every column means, and how they look on a screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rebalance.model.plan import Plan
from rebalance.screen import parts_of
from rebalance.table import Kind, Look, Table, Unit, count, figure, table_of, text_column
from rebalance.tables.agencies import agencies, mergers, openings, platforms, posts
from rebalance.tables.coverage import coverage, coverage_by_year
from rebalance.tables.hires import hires
from rebalance.tables.matters import delegation, lists, matters
from rebalance.tables.people import borrowed, dispatched, elsewhere, handed_down, stations
from rebalance.tables.positions import categories, cost, history, positions, schedule, yearly
from rebalance.tables.staffing import staffing
from rebalance.tables.townships import origins, townships
from rebalance.tables.units import givers, leadership
from tests.tables.reformed import PLAN
from tests.tables.test_tables import rows, shown

SUBJECTS: tuple[Callable[[Plan], Table], ...] = (
    *(townships, coverage, coverage_by_year, hires, origins, givers, leadership),
    *(positions, categories, schedule, yearly, cost, history),
    *(agencies, platforms, posts, staffing, mergers, openings),
    *(stations, handed_down, dispatched, borrowed, elsewhere),
    *(matters, lists, delegation),
)


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.__name__)
def test_every_column_says_what_stands_there_and_how_it_is_measured(subject: Callable[[Plan], Table]) -> None:
    found = subject(PLAN)
    assert found.name == subject.__name__
    assert [one.key for one in found.columns if not one.note.endswith(".") or one.unit is Unit.NOTHING] == []
    assert len({one.key for one in found.columns}) == len(found.columns)


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.__name__)
def test_a_column_is_on_a_screen_or_in_papers(subject: Callable[[Plan], Table]) -> None:
    assert [one.key for one in subject(PLAN).columns if one.screen is None and not one.paper] == []


MADE = table_of(
    "odd",
    "Numbers",
    (
        text_column("name", "Name").short("name"),
        count("once", "Once").short("once", "0"),
        count("twice", "Twice").off_screen(),
        figure("share", "Share", Kind.SHARE).off_paper(),
    ),
    [("a", 0, 1, None), ("b", 2, 0, None), ("hidden", 3, 5, None), ("c", 1, 1, None)],
    look=Look(
        title="Few",
        together=("all", 6, 7, None),
        said=("Two are left out.",),
        worth=lambda row: row["name"] != "hidden",
        style=lambda row: "red" if row["name"] == "b" else "",
        parts="twice",
    ),
)


def test_a_screen_has_its_own_title_columns_rows_and_last_row() -> None:
    text = shown(parts_of(MADE))
    assert text.split()[:4] == ["Few", "name", "once", "Share"]
    assert rows(MADE) == [
        ["a", "0", "–"],
        ["b", "2", "–"],
        ["c", "1", "–"],
        ["all", "6", "–"],
        ["Two", "are", "left", "out."],
    ]


def test_parts_are_set_apart() -> None:
    body = shown(parts_of(MADE)).splitlines()[3:]
    assert [bool(line.strip()) for line in body[1:8]] == [True, False, True, False, True, False, True]


def test_without_rows_only_the_sentences_are_said() -> None:
    bare = table_of("odd", "Numbers", MADE.columns, [("hidden", 1, 1, None)], look=MADE.look)
    assert shown(parts_of(bare)).strip() == "Two are left out."


def test_papers_have_sums_and_their_own_columns() -> None:
    paper = MADE.on_paper()
    assert [one.key for one in paper.columns] == ["name", "once", "twice"]
    assert len(paper.rows) == len(MADE.rows)
    assert paper.last_row() == ("Total", 6, 7)
