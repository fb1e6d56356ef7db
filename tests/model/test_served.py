"""How few positions can serve so much work: against trying out every way of opening and placing."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

import pytest

from rebalance.county.agencies import Agency
from rebalance.goals.goal import Scale
from rebalance.model.plan import Decision, plan_of
from rebalance.model.served import MANY, Reach
from rebalance.problem.problem import Problem
from rebalance.problem.working import HUNDRED
from tests.counties import FIRST, Sketch, office, optional

POSITIONS = 6


def reaching(problem: Problem) -> Reach:
    """What township T can reach with its own work."""
    work = tuple(problem.work.demand.get(("T", place), 0) for place in problem.work.places["T"])
    return Reach(problem, "T", work)


def dealt(seed: int) -> Sketch:
    """A township with up to three agencies, some of whose work may fall to the first."""
    dice = Random(seed)
    names = "ABC"[: dice.randint(1, 3)]
    kinds: list[Agency] = [office("A")]
    kinds += [optional(name, falls_to=dice.choice(("A", "A", ""))) for name in names[1:]]
    needs: dict[str | tuple[str, str], str] = {
        ("T", name): f"{dice.choice((0, 1, 25, 99, 100, 150, 230))}e-2" for name in names
    }
    return Sketch(townships={"T": POSITIONS}, agencies=kinds, demand=needs)


def tried_out(sketch: Sketch) -> list[int]:
    """The most hundredths served with none, one, two … positions, by writing every arrangement out."""
    problem = sketch.problem
    best = [0] * (POSITIONS + 1)
    for counts in product(range(POSITIONS + 1), repeat=len(problem.agencies)):
        if sum(counts) > POSITIONS:
            continue
        for doors in product((0, 1), repeat=len(problem.agencies)):
            decided: dict[Decision, int] = {}
            for agency, door, number in zip(problem.agencies, doors, counts, strict=True):
                decided |= {("open", "T", agency, FIRST): door, ("placed", "T", agency, "admin", FIRST): number}
            served = plan_of(problem, decided).covered("T", FIRST)
            best[sum(counts)] = max(best[sum(counts)], served)
    return [max(best[: number + 1]) for number in range(POSITIONS + 1)]


@pytest.mark.parametrize("seed", range(40))
def test_no_arrangement_serves_more_and_one_serves_as_much(seed: int) -> None:
    sketch = dealt(seed)
    reach, best = reaching(sketch.problem), tried_out(sketch)
    assert [reach.serves(number) for number in range(POSITIONS + 1)] == best
    for work in range(best[-1] + 1):
        assert reach.needs(work) == next(number for number, served in enumerate(best) if served >= work)


def test_by_hand() -> None:
    # A 1.50 and B 0.75: a position serves 1.00, two 1.75 (not 1.50), three 2.25; all of it in A: 1.00, 2.00, 2.25
    sketch = Sketch(
        townships={"T": 0},
        agencies=[office("A"), optional("B", falls_to="A")],
        demand={("T", "A"): "1.5", ("T", "B"): "0.75"},
    )
    reach = reaching(sketch.problem)
    assert [reach.serves(number) for number in range(5)] == [0, 100, 200, 225, 225]
    assert [reach.needs(work) for work in (0, 1, 100, 101, 175, 200, 201, 225)] == [0, 1, 1, 2, 2, 2, 3, 3]


def test_it_is_a_scale() -> None:
    reach: Scale = reaching(Sketch(townships={"T": 0}, demand={"T": "2.5"}).problem)
    assert [reach.serves(number) for number in range(5)] == [0, 100, 200, 250, 250]
    assert [reach.needs(work) for work in (0, 100, 101, 250)] == [0, 1, 2, 3]


def test_more_work_than_there_is_takes_more_positions_than_there_could_be_use_for() -> None:
    reach = reaching(Sketch(townships={"T": 0}, demand={"T": "2.5"}).problem)
    assert reach.needs(251) > reach.needs(250)
    assert reach.serves(reach.needs(251)) == 250


def test_where_there_is_no_work_nothing_is_served() -> None:
    reach = reaching(Sketch(townships={"T": 3}).problem)
    assert [reach.serves(number) for number in range(3)] == [0, 0, 0]
    assert reach.needs(0) == 0


def test_with_many_optional_agencies_a_simpler_bound_is_still_a_bound() -> None:
    names = [f"B{number}" for number in range(MANY + 1)]
    agencies = [office("A"), *(optional(name, falls_to="A") for name in names)]
    demand: dict[str | tuple[str, str], str] = {("T", name): "0.3" for name in names}
    demand["T", "A"] = "1.25"
    county = Sketch(townships={"T": 0}, agencies=agencies, demand=demand)
    fewer = replace(county, agencies=agencies[:-1], demand={k: v for k, v in demand.items() if k[1] != names[-1]})
    exact, simple = reaching(fewer.problem), reaching(county.problem)
    for positions in range(8):
        assert simple.serves(positions) >= exact.serves(positions)
        assert simple.serves(positions) <= HUNDRED * positions
    assert all(simple.needs(work) <= exact.needs(work) for work in range(365))
