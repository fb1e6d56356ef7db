"""One position more than the county has: drafts in which some township is given it at the start."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from rebalance.county.positions import Position
from rebalance.draft import Draft
from rebalance.linear import Linear, Statement, total
from rebalance.plan import Plan, plan_of
from rebalance.problem import Problem
from rebalance.scenario import Scenario
from rebalance.solving.choice import Choice

HELD = "hold_total"
"""The rule that would forbid it."""

GIFT = "gift"


def gifts(scenario: Scenario) -> Choice[str]:
    """The choice of the category in which the county gets one position more."""
    categories = scenario.problem.categories
    draft = gifted(scenario, categories)
    return Choice(
        draft,
        {category: total(_gifts(draft, category)) for category in categories},
        alone=lambda category: gifted(scenario, (category,)),
    )


def gifted(scenario: Scenario, categories: Sequence[str]) -> Draft:
    """The draft of a scenario where one township may own one position more, of one of these, than it does today.

    Every rule holds for it but the one that holds the total. (A township that has placed more positions than it owns
    is passed over: it would only have one fewer too many.)
    """
    problem = scenario.problem
    draft = Draft(problem)
    for cell, index in draft.cells.items():
        if cell[0] == "placed" and set(categories) & set(cell):
            draft.variables[index] = replace(draft.variables[index], most=draft.variables[index].most + 1)
    for township, category in product(problem.townships, categories):
        if not problem.excess(township, category):
            draft.begin(township, category, draft.variable((GIFT, township, category), 0, 1))
    every = list(_gifts(draft))
    draft.define(total(every) <= 1)
    for name, rule in scenario.rules.items():
        draft.rule = name
        rule.post(draft)
    draft.rule = ""
    ungiven = {index for one in every for index in one.terms}
    draft.requirements = [
        replace(one, statement=_without(one.statement, ungiven)) if one.rule == HELD else one
        for one in draft.requirements
    ]
    return draft


def _gifts(draft: Draft, category: str = "") -> Iterator[Linear]:
    """1 for each gift that is made (of a category)."""
    for index, one in enumerate(draft.variables):
        if one.name[0] == GIFT and category in {"", one.name[-1]}:
            yield Linear({index: 1})


def given(draft: Draft, values: list[int]) -> Plan:
    """The plan that one value per variable stands for, of the county with the position where it was given."""
    problem = draft.problem
    for variable, value in zip(draft.variables, values, strict=False):
        verb, *ids = variable.name
        if verb == GIFT and value:
            problem = richer(problem, str(ids[0]), str(ids[1]))
    decided = {cell: values[index] for cell, index in draft.cells.items()}
    return plan_of(problem, decided)


def richer(problem: Problem, township: str, category: str) -> Problem:
    """The county in which a township has one position more, and the category's ceiling lies one higher."""
    county = problem.county
    row = problem.position.get((township, category)) or Position(township, category, 0, 0)
    rows = {(one.holder, one.category): one for one in county.positions}
    rows[township, category] = replace(row, authorised=row.authorised + 1)
    raised = tuple(
        replace(one, ceiling=one.ceiling + 1) if one.category == category and one.ceiling is not None else one
        for one in county.categories
    )
    positions = tuple(rows[key] for key in sorted(rows))
    return Problem(replace(county, positions=positions, categories=raised))


def _without(statement: Statement, gifts: set[int]) -> Statement:
    return replace(statement, terms={index: k for index, k in statement.terms.items() if index not in gifts})
