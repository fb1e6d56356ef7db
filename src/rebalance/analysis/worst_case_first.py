"""One plan for several demand cases: the township that is worst off in its worst case comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from rebalance.county.agencies import Method
from rebalance.county.county import County
from rebalance.goals.goal import Goal, Leximin, LeximinVector, Ratio, leximin_vector
from rebalance.goals.worst_off_first import Of, Per, WorstOffFirst
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.scenario.scenario import Scenario
from rebalance.text import _


@dataclass(frozen=True)
class WorstCaseFirst:
    """Raise the coverage of the worst-off township in its worst case as far as can be, then the next.

    Every township in every case is a share of its own, and all of them are compared: a leximin over (case, township).
    So a township that is badly off in two cases comes before one that is so in one. Cases differ in demand only.
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
        views = (replace(plan, problem=case) for case in self.cases)
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

    Its goals look at the worst case where they looked at the worst-off township; where none did, a new goal comes
    first. Rules, and the other goals, go by the scenario's own figures.

    Raises:
        ValueError: there is no case, or one differs in more than what has to be done.
    """
    problems = tuple(case.problem for case in cases)
    if not problems:
        raise ValueError(_("there is no demand case. Give at least one."))
    for case in cases:
        if _books(case.problem) != _books(scenario.problem):
            message = _("{name} differs in more than demand. One plan cannot be judged by several books.")
            raise ValueError(message.format(name=case.name))
    goals = tuple(_widened(goal, problems) for goal in scenario.goals)
    if goals == scenario.goals:
        goals = (WorstCaseFirst(problems), *goals)
    return replace(scenario, goals=goals)


def _widened(goal: Goal, cases: tuple[Problem, ...]) -> Goal:
    if isinstance(goal, WorstOffFirst) and goal.per is Per.TOWNSHIP:
        return WorstCaseFirst(cases, goal.enough, goal.depth, goal.of)
    return goal


def _books(problem: Problem) -> County:
    """The county without what its demand is worked out from."""
    county = problem.county
    agencies = tuple(replace(row, demand=Method.GIVEN) for row in county.agencies)
    townships = tuple(replace(row, population=None) for row in county.townships)
    return replace(county, demand=(), agencies=agencies, townships=townships)
