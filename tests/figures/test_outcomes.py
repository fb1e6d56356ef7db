"""Every figure of a plan: it draws whatever there is, says the right numbers, and nothing stands on anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from rebalance import figures
from rebalance.figures import Picture
from rebalance.figures.colours import MARKERS
from rebalance.figures.flows import MOST, Drawing, End
from rebalance.figures.page import SIZE, Words, page
from rebalance.plans.outcome import Outcome
from tests.figures import outcomes
from tests.figures.seen import overlaps, texts

Figure = Callable[[Outcome], Picture]
ALL: list[Figure] = [
    figures.before_after,
    figures.coverage,
    figures.flows,
    figures.profile,
    figures.years,
    figures.tiles,
]
every_figure = pytest.mark.parametrize("draw", ALL, ids=lambda draw: draw.__name__)


@every_figure
def test_it_draws_whatever_there_is(draw: Figure) -> None:
    for sketch in outcomes.ODD.values():
        assert overlaps(draw(outcomes.still(sketch))) == []


@every_figure
def test_no_label_stands_on_another(draw: Figure) -> None:
    for outcome in (outcomes.reformed(), outcomes.shrinking(), outcomes.large(30)):
        assert overlaps(draw(outcome)) == []


@every_figure
def test_the_same_plan_gives_the_same_bytes(draw: Figure) -> None:
    outcome = outcomes.reformed()
    assert draw(outcome).content(".svg") == draw(outcome).content(".svg")


@every_figure
@pytest.mark.filterwarnings("ignore::rebalance.figures.style.FontWarning")
def test_names_are_shown_as_they_are_and_do_no_harm(draw: Figure) -> None:
    picture = draw(outcomes.hostile())
    shown = " ".join(texts(picture))
    assert "<script" not in picture.content(".svg").decode()
    assert "$x_1$" in shown
    assert "{braces}" not in picture.alt or "{braces} %s" in picture.alt
    assert picture.alt.isprintable()
    assert overlaps(picture) == []


@every_figure
def test_without_a_plan_there_is_nothing_to_draw(draw: Figure) -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        draw(replace(outcomes.simple(), plan=None))


@every_figure
def test_what_is_made_up_or_not_proven_says_so(draw: Figure) -> None:
    shown = " ".join(texts(draw(outcomes.large(2))))
    assert "Out of time; this is the best plan found so far." in shown
    assert "Figures of this county are made up" in shown
    assert "made up" not in draw(outcomes.simple()).alt


def test_before_and_after_tells_what_is_new_from_what_was_there() -> None:
    picture = figures.before_after(outcomes.reformed())
    assert picture.title == "Townships go from 7 positions today to 11 in 2027"
    assert "T1: 4 to 6, of these new here 2, already sitting here 0." in picture.alt
    assert "T2: 3 to 5, of these new here 1, already sitting here 1." in picture.alt
    assert {"4 → 6", "3 → 5"} <= set(texts(picture))
    assert "T1: 4 to 3, of these new here -1" in figures.before_after(outcomes.shrinking()).alt


def test_coverage_is_rounded_down() -> None:
    picture = figures.coverage(outcomes.simple())
    assert picture.title == "Worst-off township: 16.6 % covered today, 53.8 % in 2027"
    assert "T1: today 30.7 %, 2027 53.8 %. T2: today 16.6 %, 2027 66.6 %." in picture.alt
    assert {"30.7 %", "53.8 %", "16.6 %", "66.6 %"} <= set(texts(picture))


def test_nothing_covered_is_not_nothing_known() -> None:
    picture = figures.coverage(outcomes.still(outcomes.ODD["nothing"]))
    assert "T1: today 0.0 %, 2026 0.0 %." in picture.alt


def lanes(picture: Picture) -> list[float]:
    """How far marks of the first row stand apart, in points."""
    panel = max(picture.figure.axes, key=lambda axes: len(axes.lines))
    marks = [line.get_xydata() for line in panel.lines if line.get_marker() in {*MARKERS}]
    spots = [panel.transData.transform(mark)[0][1] for mark in marks]
    high = sorted(spots, reverse=True)[:8]  # today, and seven plans
    return [(a - b) * 72 / picture.figure.dpi for a, b in pairwise(high)]


def test_scenarios_are_told_apart_by_name() -> None:
    first, second = outcomes.simple(), outcomes.reformed()
    other = replace(second, scenario=replace(second.scenario, name="Reformed"))
    picture = figures.coverage(first, other)
    assert picture.title == "Work covered in the worst-off township: 53.8 % (tiny); 70.7 % (Reformed)"
    assert figures.coverage(first, first).title == "Worst-off township: 53.8 % covered in every scenario"
    assert {"tiny", "Reformed"} <= set(texts(picture))
    assert overlaps(picture) == []
    same = figures.coverage(*[first] * 7)
    assert {"tiny", "tiny (2)", "tiny (7)"} <= set(texts(same))
    assert overlaps(same) == []
    assert min(lanes(same)) > SIZE  # seven plans that say the same hide nothing of one another
    for several in ([], [first] * 8):
        with pytest.raises(ValueError, match="cannot be told apart"):
            figures.coverage(*several)


def test_flows_go_through_the_pool_or_with_stations() -> None:
    picture = figures.flows(outcomes.reformed())
    assert picture.title == "Positions moved from 1 of 2 units to 2 of 2 townships: 4"
    assert "Give: U1 3, Reserve of the county 1." in picture.alt
    assert "Receive: T1 2, T2 2." in picture.alt
    assert {"3", "1"} <= set(texts(picture))  # through the pool, and with the station


def test_nobody_gives() -> None:
    assert figures.flows(outcomes.still(outcomes.ODD["no work"])).title == "Nobody gives and nobody receives"


def test_sixty_givers_are_readable() -> None:
    outcome = outcomes.large(12)
    picture = figures.flows(outcome)
    shown = texts(picture)
    # twenty units give three, twenty two, twenty one: the last 43, three of three and forty of fewer, are one band
    assert MOST == 18
    assert "43 others  69" in shown
    assert "others" not in picture.alt
    assert picture.alt.count("Unit ") == 60


def test_bands_begin_and_end_at_their_node() -> None:
    """What arrives at a node leaves it: bands on both sides fill it, and lie side by side at each end."""
    drawing = Drawing([End("a", "a", 3, 1), End("b", "b", 1, 0)], [End("c", "c", 2, 1), End("d", "d", 2, 0)])
    (pool, through), (stations, with_them) = drawing.nodes(drawing.height)
    assert (through, with_them) == (4, 1)
    assert pool + 4 * drawing.unit < stations
    assert stations + drawing.unit <= drawing.height


def test_the_smallest_bands_have_room_for_their_labels() -> None:
    many = [End("", f"Unit {number}", 1, 0) for number in range(30)]
    drawing = Drawing([End("", "Bureau", 500, 0), *many], [End("", "Town", 530, 0)])
    made = page(Words("", "", ()), drawing.height)
    drawing.draw(made.free())
    assert overlaps(Picture(made.figure, "", "")) == []


def test_the_profile_goes_from_the_worst_up() -> None:
    picture = figures.profile(outcomes.simple())
    assert picture.title == "Lowest coverage of a township: 16.6 % today, 53.8 % in 2027"
    assert "today: 16.6 %, 30.7 %." in picture.alt
    assert "2027: 53.8 %, 66.6 %." in picture.alt
    assert "worst off, today: T2; worst off, 2027: T1" in picture.alt
    heights = [np.asarray(line.get_ydata()).tolist() for axes in picture.figure.axes for line in axes.lines]
    assert heights == [
        pytest.approx([100 / 6, 3 / 0.0975, 3 / 0.0975]),
        pytest.approx([5.25 / 0.0975, 200 / 3, 200 / 3]),
    ]


def test_years_build_up() -> None:
    picture = figures.years(outcomes.reformed())
    assert picture.title == "Positions that go down by the end of 2027: 4 (2026: 2)"
    assert "positions owned below: 2025 (today): 7, 2026: 9, 2027: 11." in picture.alt
    assert "people who go along: 2025 (today): –, 2026: 1, 2027: –." in picture.alt
    assert "people hired below" not in picture.alt
    assert {"+2", "+4", "0"} <= set(texts(picture))


def test_tiles_are_no_map_unless_the_county_says_where_they_lie() -> None:
    outcome = outcomes.simple()
    assert "Not a map" in figures.tiles(outcome).alt
    problem = outcome.scenario.problem
    county = problem.county
    laid = tuple(replace(row, tile_row=3, tile_column=n + 5) for n, row in enumerate(county.townships))
    again = type(problem)(replace(county, townships=laid))
    assert outcome.plan is not None
    moved = replace(
        outcome, plan=replace(outcome.plan, problem=again), scenario=replace(outcome.scenario, problem=again)
    )
    picture = figures.tiles(moved)
    assert "roughly where it lies" in picture.alt
    assert "T1: 53.8 %, today 30.7 %." in picture.alt
    assert {"53.8 %", "66.6 %", "today 30.7 %"} <= set(texts(picture))


def test_every_figure_of_a_plan() -> None:
    outcome = outcomes.simple()
    names = [name for name, _picture in figures.every(outcome)]
    assert names == ["before_after", "coverage", "flows", "profile", "years", "tiles"]
    assert "scenarios" in dict(figures.every(outcome, [outcome, replace(outcome, plan=None)]))
