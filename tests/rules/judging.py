"""Plans done by hand, and what a rule says about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from rebalance.county.holders import RESERVE
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.goal import Goal
from rebalance.model.plan import Decision, Plan, plan_of, status_quo
from rebalance.problem.problem import Problem
from rebalance.rules import Rule
from rebalance.rules.hold_total import HoldTotal
from rebalance.solver.lexicographic import solve
from tests.brute import lawful
from tests.counties import ADMIN, FIRST, Sketch


def done(sketch: Sketch, **verbs: Mapping[Any, int]) -> Plan:
    """The plan with these numbers: `cut={"U": 2}`, or `cut={("U", 2027): 2}` where not in the first year.

    The reserve, and who is dispatched or borrowed, stay as they are where nothing is said; a level is given by year.
    """
    problem = sketch.problem
    still = status_quo(problem).decided
    decided: dict[Decision, int] = {}
    for year in problem.years:
        decided |= {("reserve", category, year): problem.authorised(RESERVE, category) for category in problem.reserves}
        decided |= {cell: n for cell, n in still.items() if cell[0] in {"dispatched", "borrowed"} and cell[-1] == year}
    for verb, numbers in verbs.items():
        decided |= {_cell(verb, key): number for key, number in numbers.items()}
    return plan_of(problem, decided)


def _cell(verb: str, key: str | int | tuple[str | int, ...]) -> Decision:
    parts = key if isinstance(key, tuple) else (key,)
    ids = tuple(part for part in parts if isinstance(part, str))
    year = next((part for part in parts if isinstance(part, int)), FIRST)
    what = () if verb in {"open", "handed", "delegated"} else (ADMIN,)
    return verb, *ids, *what, year


def complaints(rule: Rule, plan: Plan) -> set[str]:
    """What the rule finds broken, as "holder aspect" (without what does not apply)."""
    places = (finding.place for finding in rule.check(plan) if finding.broken)
    return {" ".join(filter(None, (place.holder, place.agency, place.aspect))) for place in places}


def inherited(rule: Rule, plan: Plan) -> set[str]:
    """Where the rule goes by today's figure, because today already breaks it."""
    places = (finding.place for finding in rule.check(plan) if finding.inherited)
    return {" ".join(filter(None, (place.holder, place.agency, place.aspect))) for place in places}


def best_plan(
    sketch: Sketch, *rules: Rule, goals: tuple[Goal, ...] = (FillShortages(),), law: HoldTotal | None = None
) -> Plan | None:
    """What solving comes to under these rules (and the law, as usual or as said); none of its findings is broken."""
    scenario = sketch.scenario(*rules, goals=goals)
    scenario = replace(scenario, rules={**scenario.rules, "hold_total": law or HoldTotal()})
    plan = solve(scenario).plan
    assert plan is None or lawful(scenario, plan)
    return plan


def given(plan: Plan | None) -> dict[str, int]:
    """How many positions each unit gives in all; nothing is said of those that give none."""
    assert plan is not None
    return dict(_changes(plan.problem, plan, plan.problem.units, -1))


def received(plan: Plan | None) -> dict[str, int]:
    """How many positions each township receives in all; nothing is said of those that receive none."""
    assert plan is not None
    return dict(_changes(plan.problem, plan, plan.problem.townships, 1))


def _changes(problem: Problem, plan: Plan, holders: tuple[str, ...], sign: int) -> Iterator[tuple[str, int]]:
    for holder in holders:
        after = sum(plan.owned(holder, category, problem.last) for category in problem.categories)
        if change := sign * (after - problem.size(holder)):
            yield holder, change
