"""The audit, rule by rule and goal by goal, against a checker that shares nothing with it but rows and names."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from rebalance.county.agencies import Method
from rebalance.county.read import read_county
from rebalance.goals import GOALS
from rebalance.model.plan import status_quo
from rebalance.problem.problem import Problem
from rebalance.rules import RULES, Rule
from rebalance.rules.ledgers import Ledgers
from rebalance.scenario.scenario import Scenario
from rebalance.solver.lexicographic import model_of
from tests.campaign import Chunk, chunks
from tests.counties import Dealer, random_county
from tests.independent import lawful, worth
from tests.independent.classes import class_of
from tests.independent.comparing import Both, Verdict
from tests.independent.county import Register
from tests.independent.work import Demand
from tests.rules.agreement import ASKS_FOR_CROWDS, RICH, SIZES, Decided, crowded, edge, nudged

LANGXI = Path(__file__).parents[2] / "models" / "langxi"

COUNTIES = 22
"""Random counties for each rule."""

EVERY = 9
"""Of the plans around an edge one in so many is judged; all of them where it takes a crowd to see a rule at work."""

FEWEST = {True: 1, False: 5}
"""How often a rule must have been found broken, and kept."""


def around(name: str, seed: int) -> Iterator[tuple[Decided, Verdict]]:
    """What both say of plans around an edge of what a rule allows, in a random county with random goals."""
    dice, size = Random(f"apart {seed}"), SIZES[seed % len(SIZES)]
    if name in ASKS_FOR_CROWDS:
        county = crowded(random_county(seed, size, reform=100))
    else:
        county = random_county(seed, size, reform=RICH if seed % 3 else 0)
    dealer = Dealer(dice, size)
    rules: dict[str, Rule] = {"ledgers": Ledgers()}
    if name != "ledgers":
        rules[name] = dealer.rule(name, county)
    both = Both(county, rules, dealer.goals(county))
    model = model_of(Scenario("apart", both.problem, rules, ()))
    books = model_of(Scenario("apart", both.problem, {"ledgers": Ledgers()}, ()))
    still = dict.fromkeys(model.cells, 0) | dict(status_quo(both.problem).decided)
    for start in (edge(model, dice), edge(books, dice), still):
        for number, decided in enumerate(nudged(start, dice)):
            if number % EVERY == 0 or name in ASKS_FOR_CROWDS:
                yield from ((decided, verdict) for verdict in both.verdicts(decided))


@pytest.mark.parametrize("chunk", chunks(1, 5))
@pytest.mark.parametrize("name", RULES)
def test_both_say_the_same(name: str, chunk: Chunk) -> None:
    seen: Counter[bool] = Counter()
    for seed in chunk.seeds(COUNTIES if chunk.known else 5 * COUNTIES):
        for decided, one in around(name, seed):
            assert one.agree, f"seed {seed}, {one}: { ({cell: n for cell, n in decided.items() if n}) }"
            if one.name == name:
                seen[bool(one.mine)] += 1
    assert chunk.lacks(seen, FEWEST) == {}


def test_every_rule_and_goal_is_written_anew() -> None:
    assert RULES.keys() <= lawful.RULES.keys()
    assert GOALS.keys() - {"canonical"} <= worth.GOALS.keys()


def test_the_checker_knows_of_the_program_nothing_but_the_rows() -> None:
    checker = ("county", "books", "work", "above", "below", "lawful", "worth", "classes", "everything")
    trees = (ast.parse((Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8")) for name in checker)
    nodes = [node for tree in trees for node in ast.walk(tree)]
    assert not any(isinstance(node, ast.Import) for node in nodes)
    known = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name for name in known if name.startswith("rebalance")} == {"rebalance.county.county"}


def test_demand_and_classes_of_the_example_county_are_the_same() -> None:
    county = read_county(LANGXI)
    problem, demand = Problem(county), Demand(Register(county))
    assert demand.of == problem.work.demand
    assert len(demand.of) > 50
    assert {town: class_of(demand.register, town) for town in problem.townships} == problem._classes
    assert demand.handed_over == problem.delegation.moved
    assert {row.demand for row in county.agencies} == {Method.GIVEN, Method.WORKLOAD, Method.INDEX}
