"""Both judges on one plan: the rules' `check` and the goals' `measure`, and the checker that knows neither."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property

from rebalance.county.county import County
from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Goal
from rebalance.model.plan import Decision, Plan, plan_of
from rebalance.problem.problem import Problem
from rebalance.rules import Rule
from rebalance.scenario.parts import goal_name
from tests.independent.above import Case, Said, unreadable
from tests.independent.county import Register
from tests.independent.lawful import RULES, case_of
from tests.independent.work import Demand
from tests.independent.worth import GOALS


@dataclass(frozen=True, slots=True)
class Verdict:
    """What both say of one rule, or of one goal, about one plan."""

    name: str
    mine: object
    theirs: object
    why: tuple[str, ...] = ()

    @property
    def agree(self) -> bool:
        """Whether they say the same."""
        return self.mine == self.theirs


@dataclass(frozen=True)
class Both:
    """A county with rules and goals, to be judged by both."""

    county: County
    rules: Mapping[str, Rule]
    goals: tuple[Goal, ...] = ()

    @cached_property
    def problem(self) -> Problem:
        """The county as the program looks at it."""
        return Problem(self.county)

    @cached_property
    def demand(self) -> Demand:
        """The county as the checker looks at it."""
        return Demand(Register(self.county))

    @cached_property
    def said(self) -> Mapping[str, Said]:
        """The parameters of the rules that are compared."""
        return {name: asdict(rule) for name, rule in self.rules.items()}  # type: ignore[call-overload]

    @cached_property
    def aims(self) -> tuple[tuple[str, Said, Goal], ...]:
        """The goals that are compared, with their options."""
        goals = (goal for goal in self.goals if not isinstance(goal, Canonical))
        return tuple((goal_name(goal), asdict(goal), goal) for goal in goals)  # type: ignore[call-overload]

    def verdicts(self, decided: Mapping[Decision, int]) -> Iterator[Verdict]:
        """Rule by rule and goal by goal; of numbers that mean nothing only that they mean nothing."""
        plan, case = plan_of(self.problem, decided), case_of(self.demand, {(*cell,): n for cell, n in decided.items()})
        readable = next(unreadable(case), None) is None
        for name, said in self.said.items() if readable else _only("ledgers", self.said):
            wrong = tuple(RULES[name](case, said))
            broken = any(finding.broken for finding in self.rules[name].check(plan))
            yield Verdict(name, bool(wrong), broken, wrong)
        for name, said, goal in self.aims if readable else ():
            yield Verdict(name, GOALS[name](case, said), goal.measure(plan))
        yield from _figures(case, plan) if readable else ()


def _figures(case: Case, plan: Plan) -> Iterator[Verdict]:
    """What papers show besides: the ledgers, what agencies have and do, what townships' work is covered by."""
    years = case.register.years
    for holder, category in case.register.accounts:
        keys = [(holder, category, year) for year in years]
        yield Verdict("owned", [case.books.owned(*key) for key in keys], [plan.owned(*key) for key in keys])
        yield Verdict("in post", [case.books.in_post(*key) for key in keys], [plan.in_post(*key) for key in keys])
    for town in case.register.township:
        for agency in case.register.agency:
            today = plan.problem.strength(town, agency)
            yield Verdict("strength today", case.register.strength(town, agency), today)
        for year in years:
            yield Verdict("coverage", case.work.coverage(town, year), plan.coverage(town, year))
            yield Verdict("staffed", case.work.staffed(town, year), plan.staffed(town, year))
            for agency in case.register.agency:
                yield Verdict("strength", case.books.strength(town, agency, year), plan.strength(town, agency, year))


def _only(name: str, said: Mapping[str, Said]) -> Iterable[tuple[str, Said]]:
    return ((one, parameters) for one, parameters in said.items() if one == name)
