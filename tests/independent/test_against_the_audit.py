"""The audit, rule by rule and goal by goal, against a checker that shares nothing with it but rows and names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from rebalance.goals import GOALS
from rebalance.rules import RULES, Rule
from rebalance.rules.ledgers import Ledgers
from rebalance.scenario.scenario import Scenario
from rebalance.solver.lexicographic import model_of
from tests.campaign import Chunk, chunks
from tests.counties import Dealer, random_county
from tests.independent import lawful, worth
from tests.independent.comparing import Both, Verdict
from tests.rules.agreement import RICH, SIZES, Decided, nudged, starts

COUNTIES = 14
"""Random counties for each rule."""

EVERY = 4
"""Of the plans around an edge one in so many is judged."""

FEWEST = {True: 1, False: 50}
"""How often a rule must have been found broken, and kept."""


def around(name: str, seed: int) -> Iterator[tuple[Decided, Verdict]]:
    """What both say of plans around an edge of what a rule allows, in a random county with random goals."""
    dice, size = Random(f"apart {seed}"), SIZES[seed % len(SIZES)]
    county = random_county(seed, size, reform=RICH if seed % 3 else 0)
    dealer = Dealer(dice, size)
    rules: dict[str, Rule] = {"ledgers": Ledgers()}
    if name != "ledgers":
        rules[name] = dealer.rule(name, county)
    both = Both(county, rules, dealer.goals(county))
    model = model_of(Scenario("apart", both.problem, rules, ()))
    for start in starts(model, dice):
        for number, decided in enumerate(nudged(start, dice)):
            if number % EVERY == 0:
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
