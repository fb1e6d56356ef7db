"""Really tiny counties, every plan written out and judged by the checker alone: what is solved is the best of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, islice

import pytest

from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Goal, Minimise
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.plans.outcome import Ending
from rebalance.scenario.scenario import Scenario
from rebalance.solver.lexicographic import solve
from tests.campaign import Chunk, chunks
from tests.counties import Size, asked, random_scenario
from tests.independent.above import Case, Said
from tests.independent.comparing import Both
from tests.independent.everything import Aim, TooManyError, best
from tests.independent.lawful import case_of, why_not
from tests.independent.worth import GOALS, Worth

SIZES = (
    Size(1, 1, 1, 1, 1),
    Size(2, 1, 1, 1, 1, biggest=3),
    Size(1, 2, 1, 1, 1, biggest=3),
    Size(2, 2, 1, 1, 0, biggest=3),
    Size(1, 1, 2, 1, 1, biggest=2),
    Size(1, 1, 1, 2, 0, biggest=3),
    Size(2, 1, 1, 2, 0, biggest=2),
    Size(1, 1, 2, 2, 0, biggest=1),
)

MOST = 1500
"""Plans that are written out of one county."""

COUNTIES = 80

FEWEST = {"possible": 15, "impossible": 4, "two years": 4, "hired": 2, "moved_out": 1, "dispatched": 1, "handed": 1}
"""What must have been among them."""

PEOPLE = {"hired", "moved_out", "borrowed"}


def many_people(case: Case) -> int:
    """As many people hired, moved and still borrowed as can be: what nothing else aims at."""
    return -sum(number for cell, number in case.books.decided.items() if cell[0] in PEOPLE)


@dataclass(frozen=True)
class ManyPeople:
    """The same, for the solver."""

    def aim(self, model: Model) -> Minimise:
        """Each of them."""
        people = (index for cell, index in model.cells.items() if cell[0] in PEOPLE)
        return Minimise(total(Linear({index: -1}) for index in people))

    def measure(self, plan: Plan) -> int:
        """Each of them, on the plan."""
        return -sum(number for cell, number in plan.decided.items() if cell[0] in PEOPLE)

    def explain(self) -> str:
        """The goal in words."""
        return "As many people as possible are hired, move or stay borrowed."


@dataclass(frozen=True)
class Puzzle:
    """A county so small that all its plans can be written out, and what is best."""

    both: Both
    scenario: Scenario
    aims: tuple[Aim, ...]
    best: tuple[Worth, ...] | None


def _with(goal: Callable[[Case, Said], Worth], said: Said) -> Aim:
    return lambda case: goal(case, said)


def dealt(first: int) -> Iterator[tuple[int, Puzzle]]:
    """Random scenarios of which every plan can be written out."""
    for seed in count(first):
        scenario = random_scenario(seed, SIZES[seed % len(SIZES)], reform=50)
        both = Both(scenario.problem.county, scenario.rules, scenario.goals)
        aims: list[Aim] = [_with(GOALS[name], said) for name, said, _goal in both.aims]
        goals: list[Goal] = [goal for _name, _said, goal in both.aims]
        place = 0 if seed % 2 else len(aims)
        aims.insert(place, many_people)
        goals.insert(place, ManyPeople())
        try:
            found = best(both.demand, both.said, aims, MOST)
        except TooManyError:
            continue
        rules = tuple(scenario.rules.values())
        yield seed, Puzzle(both, asked(both.county, rules, (*goals, Canonical())), tuple(aims), found)


@pytest.mark.parametrize("chunk", chunks(1, 10, first=181))
def test_what_is_solved_is_the_best_of_all(chunk: Chunk) -> None:
    seen: Counter[str] = Counter()
    for seed, puzzle in islice(dealt(chunk.first), COUNTIES):
        outcome, found = solve(puzzle.scenario), puzzle.best
        seen["possible" if found is not None else "impossible"] += 1
        if found is None or outcome.plan is None:
            assert (found, outcome.plan, outcome.ending) == (None, None, Ending.IMPOSSIBLE), f"seed {seed}: {found}"
            continue
        case = case_of(puzzle.both.demand, {(*cell,): n for cell, n in outcome.plan.decided.items()})
        assert why_not(case, puzzle.both.said) == {}, f"seed {seed}"
        claimed = tuple(goal.value for goal in outcome.goals[:-1])
        assert (outcome.proven, claimed) == (True, found), f"seed {seed}: {puzzle.scenario.goals}"
        assert tuple(aim(case) for aim in puzzle.aims) == found, f"seed {seed}"
        seen["two years"] += len(case.register.years) == 2
        seen.update({str(cell[0]) for cell, number in outcome.plan.decided.items() if number})
    assert chunk.lacks(seen, FEWEST) == {}
