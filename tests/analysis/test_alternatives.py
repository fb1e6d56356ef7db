"""Plans that are as good and as different as can be: by hand, and against writing all plans out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import count, islice
from random import Random

import pytest

from rebalance.analysis.alternatives_search import alternatives
from rebalance.goals.canonical import Canonical
from rebalance.goals.few_people_moved import FewPeopleMoved
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.goal import NONE, Goal, Slack, Value
from rebalance.goals.spare_the_units import SpareTheUnits
from rebalance.goals.worst_off_first import Per, WorstOffFirst
from rebalance.model.plan import Plan, plan_of
from rebalance.plans.outcome import Ending
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.hold_total import HoldTotal
from rebalance.rules.ledgers import Ledgers
from rebalance.rules.rule import Range
from rebalance.scenario.scenario import Scenario
from tests.brute import BUDGET, Book, Budget, TooManyError, lawful
from tests.campaign import Chunk, chunks
from tests.counties import TINY, Sketch, asked, random_scenario

LAWS = (Ledgers(), HoldTotal())
TWO = CutAboveAddBelow(total=Range(at_most=2))
COUNTY = Sketch(units={"U1": 3, "U2": 3}, townships={"T1": 0}, demand={"T1": "4"}).county

CASES = 60


def test_the_same_two_positions_may_come_from_the_other_unit() -> None:
    scenario = asked(COUNTY, (*LAWS, TWO), [WorstOffFirst(), FewUnitsTouched(), Canonical()])
    found = alternatives(scenario, 5)
    assert len(found.others) == 1
    assert found.complete
    assert found.ending is Ending.DONE
    (other,) = found.others
    assert (other.distance, other.proven) == (4, True)
    # both give two of three; whichever comes first is canonical's business
    assert {key: sorted(sizes) for key, sizes in found.differing().items()} == {
        ("U1", "admin"): [1, 3],
        ("U2", "admin"): [1, 3],
    }


def test_with_one_unit_more_than_need_be_both_may_give() -> None:
    goals: list[Goal] = [WorstOffFirst(), FewUnitsTouched(), Canonical()]
    scenario = asked(COUNTY, (*LAWS, TWO), goals)
    found = alternatives(scenario, 5, slack={FewUnitsTouched(): Slack(Fraction(1))})
    assert [other.distance for other in found.others] == [4, 2]
    assert [other.values[1] for other in found.others] == [1, 2]


def test_slack_of_a_quarter_lets_the_township_go_without_some() -> None:
    scenario = asked(COUNTY, (*LAWS, TWO), [WorstOffFirst(), Canonical()])
    none, half = (alternatives(scenario, 9, slack=Slack(Fraction(100, n), percent=True)) for n in (3, 2))
    assert {other.plan.owned("T1", "admin", 2026) for other in none.others} == {2}
    assert {other.plan.owned("T1", "admin", 2026) for other in half.others} == {1, 2}


def test_no_more_units_than_before_give_so_much() -> None:
    one_or_two = CutAboveAddBelow(total=Range(at_least=1, at_most=2))
    goals: list[Goal] = [SpareTheUnits(depth=1), Canonical()]
    found = alternatives(asked(COUNTY, (*LAWS, one_or_two), goals), 5)
    # one unit keeps two of three; another may be the one, but not both
    assert [other.values[0] for other in found.others] == [((Fraction(2, 3), 1),)]


def test_out_of_time_it_is_not_complete() -> None:
    found = alternatives(asked(COUNTY, (*LAWS, TWO), [WorstOffFirst(), Canonical()]), 5, limit=0.0)
    assert not found.complete
    assert found.ending is Ending.OUT_OF_TIME


def test_where_there_is_no_plan_there_are_no_others() -> None:
    impossible = CutAboveAddBelow(total=Range(at_least=9))
    found = alternatives(asked(COUNTY, (*LAWS, impossible), [WorstOffFirst(), Canonical()]), 5)
    assert (found.plans, found.ending) == ((), Ending.IMPOSSIBLE)


@pytest.mark.parametrize("chunk", chunks(1, 10, first=4515))
def test_they_are_as_far_apart_as_writing_all_plans_out_shows(chunk: Chunk) -> None:
    seen: Counter[int] = Counter()
    for seed, scenario, slack, known in islice(dealt(chunk.first), CASES):
        found = alternatives(scenario, 3, slack=slack)
        where = f"seed {seed}"
        assert bool(found.plans) == bool(known), where
        assert [other.distance for other in found.others] == list(greedy(known, found.plans)), where
        assert all(lawful(scenario, plan) and owned(plan) in known for plan in found.plans), where
        assert found.complete == (len(found.others) < 3 and bool(known)), where
        seen[len(found.others)] += 1
    assert chunk.lacks(seen, dict.fromkeys(range(4), 1)) == {}


Owned = tuple[int, ...]


def owned(plan: Plan) -> Owned:
    return tuple(plan.owned(*key, plan.problem.last) for key in plan.problem.accounts)


def greedy(known: Iterable[Owned], found: Sequence[Plan]) -> Iterator[int]:
    """How far from the nearest of those before the next plan can be, one after the other."""
    points = [owned(plan) for plan in found]
    for number in range(1, 4):
        best = max((min(apart(one, point) for point in points[:number]) for one in known), default=0)
        if best:
            yield best


def apart(one: Owned, other: Owned) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


def dealt(first: int) -> Iterator[tuple[int, Scenario, Slack, set[Owned]]]:
    for seed in count(first):
        dice = Random(f"slack {seed}")
        size = dice.choice((*TINY[2:5], TINY[6], TINY[9]))
        goals = dice.sample(GOALS, dice.choice((1, 2)))
        slack = dice.choice(
            (NONE, Slack(Fraction(100, 3), percent=True), Slack(Fraction(1)), Slack(Fraction(50), percent=True))
        )
        scenario = replace(random_scenario(seed, size), goals=(*goals, Canonical()))
        try:
            yield seed, scenario, slack, within(scenario, slack)
        except TooManyError:
            continue


GOALS: tuple[Goal, ...] = (
    WorstOffFirst(),
    WorstOffFirst(Per.AGENCY),
    WorstOffFirst(enough=Fraction(2, 3)),
    FillShortages(),
    SpareTheUnits(),
    SpareTheUnits(depth=1),
    FewUnitsTouched(),
    FewPeopleMoved(),
)


def within(scenario: Scenario, slack: Slack) -> set[Owned]:
    """What holders own at the end in all plans within the slack of each goal's best."""
    book = Book(scenario, Budget(BUDGET))
    bundles = book.bundles()
    plans = [plan_of(scenario.problem, bundle.first) for bundle in bundles]
    best = list(plans)
    bests: list[tuple[Goal, Value]] = []
    for goal in scenario.goals[:-1]:
        top = max((expanded(goal, goal.measure(plan)) for plan in best), default=[])
        best = [plan for plan in best if expanded(goal, goal.measure(plan)) == top]
        bests += [(goal, goal.measure(best[0]))] if best else []
    return {owned(plan) for plan in plans if all(accepted(goal, plan, value, slack) for goal, value in bests)}


