"""No township's coverage falls below today's in any year, but by what the county's own data take away."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

from rebalance.county.reform import Dispatched, Matter, MatterKind, Volume
from rebalance.goals.worst_off_first import WorstOffFirst
from rebalance.model.plan import Plan, status_quo
from rebalance.rules import Rule
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.hold_total import HoldTotal
from rebalance.rules.ledgers import Ledgers
from rebalance.rules.no_worse_on_the_way import NoWorseOnTheWay
from rebalance.rules.rule import Range
from rebalance.solver.lexicographic import model_of
from tests.counties import ADMIN, FIRST, Sketch, office, optional
from tests.reform import HOURS
from tests.rules.agreement import verdicts
from tests.rules.judging import best_plan, complaints, done, inherited

RULE = NoWorseOnTheWay()
TWO_PLACES = Sketch(
    townships={"T": 5},
    agencies=(office("A"), office("B")),
    placed={("T", "A"): 2, ("T", "B"): 3},
    demand={("T", "A"): "4", ("T", "B"): "3"},
    years=2,
)
"""Today 5 of 7 positions of work are covered: two of four, and three of three."""

OPEN = {("T", agency, year): 1 for agency in "AB" for year in (FIRST, FIRST + 1)}


def placed(first: tuple[int, int], second: tuple[int, int]) -> Plan:
    """So many in A and in B at the end of either year."""
    numbers = {
        ("T", agency, ADMIN, year): number
        for year, both in ((FIRST, first), (FIRST + 1, second))
        for agency, number in zip("AB", both, strict=True)
    }
    plan = done(TWO_PLACES, open=OPEN)
    return replace(plan, decided={**plan.decided, **{("placed", *key): number for key, number in numbers.items()}})


def test_a_dip_in_a_year_before_the_last_is_no_less_forbidden_than_one_at_the_end() -> None:
    assert complaints(RULE, placed((2, 3), (2, 3))) == set()
    assert complaints(RULE, placed((3, 2), (2, 3))) == set()  # another agency, but as much work
    assert [one.found for one in RULE.check(placed((1, 3), (2, 3)))] == [400, 500]
    assert complaints(RULE, placed((1, 3), (2, 3))) == {"T"}
    assert complaints(RULE, placed((2, 3), (1, 3))) == {"T"}
    assert complaints(RULE, placed((1, 4), (2, 3))) == {"T"}  # the fourth has nothing to do in B


def test_a_tenth_that_may_fall_is_a_tenth_of_all_work() -> None:
    rule = NoWorseOnTheWay(may_fall=Fraction(1, 7))  # 4 of 7 are enough
    assert complaints(rule, placed((1, 3), (2, 3))) == set()
    assert complaints(rule, placed((1, 2), (2, 3))) == {"T"}


def test_where_nobody_has_said_who_sits_where_nothing_is_asked() -> None:
    unknown = replace(TWO_PLACES, placed={})
    assert list(RULE.check(done(unknown))) == []
    assert complaints(RULE, done(replace(unknown, demand={"T": "8"}))) == set()
    assert [one.at_least for one in RULE.check(done(replace(unknown, demand={"T": "8"})))] == [500, 500]
    assert list(RULE.check(done(replace(TWO_PLACES, demand={})))) == []


DISPATCHED = replace(
    Sketch(units={"U": 4}, townships={"T": 2}, demand={"T": "4"}, years=2),
    tables={"dispatched": (Dispatched("U", "T", "", ADMIN, 2, FIRST + 1, 0, 1),)},
)
"""All four positions of work are covered today, two of them by staff of U; of these one has to go in 2027."""


def test_staff_who_have_to_go_back_are_missed_by_nobodys_decision() -> None:
    def sent(first: int, second: int) -> Plan:
        plan = done(DISPATCHED)
        key = ("dispatched", "U", "T", "", ADMIN)
        return replace(plan, decided={**plan.decided, (*key, FIRST): first, (*key, FIRST + 1): second})

    assert complaints(RULE, sent(2, 1)) == set()
    assert inherited(RULE, sent(2, 1)) == {"T"}
    assert [(one.at_least, one.inherited) for one in RULE.check(sent(2, 1))] == [(400, False), (300, True)]
    assert complaints(RULE, sent(1, 1)) == {"T"}  # nobody has to go in 2026
    assert complaints(RULE, sent(2, 0)) == {"T"}


def with_matters(*, base: bool) -> Sketch:
    """Four positions for five of work, and a matter that brings one more."""
    return Sketch(
        units={"U": 4},
        townships={"T": 4},
        demand={"T": "5"},
        tables={
            "matters": (Matter("M", "M", MatterKind.APPROVAL, "U", "", hours=Decimal(1), base=base),),
            "volumes": (Volume("M", "T", 100),),
            "working_time": HOURS,
        },
    )


def test_what_the_base_set_brings_need_not_be_covered_at_once() -> None:
    sketch = with_matters(base=True)
    taken = done(sketch, delegated={("M", "T"): 1})
    assert taken.coverage("T", FIRST) == Fraction(4, 6)  # 4 of 5 today
    assert complaints(RULE, taken) == set()
    assert inherited(RULE, taken) == {"T"}
    assert inherited(RULE, status_quo(sketch.problem)) == set()


def test_who_takes_an_optional_matter_covers_it_like_all_the_rest() -> None:
    sketch = with_matters(base=False)
    assert complaints(RULE, done(sketch, delegated={("M", "T"): 1})) == {"T"}  # 4 of 6, and 4.8 are asked
    assert complaints(RULE, done(sketch, delegated={("M", "T"): 1}, cut={"U": 1}, added={"T": 1})) == set()


def test_the_best_plan_goes_no_way_that_leads_through_a_dip() -> None:
    """One position of U: without the rule all of T's work may be laid down for S, the worst off."""
    sketch = Sketch(
        units={"U": 1},
        townships={"S": 1, "T": 2},
        agencies=(office("A"), office("B")),
        placed={("S", "A"): 1, ("T", "A"): 1, ("T", "B"): 1},
        demand={("S", "A"): "3", ("T", "A"): "1", ("T", "B"): "1"},
    )
    plan = best_plan(sketch, RULE, CutAboveAddBelow(total=Range(at_most=1)), goals=(WorstOffFirst(),))
    assert plan is not None
    assert plan.coverage("S", FIRST) == Fraction(2, 3)
    assert plan.coverage("T", FIRST) == 1


