"""What the lawful plans of a scenario range over: the most and the least of whatever can be counted in a plan.

A scenario may only make room or take room away, so its effect shows in how far a plan can go at all. That is proven in
a moment, where all goals of a scenario take minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from rebalance.county.holders import RESERVE
from rebalance.goals.goal import Goal, Minimise
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.plans.audit import audit
from rebalance.plans.outcome import Outcome
from rebalance.problem.problem import Problem
from rebalance.scenario.read import read_scenario
from rebalance.scenario.scenario import Scenario
from rebalance.solver.lexicographic import solve

FOLDER = Path(__file__).parents[2] / "scenarios"

Books = Model | Plan
"""Both answer the same questions, one with sums of variables and the other with numbers."""

Count = Callable[[Books], Iterable[Linear | int]]
"""What is counted: the parts of a sum."""


@dataclass(frozen=True)
class Counted:
    """A goal of a test: as little of something as can be; with the sign -1, as much."""

    count: Count
    sign: int

    def aim(self, model: Model) -> Minimise:
        """The sum, unknown."""
        return Minimise(total(self.count(model)) * self.sign)

    def measure(self, plan: Plan) -> int:
        """The sum, on the plan."""
        return number(self.count, plan) * self.sign

    def explain(self) -> str:
        """In words."""
        return "As much or as little of something as can be."


@cache
def read(name: str) -> Scenario:
    """A scenario of the project."""
    return read_scenario(FOLDER / f"{name}.toml")


def problem(name: str) -> Problem:
    """The county with the changes of a scenario."""
    return read(name).problem


def solved(name: str, *goals: Goal) -> Outcome:
    """A scenario brought to its best under these goals only: proven, audited, its books in order."""
    return _solved(name, goals)


@cache
def _solved(name: str, goals: tuple[Goal, ...]) -> Outcome:
    scenario = replace(read(name), goals=goals)
    outcome = solve(scenario)
    assert outcome.plan is not None
    assert outcome.proven
    checks = audit(scenario, outcome.plan, outcome.goals)
    assert (checks.broken, checks.mismatches) == ((), ())
    assert_books_in_order(outcome.plan)
    return outcome


def plan_with_most(name: str, count: Count) -> Plan:
    """A lawful plan with the most of something."""
    return chosen(solved(name, Counted(count, -1)))


def most(name: str, count: Count) -> int:
    """The most of something that any lawful plan has."""
    return number(count, plan_with_most(name, count))


def least(name: str, count: Count) -> int:
    """The least of something that any lawful plan has."""
    return number(count, chosen(solved(name, Counted(count, 1))))


def number(count: Count, plan: Plan) -> int:
    """How much of something a plan has."""
    return total(count(plan)).constant


def chosen(outcome: Outcome) -> Plan:
    """The plan there is."""
    assert outcome.plan is not None
    return outcome.plan


def assert_books_in_order(plan: Plan) -> None:
    """Every category keeps its total; what is used beyond what is owned is what is dispatched, in or out."""
    asked = plan.problem
    for category in asked.categories:
        for year in (asked.today, *asked.years):
            holders = (*asked.units, *asked.townships, RESERVE)
            owned = sum(plan.owned(holder, category, year) for holder in holders)
            assert owned == sum(asked.authorised(holder, category) for holder in holders)
        for year in asked.years:
            rows = [row for row in asked.county.dispatched if row.category == category]
            there = [(row, plan.dispatched(row.unit, row.township, row.agency, category, year)) for row in rows]
            for unit in asked.units:
                out = sum(staff for row, staff in there if row.unit == unit)
                assert plan.used(unit, category, year) == plan.owned(unit, category, year) - out
            for township in asked.townships:
                come = sum(staff for row, staff in there if row.township == township)
                assert plan.used(township, category, year) == plan.owned(township, category, year) + come
