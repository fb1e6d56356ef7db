"""One plan for several cases, lawful in each: the township that is worst off in its worst case comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from rebalance.analysis.in_every_case import InEveryCase
from rebalance.county.agencies import Method
from rebalance.county.county import County
from rebalance.goals.goal import Goal, Leximin, LeximinVector, Ratio, leximin_vector
from rebalance.goals.worst_off_first import Of, Per, WorstOffFirst
from rebalance.model.model import Model
from rebalance.model.plan import Plan, plan_of
from rebalance.problem.problem import Problem
from rebalance.scenario.scenario import Scenario
from rebalance.text import _


@dataclass(frozen=True)
class WorstCaseFirst:
    """Raise the coverage of the worst-off township in its worst case as far as can be, then the next.

    Every township in every case is a share of its own, and all of them are compared: a leximin over (case, township).
    So a township that is badly off in two cases comes before one that is so in one.
    """

    cases: tuple[Problem, ...] = ()
    enough: Fraction = Fraction(1)
    depth: int = 0
    of: Of = Of.POSITIONS

    def aim(self, model: Model) -> Leximin:
        """A share for each township that has work, case by case, of one and the same plan."""
        return Leximin(tuple(self._keys(model)), self.enough, self.depth or None)

    def measure(self, plan: Plan) -> LeximinVector:
        """Coverage levels over all cases, from the worst, with how many (case, township) stand at each."""
        views = (plan_of(case, plan.decided) for case in self.cases)
        shares = (
            (view.staffed if self.of is Of.PEOPLE else view.coverage)(township, view.problem.last)
            for view in views
            for township in view.problem.townships
            if view.work(township, view.problem.last)
        )
        return leximin_vector(shares, self.enough, self.depth or None)

    def explain(self) -> str:
        """The goal in words."""
        return _("The township whose work is covered least in its worst case gets the most that is possible.")

    def _keys(self, model: Model) -> Iterator[Ratio]:
        for case in self.cases:
            yield from WorstOffFirst(enough=self.enough, of=self.of).aim(model.seen_as(case)).ratios


def robust(scenario: Scenario, cases: Sequence[Scenario]) -> Scenario:
    """The scenario of one plan for all of these cases.

    Its rules hold in every case, with the people who retire and the work there is in it. Its goals look at the worst
    case where they looked at the worst-off township; where none did, and there is more or less to do in some case, a
    new goal comes first. The other goals go by the scenario's own figures.

    Raises:
        ValueError: there is no case, or one differs in more than what has to be done and who retires.
    """
    problems = tuple(dict.fromkeys(case.problem for case in cases))
    if not problems:
        raise ValueError(_("there is no case. Give at least one."))
    for case in cases:
        if _settled(case.problem.county) != _settled(scenario.problem.county):
            message = _("{name} differs in more than demand, retirements and population. No one plan is made for both.")
            raise ValueError(message.format(name=case.name))
    rules = {name: InEveryCase(rule, name, problems) for name, rule in scenario.rules.items()}
    works = {_work(problem): problem for problem in problems}
    if works.keys() == {_work(scenario.problem)}:
        return replace(scenario, rules=rules)
    goals = tuple(_widened(goal, tuple(works.values())) for goal in scenario.goals)
    if goals == scenario.goals:
        goals = (WorstCaseFirst(tuple(works.values())), *goals)
    return replace(scenario, rules=rules, goals=goals)


def _widened(goal: Goal, cases: tuple[Problem, ...]) -> Goal:
    if isinstance(goal, WorstOffFirst) and goal.per is Per.TOWNSHIP:
        return WorstCaseFirst(cases, goal.enough, goal.depth, goal.of)
    return goal


def _settled(county: County) -> County:
    """The county without what may turn out differently."""
    agencies = tuple(replace(row, demand=Method.GIVEN) for row in county.agencies)
    townships = tuple(replace(row, population=None) for row in county.townships)
    return replace(county, demand=(), retirements=(), agencies=agencies, townships=townships)


def _work(problem: Problem) -> County:
    """The county but for who retires: what there is to do in it."""
    return replace(problem.county, retirements=())
