"""Figures of many plans at once: sweeps, trade-offs, stress."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from rebalance import figures
from rebalance.analysis.frontier import Frontier, Point
from rebalance.analysis.measures import measures
from rebalance.analysis.strain import Strain
from rebalance.analysis.stress import About, Fared, Stress
from rebalance.analysis.sweep import Line
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.goal import Mark
from rebalance.goals.worst_off_first import WorstOffFirst
from rebalance.plans.outcome import Ending
from tests.figures import outcomes
from tests.figures.seen import overlaps, texts

SHARE, YEARLY = "rules.cut_above_add_below.share", "rules.phasing.most"


def case(coverage: Fraction | None, *, proven: bool = True, **settings: object) -> Line:
    """A case that covers so much in its worst-off township; none: it has no plan."""
    figure = {"lowest coverage": coverage, "work not covered": Decimal("2.50"), "positions given": 7}
    found = tuple(figure.get(measure.name, 0) for measure in measures())
    named = {SHARE: settings.get("share"), YEARLY: settings.get("yearly")}
    set_ = {path: value for path, value in named.items() if value is not None}
    name = ", ".join(f"{key} {value}" for key, value in settings.items()) or "case"
    return Line(name, set_, figures=found if coverage is not None else (), proven=proven)  # type: ignore[arg-type]


def grid() -> Iterator[Line]:
    for share in ("0.1", "0.2"):
        for yearly in (Decimal("0.5"), Decimal(1)):
            coverage = None if yearly < 1 and share == "0.1" else Fraction(2, 3) + Fraction(share) / 2
            yield case(coverage, proven=share == "0.1", share=Decimal(share), yearly=yearly)


def test_two_parameters_are_a_heat_map() -> None:
    picture = figures.swept(list(grid()))
    assert picture.title == "Lowest coverage: 71.6 % to 76.6 % in 3 cases"
    shown = texts(picture)
    assert {"71.6 %", "76.6 %*", "0.1", "0.2", "0.5", "1"} <= set(shown)
    assert "→ Cut above, add below: share" in shown
    assert "Cases without a plan: 1." in shown
    assert "share 0.1, yearly 0.5: no plan." in picture.alt
    assert overlaps(picture) == []
    assert figures.swept(list(grid())).content(".svg") == picture.content(".svg")


def test_another_measure_may_be_asked_for() -> None:
    picture = figures.heat_map(list(grid()), "work not covered")
    assert picture.title == "Work not covered: 2.50 to 2.50 in 3 cases"
    with pytest.raises(ValueError, match="Did you mean 'work not covered'"):
        figures.heat_map(list(grid()), "work not coverd")
    with pytest.raises(ValueError, match="two parameters"):
        figures.heat_map([case(Fraction(1), share=1), case(Fraction(1), share=2)])


def test_one_parameter_is_a_line() -> None:
    cases = [case(Fraction(n, 10), share=Decimal(n) / 100) for n in range(3, 10)]
    picture = figures.swept(cases)
    assert picture.title == "Lowest coverage: 30.0 % to 90.0 % in 7 cases"
    shown = texts(picture)
    assert {"lowest coverage, %", "work not covered", "positions given", "Cut above, add below: share"} <= set(shown)
    assert overlaps(picture) == []


def test_several_lines_have_their_names_beside_them() -> None:
    cases = [
        replace(one, base=base, name=f"{base}: {one.name}") for base in ("One", "$x_1$") for one in list(grid())[1::2]
    ]
    picture = figures.sweep_lines(cases)
    assert {" One", " $x_1$"} <= set(texts(picture))
    assert overlaps(picture) == []


@pytest.mark.parametrize("count", [1, 40])
def test_cases_without_a_number_stand_in_their_order(count: int) -> None:
    picture = figures.swept([replace(case(Fraction(1, 2)), name=f"case {n}") for n in range(count)])
    assert "case" in texts(picture)
    assert f"case {count - 1}: 50.0 %." in picture.alt
    assert overlaps(picture) == []


def test_without_any_plan_there_is_nothing_to_draw() -> None:
    with pytest.raises(ValueError, match="no case has a plan"):
        figures.swept([case(None, share=1)])


def trade_off(*marks: tuple[Mark, ...], complete: bool = True) -> Frontier:
    outcome = outcomes.simple()
    assert outcome.plan is not None
    goals = (WorstOffFirst(), FewUnitsTouched(), FillShortages())[: len(marks[0]) if marks else 2]
    points = tuple(Point(each, outcome.plan, number != 1, 0.1) for number, each in enumerate(marks))
    ending = Ending.DONE if complete else Ending.OUT_OF_TIME
    return Frontier(outcome.scenario, goals, outcome, points, complete, ending)


def test_a_trade_off_marks_what_was_chosen() -> None:
    found = trade_off((Fraction(2, 3), 3), (Fraction(1, 2), 2), (Fraction(1, 3), 1))
    picture = figures.frontier(found, found.points[2])
    assert picture.title == "Trade-off: The worst off first 33.3 %–66.6 %; Few units touched 1–3"
    assert "The worst off first 33.3 %, Few units touched units: 1 (chosen)." in picture.alt
    shown = set(texts(picture))
    assert {"66.6 %, 3", "50.0 %, 2", "33.3 %, 1", "proven", "NOT PROVEN", "chosen"} <= shown
    assert "The worst off first, % at the worst (the more the better)" in shown
    assert overlaps(picture) == []
    assert "chosen" not in texts(figures.frontier(found))


def test_a_third_goal_stands_beside_the_points() -> None:
    picture = figures.frontier(trade_off((Fraction(2, 3), 3, 250), (Fraction(1, 2), 2, 75), complete=False))
    shown = texts(picture)
    assert {"2.50", "0.75"} <= set(shown)
    assert any("Beside the points: Fill shortages." in text for text in shown)
    assert any(text.startswith("NOT COMPLETE") for text in shown)


def test_many_points_have_few_labels() -> None:
    marks = [(Fraction(1, 2 + n), 50 - n) for n in range(50)]
    picture = figures.frontier(trade_off(*marks))
    assert overlaps(picture) == []
    assert "50.0 %, 50" in texts(picture)
    with pytest.raises(ValueError, match="no plan was found"):
        figures.frontier(trade_off())


def test_bands_go_from_the_worst_case_to_the_best() -> None:
    outcome = outcomes.reformed()
    scenario, about = outcome.scenario, About(outcome.scenario, Strain(), 0, outcome)
    cases = tuple(Fared(f"case {n}", {"T1": Fraction(n, 10)}) for n in range(11))
    stressed = Stress(about, Fared("meant", {"T1": Fraction(2, 3), "T2": Fraction(1)}), cases, stopped=True)
    picture = figures.stress_bands(scenario, stressed)
    assert picture.title == "Worst-off township: 66.6 % covered as meant, 0.0 % at worst"
    assert "T1: worst 0.0 %, middle 50.0 %, best 100.0 %. As meant: 66.6 %." in picture.alt
    assert "T2" not in picture.alt  # no case says anything of it
    assert "Stopped; only these cases were solved." in texts(picture)
    assert overlaps(picture) == []
    assert figures.stress_bands(scenario, stressed).content(".svg") == picture.content(".svg")
    nothing = figures.stress_bands(scenario, replace(stressed, cases=()))
    assert nothing.title == "There is no case with a plan"


def test_a_sweep_says_of_which_county_it_is_and_what_is_made_up() -> None:
    lines = [replace(one, county="Tiny", synthetic=True) for one in grid()]
    for picture in (figures.swept(lines), figures.sweep_lines(lines)):
        foot = "Tiny Cases without a plan: 1. Cases NOT PROVEN: 2. Figures of this county are made up, in part or in"
        assert picture.alt.endswith(f"{foot} whole.")
    assert "made up" not in figures.swept(list(grid())).alt
