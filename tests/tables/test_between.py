"""The years between, and people beside positions: who falls below today, who takes in whom, what is said first."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from rebalance.model.plan import Decision, Plan
from rebalance.model.totals import planned, totals
from rebalance.papers.contents import warnings
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.recorded import Recorded
from rebalance.screen import Shown
from rebalance.tables.coverage import coverage_by_year, falls, lowest_by_year, said_of_falls
from rebalance.tables.hires import hires
from rebalance.tables.summary import below
from tests.counties import ADMIN, FIRST, Has, Sketch, office
from tests.rules.judging import done

DIP = Sketch(
    townships={"S": 2, "T": 4},
    agencies=(office("A"), office("B")),
    placed={("T", "A"): 2, ("T", "B"): 2, ("S", "A"): 2},
    demand={("T", "A"): "3", ("T", "B"): "3", ("S", "A"): "4"},
    years=3,
)
"""T has work for six and covers 4, S half of 4."""


def dipping() -> Plan:
    """In the year between, T leaves all of B empty, although it has four."""
    cells: dict[Decision, int] = {}
    for year in range(FIRST, FIRST + 3):
        cells |= {("open", t, a, year): 1 for t in "ST" for a in "AB"}
        cells |= {("placed", "S", "A", ADMIN, year): 2, ("placed", "T", "A", ADMIN, year): 2}
        cells[("placed", "T", "B", ADMIN, year)] = 0 if year == FIRST + 1 else 2
    plan = done(DIP)
    return replace(plan, decided={**plan.decided, **cells})


def test_who_falls_is_named_with_the_year_in_which_it_is_lowest() -> None:
    (fall,) = falls(dipping())
    assert (fall.township, fall.today, fall.lowest, fall.year) == ("T", Fraction(2, 3), Fraction(1, 3), FIRST + 1)
    assert list(said_of_falls(dipping())) == ["T falls from 66.6 % of its work covered to 33.3 % in 2027."]


def test_many_that_fall_are_counted() -> None:
    names = ("P", "Q", "R", "S", "T")
    sketch = Sketch(
        townships=dict.fromkeys(names, 1), agencies=(office("A"),), placed={(name, "A"): 1 for name in names},
        demand={(name, "A"): "2" for name in names},
    )  # fmt: skip
    assert len(falls(done(sketch))) == 5
    assert list(said_of_falls(done(sketch)))[3:] == [
        "Other townships that fall below today's coverage in some year: 2."
    ]


def test_where_nobody_falls_nothing_is_said_and_what_is_not_known_does_not_fall() -> None:
    assert falls(done(Sketch(townships={"T": 2}, demand={"T": "4"}))) == []
    assert falls(done(replace(DIP, placed={}))) == []


def test_coverage_stands_township_by_township_and_year_by_year() -> None:
    made = coverage_by_year(dipping())
    half, two_thirds, third = Fraction(1, 2), Fraction(2, 3), Fraction(1, 3)
    assert [row[2:] for row in made.rows] == [(half,) * 4, (two_thirds, two_thirds, third, two_thirds)]
    assert made.look.together == ("", "together", Fraction(6, 10), Fraction(6, 10), Fraction(4, 10), Fraction(6, 10))
    style = made.look.style
    assert style is not None
    assert [style(made.row(row)) for row in made.rows] == ["", "yellow"]


def test_the_lowest_of_every_year_is_said_in_a_line() -> None:
    said = "Lowest coverage: today 50.0 % (S), 2026 50.0 % (S), 2027 33.3 % (T), 2028 50.0 % (S)."
    assert lowest_by_year(dipping()) == said
    assert lowest_by_year(done(Sketch(townships={"T": 1}))) == ""


def test_a_fall_stands_in_the_first_lines_of_answer_and_papers() -> None:
    scenario = DIP.scenario()
    outcome = Outcome(scenario, Ending.DONE, dipping(), ())
    assert isinstance(outcome, Shown)
    said = [str(part) for part in outcome.summary()]
    assert next(place for place, text in enumerate(said) if "T falls from" in text) < next(
        place for place, text in enumerate(said) if "Positions given" in text
    )
    recorded = Recorded(outcome, outcome.checks, ())
    assert "T falls from 66.6 % of its work covered to 33.3 % in 2027." in warnings(recorded)


HIRING = Sketch(
    units={"U": Has(5, 3, willing=1)},
    townships={"T": Has(4, 2)},
    years=2,
    hiring={("", FIRST): 3, ("T", FIRST): 2, ("U", FIRST + 1): 1},
    retirements={("T", FIRST): 1},
)


def test_the_plan_to_use_positions_says_who_takes_in_whom_and_when() -> None:
    """T, with 2 of 4, loses one who retires, gets a position with its holder and hires two: 4 of 5 are filled."""
    moved = {"cut": {"U": 1}, "added": {"T": 1}, "moved_out": {"U": 1}, "moved_in": {"T": 1}}
    plan = done(HIRING, hired={"T": 2, ("U", FIRST + 1): 1}, **moved)
    made = hires(plan)
    assert made.rows == (
        (FIRST, "T", "T", ADMIN, 4, 2, 1, 4, 1),
        (FIRST + 1, "U", "U", ADMIN, 2, 1, 0, 3, 1),
    )
    assert made.look.said == (
        "2026: 2 people are hired; the hiring plan allows 3.",
        "2027: 1 people are hired; the hiring plan allows 1.",
    )
    assert planned(HIRING.problem, FIRST) == 3  # the county's row counts, not that of T beside it
    found = totals(plan)
    assert (found.below, found.staffed, found.hired, found.planned) == ((4, 5), (2, 4), 3, 4)
    assert (
        below(totals(plan)) == "Townships: positions 4 → 5, staff in post 2 → 4; hired in the county: 3 of 4 planned."
    )


def test_without_a_plan_to_hire_none_is_spoken_of() -> None:
    sketch = replace(HIRING, hiring={})
    assert below(totals(done(sketch))) == "Townships: positions 4 → 4, staff in post 2 → 1; hired in the county: 0."
    assert hires(done(sketch)).rows == ()
