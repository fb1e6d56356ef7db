"""As many matters below, or as much of their work, as the rest allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from rebalance.county.county import County
from rebalance.county.norms import WorkingTime
from rebalance.county.reform import Matter, MatterKind, Volume
from rebalance.goals.canonical import Canonical
from rebalance.goals.hand_down_matters import Counted, HandDownMatters
from rebalance.model.plan import Decision, Plan, plan_of
from rebalance.plans.audit import audit
from rebalance.plans.outcome import Outcome
from rebalance.problem.problem import Problem
from rebalance.rules import Rule
from rebalance.rules.hold_total import HoldTotal
from rebalance.rules.holder_limits import HolderLimits
from rebalance.rules.ledgers import Ledgers
from rebalance.rules.rule import Range
from rebalance.rules.work_follows_matters import WorkFollowsMatters
from rebalance.solver.lexicographic import solve
from tests.counties import FIRST, Has, Sketch, asked, office
from tests.goals.aiming import chosen
from tests.rules.judging import done

HUNDRED_HOURS = WorkingTime(weeks=Decimal(10), days_a_week=Decimal(5), hours_a_day=Decimal(2))
"""A case of an hour is a hundredth of a position."""

CASES = {("M1", "S"): 30, ("M1", "T"): 10, ("M2", "S"): 20, ("M2", "T"): 60, ("M3", "S"): 80, ("M3", "T"): 0}


def with_matters(sketch: Sketch, cases: Mapping[tuple[str, str], int] = CASES) -> County:
    """The county with matters of unit U, of one hour each, and so many cases."""
    matters = tuple(
        Matter(name, name, MatterKind.APPROVAL, "U", "X", hours=Decimal(1))
        for name in sorted({name for name, _t in cases})
    )
    volumes = tuple(Volume(matter, township, count) for (matter, township), count in sorted(cases.items()))
    return replace(sketch.county, matters=matters, volumes=volumes, working_time=HUNDRED_HOURS)


COUNTY = with_matters(
    Sketch(
        units={"U": Has(2)},
        townships={"S": 0, "T": 0},
        years=2,
        agencies=(office("X"),),
        demand={("S", "X"): "1", ("T", "X"): "1"},
    )
)


def handed_down(*rules: Rule, count: Counted = Counted.MATTERS, county: County = COUNTY) -> Outcome:
    scenario = asked(county, (Ledgers(), HoldTotal(), *rules), (HandDownMatters(count), Canonical()))
    outcome = solve(scenario)
    assert outcome.proven
    checks = audit(scenario, chosen(outcome), outcome.goals)
    assert (checks.broken, checks.mismatches) == ((), ())
    return outcome


def taken(outcome: Outcome) -> set[str]:
    plan = chosen(outcome)
    return {f"{m} {t}" for m in ("M1", "M2", "M3") for t in ("S", "T") if plan.delegated(m, t, plan.problem.last)}


def by_hand(*delegated: tuple[str, str, int]) -> Plan:
    cells: dict[Decision, int] = {("delegated", *key): 1 for key in delegated}
    return plan_of(Problem(COUNTY), cells)


def test_what_is_left_is_counted_in_matters_or_in_hundredths_of_their_work() -> None:
    assert HandDownMatters().measure(by_hand()) == 6
    assert HandDownMatters(Counted.WORK).measure(by_hand()) == 30 + 10 + 20 + 60 + 80
    plan = by_hand(("M3", "S", FIRST + 1), ("M1", "T", FIRST))
    assert HandDownMatters().measure(plan) == 5  # one of them was taken back, which the ledgers would not allow
    assert HandDownMatters(Counted.WORK).measure(plan) == 120


def test_everything_goes_down_where_nothing_is_in_the_way() -> None:
    outcome = handed_down()
    assert outcome.goals[0].value == 0
    assert len(taken(outcome)) == 6


@pytest.mark.parametrize(
    ("most", "count", "left", "expected"),
    [
        (1, Counted.WORK, 30 + 20 + 10, {"M3 S", "M2 T"}),
        (2, Counted.WORK, 20, {"M1 S", "M3 S", "M1 T", "M2 T"}),
        (0, Counted.WORK, 200, set()),
    ],
)
def test_the_matters_with_most_work_go_first_when_work_is_counted(
    most: int, count: Counted, left: int, expected: set[str]
) -> None:
    outcome = handed_down(WorkFollowsMatters(options=Range(at_most=most)), count=count)
    assert outcome.goals[0].value == left
    assert taken(outcome) - {"M3 T"} == expected  # nothing hangs on M3 in T, where it never comes up


def test_by_number_all_matters_count_alike() -> None:
    outcome = handed_down(WorkFollowsMatters(options=Range(at_most=1)))
    assert outcome.goals[0].value == 6 - 2
    assert len(taken(outcome)) == 2


@pytest.mark.parametrize(
    ("floor", "left"),
    [
        (0, 0),  # two positions: all the work of 2.00
        (1, 1),  # one: less than 2.00, so without one matter that has work
        (2, 2),  # none: less than 1.00, so without the 0.80 of M3 in S and one more
    ],
)
def test_no_more_goes_down_than_positions_follow(floor: int, left: int) -> None:
    units = tuple(replace(row, floor=floor) if row.holder == "U" else row for row in COUNTY.positions)
    county = replace(COUNTY, positions=units)
    outcome = handed_down(WorkFollowsMatters(share=Fraction(1)), HolderLimits(), county=county)
    work = sum(CASES[m, t] for m, t in (name.split() for name in taken(outcome)))
    assert work < 100 * (2 - floor + 1)
    assert outcome.goals[0].value == left


def test_work_that_comes_to_an_agency_without_any_of_its_own_is_counted_there() -> None:
    """A has one position of work and B none; the matter brings one to B, which has nobody: half is served."""
    sketch = Sketch(
        units={"U": 1},
        townships={"T": 1},
        agencies=(office("A"), office("B")),
        placed={("T", "A"): 1},
        demand={("T", "A"): "1"},
        tables={
            "matters": (Matter("M", "M", MatterKind.APPROVAL, "U", "B", hours=Decimal(1)),),
            "volumes": (Volume("M", "T", 100),),
            "working_time": HUNDRED_HOURS,
        },
    )
    assert sketch.problem.work.places["T"] == ("A", "B")
    plan = done(sketch, delegated={("M", "T"): 1}, open={("T", "A"): 1}, placed={("T", "A"): 1})
    assert (plan.demand("T", "B", FIRST), plan.coverage("T", FIRST)) == (100, Fraction(1, 2))