def test_work_that_falls_to_another_agency_is_done_there_in_either_face() -> None:
    """B may be open or not, its work and its matter fall to A: whatever is decided, solver and check agree."""
    sketch = Sketch(
        units={"U": 1},
        townships={"T": 2},
        agencies=(office("A"), optional("B", falls_to="A")),
        placed={("T", "A"): 1, ("T", "B"): 1},
        demand={("T", "A"): "0.9", ("T", "B"): "0.6"},
        tables={
            "matters": (Matter("M", "M", MatterKind.APPROVAL, "U", "B", hours=Decimal(1)),),
            "volumes": (Volume("M", "T", 60),),
            "working_time": HOURS,
        },
    )
    model = model_of(sketch.scenario(RULE))
    fixed = {("moved_in", "T", ADMIN, FIRST), ("moved_out", "U", ADMIN, FIRST), ("hired", "T", ADMIN, FIRST)}
    cells = [cell for cell in model.cells if cell not in fixed]
    rules: dict[str, Rule] = {"ledgers": Ledgers(), "hold_total": HoldTotal(), "no_worse_on_the_way": RULE}
    seen = Counter(
        (one.forbidden, one.reported, one.alone)
        for numbers in product(*(range(min(2, model.variables[model.cells[cell]].most) + 1) for cell in cells))
        for one in (verdicts(model, rules, dict(zip(cells, numbers, strict=True))),)
    )
    assert {(forbidden, reported) for forbidden, reported, _alone in seen} == {(True, True), (False, False)}
    assert seen[True, True, True] >= 10  # the books had nothing to say against these
