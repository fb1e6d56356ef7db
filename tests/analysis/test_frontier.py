"""The trade-off between goals: by hand, and against writing all plans out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import count, islice
from random import Random

import pytest

from rebalance.analysis.frontier import Frontier, Point
from rebalance.analysis.frontier_search import above, frontier
from rebalance.goals.canonical import Canonical
from rebalance.goals.few_people_moved import FewPeopleMoved
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages, Weight
from rebalance.goals.goal import Goal, Value
from rebalance.goals.serve_early import ServeEarly
from rebalance.goals.spare_the_units import SpareTheUnits
from rebalance.goals.worst_off_first import Per, WorstOffFirst
from rebalance.model.plan import Plan, plan_of
from rebalance.plans.outcome import Ending
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.hold_total import HoldTotal
from rebalance.rules.ledgers import Ledgers
from rebalance.rules.rule import Range
from rebalance.scenario.scenario import Scenario
from tests.brute import BUDGET, Book, Budget, TooManyError, lawful, merit
from tests.campaign import Chunk, chunks
from tests.counties import TINY, Has, Sketch, asked, random_scenario

CHUNK = 30

LAWS = (Ledgers(), HoldTotal(), CutAboveAddBelow())

SMALL = Sketch(units={"U1": 2, "U2": 2}, townships={"T1": 0}, demand={"T1": "4"}).county
"""Two units of two positions each; a township that needs four."""

LOOSENED = ("routes", "vacancies_first", "holder_limits", "pinned", "phasing", "compulsory_agencies")
"""Rules of which only some are kept: with all of them little is left to trade."""

Marks = tuple[Fraction, ...]


def marks(found: Frontier) -> list[tuple[int | Fraction, ...]]:
    return [point.marks for point in found.points]


def test_each_further_unit_brings_the_township_half_of_what_it_needs() -> None:
    found = frontier(asked(SMALL, LAWS, [Canonical()]), ["worst_off_first", "few_units_touched"])
    assert marks(found) == [(Fraction(1), 2), (Fraction(1, 2), 1), (Fraction(0), 0)]
    assert found.complete
    assert found.ending is Ending.DONE
    assert all(point.proven for point in found.points)
    assert [point.plan.owned("T1", "admin", 2026) for point in found.points] == [4, 2, 0]


def test_goals_ranked_before_are_held() -> None:
    goals = (FillShortages(), WorstOffFirst(), FewUnitsTouched(), Canonical())
    found = frontier(asked(SMALL, LAWS, goals), ["worst_off_first", "few_units_touched"])
    assert marks(found) == [(Fraction(1), 2)]
    assert [goal.value for goal in found.above.goals] == [0]


def test_goals_ranked_after_are_left_aside() -> None:
    goals = (WorstOffFirst(), FillShortages(), FewUnitsTouched(), Canonical())
    assert len(frontier(asked(SMALL, LAWS, goals), ["worst_off_first", "few_units_touched"]).points) == 3


def test_whoever_has_enough_asks_for_no_more() -> None:
    goals = (WorstOffFirst(enough=Fraction(1, 2)), Canonical())
    found = frontier(asked(SMALL, LAWS, goals), ["worst_off_first", "few_units_touched"])
    assert marks(found) == [(Fraction(1, 2), 1), (Fraction(0), 0)]


def test_three_goals() -> None:
    county = Sketch(units={"U1": 2, "U2": 2}, townships={"T1": 0, "T2": 0}, demand={"T1": "2", "T2": "2"}).county
    found = frontier(asked(county, LAWS, [Canonical()]), ["worst_off_first", "few_units_touched", "spare_the_units"])
    # nobody gives; one gives all it has, or both half of it, so that either township has half; all is given
    assert marks(found) == [(1, 2, 0), (Fraction(1, 2), 1, 0), (Fraction(1, 2), 2, Fraction(1, 2)), (0, 0, 1)]
    assert found.complete


def test_where_there_is_no_plan_there_is_no_point() -> None:
    rules = (*LAWS[:2], CutAboveAddBelow(total=Range(at_least=5)))
    found = frontier(asked(SMALL, rules, [Canonical()]), ["worst_off_first", "few_units_touched"])
    assert (found.points, found.ending, found.complete) == ((), Ending.IMPOSSIBLE, False)


def test_out_of_time_nothing_is_called_complete() -> None:
    found = frontier(asked(SMALL, LAWS, [Canonical()]), ["worst_off_first", "few_units_touched"], limit=0.0)
    assert not found.complete
    assert found.ending is Ending.OUT_OF_TIME


def test_every_point_is_told_of() -> None:
    heard: list[Point] = []
    found = frontier(asked(SMALL, LAWS, [Canonical()]), ["worst_off_first", "few_units_touched"], told=heard.append)
    assert sorted(heard, key=found.points.index) == list(found.points)


@pytest.mark.parametrize(
    ("goals", "says"),
    [
        (["worst_off_first"], "got 1"),
        (["worst_off_first"] * 2, "twice"),
        (["worst_off_first", "canonical"], "nothing to trade"),
        (["worst_off_first", "few_unit_touched"], "few_units_touched"),
    ],
)
def test_what_is_no_trade_off_is_refused(goals: Sequence[str], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        frontier(asked(SMALL, LAWS, [Canonical()]), goals)


@pytest.mark.parametrize("chunk", chunks(1, 10, first=2100))
def test_the_frontier_is_what_writing_all_plans_out_finds(chunk: Chunk) -> None:
    seen: Counter[str] = Counter()
    for seed, scenario, goals, known in islice(dealt(chunk.first), CHUNK):
        found = frontier(scenario, goals)
        where = f"seed {seed}"
        assert found.complete == bool(known), where
        assert {merits(goals, point.plan) for point in found.points} == known, where
        assert len(found.points) == len(known), where
        assert all(point.proven and lawful(scenario, point.plan) for point in found.points), where
        seen.update(features(scenario, goals, known))
    assert chunk.lacks(seen, FEWEST) == {}


@pytest.mark.parametrize("chunk", chunks(1, 10))
def test_three_goals_at_odds_are_what_writing_all_plans_out_finds(chunk: Chunk) -> None:
    points: Counter[str] = Counter()
    for seed in chunk.seeds(12):
        dice = Random(f"at odds {seed}")
        scenario, goals = at_odds(dice)
        known, found = written_out(scenario, (), goals), frontier(scenario, goals)
        assert found.complete, f"seed {seed}"
        assert sorted(merits(goals, point.plan) for point in found.points) == sorted(known), f"seed {seed}"
        points["five or more"] += len(known) >= 5
    assert chunk.lacks(points, {"five or more": 6}) == {}


def at_odds(dice: Random) -> tuple[Scenario, tuple[Goal, ...]]:
    """A county and three goals of which each is had at the cost of the others."""
    county = Sketch(
        units={f"U{n}": Has(dice.randint(1, 3), needed=dice.randint(1, 4)) for n in range(1, 4)},
        townships={"T1": 0, "T2": 0},
        demand={t: f"{dice.randint(1, 5)}.{dice.randint(0, 99):02}" for t in ("T1", "T2")},
    ).county
    kinds: list[Goal] = [
        FillShortages((Weight("T1", 0),)),
        FillShortages((Weight("T2", 0),)),
        FewUnitsTouched(),
        SpareTheUnits(),
        WorstOffFirst(),
    ]
    rules = (*LAWS[:2], CutAboveAddBelow(total=Range(at_most=dice.randint(3, 5))))
    return asked(county, rules, [Canonical()]), tuple(dice.sample(kinds, 3))


FEWEST = {"impossible": 2, "several points": 3, "of three goals": 1, "something held": 5}
"""What a chunk must contain to be worth anything."""


def features(scenario: Scenario, goals: Sequence[Goal], known: set[Marks]) -> Iterator[str]:
    if not known:
        yield "impossible"
    if len(known) > 1:
        yield "several points"
        if len(goals) > 2:
            yield "of three goals"
    if goals[0] in scenario.goals[1:]:
        yield "something held"


def dealt(first: int) -> Iterator[tuple[int, Scenario, tuple[Goal, ...], set[Marks]]]:
    """Random scenarios and goals with the answer, wherever writing all plans out takes but a moment."""
    for seed in count(first):
        dice = Random(f"goals {seed}")
        size = dice.choice((*TINY[2:5], TINY[6], TINY[9]))
        scenario, gone = random_scenario(seed, size), dice.sample(LOOSENED, dice.choice((3, 5, 6)))
        scenario = scenario.but(without=[name for name in gone if name in scenario.rules])
        below: list[Goal] = [WorstOffFirst(), WorstOffFirst(Per.AGENCY), FillShortages(), ServeEarly()]
        over: list[Goal] = [SpareTheUnits(), FewUnitsTouched(), FewPeopleMoved()]
        goals = (*dice.sample(below, dice.choice((1, 1, 2))), dice.choice(over))
        ranked = dice.sample([one for one in (*below, *over) if one not in goals], dice.choice((0, 0, 0, 1)))
        scenario = replace(scenario, goals=(*ranked, *goals, Canonical()))
        try:
            yield seed, scenario, goals, written_out(scenario, ranked, goals)
        except TooManyError:
            continue


def written_out(scenario: Scenario, held: Sequence[Goal], goals: Sequence[Goal]) -> set[Marks]:
    """The marks, the larger the better, that no lawful plan exceeds, among those best in what is held."""
    book = Book(scenario, Budget(BUDGET))
    bundles = book.bundles()
    plans = [plan_of(scenario.problem, bundle.first) for bundle in bundles]
    for goal in held:
        ranks = [merit(goal, goal.measure(plan)) for plan in plans]
        plans = [plan for plan, rank in zip(plans, ranks, strict=True) if rank == max(ranks)]
    found = {merits(goals, plan) for plan in plans}
    return {one for one in found if not any(other != one and all(map(_as_good, other, one)) for other in found)}


def merits(goals: Sequence[Goal], plan: Plan) -> Marks:
    return tuple(_merit(goal.measure(plan)) for goal in goals)


def _merit(value: Value) -> Fraction:
    if isinstance(value, int):
        return Fraction(-value)
    return value[0][0] if value else Fraction(1)


def _as_good(one: Fraction, other: Fraction) -> bool:
    return one >= other


def test_a_goal_with_other_options_stands_where_the_scenario_names_it() -> None:
    goals = (FillShortages(), WorstOffFirst(), FewUnitsTouched(), Canonical())
    scenario = asked(SMALL, LAWS, goals)
    assert above(scenario, (WorstOffFirst(enough=Fraction(1, 2)), FewUnitsTouched())) == goals[:1]
    assert above(scenario, (SpareTheUnits(), FewUnitsTouched())) == goals[:2]
    assert above(scenario, (SpareTheUnits(), FewPeopleMoved())) == ()