BEYOND = Fraction(10**9)


def expanded(goal: Goal, value: Value) -> list[Fraction]:
    """Every share from the worst up, and then as many as you like that are better; the larger the better."""
    if isinstance(value, int):
        return [Fraction(-value)]
    enough = goal.enough if isinstance(goal, WorstOffFirst) else BEYOND
    shares = [level for level, number in value if level < enough for _one in range(number)]
    return [*shares, *[BEYOND] * (20 - len(shares))]


def accepted(goal: Goal, plan: Plan, best: Value, slack: Slack) -> bool:
    value = goal.measure(plan)
    if isinstance(best, int) and isinstance(value, int):
        return value <= best + slack.room(best)
    if isinstance(goal, SpareTheUnits):  # all its levels, as the value may stop short of those that matter
        goal = replace(goal, depth=0)
    part = 1 - slack.amount / 100 if slack.percent else Fraction(1)
    wanted = expanded(goal, best)
    mine = expanded(goal, goal.measure(plan))
    enough = goal.enough if isinstance(goal, WorstOffFirst) else BEYOND
    return all(
        min(has, enough) >= (min(wants, enough) * part if wants < BEYOND or enough < BEYOND else 0)
        for has, wants in zip(mine, wanted, strict=True)
    ) and (not isinstance(goal, SpareTheUnits) or not_worse_beyond(mine, wanted, part))


def not_worse_beyond(mine: Sequence[Fraction], wanted: Sequence[Fraction], part: Fraction) -> bool:
    """As many stand no higher than the last level of the value as before, not more."""
    levels = [share for share in wanted if share < BEYOND]
    return not levels or sum(share <= levels[-1] * part for share in mine) <= len(levels)
