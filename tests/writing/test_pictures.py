from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree as ET

from rebalance.exploring.frontier import frontier
from rebalance.exploring.strain import Span, Strain
from rebalance.exploring.stress import judged
from rebalance.goals.canonical import Canonical
from rebalance.goals.worst_off_first import WorstOffFirst
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.hold_total import HoldTotal
from rebalance.rules.ledgers import Ledgers
from rebalance.scenario import Scenario
from rebalance.solving.lexicographic import solve
from rebalance.writing.pictures import strained, trade_off
from tests.counties import Sketch, asked

COUNTY = Sketch(units={"U1": 2, "U2": 2}, townships={"T1": 0}, demand={"T1": "4"}).county
HOSTILE = "$x_1$ <script>&\x1b[31m 郎溪县"


def scenario() -> Scenario:
    rules = (Ledgers(), HoldTotal(), CutAboveAddBelow())
    return replace(asked(COUNTY, rules, [WorstOffFirst(), Canonical()]), name=HOSTILE)


def texts(picture: str) -> list[str]:
    return ["".join(one.itertext()) for one in ET.fromstring(picture).iter() if one.tag.endswith("}text")]  # noqa: S314


def test_the_trade_off_names_its_goals_and_shows_names_as_they_are() -> None:
    found = frontier(scenario(), ["worst_off_first", "few_units_touched", "spare_the_units"])
    picture = trade_off(found)
    assert picture == trade_off(found)
    shown = texts(picture)
    assert "worst_off_first, % at the worst" in shown
    assert "few_units_touched" in shown
    assert [text for text in shown if text.endswith(" %")]  # the third goal, beside the points
    assert any(text.startswith("$x_1$ <script>&\ufffd[31m 郎溪县") for text in shown)


def test_what_is_not_complete_says_so() -> None:
    found = replace(frontier(scenario(), ["worst_off_first", "few_units_touched"]), complete=False)
    assert "not complete" in texts(trade_off(found))


def test_the_spread_of_coverage_has_a_row_for_each_township() -> None:
    plan = solve(scenario()).plan
    assert plan is not None
    cases = Strain(demand=Span(Fraction(1), Fraction(2))).cases(scenario(), 20)
    picture = strained(scenario().problem, HOSTILE, judged(scenario(), plan, cases))
    assert "T1" in texts(picture)
    assert any(text.startswith("$x_1$ <script>") for text in texts(picture))
