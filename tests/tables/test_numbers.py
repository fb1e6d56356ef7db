from __future__ import annotations

from fractions import Fraction

import pytest

from rebalance.goals.canonical import Canonical
from rebalance.goals.few_people_moved import FewPeopleMoved
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.goal import Goal, Value, value
from rebalance.goals.worst_off_first import Per, WorstOffFirst
from rebalance.model.finding import Finding, Place
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.pinned import Pin, Pinned
from rebalance.rules.rule import Range
from rebalance.scenario.settings import label, parameters
from rebalance.tables.words import limits
from rebalance.text import clean, hundredths, percent


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (Fraction(0), "0.0 %"),
        (Fraction(1), "100.0 %"),
        (Fraction(999_999, 1_000_000), "99.9 %"),
        (Fraction(1, 3), "33.3 %"),
        (Fraction(2, 3), "66.6 %"),
        (Fraction(5, 4), "125.0 %"),
        (Fraction(123456789012345678, 123456789012345679), "99.9 %"),
    ],
    ids=str,
)
def test_shares_are_never_overstated(share: Fraction, expected: str) -> None:
    assert percent(share) == expected


@pytest.mark.parametrize(("amount", "expected"), [(0, "0.00"), (5, "0.05"), (1250, "12.50"), (-130, "-1.30")])
def test_hundredths_are_positions(amount: int, expected: str) -> None:
    assert hundredths(amount) == expected


@pytest.mark.parametrize(
    ("goal", "found", "expected"),
    [
        (FillShortages(), 1250, "positions short: 12.50"),
        (FewUnitsTouched(), 3, "units: 3"),
        (FewPeopleMoved(), 0, "people: 0"),
        (Canonical(), 77, "bf1b78c815"),
        (WorstOffFirst(), (), "–"),
        (WorstOffFirst(), ((Fraction(1, 2), 1), (Fraction(1), 3)), "50.0 % × 1, 100.0 % × 3"),
        (
            WorstOffFirst(),
            ((Fraction(1, 2), 1), (Fraction(3, 4), 2), (Fraction(1), 3)),
            "50.0 % × 1, 75.0 % × 2, … (3 levels)",
        ),
        (FillShortages(), None, "–"),
    ],
    ids=range(8),
)
def test_values_have_units(goal: Goal, found: Value | None, expected: str) -> None:
    assert value(goal, found) == expected


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [(3, None, "at least 3"), (None, 0, "at most 0"), (1, 4, "1 to 4"), (2, 2, "2"), (None, None, "–")],
    ids=str,
)
def test_limits_are_words(least: int | None, most: int | None, expected: str) -> None:
    assert limits(Finding(Place(), 1, least, most)) == expected


def test_parameters_are_written_as_in_a_scenario() -> None:
    rule = CutAboveAddBelow(Fraction(3, 20), Range(at_most=40))
    assert parameters(rule, resolved=False) == ("share = 3/20", "total.at_most = 40")
    assert parameters(CutAboveAddBelow(), resolved=False) == ()
    assert "total.at_least = –" in parameters(rule, resolved=True)
    pins = Pinned(cells=(Pin("T1", at_least=3), Pin("T2", exactly=1)))
    assert "cells[2].exactly = 1" in parameters(pins, resolved=False)


def test_a_goal_named_twice_can_be_told_apart() -> None:
    assert label(WorstOffFirst()) == "worst_off_first"
    assert label(WorstOffFirst(per=Per.AGENCY)) == "worst_off_first\n  per = agency"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\tc", "a b c"),
        ("\x1b[2Jx", "\ufffd[2Jx"),
        ("梅渚镇", "梅渚镇"),
        ("x\u202ey\ud800", "x\ufffdy\ufffd"),
    ],
    ids=range(4),
)
def test_nothing_unseen_is_shown(text: str, expected: str) -> None:
    assert clean(text) == expected
