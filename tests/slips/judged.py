"""What becomes of the plans of tiny counties that are solved by a program with a slip: does the audit notice?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from rebalance.goals import GOALS
from rebalance.goals.goal import Goal
from rebalance.model.plan import plan_of
from rebalance.plans.audit import audit
from rebalance.plans.reached import GoalResult
from rebalance.rules import RULES, Rule
from rebalance.rules.ledgers import Ledgers
from rebalance.scenario.scenario import Scenario
from rebalance.solver.lexicographic import solve
from tests.counties import Dealer, asked, random_county
from tests.rules.agreement import RICH, SIZES, Decided, crowded

CASES = 6
"""Counties that are solved for one slip."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What solving one of them came to: the numbers decided and what the goals are said to come to, if there is a plan.

    `noticed`: the audit of the very same program objects.
    """

    decided: Decided | None
    claims: tuple[GoalResult, ...]
    noticed: bool


def cases(module: str) -> Iterator[Scenario]:
    """Scenarios in which the module has something to say, the same at every call; nothing of them is worked out yet."""
    part, name = module.split(".")
    for seed in range(CASES):
        size, dice = SIZES[seed % len(SIZES)], Random(f"slip {seed}")
        county = random_county(seed, size, reform=RICH)
        county = crowded(county) if name == "sure_retirements" else county
        dealer = Dealer(dice, size)
        rule = name if part == "rules" and name in RULES else tuple(RULES)[(7 * seed + 1) % len(RULES)]
        rules: list[Rule] = [Ledgers(), *([dealer.rule(rule, county)] if rule != "ledgers" else [])]
        first: list[Goal] = [GOALS[name]()] if part == "goals" and name in GOALS and name != "canonical" else []
        yield asked(county, rules, (*first, *dealer.goals(county)))


def answers(scenarios: Sequence[Scenario]) -> Iterator[Answer]:
    """Each scenario solved and audited, by the program as it is now."""
    for scenario in scenarios:
        outcome = solve(scenario)
        if outcome.plan is None:
            yield Answer(None, (), noticed=False)
            continue
        judged = audit(scenario, outcome.plan, outcome.goals)
        yield Answer(dict(outcome.plan.decided), tuple(outcome.goals), noticed=not judged.sound)


def at_odds(scenarios: Sequence[Scenario], found: Sequence[Answer]) -> bool:
    """Whether the audit of the program as it is now has anything to say against one of the answers."""
    made = ((scenario, one) for scenario, one in zip(scenarios, found, strict=True) if one.decided is not None)
    return any(not audit(s, plan_of(s.problem, one.decided or {}), one.claims).sound for s, one in made)
