"""What is odd about a scenario: a base set that nobody ever has to take on."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rebalance.county.reform import Matter, MatterKind
from rebalance.rules import Rule
from rebalance.rules.work_follows_matters import WorkFollowsMatters
from tests.counties import FIRST, Sketch, office


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ((), True),
        ((WorkFollowsMatters(),), True),
        ((WorkFollowsMatters(base_by=FIRST),), False),
    ],
)
def test_a_base_set_that_no_year_makes_binding(rules: tuple[Rule, ...], said: object) -> None:
    rows = tuple(
        Matter(name, name, MatterKind.APPROVAL, unit, "A", hours=Decimal(1), base=base)
        for name, unit, base in (("M", "U", True), ("N", "U", False), ("Own", "", True), ("Z", "U", True))
    )
    county = Sketch(units={"U": 3}, townships={"T": 1}, agencies=(office("A"),), tables={"matters": rows})
    text = "No year makes the base set binding (M, Z): name one under rules.work_follows_matters.base_by."
    assert county.scenario(*rules).remarks() == ((text,) if said else ())
