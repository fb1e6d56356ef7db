from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from rebalance.analysis.compare import compare, distinct
from rebalance.analysis.measures import measures, of_townships, of_units
from rebalance.solver.lexicographic import solve
from tests.analysis.small import scenario

OUTCOME = solve(scenario(2))
PLAN = OUTCOME.plan
assert PLAN is not None

# T1 has 3 of 5.5, T2 has 2 of 4: one position goes to each, which gives 4 of 5.5 and 3 of 4


def test_figures_of_a_plan() -> None:
    assert PLAN is not None
    assert {measure.name: measure.of(PLAN) for measure in measures()} == {
        "positions given": 2,
        "positions received": 2,
        "units that give": sum(plan != 0 for plan in _given()),
        "people who go along": 0,
        "people hired": 0,
        "reserve at the end": 0,
        "agencies open": 0,
        "work not covered": Decimal("2.5"),
        "coverage of all work": Fraction(14, 19),
        "lowest staffed coverage": Fraction(1, 2),
        "lowest coverage": Fraction(8, 11),
    }


def _given() -> list[int]:
    assert PLAN is not None
    return [PLAN.cut(unit, "admin", 2026) for unit in ("U1", "U2")]


def test_figures_of_each_holder() -> None:
    assert PLAN is not None
    assert of_townships(PLAN) == {
        ("T1", "positions"): 4,
        ("T1", "in_post"): 3,
        ("T1", "coverage"): Fraction(8, 11),
        ("T1", "staffed"): Fraction(6, 11),
        ("T2", "positions"): 3,
        ("T2", "in_post"): 2,
        ("T2", "coverage"): Fraction(3, 4),
        ("T2", "staffed"): Fraction(1, 2),
    }
    given = dict(zip((("U1", "positions"), ("U2", "positions")), _given(), strict=True))
    found = of_units(PLAN)
    assert {key: size - given[key] for key, size in zip(given, (6, 4), strict=True)}.items() <= found.items()


def test_names_are_made_distinct() -> None:
    assert distinct(["A", "A", "A (2)", "B", "A"]) == ("A", "A (2)", "A (2) (2)", "B", "A (3)")


def test_an_outcome_is_like_itself_and_unlike_another() -> None:
    assert compare([OUTCOME, OUTCOME]).alike
    assert not compare([OUTCOME, OUTCOME]).dominated
    found = compare([OUTCOME, solve(replace(scenario(1), name="One"))])
    assert not found.alike
    assert found.dominated == (("One", OUTCOME.scenario.name),)
